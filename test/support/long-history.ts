import { randomBytes } from 'node:crypto';
import { ROOMS } from '@parley/negotiation';
import { AUTHENTIC_LANGUAGE, readText, textAt } from '@parley/text';
import * as Y from 'yjs';
import { decodeEntry, encodeEntry } from '../../apps/server/src/record/entry.ts';
import type { NewEntry } from '../../apps/server/src/record/record.store.ts';
import type { openDatabase } from '../../apps/server/src/storage/database.ts';
import { PostgresRecordStore } from '../../apps/server/src/storage/postgres-record.store.ts';
import { groupIn } from './database.ts';
import { TEST_MAC } from './state-mac.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';

/** Key presses between two jumps of the caret, strokes of a correction, key presses of a page before it is loaded anew: on average. */
const BURST = 25, CORRECTION = 6, SESSION = 4_000;
/** A slot holds 20,000 units at most. */
const FULL = 18_000;
const BATCH = 2_000;

type Database = Awaited<ReturnType<typeof openDatabase>>;

const WORDS = 'the parties shall without delay inform each other of any request and state its grounds in writing ';

export interface LongHistory { readonly doc: string; readonly edits: number; readonly users: readonly string[]; readonly seed?: number }

/**
 * Continues a working paper in the record as if its authors had typed so many key presses: real Yjs updates in real entries, appended in bulk. No server may write
 * in this record meanwhile, and one that ran before has to be started again.
 */
export async function typeLongHistory(database: Database, { doc: id, edits, users, seed = 260 }: LongHistory): Promise<void> {
  const random = seeded(seed), group = await groupIn(database), store = new PostgresRecordStore(database, TEST_MAC, group), paper = new Y.Doc(), at = Date.now();
  const [head] = await database.query<{ size: string }[]>('SELECT size FROM log_head WHERE group_id = $1 AND log_id = $2', [group, ROOMS.shared.log]);
  for (const entry of await store.entriesOf(ROOMS.shared.log, id, 0, BATCH)) for (const write of decodeEntry(entry).writes) Y.applyUpdate(paper, write.update);
  const provisions = [...readText(paper).list];
  let batch: NewEntry[] = [], next = Number(head!.size), caret = 0, left = 0, striking = false, provision = provisions[0]!, author = users[0]!;
  let update: Uint8Array | null = null;
  paper.on('update', (made: Uint8Array) => { update = made; });
  for (let n = 0; n < edits; n++) {
    if (n % SESSION === 0) paper.clientID = 1 + Math.floor(random() * 0xfffffffe);
    if (n % SESSION === 0) author = users[(n / SESSION) % users.length]!;
    if (left-- <= 0) {
      provision = provisions[Math.floor(random() * provisions.length)]!;
      const { length } = textAt(paper, provision, `${AUTHENTIC_LANGUAGE}:text`)!;
      striking = random() < 0.2 || length > FULL;
      [caret, left] = [Math.floor(random() * (length + 1)), Math.floor(random() * 2 * (striking ? CORRECTION : BURST))];
    }
    const text = textAt(paper, provision, `${AUTHENTIC_LANGUAGE}:text`)!;
    if (striking && caret > 0) text.delete(--caret, 1);
    else text.insert(caret++, WORDS[n % WORDS.length]!);
    const writes = [{ room: 'working' as const, by: author, update: update! }];
    batch.push(encodeEntry({ kind: 'update', by: author, room: 'working', writes, touched: [provision] }, id, at, new Uint8Array(randomBytes(32))));
    if (batch.length < BATCH && n < edits - 1) continue;
    await store.append(ROOMS.shared.log, next, batch, []);
    next += batch.length;
    batch = [];
  }
}
