import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from './database.ts';
import { accountFor } from './embedded/account.ts';
import { binariesFor } from './embedded/binaries.ts';
import { ensureCluster, SUPERUSER } from './embedded/cluster.ts';
import { clusterIn, dataFolder, folderFor, ownerOfDatabase } from './embedded/folder.ts';
import { signalPostmaster, stopLeftover } from './embedded/leftover.ts';
import { takeOwnership } from './embedded/owner.ts';
import { type Place, PORT, type Postmaster, spawnPostmaster } from './embedded/postmaster.ts';
import { emptySocketFolder, makeSocketFolder, sweepSocketFolders } from './embedded/sockets.ts';

export { DataInUse } from './embedded/owner.ts';

export interface EmbeddedOptions {
  /** PARLEY_DATA: the folder that holds the database, and may hold other things. */
  readonly data: string;
  /** False: nothing is flushed to disk. The data outlives a killed process, but not a crash of the machine. For tests. */
  readonly durable?: boolean;
  /** A line for the person who starts the server: where the data is when it is not where it was asked for, and delays. */
  readonly onNotice?: (line: string) => void;
}

/** A PostgreSQL of this process's own. It ends with the process, however that ends. */
export interface Embedded {
  /** The same through every restart. */
  readonly connection: Connection;
  /** The folder really used: it holds the database and the owner's mark. */
  readonly directory: string;
  /** Resolves with the end of its log when the present PostgreSQL has gone, by itself or by `stop`. After `restart`, another one. */
  readonly exited: Promise<string>;
  /** Brings PostgreSQL up again at the same address, after stopping what may be left of the last. Refused after `stop`. */
  restart(): Promise<void>;
  /** Shuts down in good order and gives up the folder. */
  stop(): Promise<void>;
  /** For a process that is about to exit: ends PostgreSQL at once, as a crash would. */
  kill(): void;
}

/**
 * Starts PostgreSQL on a data folder, which it sets up when it is empty. Only one living process may have a folder: a second one is
 * refused with `DataInUse`, which names the first. What a killed process has left running is stopped first.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const notice = options.onNotice ?? (() => undefined);
  const data = dataFolder(options.data);
  const account = accountFor(ownerOfDatabase(data));
  const binaries = binariesFor(account, notice);
  const directory = folderFor(data, account, notice);
  const disown = takeOwnership(directory);
  sweepSocketFolders();
  const place: Place = {
    binaries: binaries.directory, data: clusterIn(directory), socket: makeSocketFolder(account), account, durable: options.durable ?? true,
  };
  try {
    await stopLeftover(place.data);
    await ensureCluster(place, binaries.version);
    return new OwnPostgres(directory, place, await start(place, notice), disown, notice);
  } catch (error) {
    rmSync(place.socket, { recursive: true, force: true });
    disown();
    throw error;
  }
}

class OwnPostgres implements Embedded {
  readonly connection: Connection;
  /** Restarts and the stop come one after the other. */
  private turn: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    readonly directory: string,
    private readonly place: Place,
    private postmaster: Postmaster,
    private readonly disown: () => void,
    private readonly notice: (line: string) => void,
  ) {
    this.connection = { host: place.socket, port: PORT, user: SUPERUSER, database: DATABASE };
  }

  get exited(): Promise<string> {
    return this.postmaster.exited;
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      if (this.stopped) throw new Error('PostgreSQL was stopped and is not started again');
      await this.end();
      emptySocketFolder(this.place.socket, this.place.account);
      this.postmaster = await start(this.place, this.notice);
    });
  }

  stop(): Promise<void> {
    return this.inTurn(async () => {
      if (this.stopped) return;
      this.stopped = true;
      await this.end();
      rmSync(this.place.socket, { recursive: true, force: true });
      this.disown();
    });
  }

  kill(): void {
    signalPostmaster(this.place.data, 'SIGKILL');
    rmSync(this.place.socket, { recursive: true, force: true });
    this.stopped = true;
  }

  private async end(): Promise<void> {
    this.postmaster.close();
    await stopLeftover(this.place.data);
    await this.postmaster.exited;
  }

  private inTurn(job: () => Promise<void>): Promise<void> {
    const done = this.turn.then(job);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

/** The one that every cluster is made with. */
const DATABASE = 'postgres';

const SURVIVORS = 'pre-existing shared memory block';
const RECOVERY_DEADLINE = 10 * 60_000;
const SURVIVORS_DEADLINE = 60_000;

/** Starts it and waits until it serves: through the recovery after a crash, and until the last workers of a killed predecessor are gone. */
async function start(place: Place, notice: (line: string) => void): Promise<Postmaster> {
  const began = Date.now();
  for (;;) {
    const postmaster = spawnPostmaster(place);
    const failure = await serves(place, postmaster, notice);
    if (failure === null) return postmaster;
    if (!failure.includes(SURVIVORS) || Date.now() - began > SURVIVORS_DEADLINE) throw new Error(`PostgreSQL did not start (set DATABASE_URL to use another one): ${failure}`);
    await pause(100);
  }
}

/** Null once it accepts a connection; else the end of its log. */
async function serves(place: Place, postmaster: Postmaster, notice: (line: string) => void): Promise<string | null> {
  let log: string | null = null;
  void postmaster.exited.then((text) => { log = text; });
  const began = Date.now();
  for (let told = false; log === null;) {
    if (await accepts(place.socket)) return null;
    if (Date.now() - began > RECOVERY_DEADLINE) return 'it does not answer';
    if (!told && Date.now() - began > 5_000) {
      notice('PostgreSQL is still starting: after a crash it first repeats what was under way');
      told = true;
    }
    await pause(10);
  }
  return log;
}

async function accepts(host: string): Promise<boolean> {
  const client = new pg.Client({ host, port: PORT, user: SUPERUSER, database: DATABASE, ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
