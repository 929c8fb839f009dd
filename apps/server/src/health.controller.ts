import { Controller, Get } from '@nestjs/common';
import { AccountStore } from './access/account.store.ts';
import { Asks } from './access/asks.ts';
import { RefusedError } from './access/refused.ts';

@Controller('api/health')
export class HealthController {
  constructor(private readonly accounts: AccountStore) {}

  /** For whoever watches over the process: it answers, and its database does. */
  @Get()
  @Asks('public')
  async health(): Promise<{ ok: true }> {
    await this.accounts.count().catch(() => { throw new RefusedError('busy'); });
    return { ok: true };
  }
}
