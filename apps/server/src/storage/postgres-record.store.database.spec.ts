import { leafHash, utf8 } from '@parley/ledger';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GROUP, testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { decodeEntry, GROUP_SUBJECT } from '../record/entry.ts';
import { AppendConflict, type DocumentRow, type NewEntry } from '../record/record.store.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

let db: TestDatabase;
let store: PostgresRecordStore;

beforeEach(async () => {
  db = await testDatabase();
  store = new PostgresRecordStore(db.dataSource, TEST_MAC, GROUP);
  await store.openLog('wg', 'host/w/wg');
});

afterEach(() => db.drop());

/** What concerns a document, or an act on it; `text` is in no leaf of the product. */
const leafOf = (text: string, doc = 'd1', act?: string): Uint8Array =>
  utf8(JSON.stringify(act === undefined ? { at: `${doc}/working`, text } : { op: JSON.stringify({ doc, id: act }), text }));

function entry(text: string, { doc, actId, ...more }: Partial<NewEntry> & { readonly doc?: string } = {}): NewEntry {
  const leaf = leafOf(text, doc, actId);
  return { leaf, leafHash: leafHash(leaf), blob: utf8(`${'salt'.repeat(8)}${text}`), ...(actId !== undefined && { actId }), ...more };
}

const document = (more: Partial<DocumentRow> = {}): DocumentRow => ({
  id: 'd1', title: 'Definitions', template: 'definition', stage: 'drafting', openedAt: 1_795_305_600_123, lastEntry: 0,
  progress: { open: 3 }, awaiting: ['north'], ...more,
});

const leaves = async (from = 0, to = 1_000) =>
  (await store.entriesBetween('wg', from, to)).map(({ index, leaf }) => [index, (JSON.parse(new TextDecoder().decode(leaf)) as { text: string }).text]);

it.each<[string, Uint8Array, string | null, string | null]>([
  ['an update', utf8('{"at":"d7/position:a","by":"u","len":3,"v":1}'), 'd7', null],
  ['an act on a document', utf8(JSON.stringify({ op: '{"doc":"d8","id":"a1","t":"agree"}', v: 1 })), 'd8', 'a1'],
  ['an act on the group', utf8(JSON.stringify({ op: '{"id":"a2","t":"invite"}', v: 1 })), GROUP_SUBJECT, 'a2'],
  ['what says neither', utf8('{"v":1}'), GROUP_SUBJECT, null],
  ['what is no object', Uint8Array.of(0, 255, 92), null, null],
  ['nothing', new Uint8Array(), null, null],
])('[Q5] reads from the leaf of %s what it concerns and which act it is', async (_what, leaf, subject, act) => {
  expect(await db.dataSource.query('SELECT subject_of_leaf($1) AS subject, act_of_leaf($1) AS act', [Buffer.from(leaf)])).toEqual([{ subject, act }]);
});

it('opens a log empty, finds it again, and refuses it under another origin', async () => {
  expect(await store.openLog('other', 'host/w/other')).toEqual({ size: 0 });
  await store.append('other', 0, [entry('a')], []);
  expect(await store.openLog('other', 'host/w/other')).toEqual({ size: 1 });
  await expect(store.openLog('other', 'elsewhere')).rejects.toThrow('origin');
});

it('opens one log for servers that open it at the same time', async () => {
  const sizes = await Promise.all(Array.from({ length: 5 }, () => store.openLog('new', 'host/w/new')));
  expect(sizes).toEqual(Array.from({ length: 5 }, () => ({ size: 0 })));
});

it('numbers entries from 0 without gaps and gives back the very bytes', async () => {
  const odd = entry('', { leaf: Uint8Array.of(0, 255, 92), leafHash: leafHash(Uint8Array.of(0, 255, 92)) });
  await store.append('wg', 0, [entry('a'), odd], []);
  await store.append('wg', 2, [entry('c')], []);
  expect(await store.entriesBetween('wg', 0, 9)).toEqual([
    { index: 0, leaf: entry('a').leaf, blob: entry('a').blob },
    { index: 1, leaf: odd.leaf, blob: odd.blob },
    { index: 2, leaf: entry('c').leaf, blob: entry('c').blob },
  ]);
  expect(await store.entriesBetween('wg', 1, 2)).toHaveLength(1);
});

it.each([[0, 'behind'], [1, 'within'], [3, 'beyond']])('answers an append at %i, %s the head of 2, with a conflict that names both sizes', async (at) => {
  await store.append('wg', 0, [entry('a'), entry('b')], []);
  const conflict = await store.append('wg', at, [entry('x'), entry('y')], []).catch((error: unknown) => error);
  expect(conflict).toBeInstanceOf(AppendConflict);
  expect(conflict).toMatchObject({ logId: 'wg', expected: at, actual: 2 });
  expect(await leaves()).toEqual([[0, 'a'], [1, 'b']]);
});

