import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { own, type Sleep } from '@parley/negotiation';
import { logger } from '../logger.ts';
import { WorkingGroups } from '../groups/working-groups.ts';
import { AccountStore } from './account.store.ts';
import { GroupAccess } from './group-access.ts';
import { Sessions } from './sessions.ts';
import { Mutex } from './mutex.ts';

/**
 * What follows for an account from what acts say of its seats: a reset takes the password and the sessions once it stands in every group in which the account sits, and an account whose
 * seats are all awake again has its newest recovery code.
 */
@Injectable()
export class Resets implements OnApplicationBootstrap {
  /** By user, the link of the reset that was carried out. */
  private readonly done = new Map<string, string>();

  constructor(
    groups: WorkingGroups, private readonly groupAccess: GroupAccess, private readonly store: AccountStore, private readonly sessions: Sessions, private readonly commits: Mutex,
  ) {
    groups.events.on('groupChanged', (_group, { seats }) => { if (seats) this.look(); });
    // What the process that had the group before left undone.
    groups.events.on('taken', () => this.look());
  }

  /** What was left undone when the server ended. */
  async onApplicationBootstrap(): Promise<void> {
    await this.commits.run(() => this.carryOut());
  }

  private look(): void {
    void this.commits.run(() => this.carryOut()).catch((error: unknown) => logger.failed('a reset was not carried out', error));
  }

  private async carryOut(): Promise<void> {
    await this.store.promoteRecoveries(await this.groupAccess.asleep());
    for (const { rooms } of this.groupAccess.served()) {
      for (const [user, sleep] of Object.entries(rooms.group().asleep)) await this.follow(user, sleep);
    }
  }

  private async follow(user: string, { link, renewed }: Sleep): Promise<void> {
    if (!(await this.groupAccess.isReset(user, link))) return;
    const groups = this.groupAccess.served();
    // Who opened the link before the server ended, opened it for every group.
    if (renewed !== null) {
      for (const { rooms } of groups) if (own(rooms.group().asleep, user)?.renewed === null) await rooms.performByServer({ t: 'renewAccount', user, link });
      return;
    }
    if (this.done.get(user) === link || groups.some(({ rooms }) => (own(rooms.group().asleep, user)?.renewed ?? null) !== null)) return;
    const account = await this.store.byId(user);
    await this.store.setPassword(user, null);
    await this.store.setRecovery(user, account?.recoveryHash ?? null, null);
    await this.sessions.endAllOf(user);
    this.done.set(user, link);
    logger.info('account reset', { user });
  }
}
