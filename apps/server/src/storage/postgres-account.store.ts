import { type DataSource, QueryFailedError } from 'typeorm';
import { type Account, AccountStore, foldUserName, type NewAccount, UserNameTaken } from '../access/account.store.ts';

export class PostgresAccountStore extends AccountStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async all(): Promise<readonly Account[]> {
    return this.accounts('ORDER BY created_at, id');
  }

  async byId(id: string): Promise<Account | null> {
    return (await this.accounts('WHERE id = $1', [id]))[0] ?? null;
  }

  async byUserName(userName: string): Promise<Account | null> {
    return (await this.accounts('WHERE user_name_folded = $1', [foldUserName(userName)]))[0] ?? null;
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: string }[]>('SELECT count(*) FROM account');
    return Number(row?.count);
  }

  async insert(account: NewAccount): Promise<Account> {
    try {
      const [row] = await this.dataSource.query<Row[]>(
        `INSERT INTO account (id, user_name, display_name, password_hash, recovery_hash, administrator, user_name_folded) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
        [account.id, account.userName, account.displayName, account.passwordHash, account.recoveryHash, account.administrator, foldUserName(account.userName)]);
      return read(row!);
    } catch (error) {
      throw isTaken(error) ? new UserNameTaken(account.userName) : error;
    }
  }

  async setPassword(id: string, passwordHash: string | null): Promise<boolean> {
    return this.change('password_hash = $2', [id, passwordHash]);
  }

  async setRecovery(id: string, recoveryHash: string | null, nextRecoveryHash: string | null): Promise<void> {
    await this.change('recovery_hash = $2, next_recovery_hash = $3', [id, recoveryHash, nextRecoveryHash]);
  }

  async promoteRecoveries(but: readonly string[]): Promise<void> {
    await this.dataSource.query('UPDATE account SET recovery_hash = next_recovery_hash, next_recovery_hash = NULL WHERE next_recovery_hash IS NOT NULL AND id <> ALL($1)', [but]);
  }

  async disable(id: string): Promise<boolean> {
    return this.change('disabled_at = coalesce(disabled_at, now())', [id]);
  }

  private async accounts(where: string, values: readonly unknown[] = []): Promise<readonly Account[]> {
    return (await this.dataSource.query<Row[]>(`SELECT ${COLUMNS} FROM account ${where}`, [...values])).map(read);
  }

  private async change(assignment: string, values: readonly unknown[]): Promise<boolean> {
    // TypeORM answers an UPDATE with the rows and their number.
    const [, changed] = await this.dataSource.query<[unknown, number]>(`UPDATE account SET ${assignment} WHERE id = $1`, [...values]);
    return changed > 0;
  }
}

type Row = Omit<Account, 'createdAt' | 'disabledAt'> & { readonly createdAt: Date; readonly disabledAt: Date | null };

const COLUMNS = `id, user_name AS "userName", display_name AS "displayName", password_hash AS "passwordHash", recovery_hash AS "recoveryHash",
  next_recovery_hash AS "nextRecoveryHash", administrator,
  created_at AS "createdAt", disabled_at AS "disabledAt"`;

const read = (row: Row): Account => ({ ...row, createdAt: row.createdAt.getTime(), disabledAt: row.disabledAt?.getTime() ?? null });

function isTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'account_user_name_key';
}
