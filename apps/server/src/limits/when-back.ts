import { setTimeout as pause } from 'node:timers/promises';

/** A request is not kept waiting longer: a proxy before Parley gives up after a minute. */
const WAIT_MS = 45_000;
const APART_MS = 250;
/** More do not wait: a database that is away for long must not fill the memory. */
const MOST = 5_000;
/** What Node and PostgreSQL say when there is nobody to talk to, or nobody any more. */
const AWAY = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|08...|57P0[123]|53300)$/;
const AWAY_MESSAGE = /connection terminated|timeout exceeded when trying to connect|connection timeout|client has encountered a connection error/i;

let waiting = 0;

/** Whether an error says that the database is not there, and nothing of what was asked. */
export function isAway(error: unknown): boolean {
  const { code, message = '', driverError, cause } = (error ?? {}) as { code?: unknown; message?: string; driverError?: unknown; cause?: unknown };
  return (typeof code === 'string' && AWAY.test(code)) || AWAY_MESSAGE.test(message) || (driverError !== undefined && isAway(driverError)) || (cause !== undefined && isAway(cause));
}

/** What `ask` comes to, asked again while the database is away, for three quarters of a minute; then it throws what `ask` threw. Only for what changes nothing. */
export async function whenBack<T>(ask: () => Promise<T>, { waitMs = WAIT_MS, apart = () => pause(APART_MS, undefined, { ref: false }) as Promise<unknown>, now = () => performance.now() } = {}): Promise<T> {
  const until = now() + waitMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error) || waiting >= MOST || now() > until) throw error;
    }
    waiting += 1;
    await apart().finally(() => { waiting -= 1; });
  }
}
