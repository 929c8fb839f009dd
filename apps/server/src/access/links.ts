import { Injectable } from '@nestjs/common';
import { delegationName, openInvitation, openReset, own } from '@parley/negotiation';
import { type Keys, linkOf, type LinkView, type OpenLink, type Recover } from '@parley/protocol';
import { logger } from '../logger.ts';
import { type WorkingGroup, WorkingGroups } from '../groups/working-groups.ts';
import { type Account, AccountStore } from './account.store.ts';
import { Accounts } from './accounts.ts';
import { Names } from './names.ts';
import { GroupAccess } from './group-access.ts';
import { newRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { mustBeDone, RequestRefused } from './request-refused.ts';
import { sameSecret } from './secret.ts';
import { Sessions } from './sessions.ts';
import { Mutex } from './mutex.ts';

/** An account that its owner has just begun or made anew, and what is shown of it once. */
export interface Begun { readonly account: Account; readonly keys: Keys }

type Recovered = Omit<Recover, 'password'>;
/** A link names its group; null where there is none of that id. */
type Named = WorkingGroup | null;

/**
 * What one-time links open, and recovery codes. A link stands in the record of its group by its hash alone, and works until it is used, revoked or a day old; of any other
 * secret, in any group or none, one answer is given. Everything is done in turn, so that of two who hold one link one comes first.
 */
@Injectable()
export class Links {
  constructor(
    private readonly groups: WorkingGroups, private readonly groupAccess: GroupAccess, private readonly store: AccountStore, private readonly accounts: Accounts,
    private readonly names: Names, private readonly sessions: Sessions, private readonly commits: Mutex,
  ) {}

  async look(group: Named, secret: string): Promise<LinkView> {
    const link = linkOf(secret), invitation = group && openInvitation(group.rooms.group(), link, Date.now());
    if (group && invitation) {
      const { role, delegation, by } = invitation, { name } = group.rooms.group();
      return { opens: 'seat', group: name, role, delegation: delegation === undefined ? null : delegationName(group.rooms.group(), delegation), by: await this.names.of(by) };
    }
    const account = await this.resetBy(group, link);
    return { opens: 'account', group: group!.rooms.group().name, userName: account.userName, name: account.displayName };
  }

  /** The group that a link is of which was made when its address named none. */
  async groupOf(secret: string): Promise<string> {
    const link = linkOf(secret), now = Date.now();
    const found = this.groups.all().find(({ rooms }) => openInvitation(rooms.group(), link, now) ?? openReset(rooms.group(), link, now));
    if (!found) throw new RequestRefused('link-spent');
    return found.id;
  }

  /** The holder chooses a password: of a new account, which then takes the seat, or of one that was reset. */
  async open(group: Named, { secret, password, person }: OpenLink): Promise<Begun> {
    const link = linkOf(secret);
    if ((await this.look(group, secret)).opens === 'account') return this.renew(group!, link, password);
    if (!person) throw new RequestRefused('bad-request', 'person: a name is needed');
    const passwordHash = await this.accounts.hashOf(password, person, [group!]);
    return this.commits.run(async () => {
      await this.mustOpenASeat(group, secret);
      await this.names.mustDiffer(group!, person.displayName);
      const recoveryCode = newRecoveryCode();
      const account = await this.accounts.begin(person, passwordHash, recoveryHashOf(recoveryCode));
      await this.seat(group!, link, account).catch(async (error: unknown) => {
        await this.store.disable(account.id);
        throw error;
      });
      logger.info('account begun', { user: account.id });
      return { account, keys: { userName: account.userName, recoveryCode } };
    });
  }

  /** Somebody who has an account takes the seat that the link is for. Whose account was reset is not known again yet, and takes none. */
  take(group: Named, secret: string, user: string): Promise<void> {
    return this.commits.run(async () => {
      const account = await this.store.byId(user), link = linkOf(secret);
      if (!account || account.disabledAt !== null) throw new RequestRefused('signed-out');
      await this.mustOpenASeat(group, secret);
      if (await this.groupAccess.sleeps(user)) throw new RequestRefused('seat-sleeps');
      await this.names.mustDiffer(group!, account.displayName, user);
      await this.seat(group!, link, account);
    });
  }

  /** A new password for whoever has the recovery code of the account; nobody else is needed. One answer to a wrong name and a wrong code. */
  async recover({ password, ...proof }: Recover): Promise<Begun> {
    const known = await this.recoveredBy(proof), passwordHash = await this.accounts.hashOf(password, known, this.groupAccess.known(known.id));
    return this.commits.run(async () => {
      const { id } = await this.recoveredBy(proof), used = recoveryHashOf(proof.code);
      // The password first: whoever chose another one is out before a seat can do anything. Then the code that a reset's link showed: were the seats awake before, and the server
      // ended, that code would hold. The one that was used holds until its successor is there.
      await this.choose(id, passwordHash);
      await this.store.setRecovery(id, used, null);
      for (const { rooms } of await this.groupAccess.of(id)) if (own(rooms.group().seats, id)) mustBeDone(await rooms.performByServer({ t: 'recoverAccount', user: id }));
      const recoveryCode = newRecoveryCode();
      await this.store.setRecovery(id, recoveryHashOf(recoveryCode), null);
      logger.info('account recovered', { user: id });
      return this.begun(id, recoveryCode);
    });
  }

  /** What `password` of a reset account comes to. Its new recovery code holds when its seats are awake: until then the owner's former one does. */
  private async renew(group: WorkingGroup, link: string, password: string): Promise<Begun> {
    const reset = await this.resetBy(group, link), passwordHash = await this.accounts.hashOf(password, reset, this.groupAccess.known(reset.id));
    return this.commits.run(async () => {
      const { id, recoveryHash } = await this.resetBy(group, link);
      const recoveryCode = newRecoveryCode();
      await this.choose(id, passwordHash);
      await this.store.setRecovery(id, recoveryHash, recoveryHashOf(recoveryCode));
      for (const { rooms } of await this.groupAccess.of(id)) {
        if (openReset(rooms.group(), link, Date.now()) === id) mustBeDone(await rooms.performByServer({ t: 'renewAccount', user: id, link }));
      }
      logger.info('account renewed', { user: id });
      return this.begun(id, recoveryCode);
    });
  }

  /** Asked before any name is: whoever comes second learns nothing of who came first, not even that he has the same name. */
  private async mustOpenASeat(group: Named, secret: string): Promise<void> {
    if ((await this.look(group, secret)).opens !== 'seat') throw new RequestRefused('link-spent');
  }

  private async choose(user: string, passwordHash: string): Promise<void> {
    await this.store.setPassword(user, passwordHash);
    await this.sessions.endAllOf(user);
  }

  private async begun(user: string, recoveryCode: string): Promise<Begun> {
    const account = (await this.store.byId(user))!;
    return { account, keys: { userName: account.userName, recoveryCode } };
  }

  private async seat({ rooms }: WorkingGroup, link: string, { id }: Account): Promise<void> {
    mustBeDone(await rooms.performByServer({ t: 'takeSeat', link, user: id }));
  }

  /** A reset works once it stands in every group in which the account sits. */
  private async resetBy(group: Named, link: string): Promise<Account> {
    const user = group ? openReset(group.rooms.group(), link, Date.now()) : undefined;
    const account = user === undefined ? null : await this.store.byId(user);
    if (!account || account.disabledAt !== null || !(await this.groupAccess.isReset(account.id, link))) throw new RequestRefused('link-spent');
    return account;
  }

  private async recoveredBy({ userName, code }: Recovered): Promise<Account> {
    const account = await this.store.byUserName(userName.trim());
    const sleeps = account !== null && await this.groupAccess.sleeps(account.id);
    const holds = account === null || account.disabledAt !== null ? null : sleeps ? account.recoveryHash : (account.nextRecoveryHash ?? account.recoveryHash);
    const right = sameSecret(recoveryHashOf(code), holds ?? '');
    if (!account || !right) throw new RequestRefused('wrong-recovery');
    return account;
  }
}
