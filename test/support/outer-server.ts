import type { DataSource } from 'typeorm';
import { GuessEstimateHere } from '../../apps/server/src/access/guess-estimate.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../apps/server/src/server.ts';
import { databaseSettings } from './parley.ts';
import { testDatabase } from './database.ts';
import { PageLike } from './browser-like.ts';
import { FakeRooms, roomsModule } from './fake-rooms.ts';

/** `beside`: a connection of its own to the same database. */
type Started = RunningServer & { readonly rooms: FakeRooms; readonly beside: DataSource };
type Parts = NonNullable<ServerOptions['inside']>;

/** The server with its own database and with rooms that are set by hand: for tests of HTTP and the socket. */
export async function outerServer(settings: Record<string, string> = {}, more: Parts = [], web?: string): Promise<Started> {
  const database = await testDatabase();
  const rooms = new FakeRooms();
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', ...databaseSettings(database.connection), SESSION_KEY: 'k'.repeat(32), ...settings });
  const drop = () => database.drop();
  const server = await startServer(config, { inside: [roomsModule(rooms), ...more], fillDemo: false, guesses: new GuessEstimateHere(), ...(web !== undefined && { web }) }).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  return { ...server, rooms, beside: database.dataSource, close: () => server.close().then(drop) };
}

/** Accounts of the demonstration under these user names, called by the same in capitals; their pseudonyms. */
export async function accountsOf<N extends string>(server: Started, names: readonly N[]): Promise<Record<N, string>> {
  const accounts = names.map((userName) => ({ userName, displayName: userName.toUpperCase() }));
  const { body } = await new PageLike(server.url).request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts });
  return Object.fromEntries((body as unknown as { user: string }[]).map(({ user }, n) => [names[n]!, user])) as Record<N, string>;
}
