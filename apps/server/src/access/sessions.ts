import { createHash, randomBytes } from 'node:crypto';
import pgSession from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session, { type SessionData, type SessionOptions } from 'express-session';
import type { Pool } from 'pg';
import type { OwnSession } from '@parley/protocol';
import type { Address } from '../address.ts';
import { factsOf, logger } from '../logger.ts';
import { deviceOf } from './device.ts';
import { whenBack } from '../limits/when-back.ts';

declare module 'express-session' {
  interface SessionData { user: string; expiresAt: number; begunAt: number; device: string; former?: string }
}

/** A session ends this long after signing in, whatever happens. */
export const SESSION_MS = 12 * 60 * 60_000;
/** And this long after its holder was last seen at it. */
export const IDLE_MS = 30 * 60_000;
/** The oldest of more than these ends. */
export const SESSIONS_OF_ONE = 5;
/** Being seen is written down at most this often. */
const NOTED_MS = 60_000;
const NOTED_AT_ONCE = 10_000;

/** Which sessions are over: one of them, or all of a user's but one. */
export type Ended = { readonly sid: string } | { readonly user: string; readonly butSid?: string };

/** What other processes tell and are told: that sessions of a user have ended or have another name. The table says which. */
export interface SessionNews {
  tell(user: string): Promise<void>;
  on(listener: (user: string) => void): void;
  /** Something may not have been told. */
  onMissed(listener: () => void): void;
}

/** Sessions live in the database; the browser holds a random name of one, in a cookie that no script reads and no other site sends. */
export class Sessions {
  private readonly store: InstanceType<ReturnType<typeof pgSession>>;
  private readonly listeners: ((ended: Ended) => void)[] = [];
  private readonly renewals: ((from: string, to: string) => void)[] = [];
  private readonly noted = new Map<string, number>();
  private handler: RequestHandler | null = null;

  constructor(private readonly pool: Pool, private readonly key: string, private readonly address: Address, private readonly news: SessionNews) {
    const Store = pgSession(session);
    this.store = new Store({
      pool, tableName: 'session', createTableIfMissing: false, disableTouch: true, pruneSessionInterval: 60 * 60,
      errorLog: () => logger.warn('old sessions were not removed'),
    });
    this.standIdleOnly();
    this.readWhenBack();
  }

  /** The package lets a row stand as long as its cookie; here a session that nobody is at ends sooner. */
  private standIdleOnly(): void {
    const set = this.store.set.bind(this.store);
    this.store.set = (sid, content, done = () => undefined) => set(sid, content, (error?: unknown) => {
      if (error) done(error);
      else this.prolong(sid).then(() => done(), done);
    });
  }

  /** While the database is away a request waits for its session (H12); it is not said to have none. */
  private readWhenBack(): void {
    const get = this.store.get.bind(this.store), read = (sid: string) => new Promise<SessionData | null>((resolve, reject) => get(sid, (error, found) => (error ? reject(error as Error) : resolve(found ?? null))));
    this.store.get = (sid, done) => void whenBack(() => read(sid)).then((found) => done(null, found), done);
  }

  /** Reads the session of a request, also of one that opens a socket. */
  readonly middleware: RequestHandler = (request, response, next) => {
    this.handler ??= session(this.options());
    // PUBLIC_URL, not this connection, says whether the way from the browser is safe: a proxy may end TLS, and localhost needs none.
    if (this.safe) Object.defineProperty(request, 'secure', { value: true, configurable: true });
    void this.handler(request, response, next);
  };

  /**
   * Signs `user` in under a new name of session: one that was planted before is worth nothing. Whoever has more than a few sessions loses the oldest, but for
   * the people of a demo, whom everybody shares.
   */
  async begin(request: Request, user: string, { shared = false }: { readonly shared?: boolean } = {}): Promise<void> {
    const former = request.session.user === undefined ? null : { sid: request.sessionID, user: request.session.user };
    await settled((done) => request.session.regenerate(done));
    request.session.user = user;
    request.session.expiresAt = Date.now() + SESSION_MS;
    request.session.begunAt = Date.now();
    request.session.device = deviceOf(request.headers['user-agent'] ?? '');
    await settled((done) => request.session.save(done));
    if (former !== null) this.tell({ sid: former.sid }, former.user);
    if (!shared) await this.endOldestOf(user);
  }

  /** Goes on under a new name (Z14): whoever has learned the former one has nothing. Its sockets go on with it. */
  async renew(request: Request): Promise<void> {
    const { sessionID: former, session: { user, expiresAt, begunAt, device } } = request;
    await settled((done) => request.session.regenerate(done));
    Object.assign(request.session, { user, expiresAt, begunAt, device, former: shownAs(former) });
    await settled((done) => request.session.save(done));
    for (const renewed of this.renewals) renewed(former, request.sessionID);
    if (user !== undefined) this.tellOthers(user);
  }

