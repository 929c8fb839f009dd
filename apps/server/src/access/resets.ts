import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { factsOf, log } from '../log.ts';
import { Rooms } from '../rooms/rooms.ts';
import { AccountStore } from './account.store.ts';
import { Sessions } from './sessions.ts';
import { Turns } from './turns.ts';

/** What follows for an account from what acts say of its seat: a reset takes the password and the sessions, and a seat that is awake again has its newest recovery code. */
@Injectable()
export class Resets implements OnApplicationBootstrap {
  /** By user, the link of the reset that was carried out. */
  private readonly done = new Map<string, string>();

  constructor(private readonly rooms: Rooms, private readonly store: AccountStore, private readonly sessions: Sessions, private readonly turns: Turns) {
    rooms.onGroup(({ seats }) => seats && void this.turns.next(() => this.carryOut()).catch((error: unknown) => log.error('a reset was not carried out', factsOf(error))));
  }

  /** What was left undone when the server ended. */
  async onApplicationBootstrap(): Promise<void> {
    await this.turns.next(() => this.carryOut());
  }

  private async carryOut(): Promise<void> {
    const { asleep } = this.rooms.group();
    await this.store.promoteRecoveries(Object.keys(asleep));
    for (const [user, { link, renewed }] of Object.entries(asleep)) {
      if (renewed !== null || this.done.get(user) === link) continue;
      const account = await this.store.byId(user);
      await this.store.setPassword(user, null);
      await this.store.setRecovery(user, account?.recoveryHash ?? null, null);
      await this.sessions.endAllOf(user);
      this.done.set(user, link);
      log.info('account reset', { user });
    }
  }
}
