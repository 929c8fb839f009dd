import { Injectable } from '@nestjs/common';
import { type Actor, isAsleep } from '@parley/negotiation';
import { Rooms } from '../rooms/rooms.ts';
import { AccountStore } from './account.store.ts';

/** Where people sit, as committed. */
@Injectable()
export class Seats {
  constructor(private readonly rooms: Rooms, private readonly accounts: AccountStore) {}

  /** The seat of a user; null for one without. Before the working group is established its founder counts as its administrator. */
  async actorOf(user: string): Promise<Actor | null> {
    const seated = this.rooms.actorOf(user);
    if (seated || this.established) return seated;
    const account = await this.accounts.byId(user);
    return account?.administrator ? { user, role: 'administrator' } : null;
  }

  /** The seat of a user who can do something with it. */
  awake(user: string): Actor | null {
    return this.sleeps(user) ? null : this.rooms.actorOf(user);
  }

  sleeps(user: string): boolean {
    return isAsleep(this.rooms.group(), user);
  }

  get established(): boolean {
    return this.rooms.group().delegations.length > 0;
  }
}
