import { Controller, Get } from '@nestjs/common';
import type { DifferencesView } from '@parley/protocol';
import { AccountStore } from './access/account.store.ts';
import { RequiresPermission } from './access/requires-permission.ts';
import { RequestRefused } from './access/request-refused.ts';
import { WorkingGroups } from './groups/working-groups.ts';

@Controller('api/health')
export class HealthController {
  constructor(private readonly accounts: AccountStore, private readonly groups: WorkingGroups) {}

  /** For whoever watches over the process: it answers, and its database does. */
  @Get()
  @RequiresPermission('public')
  async health(): Promise<{ ok: true }> {
    await this.accounts.count().catch(() => { throw new RequestRefused('busy'); });
    return { ok: true };
  }

  /** For administrators of the installation: where the database said something else than the record, of what all of a group share; newest first. */
  @Get('differences')
  @RequiresPermission('administer')
  async found(): Promise<DifferencesView> {
    const found = await Promise.all(this.groups.all().map(async ({ id, rooms, differences }) => (await differences.latest(rooms.catalogue.shared.log)).map((one) => ({ ...one, group: id }))));
    return { differences: found.flat().sort((one, other) => other.at - one.at).slice(0, MOST) };
  }
}

const MOST = 100;