it('lets one of many simultaneous writers win each place', async () => {
  for (let size = 0; size < 10; size += 2) {
    const outcomes = await Promise.allSettled(['p', 'q', 'r', 's'].map((who) => store.append('wg', size, [entry(who), entry(who)], [])));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(AppendConflict);
  }
  expect((await leaves()).map(([index]) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('[Q25] gives an entry whose payload is missing with an empty one, never as if it were not there', async () => {
  await store.append('wg', 0, [entry('a')], []);
  const leaf = leafOf('b');
  await db.dataSource.query('INSERT INTO entry (group_id, log_id, index, leaf, leaf_hash) VALUES ($1, $2, 1, $3, $4)', [GROUP, 'wg', Buffer.from(leaf), Buffer.from(leafHash(leaf))]);
  await store.append('wg', 2, [entry('c')], []);
  expect(await leaves()).toEqual([[0, 'a'], [1, 'b'], [2, 'c']]);
  const found = await store.entriesOf('wg', 'd1', 0, 9);
  expect(found.map(({ index, blob }) => [index, blob.length > 0])).toEqual([[0, true], [1, false], [2, true]]);
  expect(() => decodeEntry({ ...found[1]!, leaf: utf8('{"at":"d1/working","by":"u","c":"","len":3,"ts":1,"v":1}') })).toThrow('entry 1 of the record is broken: its payload is missing');
});

it('keeps logs apart', async () => {
  await store.openLog('private', 'host/w/wg/d/north');
  await store.append('wg', 0, [entry('a')], []);
  await store.append('private', 0, [entry('b', { actId: 'one' })], []);
  expect(await leaves()).toEqual([[0, 'a']]);
  expect(await store.entriesOf('private', 'd1', 0, 9)).toHaveLength(1);
  expect(await store.actIndex('wg', 'one')).toBeNull();
});

it('refuses a log that nobody opened', async () => {
  await expect(store.append('nowhere', 0, [entry('a')], [])).rejects.toThrow();
});

it.each<[string, Partial<NewEntry>]>([
  ['a leaf hash that is not the leaf’s', { leafHash: leafHash(utf8('another')) }],
  ['a leaf of 65,536 bytes', { leaf: new Uint8Array(65_536), leafHash: leafHash(new Uint8Array(65_536)) }],
  ['a payload too short for its salt', { blob: new Uint8Array(31) }],
  ['an act that was recorded before', { actId: 'first' }],
])('keeps nothing of a batch with %s', async (_, fault) => {
  await store.append('wg', 0, [entry('a', { actId: 'first' })], [document()]);
  const refused = await store.append('wg', 1, [entry('b', { actId: 'second' }), entry('c', fault)], [document({ stage: 'adopted' })])
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(refused).not.toBeInstanceOf(AppendConflict);
  expect(await leaves()).toEqual([[0, 'a']]);
  expect(await store.actIndex('wg', 'second')).toBeNull();
  expect(await store.documents()).toEqual([document()]);
  await store.append('wg', 1, [entry('d')], []);
});

it('takes the largest leaf and a large payload', async () => {
  const leaf = new Uint8Array(65_535).fill(7);
  const blob = new Uint8Array(300_000).fill(9);
  await store.append('wg', 0, [entry('', { leaf, leafHash: leafHash(leaf), blob })], []);
  const [stored] = await store.entriesBetween('wg', 0, 1);
  expect(Buffer.compare(stored!.leaf, leaf)).toBe(0);
  expect(Buffer.compare(stored!.blob, blob)).toBe(0);
});

it('takes a batch of more values than a statement has parameters', async () => {
  const many = Array.from({ length: 15_000 }, (_, n) => entry(String(n)));
  await store.append('wg', 0, many, []);
  expect(await leaves(14_998, 80_000)).toEqual([[14_998, '14998'], [14_999, '14999']]);
});

it('[Q5] finds the entries of a subject, page by page', async () => {
  await store.append('wg', 0, ['d1', 'd2', 'd1', 'wg', 'd1'].map((subject) => entry(subject, { doc: subject })), []);
  const indexes = async (from: number, limit: number) => (await store.entriesOf('wg', 'd1', from, limit)).map(({ index }) => index);
  expect(await indexes(0, 2)).toEqual([0, 2]);
  expect(await indexes(3, 2)).toEqual([4]);
  expect(await indexes(5, 2)).toEqual([]);
});

it('[Q5] finds an act by the id that its client gave it', async () => {
  await store.append('wg', 0, [entry('a'), entry('b', { actId: 'agree-1' })], []);
  expect(await store.actIndex('wg', 'agree-1')).toBe(1);
  expect(await store.actIndex('wg', 'agree-2')).toBeNull();
});

it('sets document rows with the entries, the last of each', async () => {
  await store.append('wg', 0, [entry('a')], [document(), document({ id: 'd2', openedAt: 5, progress: null, awaiting: null })]);
  await store.append('wg', 1, [entry('b')], [document({ title: 'x' }), document({ stage: 'negotiation', lastEntry: 1 })]);
  expect(await store.documents()).toEqual([
    document({ id: 'd2', openedAt: 5, progress: null, awaiting: null }),
    document({ stage: 'negotiation', lastEntry: 1 }),
  ]);
});

it('[Q20] keeps the logs, acts and rows of two groups apart, whatever they are called', async () => {
  const other = new PostgresRecordStore(db.dataSource, TEST_MAC, 'wg2');
  await other.openLog('wg', 'host/w/wg2');
  await store.append('wg', 0, [entry('a', { actId: 'act-1' }), entry('b')], [document()]);
  expect([await other.openLog('wg', 'host/w/wg2'), await other.actIndex('wg', 'act-1'), await other.documents()]).toEqual([{ size: 0 }, null, []]);
  await other.append('wg', 0, [entry('c', { actId: 'act-1' })], [document({ title: 'Another' })]);
  expect((await store.entriesOf('wg', 'd1', 0, 9)).map(({ index }) => index)).toEqual([0, 1]);
  expect((await other.entriesBetween('wg', 0, 9)).map(({ blob }) => blob)).toEqual([entry('c').blob]);
  expect([await store.lastEntries('wg'), await other.lastEntries('wg')]).toEqual([new Map([['d1', 1]]), new Map([['d1', 0]])]);
  expect([await store.documents(), await other.documents()]).toEqual([[document()], [document({ title: 'Another' })]]);
  await db.dataSource.query(`UPDATE document SET (title, mac) = (SELECT title, mac FROM document WHERE group_id = 'wg2') WHERE group_id = $1`, [GROUP]);
  expect(await store.listed()).toMatchObject({ rows: [], altered: ['d1'] });
});

it('[Q21] finds what concerns the group under a subject that no document has', async () => {
  const leaf = utf8(JSON.stringify({ op: JSON.stringify({ id: 'act-2' }), text: 'g' }));
  await store.append('wg', 0, [{ leaf, leafHash: leafHash(leaf), blob: entry('g').blob }, entry('d', { doc: 'group' })], []);
  expect([...await store.lastEntries('wg')]).toEqual([[GROUP_SUBJECT, 0], ['group', 1]]);
});

it('[Q5] finds the acts on a document without what was typed between them, by an index', async () => {
  const typed = Array.from({ length: 300 }, (_, i) => entry(`typed ${i}`)), by = (who: string, act: string, doc = 'd1') => {
    const leaf = utf8(JSON.stringify({ by: who, op: JSON.stringify({ doc, id: act }), text: act }));
    return { leaf, leafHash: leafHash(leaf), blob: utf8('salt'.repeat(9)), actId: act };
  };
  await store.append('wg', 0, [by('ada', 'a1'), ...typed, by('bo', 'a2'), by('ada', 'a3', 'd2'), ...typed, by('ada', 'a4')], []);
  const found = async (...asked: [number, number]) => (await store.actsOf('wg', 'd1', ...asked)).map(({ index }) => index);
  expect([await found(0, 9), await found(1, 9), await found(0, 2), await found(604, 9)]).toEqual([[0, 301, 603], [301, 603], [0, 301], []]);
  expect(await store.lastActs('wg', ['d1', 'd2', 'd3'], 2)).toEqual(new Map([['d1', [{ index: 301, by: 'bo' }, { index: 603, by: 'ada' }]], ['d2', [{ index: 302, by: 'ada' }]], ['d3', []]]));
  expect((await store.lastActs('other', ['d1'], 2)).get('d1')).toEqual([]);
  await db.dataSource.query('ANALYZE entry');
  const plan = await db.dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN SELECT index FROM entry WHERE group_id = '${GROUP}' AND log_id = 'wg' AND subject_of_leaf(leaf) = 'd1' AND index >= 1 AND act_of_leaf(leaf) IS NOT NULL ORDER BY index LIMIT 5`);
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('entry_act_subject');
});
