import { Injectable } from '@nestjs/common';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { AccountStore } from './account.store.ts';
import { lookAlike } from './lookalikes.ts';
import { RequestRefused } from './request-refused.ts';

/** What the screens call by these names is no person. */
const TAKEN = ['Parley', 'Chair', 'Server', 'A former member', 'Head', 'Head of delegation', 'Negotiator', 'Moderator', 'Auditor', 'Observer', 'Administrator'];

/** Whether none of these could be taken for another, or for what is no person; each has several names. */
export const allDiffer = (named: readonly (readonly string[])[]): boolean =>
  named.every((names, i) => [TAKEN, ...named.slice(0, i)].every((others) => !names.some((name) => others.some((other) => lookAlike(name, other)))));

/** What people are called. */
@Injectable()
export class Names {
  constructor(private readonly store: AccountStore) {}

  async of(user: string): Promise<string> {
    return (await this.store.byId(user))?.displayName ?? user;
  }

  /** Refuses a name that could be taken for that of somebody who sits, sat or may come to sit in a group, of a delegation, or of the server; `user` is whose name it is. */
  async mustDiffer({ rooms }: WorkingGroup, name: string, user?: string): Promise<void> {
    const { seats, former, proposed, delegations } = rooms.group();
    const people = new Set([...Object.keys(seats), ...former, ...Object.keys(proposed)]);
    const names = (await this.store.all()).filter(({ id }) => id !== user && people.has(id)).map(({ displayName }) => displayName);
    const all = [...TAKEN, ...delegations.flatMap((delegation) => [delegation.name, delegation.code]), ...names];
    if (all.some((other) => lookAlike(name, other))) throw new RequestRefused('looks-alike');
  }
}
