import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { DynamicModule, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';
import { RouteCheck } from './access/requires-permission.ts';
import { actsOfWhoMay, bodyLimit, isReadElsewhere, LARGE_BODIES, SMALL_BODY } from './access/bodies.ts';
import { bounded } from './access/bounded.ts';
import { ClientAddresses } from './access/client-address.ts';
import { Demo } from './access/demo.ts';
import type { GuessEstimate } from './access/guess-estimate.ts';
import { TrustedDevices } from './access/trusted-devices.ts';
import { ownPagesOnly } from './access/origin.ts';
import { GroupAccess } from './access/group-access.ts';
import { servedHere } from './access/served-here.ts';
import { Sessions } from './access/sessions.ts';
import { SetUpToken } from './access/set-up.ts';
import { WorkerGuessEstimate } from './access/worker-guess-estimate.ts';
import { Address } from './address.ts';
import { ActsModule } from './http/acts.module.ts';
import { AppModule, type Given } from './app.module.ts';
import { addressOf, type Config } from './config.ts';
import { type Database, openAndMigrate } from './database.ts';
import { fillDemo } from './demo-filling.ts';
import { DocumentsModule } from './http/documents.module.ts';
import { logger } from './logger.ts';
import { secureHeaders, servePages } from './pages.ts';
import { Gateway } from './realtime/gateway.ts';
import { Clock, DemoClock, SystemClock } from './record/clock.ts';
import { RecordModule } from './record/record.module.ts';
import { SnapshotMac } from './record/state-mac.ts';
import { LEASE_TIMES } from './commit/group-lease.ts';
import { GroupLeases } from './commit/group-leases.ts';
import { isEstablished, WorkingGroups } from './groups/working-groups.ts';
import { RoomsModule } from './groups/rooms.module.ts';
import { sessionKey } from './session-key.ts';
import { poolOf } from './storage/database.ts';
import { LEASE_CHANNEL, PostgresLeaseStore } from './storage/postgres-lease.store.ts';
import { PostgresNews } from './storage/postgres-news.ts';
import { PostgresAccountStore } from './storage/postgres-account.store.ts';
import { PostgresGroupStore } from './storage/postgres-group.store.ts';
import { PostgresReadPositionStore } from './storage/postgres-read-position.store.ts';
import { PostgresMembershipStore } from './storage/postgres-membership.store.ts';

export interface ServerOptions {
  /** What is behind the handshake and the routes; tests of those put something else there. */
  readonly inside?: readonly (Type | DynamicModule)[];
  /** Of the rooms, instead of the product's own: for tests. */
  readonly rooms?: Omit<Parameters<typeof RoomsModule.with>[0], 'host'>;
  /** False: the demo stays as empty as it is. */
  readonly fillDemo?: boolean;
  /** What estimates passwords; a worker without it, which has to be built. */
  readonly guesses?: GuessEstimate;
  /** The folder of the built web application. */
  readonly web?: string;
  /** Lines for the person who starts it. */
  readonly say?: (line: string) => void;
}

export interface RunningServer {
  /** The address people use. */
  readonly url: string;
  /** Where it listens on this machine. */
  readonly port: number;
  /** What the first administrator needs; null when nobody has to set anything up. */
  readonly setUpToken: string | null;
  /** Lets a test make demo accounts as the filling process does. */
  readonly demo: Demo;
  /** Stops in good order: nothing new, sockets closed, what is under way committed, the database shut down. */
  close(): Promise<void>;
}

/** Starts Parley: the database, then what uses it, then what listens. Rejects, with everything stopped again, when something is missing. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const database = await openAndMigrate(config, options.say ?? (() => undefined));
  const closing = [() => database.close()];
  try {
    return await onDatabase(config, options, database, closing);
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

async function onDatabase(config: Config, options: ServerOptions, database: Database, closing: (() => Promise<void>)[]): Promise<RunningServer> {
  const clock = config.demo ? new DemoClock() : new SystemClock();
  const key = sessionKey(config, database.directory), news = new PostgresNews(database.source, [LEASE_CHANNEL, SESSION_CHANNEL]), leases = leasesOn(database.source, news);
  const given = givenBy(config, database, { clock, key, news, leases }, options.guesses ?? new WorkerGuessEstimate());
  closing.push(() => given.sessions.close(), () => given.guesses.close(), () => news.close());
  await news.start();
  void leases.tend();
  closing.push(() => leases.close());
  const parts = AppModule.with(given, options.inside ?? inside(config, database, clock, options.rooms));
  const app = await NestFactory.create<NestExpressApplication>(parts, { bodyParser: false, logger: silent, abortOnError: false });
  closing.push(() => app.close());
  beforeControllers(app, given, options.web);
  await app.init();
  app.get(RouteCheck).everyRouteHasItsRow();
  app.get(Gateway).attach(app.getHttpServer(), database.directory === null ? PING_BALANCED_MS : PING_MS);
  closing.push(() => stopListening(app, leases));
  const url = await listen(app, config, given.address);
  const established = app.get(WorkingGroups, { strict: false }).all().some(isEstablished);
  if (given.demo.on && !established && options.fillDemo !== false) closing.push(filling(app, given.demo, url, options));
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { url, port, setUpToken: given.demo.on || established ? null : given.token.text, demo: given.demo, close: () => closeAll(closing) };
}

/** Where other processes may take over, a balancer has to notice soon that one has stopped: it ends connections that are silent for two seconds. */
const PING_BALANCED_MS = 700, PING_MS = 25_000;
const LONGEST_ANSWER_MS = 5_000;
/** Whoever was connected waits for the next process from here on. */
const HELD_STILL_MS = 300;

const inside = ({ wakeAfterMs }: Config, { host }: Database, clock: Clock, rooms: ServerOptions['rooms'] = {}): (Type | DynamicModule)[] =>
  [RecordModule.by(clock), RoomsModule.with({ wakeAfter: wakeAfterMs, host, ...rooms }), DocumentsModule, ActsModule];

/** What a process has beside its database. */
interface OfProcess { readonly clock: Clock; readonly key: string; readonly news: PostgresNews; readonly leases: GroupLeases }

function givenBy(config: Config, { source }: Database, { clock, key, news, leases }: OfProcess, guesses: GuessEstimate): Given {
  const address = new Address();
  const sessions = new Sessions(poolOf(source), key, address, { tell: (user) => news.tell(SESSION_CHANNEL, user), on: (listener) => news.on(SESSION_CHANNEL, listener), onMissed: (listener) => news.onMissed(listener) });
  return {
    leases, address, clients: new ClientAddresses(config.trustedProxies), accounts: new PostgresAccountStore(source), memberships: new PostgresMembershipStore(source), readPositions: new PostgresReadPositionStore(source),
    groups: new PostgresGroupStore(source, new SnapshotMac(key), (group) => leases.fence(group)), demo: new Demo(config.demo, clock instanceof DemoClock ? clock : undefined), token: new SetUpToken(key),
    sessions, guesses, known: new TrustedDevices(key, () => sessions.safe),
  };
}

/** The payload is a user's id. */
const SESSION_CHANNEL = 'parley_session';

/** A process has a name of its own each time that it starts. */
const leasesOn = (source: Database['source'], news: PostgresNews): GroupLeases => new GroupLeases(
  { store: new PostgresLeaseStore(source), holder: randomUUID(), now: () => performance.now(), pause: (ms) => pause(ms, undefined, { ref: false }), times: LEASE_TIMES, tell: (event, facts) => logger.info(event, facts) },
  { onLease: (listener) => news.on(LEASE_CHANNEL, listener), onMissed: (listener) => news.onMissed(listener) },
);

/** What every request passes before a controller sees it. */
function beforeControllers(app: NestExpressApplication, { address, clients, sessions }: Given, web?: string): void {
  app.disable('x-powered-by');
  app.use(secureHeaders(address));
  servePages(app, address, web);
  app.use('/api', unkept, ownPagesOnly(address), sessions.middleware, bounded(clients));
  const groups = app.get(WorkingGroups, { strict: false });
  app.use('/api', servedHere(app.get(GroupAccess)));
  app.use('/api', actsOfWhoMay(groups));
  const large = (request: Request): number => (isReadElsewhere(request, groups) ? bodyLimit(request, groups) : 0);
  app.useBodyParser('json', { limit: SMALL_BODY, inflate: false, type: (request) => isJson(request as Request) && large(request as Request) === 0 });
  for (const limit of LARGE_BODIES) app.useBodyParser('raw', { limit, inflate: false, type: (request) => isJson(request as Request) && large(request as Request) === limit });
}

const isJson = (request: Request): boolean => Boolean(request.is('application/json'));

const unkept: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

async function listen(app: NestExpressApplication, config: Config, address: Address): Promise<string> {
  const server = app.getHttpServer();
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.listen({ port: config.port, ...(config.host !== null && { host: config.host }) });
  await once(server, 'listening');
  address.settle(addressOf(config, (server.address() as AddressInfo).port));
  return address.origin;
}

/** Nothing new comes in; sockets end; requests under way get their answers, but not for ever. What is held is handed over as soon as they have, or a little later. */
async function stopListening(app: NestExpressApplication, leases: GroupLeases): Promise<void> {
  const server = app.getHttpServer(), closed = once(server, 'close');
  server.close();
  app.get(Gateway).close();
  setTimeout(() => server.closeAllConnections(), LONGEST_ANSWER_MS).unref();
  await Promise.race([closed, pause(HELD_STILL_MS, undefined, { ref: false })]);
  await leases.close();
}

function filling(app: NestExpressApplication, demo: Demo, url: string, { say = () => undefined }: ServerOptions): () => Promise<void> {
  const child = fillDemo({ demo, url, say, isEmpty: () => !app.get(WorkingGroups, { strict: false }).all().some(isEstablished) });
  return async () => void child?.kill('SIGTERM');
}

/** Last made, first closed. */
async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (let close = closing.pop(); close; close = closing.pop()) await close().catch((error: unknown) => logger.failed('not closed in good order', error));
}

/** Nest speaks up only when something is wrong. */
const silent: LoggerService = {
  log: () => undefined, debug: () => undefined, verbose: () => undefined,
  warn: (message: unknown) => logger.warn('nest', { message: String(message) }),
  error: (message: unknown) => logger.error('nest', { message: String(message) }),
  fatal: (message: unknown) => logger.error('nest', { message: String(message) }),
};
