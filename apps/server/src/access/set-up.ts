import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Delegation, GroupAct } from '@parley/negotiation';
import { type SetUp, writeAct } from '@parley/protocol';
import { log } from '../log.ts';
import { Rooms } from '../rooms/rooms.ts';
import { type Account, AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import type { Begun } from './links.ts';
import { allDiffer } from './names.ts';
import { PasswordRules } from './password-rules.ts';
import { newRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { RefusedError } from './refused.ts';
import { Seats } from './seats.ts';
import { sameSecret } from './secret.ts';

/** What the console prints for the one who sets Parley up, the same for all processes of an installation. Good until the working group is established. */
export class SetUpToken {
  readonly text: string;

  /** `key`: the session key. */
  constructor(key: string) {
    this.text = createHmac('sha256', key).update('set-up token').digest('hex').slice(0, 30).replace(/(.{5})(?=.)/g, '$1-');
  }
}

/** Parley's first step: the first administrator and the working group. */
@Injectable()
export class FirstRun {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly token: SetUpToken, private readonly rooms: Rooms, private readonly seats: Seats,
    private readonly store: AccountStore, private readonly accounts: Accounts, private readonly rules: PasswordRules,
  ) {}

  get needed(): boolean {
    return !this.seats.established;
  }

  /** One at a time. May be repeated after it broke off half-way: the account is then taken over, the token being the proof. */
  perform(wanted: SetUp): Promise<Begun> {
    const done = this.turn.then(() => this.performInTurn(wanted));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async performInTurn(wanted: SetUp): Promise<Begun> {
    if (!this.needed) throw new RefusedError('set-up-done');
    if (!sameSecret(this.token.text, wanted.token.trim())) throw new RefusedError('wrong-token');
    const delegations = named(wanted.group.delegations);
    if (!allDiffer([...delegations.map(({ code, name }) => [code, name]), [wanted.displayName]])) throw new RefusedError('looks-alike');
    await this.rules.hold(wanted.password, [wanted.group.name, ...delegations.flatMap(({ code, name }) => [code, name])]);
    const account = await this.administrator(wanted), recoveryCode = newRecoveryCode();
    await this.store.setRecovery(account.id, recoveryHashOf(recoveryCode), null);
    const act: GroupAct = { v: 1, id: `setup-${randomBytes(12).toString('hex')}`, t: 'establish', name: wanted.group.name, delegations };
    const done = await this.rooms.performOnGroup(account.id, writeAct(act, randomBytes(16).toString('hex')));
    if (!done.ok) throw new RefusedError(done.reason);
    log.info('set up', { user: account.id, entry: done.entry });
    return { account, keys: { userName: account.userName, recoveryCode } };
  }

  private async administrator({ userName, displayName, password }: SetUp): Promise<Account> {
    const former = await this.store.byUserName(userName);
    if (!former) return this.accounts.create({ userName, displayName, password }, { administrator: true });
    if (!former.administrator) throw new RefusedError('user-name-taken');
    await this.accounts.setPassword(former.id, password);
    return former;
  }
}

/** Delegations with the ids that the record will know them by. Two of one code could not be told apart in brackets. */
function named(wanted: SetUp['group']['delegations']): Delegation[] {
  const codes = new Set(wanted.map(({ code }) => code));
  if (codes.size < wanted.length) throw new RefusedError('bad-request', 'group.delegations: both have the same code');
  if (codes.has('CH')) throw new RefusedError('bad-request', 'group.delegations: CH stands for the chair');
  return wanted.map(({ code, name }) => ({ id: code.toLowerCase(), code, name }));
}
