import { REST_MS } from '@parley/negotiation';
import { GuessEstimateHere } from '../../apps/server/src/access/guess-estimate.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import type { RoomsOptions } from '../../apps/server/src/groups/server-rooms.ts';
import { type RunningServer, startServer } from '../../apps/server/src/server.ts';
import { actsHere } from './acts-here.ts';
import { testDatabase } from './database.ts';
import { databaseSettings, movesOn, type Parley } from './parley.ts';
import { replayerHere } from './replayer.ts';
import { TEST_KEY } from './state-mac.ts';

/** A whole Parley in this process, its rooms made as a test wants them; its time is that of the process, one of them at a time. */
export interface ParleyHere extends Parley {
  /** Stops in good order and starts again, at the same address and on the same database. */
  restart(): Promise<void>;
}

export async function parleyHere(rooms: RoomsOptions): Promise<ParleyHere> {
  const database = await testDatabase();
  const settings = { HOST: '127.0.0.1', PARLEY_DEMO: 'off', SESSION_KEY: TEST_KEY, ...databaseSettings(database.connection) };
  const start = (port: number): Promise<RunningServer> => startServer(readConfig({ ...settings, PORT: String(port) }), { rooms: { reading: actsHere(), ...rooms, replayer: replayerHere() }, guesses: new GuessEstimateHere() });
  let server = await start(0);
  const refuse = (): never => { throw new Error('this server is no process of its own'); };
  const machines = Date.now;
  let ahead = 0;
  Date.now = () => machines() + ahead;
  const later = async (milliseconds = REST_MS): Promise<void> => { ahead += milliseconds; };
  movesOn(server.url, later);
  return {
    url: server.url, port: server.port, data: '', pid: process.pid, output: () => '',
    printed: async () => ['', server.setUpToken!],
    later, kill: refuse,
    async restart() {
      await server.close();
      server = await start(server.port);
    },
    async stop() {
      await server.close();
      Date.now = machines;
      await database.drop();
    },
  };
}
