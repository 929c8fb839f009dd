import { Injectable } from '@nestjs/common';
import { openInvitation, openReset, own, partyName } from '@parley/negotiation';
import { type Keys, linkOf, type LinkView, type OpenLink, type Recover } from '@parley/protocol';
import type { Performed, Refusing } from '@parley/protocol';
import { log } from '../log.ts';
import { Rooms } from '../rooms/rooms.ts';
import { type Account, AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { Names } from './names.ts';
import { newRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { RefusedError } from './refused.ts';
import { sameSecret } from './secret.ts';
import { Sessions } from './sessions.ts';
import { Turns } from './turns.ts';

/** An account that its owner has just begun or made anew, and what is shown of it once. */
export interface Begun { readonly account: Account; readonly keys: Keys }

type Recovered = Omit<Recover, 'password'>;

/**
 * What one-time links open, and recovery codes. A link stands in the record by its hash alone, and works until it is used, revoked or a day old; of any other
 * secret one answer is given. Everything is done in turn, so that of two who hold one link one comes first.
 */
@Injectable()
export class Links {
  constructor(
    private readonly rooms: Rooms, private readonly store: AccountStore, private readonly accounts: Accounts, private readonly names: Names,
    private readonly sessions: Sessions, private readonly turns: Turns,
  ) {}

  async look(secret: string): Promise<LinkView> {
    const group = this.rooms.group(), link = linkOf(secret), { name } = group;
    const invitation = openInvitation(group, link, Date.now());
    if (invitation) {
      const { role, delegation, by } = invitation;
      return { opens: 'seat', group: name, role, delegation: delegation === undefined ? null : partyName(group, delegation), by: await this.names.of(by) };
    }
    const account = await this.resetBy(link);
    return { opens: 'account', group: name, userName: account.userName, name: account.displayName };
  }

  /** The holder chooses a password: of a new account, which then takes the seat, or of one that was reset. */
  async open({ secret, password, person }: OpenLink): Promise<Begun> {
    const link = linkOf(secret);
    if ((await this.look(secret)).opens === 'account') return this.renew(link, password);
    if (!person) throw new RefusedError('bad-request', 'person: a name is needed');
    const passwordHash = await this.accounts.hashOf(password, person);
    return this.turns.next(async () => {
      await this.names.mustDiffer(person.displayName);
      const recoveryCode = newRecoveryCode();
      const account = await this.accounts.begin(person, passwordHash, recoveryHashOf(recoveryCode));
      await this.seat(link, account).catch(async (error: unknown) => {
        await this.store.disable(account.id);
        throw error;
      });
      log.info('account begun', { user: account.id });
      return { account, keys: { userName: account.userName, recoveryCode } };
    });
  }

  /** Somebody who has an account takes the seat that the link is for. */
  take(secret: string, user: string): Promise<void> {
    return this.turns.next(async () => {
      const account = await this.store.byId(user), link = linkOf(secret);
      if (!account || account.disabledAt !== null) throw new RefusedError('signed-out');
      if ((await this.look(secret)).opens !== 'seat') throw new RefusedError('link-spent');
      await this.names.mustDiffer(account.displayName, user);
      await this.seat(link, account);
    });
  }

  /** A new password for whoever has the recovery code of the account; nobody else is needed. One answer to a wrong name and a wrong code. */
  async recover({ password, ...said }: Recover): Promise<Begun> {
    const passwordHash = await this.accounts.hashOf(password, await this.recoveredBy(said));
    return this.turns.next(async () => {
      const { id } = await this.recoveredBy(said), used = recoveryHashOf(said.code);
      // The password first: whoever chose another one is out before the seat can do anything. Then the code that a reset's link showed: were the seat awake before, and the server
      // ended, that code would hold. The one that was used holds until its successor is there.
      await this.choose(id, passwordHash);
      await this.store.setRecovery(id, used, null);
      if (own(this.rooms.group().seats, id)) mustBeDone(await this.rooms.performByServer({ t: 'recoverAccount', user: id }));
      const recoveryCode = newRecoveryCode();
      await this.store.setRecovery(id, recoveryHashOf(recoveryCode), null);
      log.info('account recovered', { user: id });
      return this.begun(id, recoveryCode);
    });
  }

  /** What `password` of a reset account comes to. Its new recovery code holds when the seat is awake: until then the owner's former one does. */
  private async renew(link: string, password: string): Promise<Begun> {
    const passwordHash = await this.accounts.hashOf(password, await this.resetBy(link));
    return this.turns.next(async () => {
      const { id, recoveryHash } = await this.resetBy(link);
      const recoveryCode = newRecoveryCode();
      await this.choose(id, passwordHash);
      await this.store.setRecovery(id, recoveryHash, recoveryHashOf(recoveryCode));
      mustBeDone(await this.rooms.performByServer({ t: 'renewAccount', user: id, link }));
      log.info('account renewed', { user: id });
      return this.begun(id, recoveryCode);
    });
  }

  private async choose(user: string, passwordHash: string): Promise<void> {
    await this.store.setPassword(user, passwordHash);
    await this.sessions.endAllOf(user);
  }

  private async begun(user: string, recoveryCode: string): Promise<Begun> {
    const account = (await this.store.byId(user))!;
    return { account, keys: { userName: account.userName, recoveryCode } };
  }

  private async seat(link: string, { id }: Account): Promise<void> {
    mustBeDone(await this.rooms.performByServer({ t: 'takeSeat', link, user: id }));
  }

  private async resetBy(link: string): Promise<Account> {
    const user = openReset(this.rooms.group(), link, Date.now());
    const account = user === undefined ? null : await this.store.byId(user);
    if (!account || account.disabledAt !== null) throw new RefusedError('link-spent');
    return account;
  }

  private async recoveredBy({ userName, code }: Recovered): Promise<Account> {
    const account = await this.store.byUserName(userName.trim());
    const sleeps = account !== null && Object.hasOwn(this.rooms.group().asleep, account.id);
    const holds = account === null || account.disabledAt !== null ? null : sleeps ? account.recoveryHash : (account.nextRecoveryHash ?? account.recoveryHash);
    const right = sameSecret(recoveryHashOf(code), holds ?? '');
    if (!account || !right) throw new RefusedError('wrong-recovery');
    return account;
  }
}

function mustBeDone(done: ({ readonly ok: true } & Performed) | Refusing): void {
  if (!done.ok) throw new RefusedError(done.reason);
}
