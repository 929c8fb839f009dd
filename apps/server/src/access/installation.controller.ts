import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type InstallationView, type NewGroup, newGroupSchema } from '@parley/protocol';
import { WorkingGroups } from '../groups/working-groups.ts';
import { AccountStore } from './account.store.ts';
import { RequiresPermission } from './requires-permission.ts';
import { Body } from './body.ts';
import { MembershipStore } from '../record/membership.store.ts';
import { Founding } from './set-up.ts';
import { Mutex } from './mutex.ts';
import { User } from './user.decorator.ts';

/** What concerns all of Parley and no group's content: its accounts, and which groups there are. */
@Controller('api')
export class InstallationController {
  constructor(
    private readonly groups: WorkingGroups, private readonly memberships: MembershipStore, private readonly store: AccountStore, private readonly founding: Founding,
    private readonly commits: Mutex,
  ) {}

  @Get('installation')
  @RequiresPermission('administer')
  async look(): Promise<InstallationView> {
    const groupAccess = await this.memberships.all(), named = new Map(groupAccess.map(({ group, name }) => [group, name]));
    const accounts = (await this.store.all()).map(({ id, displayName, administrator, createdAt, disabledAt }) => ({
      user: id, name: displayName, administrator, begunAt: createdAt, closed: disabledAt !== null,
      places: groupAccess.filter(({ user }) => user === id).map(({ user: _user, ...place }) => place),
    }));
    return { accounts, groups: [...named].map(([group, name]) => ({ group, name })) };
  }

  /** The asker becomes the group's first administrator. */
  @Post('groups')
  @HttpCode(201)
  @RequiresPermission('administer')
  make(@Body(newGroupSchema) wanted: NewGroup, @User() user: string): Promise<{ group: string }> {
    return this.commits.run(async () => ({ group: (await this.founding.found(user, wanted)).id }));
  }
}
