import { Controller, Get } from '@nestjs/common';
import { isAsleep } from '@parley/negotiation';
import type { SeatView } from '@parley/protocol';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { Accounts } from './accounts.ts';
import { RequiresPermission } from './requires-permission.ts';
import { User } from './user.decorator.ts';
import { Group } from './working-group.decorator.ts';

/** The asker's own place in a group, be it one that sleeps or is proposed. */
@Controller('api/groups/:group/seat')
export class SeatController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @RequiresPermission('member')
  async seat(@Group() of: WorkingGroup, @User() user: string): Promise<SeatView> {
    const group = of.rooms.group();
    return { name: group.name, actor: isAsleep(group, user) ? null : of.rooms.actorOf(user), waiting: await this.accounts.waitOf(of, user) };
  }
}
