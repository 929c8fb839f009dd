import { Controller, Get } from '@nestjs/common';
import type { DifferencesView } from '@parley/protocol';
import { AccountStore } from './access/account.store.ts';
import { Asks } from './access/asks.ts';
import { RefusedError } from './access/refused.ts';
import { WorkingGroups } from './rooms/working-groups.ts';

@Controller('api/health')
export class HealthController {
  constructor(private readonly accounts: AccountStore, private readonly groups: WorkingGroups) {}

  /** For whoever watches over the process: it answers, and its database does. */
  @Get()
  @Asks('public')
  async health(): Promise<{ ok: true }> {
    await this.accounts.count().catch(() => { throw new RefusedError('busy'); });
    return { ok: true };
  }

  /** For administrators of the installation: where the database said something else than the record, of what all of a group share; newest first. */
  @Get('differences')
  @Asks('administer')
  async found(): Promise<DifferencesView> {
    const found = await Promise.all(this.groups.all().map(async ({ id, rooms, differences }) => (await differences.latest(rooms.catalogue.shared.log)).map((one) => ({ ...one, group: id }))));
    return { differences: found.flat().sort((one, other) => other.at - one.at).slice(0, MOST) };
  }
}

const MOST = 100;
