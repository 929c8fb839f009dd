import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { delegationName, own } from '@parley/negotiation';
import type { NewAccount, Person, SeatWait } from '@parley/protocol';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { type Account, AccountStore, UserNameTaken } from './account.store.ts';
import { Demo } from './demo.ts';
import { PasswordRules } from './password-rules.ts';
import { MembershipStore } from '../record/membership.store.ts';
import { Passwords } from './passwords.ts';
import { GroupAccess } from './group-access.ts';
import { drawn } from './recovery-code.ts';
import { RequestRefused } from './request-refused.ts';

/** What is special about a new account. A demo account is one click for whoever opens the page. */
interface Sort { readonly administrator?: boolean; readonly demo?: boolean }

type Wanted = Omit<NewAccount, 'password'> & { readonly password?: string };

@Injectable()
export class Accounts {
  constructor(
    private readonly store: AccountStore, private readonly passwords: Passwords, private readonly rules: PasswordRules, private readonly groupAccess: GroupAccess, private readonly memberships: MembershipStore, private readonly demo: Demo,
  ) {}

  async create(wanted: Wanted, { administrator = false, demo = false }: Sort = {}): Promise<Account> {
    const id = newId(demo ? this.demo.prefix : 'u_');
    const passwordHash = wanted.password === undefined ? null : await this.hashOf(wanted.password, wanted, []);
    try {
      return await this.store.insert({ id, userName: wanted.userName, displayName: wanted.displayName, passwordHash, recoveryHash: null, administrator });
    } catch (error) {
      throw error instanceof UserNameTaken ? new RequestRefused('user-name-taken') : error;
    }
  }

  /**
   * An account under a user name that begins with the one wished for. The rest is drawn, always: so nobody learns by asking which names there are, and who
   * knows a name does not know how to sign in with it.
   */
  async begin(wish: Pick<Wanted, 'userName' | 'displayName'>, passwordHash: string, recoveryHash: string, throttle = 5): Promise<Account> {
    const account = { id: newId('u_'), userName: `${wish.userName}-${drawn(4).toLowerCase()}`, displayName: wish.displayName, passwordHash, recoveryHash, administrator: false };
    return this.store.insert(account).catch((error: unknown) => {
      if (!(error instanceof UserNameTaken) || throttle === 0) throw error;
      return this.begin(wish, passwordHash, recoveryHash, throttle - 1);
    });
  }

  async setPassword(user: string, password: string): Promise<void> {
    const account = await this.store.byId(user);
    if (!account || !(await this.store.setPassword(user, await this.hashOf(password, account, this.groupAccess.known(user))))) throw new RequestRefused('not-found');
  }

  /** What somebody waits for who cannot work in a group yet: others' acceptance of the seat, or their confirmation of it. */
  async waitOf({ rooms }: WorkingGroup, user: string): Promise<SeatWait | null> {
    const group = rooms.group(), { delegations } = group;
    const seat = own(group.seats, user), sleep = own(group.asleep, user), proposed = own(group.proposed, user);
    const named = (has: boolean, by: Readonly<Record<string, unknown>>) => delegations.filter(({ id }) => Object.hasOwn(by, id) === has).map(({ name }) => name);
    if (seat && sleep) {
      const by = (await this.store.byId(sleep.by))?.displayName ?? sleep.by;
      const delegation = seat.delegation === undefined ? null : delegationName(group, seat.delegation);
      return { for: 'confirmation', role: seat.role, delegation, since: sleep.since, by, wakesAt: sleep.wakesAt, confirmed: named(true, sleep.confirmed) };
    }
    return proposed ? { for: 'acceptance', role: proposed.role, accepted: named(true, proposed.accepted), missing: named(false, proposed.accepted) } : null;
  }

  /** The demo's people, by one click each; null when the demo is off. */
  async cast(): Promise<Person[] | null> {
    if (!this.demo.on) return null;
    const seats = new Map((await this.memberships.all()).filter(({ state }) => state !== 'proposed').map((place) => [place.user, place]));
    return (await this.store.all()).filter((account) => this.demo.casts(account)).flatMap(({ id, displayName }): Person[] => {
      const place = seats.get(id);
      return place ? [{ user: id, name: displayName, role: place.role, ...(place.delegation !== null && { delegation: place.delegation }) }] : [];
    });
  }

  /** Of a password that its owner, who knows these groups, may choose. */
  async hashOf(password: string, { userName, displayName }: Pick<NewAccount, 'userName' | 'displayName'>, groups: readonly WorkingGroup[]): Promise<string> {
    await this.rules.hold(password, [userName, displayName], groups);
    return this.passwords.hash(password);
  }
}

const newId = (prefix: string): string => `${prefix}${randomBytes(9).toString('base64url')}`;
