import { openDatabase } from '../../apps/server/src/storage/database.ts';
import { typeLongHistory } from '../support/long-history.ts';
import { type Parley, startParley } from '../support/parley.ts';
import { Person } from '../support/person.ts';
import { PASSWORD } from '../support/cast.ts';
import type { WorkingGroup } from '../support/working-group.ts';
import { aiming, type Row, timed } from './figures.ts';
import { paper } from './paper.ts';
import { postgresUnder } from './processes.ts';

const PROVISIONS = 14, WARM = 20, TIMEOUT_MS = 120_000;
/** From the request to the answer, in milliseconds. */
const ALLOWED = 60;

/** `userName`: of somebody who may join it. */
export interface History { readonly doc: string; readonly edits: number; readonly userName: string }

/** A document with so many key presses behind it, put into the record past the server, which has to be started again; null where its database cannot be found. */
export async function history(group: WorkingGroup, edits: number): Promise<History | null> {
  const postgres = postgresUnder(group.parley.pid);
  if (!postgres) return null;
  const doc = await group.draft(paper(PROVISIONS));
  const database = await openDatabase({ connection: { host: postgres.socket, user: 'parley', database: 'postgres' } }, { poolSize: 1 });
  try {
    await typeLongHistory(database, { doc, edits, users: [group.az.user, group.oc.user, group.chair.user] });
  } finally {
    await database.destroy();
  }
  return { doc, edits, userName: group.az.keys.userName };
}

/** From asking to be let into a document until the answer is there with all of it. */
async function join(person: Person, doc: string): Promise<number> {
  const socket = await person.connected(), before = performance.now();
  const joined = await socket.timeout(TIMEOUT_MS).emitWithAck('join', { doc, have: {} }) as { readonly ok: boolean; readonly reason?: string };
  const milliseconds = performance.now() - before;
  socket.disconnect();
  if (!joined.ok) throw new Error(`not joined: ${joined.reason}`);
  return milliseconds;
}

/** A server that has just started, and nobody else at it. */
async function alone<T>(data: string, userName: string, end: (parley: Parley) => Promise<void>, work: (person: Person) => Promise<T>): Promise<T> {
  const parley = await startParley({ data });
  try {
    return await work(await new Person(parley.url, 'az').signIn(userName, PASSWORD));
  } finally {
    await end(parley);
  }
}

/** Opening that document: once from its entries alone, then from what was kept, each time in a server that was killed and started again. */
export async function coldOpen(data: string, { doc, edits, userName }: History, rounds: number): Promise<Row[]> {
  const section = `join → answer, a document of ${edits.toLocaleString('en')} key presses`, afterKill: number[] = [], warm: number[] = [];
  const first = await alone(data, userName, (parley) => parley.stop({ keep: true }), (person) => join(person, doc));
  for (let n = 0; n < rounds; n++) {
    await alone(data, userName, (parley) => parley.kill(), async (person) => {
      afterKill.push(await join(person, doc));
      for (let i = 0; i < WARM; i++) warm.push(await join(person, doc));
    });
  }
  const cold = timed(section, 'the server was killed and started again', afterKill);
  return [
    aiming(cold, `≤ ${ALLOWED} ms`, cold.p50 <= ALLOWED), timed(section, 'it is open', warm),
    { section, name: 'once, with nothing kept: every entry is read', unit: 'ms', p50: first, n: 1 },
  ];
}
