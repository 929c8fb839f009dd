export interface Account {
  /** Pseudonymous: the only name of a person that the record ever holds. */
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  /** Null: no password is set, nobody signs in with one. */
  readonly passwordHash: string | null;
  /** SHA-256 of the recovery code, and of one that holds as soon as the seat is awake again. */
  readonly recoveryHash: string | null;
  readonly nextRecoveryHash: string | null;
  readonly administrator: boolean;
  /** Milliseconds since 1970, as is `disabledAt`. */
  readonly createdAt: number;
  readonly disabledAt: number | null;
}

export type NewAccount = Pick<Account, 'id' | 'userName' | 'displayName' | 'passwordHash' | 'recoveryHash' | 'administrator'>;

export class UserNameTaken extends Error {
  override readonly name = 'UserNameTaken';

  constructor(readonly userName: string) {
    super(`the user name ${userName} is taken`);
  }
}

/**
 * A user name as it is stored and looked up: folded here alone, because databases fold by rules of their own. Full-width letters and the Kelvin sign are the letters they look like; `İ`
 * is none of ours. What stands in the database was folded so: it does not change.
 */
export const foldUserName = (name: string): string => name.trim().normalize('NFKC').toLowerCase().normalize('NFKC');

/** Who may sign in. Kept apart from the record, which knows people by `id` only. No two user names are the same when folded. */
export abstract class AccountStore {
  /** In the order of creation. */
  abstract all(): Promise<readonly Account[]>;
  abstract byId(id: string): Promise<Account | null>;
  abstract byUserName(userName: string): Promise<Account | null>;
  abstract count(): Promise<number>;
  /** Throws `UserNameTaken`. */
  abstract insert(account: NewAccount): Promise<Account>;
  /** False when there is no such account. */
  abstract setPassword(id: string, passwordHash: string | null): Promise<boolean>;
  /** Sets the recovery code that holds now and the one that holds later. */
  abstract setRecovery(id: string, recoveryHash: string | null, nextRecoveryHash: string | null): Promise<void>;
  /** Codes that were to hold later hold now, but of the accounts named. */
  abstract promoteRecoveries(but: readonly string[]): Promise<void>;
  /** Keeps the time of the first call. False when there is no such account. */
  abstract disable(id: string): Promise<boolean>;
}
