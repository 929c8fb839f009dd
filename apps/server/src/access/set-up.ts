import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CHAIR, type Delegation } from '@parley/negotiation';
import type { NewGroup, SetUp } from '@parley/protocol';
import { logger } from '../logger.ts';
import { MembershipStore } from '../record/membership.store.ts';
import type { AdministratorsAct } from '../groups/rooms.ts';
import { isEstablished, type WorkingGroup, WorkingGroups } from '../groups/working-groups.ts';
import { type Account, AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import type { Begun } from './links.ts';
import { lookAlike } from './lookalikes.ts';
import { allDiffer, Names } from './names.ts';
import { PasswordRules } from './password-rules.ts';
import { newRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { mustBeDone, RequestRefused } from './request-refused.ts';
import { sameSecret } from './secret.ts';

/** What the console prints for the one who sets Parley up, the same for all processes of an installation. Good until there is a working group. */
export class SetUpToken {
  readonly text: string;

  /** `key`: the session key. */
  constructor(key: string) {
    this.text = createHmac('sha256', key).update('set-up token').digest('hex').slice(0, 30).replace(/(.{5})(?=.)/g, '$1-');
  }
}

/** Makes working groups. Whoever makes one sits in it as its first administrator. */
@Injectable()
export class Founding {
  constructor(private readonly groups: WorkingGroups, private readonly names: Names) {}

  /** One that was made and never established is taken up: nobody has seen it. */
  async found(user: string, { name, delegations }: NewGroup): Promise<WorkingGroup> {
    const establish = { t: 'establish', name, delegations: named(delegations, await this.names.of(user)) } as const;
    return this.establish(user, await this.begun() ?? await this.groups.make(), establish);
  }

  /** What another process has established meanwhile is known once the group is here. */
  private async begun(): Promise<WorkingGroup | undefined> {
    for (const group of this.groups.all()) if (!isEstablished(group) && await group.rooms.hold() && !isEstablished(group)) return group;
    return undefined;
  }

  /** The installation's first one. Of two processes that are asked for it at one time the later finds it established, and refuses. */
  async foundFirst(user: string, { name, delegations }: NewGroup): Promise<WorkingGroup> {
    const establish = { t: 'establish', name, delegations: named(delegations, await this.names.of(user)) } as const;
    return this.establish(user, await this.groups.first(), establish);
  }

  private async establish(user: string, group: WorkingGroup, act: AdministratorsAct): Promise<WorkingGroup> {
    if (!(await group.rooms.hold())) throw new RequestRefused('elsewhere', undefined, undefined, 1);
    mustBeDone(await group.rooms.performByAdministrator(user, act));
    logger.info('group made', { user, group: group.id });
    return group;
  }
}

/** Parley's first step: the first administrator and the first working group. */
@Injectable()
export class FirstRun {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly token: SetUpToken, private readonly founding: Founding, private readonly groups: WorkingGroups, private readonly memberships: MembershipStore,
    private readonly store: AccountStore, private readonly accounts: Accounts, private readonly rules: PasswordRules,
  ) {}

  /** True until somebody sits anywhere. */
  async needed(): Promise<boolean> {
    return !this.groups.all().some(isEstablished) && !(await this.memberships.any());
  }

  /** One at a time. May be repeated after it broke off half-way: the account is then taken over, the token being the proof. */
  perform(wanted: SetUp): Promise<Begun> {
    const done = this.turn.then(() => this.performInTurn(wanted));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async performInTurn(wanted: SetUp): Promise<Begun> {
    if (!await this.needed()) throw new RequestRefused('set-up-done');
    if (!sameSecret(this.token.text, wanted.token.trim())) throw new RequestRefused('wrong-token');
    const { delegations } = wanted.group;
    named(delegations, wanted.displayName);
    await this.rules.hold(wanted.password, [wanted.group.name, ...delegations.flatMap(({ code, name }) => [code, name])], []);
    const account = await this.administrator(wanted), recoveryCode = newRecoveryCode();
    await this.store.setRecovery(account.id, recoveryHashOf(recoveryCode), null);
    await this.founding.foundFirst(account.id, wanted.group);
    logger.info('set up', { user: account.id });
    return { account, keys: { userName: account.userName, recoveryCode } };
  }

  private async administrator({ userName, displayName, password }: SetUp): Promise<Account> {
    const former = await this.store.byUserName(userName);
    if (!former) return this.accounts.create({ userName, displayName, password }, { administrator: true });
    if (!former.administrator) throw new RequestRefused('user-name-taken');
    await this.accounts.setPassword(former.id, password);
    return former;
  }
}

/** The id that the record knows a delegation by is in Latin letters; null where its code has none. */
const idOf = (code: string): string | null => (/^[A-Z0-9]+$/.test(code) ? code.toLowerCase() : null);

/** Delegations with the ids that the record will know them by. Two of one code could not be told apart in brackets; no name may be taken for another's, for the `maker`'s, or for a role's. */
function named(wanted: NewGroup['delegations'], maker: string): Delegation[] {
  const codes = new Set(wanted.map(({ code }) => code));
  if (codes.size < wanted.length) throw new RequestRefused('bad-request', 'group.delegations: both have the same code');
  if ([...codes].some((code) => lookAlike(code, 'CH'))) throw new RequestRefused('bad-request', 'group.delegations: CH stands for the chair');
  const made = wanted.map(({ code, name, id = idOf(code) ?? `delegation-${wanted.findIndex((one) => one.code === code) + 1}` }) => ({ id: id === CHAIR ? `${id}-delegation` : id, code, name }));
  if (new Set(made.map(({ id }) => id)).size < made.length) throw new RequestRefused('bad-request', 'group.delegations: both have the same id');
  if (!allDiffer([...made.map(({ code, name }) => [code, name]), [maker]])) throw new RequestRefused('looks-alike');
  return made;
}
