import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/negotiation';
import type { AccountView, NewAccount, Person } from '@parley/protocol';
import { Rooms } from '../rooms/rooms.ts';
import { type Account, AccountStore, UserNameTaken } from './account.store.ts';
import { Demo } from './demo.ts';
import { PasswordRules } from './password-rules.ts';
import { Passwords } from './passwords.ts';
import { RefusedError } from './refused.ts';

/** What is special about a new account. A demo account is one click for whoever opens the page. */
interface Sort { readonly administrator?: boolean; readonly demo?: boolean }

type Wanted = Omit<NewAccount, 'password'> & { readonly password?: string };

@Injectable()
export class Accounts {
  constructor(
    private readonly store: AccountStore, private readonly passwords: Passwords, private readonly rules: PasswordRules, private readonly rooms: Rooms, private readonly demo: Demo,
  ) {}

  async create(wanted: Wanted, { administrator = false, demo = false }: Sort = {}): Promise<Account> {
    const id = `${demo ? this.demo.prefix : 'u_'}${randomBytes(9).toString('base64url')}`;
    const passwordHash = wanted.password === undefined ? null : await this.hashOf(wanted.password, wanted);
    try {
      return await this.store.insert({ id, userName: wanted.userName, displayName: wanted.displayName, passwordHash, administrator });
    } catch (error) {
      throw error instanceof UserNameTaken ? new RefusedError('user-name-taken') : error;
    }
  }

  async setPassword(user: string, password: string): Promise<void> {
    const account = await this.store.byId(user);
    if (!account || !(await this.store.setPassword(user, await this.hashOf(password, account)))) throw new RefusedError('not-found');
  }

  /** As a person, who may know: name and seat. */
  person({ id, displayName }: Account): Person {
    return { user: id, name: displayName, ...this.seatOf(id) };
  }

  view(account: Account): AccountView {
    return { ...this.person(account), userName: account.userName };
  }

  /** The accounts that `actor` chooses among: a head sees those without a seat and the own members. */
  async shownTo(actor: Actor): Promise<AccountView[]> {
    const open = (await this.store.all()).filter(({ disabledAt }) => disabledAt === null).map((account) => this.view(account));
    if (actor.role === 'administrator') return open;
    return open.filter((account) => account.role === undefined || account.delegation === actor.delegation);
  }

  /** The demo's people, by one click each; null when the demo is off. */
  async cast(): Promise<Person[] | null> {
    if (!this.demo.on) return null;
    const all = await this.store.all();
    return all.filter((account) => this.demo.casts(account)).map((account) => this.person(account)).filter((person) => person.role !== undefined);
  }

  private async hashOf(password: string, { userName, displayName }: Pick<NewAccount, 'userName' | 'displayName'>): Promise<string> {
    await this.rules.hold(password, [userName, displayName]);
    return this.passwords.hash(password);
  }

  private seatOf(user: string): Pick<Person, 'role' | 'delegation'> {
    const seat = this.rooms.actorOf(user);
    if (!seat || seat.role === 'server') return {};
    return { role: seat.role, ...(seat.delegation !== undefined && { delegation: seat.delegation }) };
  }
}
