import { pino } from 'pino';

/** What a line may hold: identifiers, counts, names of things. Never words of a text, never a secret. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** One JSON line on standard error for each event. */
const lines = pino(
  { base: null, timestamp: () => `,"at":"${new Date().toISOString()}"`, formatters: { level: (level) => ({ level }) } },
  { write: (line) => void process.stderr.write(line) },
);

export const logger = {
  info: (event: string, facts: Facts = {}) => lines.info({ event, ...facts }),
  warn: (event: string, facts: Facts = {}) => lines.warn({ event, ...facts }),
  error: (event: string, facts: Facts = {}) => lines.error({ event, ...facts }),
  /** Something threw: where, and on what subject it was at work. */
  failed: (event: string, error: unknown, facts: Facts = {}) => lines.error({ event, ...facts, ...factsOf(error) }),
};

/** An error as facts: where it was thrown, and the code PostgreSQL or Node gave it. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const stack = (error.stack ?? '').split('\n').slice(1, 6).join(' ').replace(/\s+/g, ' ');
  return { error: error.name, message: error.message.slice(0, 500), stack, ...(typeof code === 'string' && { code }) };
}
