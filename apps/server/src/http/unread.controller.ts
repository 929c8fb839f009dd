import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { idSchema, type ReadUpTo, readUpToSchema, type UnreadView } from '@parley/protocol';
import { RequiresPermission } from '../access/requires-permission.ts';
import { Body, Param, Query } from '../access/body.ts';
import { User } from '../access/user.decorator.ts';
import { Group } from '../access/working-group.decorator.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { type Page, pageSchemaOf } from './page-schema.ts';
import { UnreadService } from './unread.service.ts';

const MOST = 100;
const pageSchema = pageSchemaOf(MOST);

/** Whether somebody may read a document is not asked at the border: to those who may not, it is not there. */
@Controller('api/groups/:group')
export class UnreadController {
  constructor(private readonly unread: UnreadService) {}

  @Get('documents/:id/unread')
  @RequiresPermission('member')
  list(@Group() group: WorkingGroup, @Param('id', idSchema) doc: string, @Query(pageSchema) page: Page, @User() user: string): Promise<UnreadView> {
    return this.unread.list(group, user, doc, page.after, page.limit ?? MOST);
  }

  @Post('documents/:id/read')
  @HttpCode(204)
  @RequiresPermission('member')
  read(@Group() group: WorkingGroup, @Param('id', idSchema) doc: string, @Body(readUpToSchema) { entry }: ReadUpTo, @User() user: string): Promise<void> {
    return this.unread.read(group, user, doc, entry);
  }
}
