/** What a line may hold: identifiers, counts, names of things. Never words of a text, never a secret. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

type Level = 'info' | 'warn' | 'error';

/** One JSON line on standard error. */
function write(level: Level, event: string, facts: Facts): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...facts })}\n`);
}

export const log = {
  info: (event: string, facts: Facts = {}) => write('info', event, facts),
  warn: (event: string, facts: Facts = {}) => write('warn', event, facts),
  error: (event: string, facts: Facts = {}) => write('error', event, facts),
};

/** An error as facts: where it was thrown, and the code PostgreSQL or Node gave it. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const stack = (error.stack ?? '').split('\n').slice(1, 6).join(' ').replace(/\s+/g, ' ');
  return { error: error.name, message: error.message.slice(0, 500), stack, ...(typeof code === 'string' && { code }) };
}
