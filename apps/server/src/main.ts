import { BadConfig, type Config, readConfig } from './config.ts';
import { migrateOnly } from './database.ts';
import { logger } from './logger.ts';
import { type RunningServer, startServer } from './server.ts';

const LONGEST_STOP_MS = 25_000;

/** Standard output has the address and nothing else, but for the token of the first run. */
async function run(): Promise<void> {
  const config = settings();
  if (process.argv[2] === 'migrate') return migrateOnly(config).catch((error: unknown) => fail(reasonOf(error, config)));
  const server = await startServer(config, { say: (line) => console.error(line) }).catch((error: unknown) => fail(reasonOf(error, config)));
  console.log(`Parley is at ${server.url}`);
  if (server.setUpToken !== null) console.log(`Set it up with this token, which is good once: ${server.setUpToken}`);
  stopWhenTold(server);
}

function settings(): Config {
  try {
    return readConfig();
  } catch (error) {
    return fail(error instanceof BadConfig ? error.message : String(error));
  }
}

function reasonOf(error: unknown, config: Config): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') return `The port ${config.port} is in use: set PORT to another.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `Parley cannot listen on ${config.host ?? 'every interface'}, port ${config.port}: set HOST or PORT.`;
  if (config.databaseUrl !== null && ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', '28P01', '3D000'].includes(code ?? '')) {
    return `The database of DATABASE_URL does not let Parley in: ${message || code}`;
  }
  return `Parley could not start: ${message || code || String(error)}`;
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function stopWhenTold(server: RunningServer): void {
  let stopping = false;
  const stop = (code: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => fail('Parley did not stop in time and was ended.'), LONGEST_STOP_MS).unref();
    void server.close().finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  process.on('unhandledRejection', (error) => logger.failed('unhandled rejection', error));
  process.on('uncaughtException', (error) => {
    logger.failed('uncaught exception', error);
    stop(1);
  });
}

void run();
