import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentClient } from '@parley/sync';
import { openDatabase } from '../../apps/server/src/storage/database.ts';
import { startEmbedded } from '../../apps/server/src/storage/embedded.ts';
import { BALANCERS, type BalancerKind } from '../support/balancer.ts';
import type { TestDatabase } from '../support/database.ts';
import { append, until } from '../support/person.ts';
import { type OneOf, Several } from '../support/several.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import type { Length } from './length.ts';
import { paper } from './paper.ts';

const EVERY_MS = 50, TIMEOUT_MS = 60_000;
/** Everybody works again so soon, in milliseconds. */
const BACK: Readonly<Record<Ending, number>> = { 'kill -9': 5_000, 'stopped without ending': 5_000, 'ended in good order': 1_000 };

type Ending = 'kill -9' | 'stopped without ending' | 'ended in good order';

/** A PostgreSQL that saves as one in use does. */
export async function durable(): Promise<TestDatabase> {
  const data = mkdtempSync(path.join(tmpdir(), 'parley-bench-')), embedded = await startEmbedded({ data });
  const dataSource = await openDatabase({ connection: embedded.connection }, { poolSize: 2 });
  return {
    connection: embedded.connection, dataSource,
    async drop() {
      await dataSource.destroy();
      await embedded.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** What one types and the other receives, one keystroke after the other. */
export async function keystrokes([writer, reader]: readonly DocumentClient[], id: string, count: number, everyMs = EVERY_MS): Promise<number[]> {
  const delays: number[] = [];
  for (let i = 0; i < count; i++) {
    const received = new Promise<number>((resolve) => { const off = reader!.on('commit', () => { off(); resolve(performance.now()); }); }), began = performance.now();
    append(writer!, id, 'x');
    delays.push(await received - began);
    await pause(everyMs);
  }
  return delays;
}

/** From the end of a process until another has what both type; they type all the time. */
async function back(several: Several, clients: readonly DocumentClient[], id: string, ending: Ending): Promise<number> {
  const holder = (await several.holder())!;
  let typing = true;
  const work = (async () => { for (; typing; await pause(20)) for (const client of clients) append(client, id, 'x'); })();
  await pause(500);
  const { parley } = holder, began = performance.now();
  const ended = ending === 'kill -9' ? parley!.kill() : ending === 'ended in good order' ? parley!.stop({ keep: true }) : null;
  if (ended) holder.parley = null;
  else process.kill(parley!.pid, 'SIGSTOP');
  await followed(several, holder);
  await Promise.all(clients.map((client) => until(client, savedSince(client), 'it is saved again', TIMEOUT_MS)));
  const took = performance.now() - began;
  typing = false;
  await work;
  await ended;
  if (ended) await several.begin(holder);
  else {
    process.kill(parley!.pid, 'SIGCONT');
    await parley!.printed(/group lost/);
  }
  return took;
}

async function followed(several: Several, by: OneOf): Promise<void> {
  for (const end = performance.now() + TIMEOUT_MS; performance.now() < end; await pause(10)) if (![null, by].includes(await several.holder())) return;
  throw new Error('no other process has taken the group');
}

function savedSince(client: DocumentClient): () => boolean {
  const { entry } = client.status;
  return () => client.joined && client.status.entry > entry;
}

async function behind(kind: BalancerKind, count: number, rounds: number): Promise<{ readonly delays: number[]; readonly backs: Readonly<Partial<Record<Ending, number[]>>> }> {
  const several = await Several.start(kind, count, await durable()), backs: Partial<Record<Ending, number[]>> = {};
  let w: WorkingGroup | null = null;
  try {
    w = await workingGroup({}, several.parley);
    const [first] = paper(20), doc = await w.draft(paper(20)), clients = [await w.az.open(doc), await w.oc.open(doc)];
    await keystrokes(clients, first!.id, 20);
    const delays = await keystrokes(clients, first!.id, rounds * 100);
    for (let i = 0; count > 1 && i < rounds; i++) for (const ending of Object.keys(BACK) as Ending[]) (backs[ending] ??= []).push(await back(several, clients, first!.id, ending));
    return { delays, backs };
  } finally {
    await w?.leave();
    await several.end();
  }
}

/** One working group on one process and on one of two; at full length behind each balancer that is found here. */
export async function balanced({ rounds }: Length): Promise<Row[]> {
  const section = 'keystroke → the other side, 2 people, processes behind a balancer', own = BALANCERS[0]!;
  const one = timed(section, `one process, behind ${own.name}`, (await behind(own, 1, rounds)).delays), rows: Row[] = [], returns: Row[] = [];
  for (const kind of rounds > 1 ? BALANCERS : [own]) {
    const { delays, backs } = await behind(kind, 2, rounds);
    rows.push(against(timed(section, `two processes, behind ${kind.name}`, delays), one));
    for (const [ending, times] of Object.entries(backs) as [Ending, number[]][]) {
      const row = timed(`the process of a group ends → everybody is saved again by another, behind ${kind.name}`, ending, times);
      returns.push(aiming(row, `< ${BACK[ending]} ms`, Math.max(...times) < BACK[ending]));
    }
  }
  return [...rows, one, ...returns];
}
