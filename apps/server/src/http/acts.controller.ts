import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { z } from '@parley/negotiation';
import { idSchema, type Performed, type SentAct, sentActSchema } from '@parley/protocol';
import type { Request } from 'express';
import { RequiresPermission } from '../access/requires-permission.ts';
import { Body, Param } from '../access/body.ts';
import { noteRefused } from '../access/refusals-log.ts';
import { RequestRefused } from '../access/request-refused.ts';
import { Sessions } from '../access/sessions.ts';
import { User } from '../access/user.decorator.ts';
import { Group } from '../access/working-group.decorator.ts';
import type { ReceivedAct, Rooms } from '../groups/rooms.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';

/** What the body of a large act is: whatever was sent, unread (Z15, HG55). */
const unread = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const receivedActSchema: z.ZodType<ReceivedAct> = z.union([unread, sentActSchema]);

/** Acts go in here and come out through the rooms. Whether one is granted is decided there, at the instant when its turn comes. */
@Controller('api/groups/:group')
export class ActsController {
  constructor(private readonly sessions: Sessions) {}

  @Post('documents/:id/acts')
  @HttpCode(200)
  @RequiresPermission('member')
  async perform(@Group() { rooms }: WorkingGroup, @Param('id', idSchema) doc: string, @Body(receivedActSchema) act: ReceivedAct, @User() user: string, @Req() { sessionID }: Request): Promise<Performed> {
    return performed(user, await rooms.perform(user, doc, act, () => this.sessions.stands(sessionID)), doc);
  }

  @Post('acts')
  @HttpCode(200)
  @RequiresPermission('readGroup')
  async performOnGroup(@Group() { rooms }: WorkingGroup, @Body(sentActSchema) act: SentAct, @User() user: string): Promise<Performed> {
    return performed(user, await rooms.performOnGroup(user, act));
  }
}

function performed(user: string, answer: Awaited<ReturnType<Rooms['perform']>>, doc?: string): Performed {
  if (!answer.ok) noteRefused('act', user, answer.reason, { ...(doc !== undefined && { doc }) });
  if (!answer.ok) throw new RequestRefused(answer.reason, undefined, undefined, answer.reason === 'busy' ? 1 : undefined, answer.seconds);
  return { entry: answer.entry };
}
