import { Controller, Get } from '@nestjs/common';
import { ROOMS } from '@parley/negotiation';
import type { DifferencesView } from '@parley/protocol';
import { AccountStore } from './access/account.store.ts';
import { Asks } from './access/asks.ts';
import { RefusedError } from './access/refused.ts';
import { DifferenceStore } from './record/difference.store.ts';

@Controller('api/health')
export class HealthController {
  constructor(private readonly accounts: AccountStore, private readonly differences: DifferenceStore) {}

  /** For whoever watches over the process: it answers, and its database does. */
  @Get()
  @Asks('public')
  async health(): Promise<{ ok: true }> {
    await this.accounts.count().catch(() => { throw new RefusedError('busy'); });
    return { ok: true };
  }

  /** For the administrator: where the database said something else than the record, of what all share. */
  @Get('differences')
  @Asks('operate')
  async found(): Promise<DifferencesView> {
    return { differences: await this.differences.latest(ROOMS.shared.log) };
  }
}