  /** The open sessions of a user, the latest first; `own`: the one that asks. What they are called by tells nothing of their names. */
  async listOf(user: string, sid: string): Promise<OwnSession[]> {
    const { rows } = await this.pool.query<{ sid: string; device: string | null; begun: string; seen: string }>(
      `SELECT sid, sess->>'device' AS device, coalesce(sess->>'begunAt', ((sess->>'expiresAt')::bigint - $2)::text) AS begun, extract(epoch FROM expire) * 1000 - $3 AS seen
       FROM session WHERE sess->>'user' = $1 AND expire > now() ORDER BY begun DESC, sid`, [user, SESSION_MS, IDLE_MS]);
    return rows.map((row) => ({ id: shownAs(row.sid), device: row.device ?? '', begunAt: Number(row.begun), seenAt: Math.round(Math.max(Number(row.begun), Number(row.seen))), own: row.sid === sid }));
  }

  /** Ends one of a user's own sessions, by what it is called in the list. False when there is none. */
  async endOne(user: string, id: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ sid: string }>(`SELECT sid FROM session WHERE sess->>'user' = $1`, [user]), meant = rows.find(({ sid }) => shownAs(sid) === id);
    if (!meant) return false;
    await this.pool.query('DELETE FROM session WHERE sid = $1', [meant.sid]);
    this.tell({ sid: meant.sid }, user);
    return true;
  }

  /** Its holder is at it, by a change or by a visible page: it stands for another half hour, but never past its end. */
  seen(sid: string): void {
    const now = Date.now();
    if (now - (this.noted.get(sid) ?? 0) < NOTED_MS) return;
    if (this.noted.size >= NOTED_AT_ONCE) this.noted.clear();
    this.noted.set(sid, now);
    this.prolong(sid).catch((error: unknown) => {
      this.noted.delete(sid);
      logger.warn('a session was not prolonged', factsOf(error));
    });
  }

  async end(request: Request): Promise<void> {
    const { sessionID: sid, session: { user } } = request;
    await settled((done) => request.session.destroy(done));
    this.tell({ sid }, user);
  }

  /** Ends every session of a user, but the one whose holder asked. */
  async endAllOf(user: string, butSid?: string): Promise<void> {
    await this.pool.query(`DELETE FROM session WHERE sess->>'user' = $1 AND sid <> $2`, [user, butSid ?? '']);
    this.tell({ user, ...(butSid !== undefined && { butSid }) }, user);
  }

  /** Whether a session has not ended yet. */
  async stands(sid: string): Promise<boolean> {
    return (await this.standing([sid])).has(sid);
  }

  /** Those of them that have not ended yet. */
  async standing(sids: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<{ sid: string }>('SELECT sid FROM session WHERE sid = ANY($1) AND expire > now()', [sids]);
    return new Set(rows.map(({ sid }) => sid));
  }

  /** What sessions of a user are called now, by what they were called; null for one that has ended. */
  async namesNow(user: string, sids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const { rows } = await this.pool.query<{ sid: string; former: string | null }>(`SELECT sid, sess->>'former' AS former FROM session WHERE sess->>'user' = $1 AND expire > now()`, [user]);
    return new Map(sids.map((sid) => [sid, (rows.find((row) => row.sid === sid) ?? rows.find(({ former }) => former === shownAs(sid)))?.sid ?? null]));
  }

  /** Called when sessions of a user may have changed in another process; `missed` when those of anybody may. */
  onNews(listener: (user: string) => void, missed: () => void): void {
    this.news.on(listener);
    this.news.onMissed(missed);
  }

  /** Called when sessions end before their time. */
  onEnded(listener: (ended: Ended) => void): void {
    this.listeners.push(listener);
  }

  /** Called when a session goes on under another name. */
  onRenewed(listener: (from: string, to: string) => void): void {
    this.renewals.push(listener);
  }

  get cookieName(): string {
    return this.safe ? '__Host-sid' : 'sid';
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  /** Whether a browser may be told to send cookies on a safe way only. */
  get safe(): boolean {
    return this.address.encrypted || this.address.local;
  }

  private async prolong(sid: string): Promise<void> {
    await this.pool.query(
      `UPDATE session SET expire = least(now() + $2 * interval '1 millisecond', to_timestamp((sess->>'expiresAt')::bigint / 1000.0)) WHERE sid = $1 AND expire > now()`, [sid, IDLE_MS],
    );
  }

  private async endOldestOf(user: string): Promise<void> {
    const { rows } = await this.pool.query<{ sid: string }>(
      `DELETE FROM session WHERE sid IN (SELECT sid FROM session WHERE sess->>'user' = $1 AND expire > now() ORDER BY (sess->>'expiresAt')::bigint DESC, sid OFFSET $2) RETURNING sid`,
      [user, SESSIONS_OF_ONE],
    );
    for (const { sid } of rows) this.tell({ sid }, user);
  }

  private options(): SessionOptions {
    return {
      name: this.cookieName, secret: this.key, store: this.store, genid: () => randomBytes(32).toString('base64url'),
      resave: false, saveUninitialized: false,
      cookie: { path: '/', httpOnly: true, sameSite: 'strict', secure: this.safe, maxAge: SESSION_MS },
    };
  }

  private tell(ended: Ended, user?: string): void {
    for (const listener of this.listeners) listener(ended);
    if (user !== undefined) this.tellOthers(user);
  }

  /** Who is not told finds out when sockets are next looked after. */
  private tellOthers(user: string): void {
    this.news.tell(user).catch((error: unknown) => logger.warn('other processes were not told of a session', factsOf(error)));
  }
}

const shownAs = (sid: string): string => createHash('sha256').update(`session|${sid}`).digest('base64url').slice(0, 22);

const settled = (call: (done: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
