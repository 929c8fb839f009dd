import { type DocumentState, positionRoom, RULES_VERSION, type RoomName } from '@parley/negotiation';
import type { GroupHistoryView, HistoryEntry, HistoryView, InstantView, Notice } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { type Provision, provisionsOf } from '@parley/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../apps/server/src/storage/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { aheadOf, databaseSettings, type Parley, startParley } from '../support/parley.ts';
import { append, asked, type Person, until } from '../support/person.ts';
import { JOURNEY_ACTS, wholeJourney } from '../support/whole-journey.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** What somebody's screen was drawn from right after an entry. */
interface Seen { readonly document: DocumentState; readonly rooms: Readonly<Record<string, readonly Provision[]>> }

/** A reader that keeps what it received, entry by entry. */
class RecordingReader {
  readonly seen = new Map<number, Seen>();
  readonly received: Notice[] = [];

  constructor(readonly client: DocumentClient) {
    this.remember();
    client.on('commit', ({ notices }) => {
      this.received.push(...notices);
      this.remember();
    });
  }

  private remember(): void {
    this.seen.set(this.client.entry, plain({ document: this.client.document, rooms: roomsOf(this.client) }));
  }
}
const roomsOf = (client: DocumentClient): Seen['rooms'] => Object.fromEntries(Object.entries(client.texts()).map(([name, text]) => [name, provisionsOf(text!)]));
/** As it would come over the wire. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

let database: TestDatabase;
let env: Record<string, string>;
let w: WorkingGroup;
let parley: Parley;
let doc: string;
let began: number;
const readers: RecordingReader[] = [];

beforeAll(async () => {
  database = await testDatabase();
  env = databaseSettings(database.connection);
  w = await workingGroup({ env });
  parley = w.parley;
  began = Date.now();
  doc = await wholeJourney(w, async (opened) => {
    for (const person of [w.auditor, w.observer]) readers.push(new RecordingReader(await person.open(opened)));
  });
  const last = (await historyOf(w.auditor)).at(-1)!.index;
  for (const { client } of readers) await until(client, () => client.entry === last, 'the reader has all of it');
});
afterAll(async () => {
  await Promise.all(readers.map(({ client }) => client.stop()));
  await w.end();
  await parley.stop();
  await database.drop();
});

const historyOf = async (person: Person, of = doc): Promise<readonly HistoryEntry[]> => (await person.must<HistoryView>('GET', `documents/${of}/history`)).entries;
const instant = (person: Person, index: number, of = doc): Promise<InstantView> => person.must('GET', `documents/${of}/at/${index}`);

describe('the history of a document', () => {
  it('has every act and every edit: who, and when', async () => {
    const entries = await historyOf(w.auditor);
    expect(entries.flatMap((e) => (e.kind === 'act' ? [e.act.t] : []))).toEqual(JOURNEY_ACTS);
    const nameOf = new Map([...(['azHead', 'az', 'ocHead', 'oc', 'chair'] as const).map((name) => [w[name].user, name] as const), ['server', 'server'] as const]);
    const rows = entries.map((e) => [nameOf.get(e.by), e.kind === 'act' ? e.act.t : `${e.room} ${e.touched.join()}`]);
    const [azure, ochre] = w.delegations.map(positionRoom);
    expect(rows.filter(([, what]) => what!.includes(' '))).toEqual(expect.arrayContaining([
      ['az', 'working reply'], ['oc', 'working reply'], ['az', `${azure} reply`], ['oc', expect.stringContaining(`${ochre} `) as string], ['chair', 'position:chair grounds'], ['oc', `${ochre} spare`],
    ]));
    expect(rows.filter(([, what]) => ['approve', 'openDocument', 'lapse', 'withdraw', 'declineReopening', 'takeBackBasis'].includes(what!))).toEqual([
      ['chair', 'openDocument'], ['azHead', 'takeBackBasis'], ['oc', 'withdraw'], ['server', 'lapse'], ['chair', 'approve'], ['ocHead', 'declineReopening'],
    ]);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(began - 1_000);
    expect(times.at(-1)).toBeLessThanOrEqual(Date.now() + aheadOf(parley.data) + 1_000);
    const indexes = entries.map(({ index }) => index);
    expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => a - b));
  });

  it('says which delegation somebody spoke for, also of one who has left since', async () => {
    const { entries } = await w.observer.must<GroupHistoryView>('GET', 'history');
    const seats = new Map(entries.flatMap(({ events }) => events.flatMap((e) => (e.e === 'seated' ? [[e.seat.user, e.seat] as const] : []))));
    const parties = new Set((await historyOf(w.observer)).filter((e) => e.kind === 'update').map((e) => `${seats.get(e.by)!.role} ${seats.get(e.by)!.delegation ?? ''}`.trim()));
    expect([...parties].sort()).toEqual(['moderator', ...w.delegations.map((id) => `negotiator ${id}`)].sort());
    expect((await w.ocHead.actOnGroup({ t: 'remove', user: w.oc.user })).status).toBe(200);
    const people = new Map((await w.auditor.group()).people.map((person) => [person.user, person]));
    expect(people.get(w.oc.user)).toEqual({ user: w.oc.user, name: 'Ona Ochre' });
    for (const { by } of await historyOf(w.auditor)) if (by !== 'server') expect(people.get(by)?.name).toBeTruthy();
    await w.seat(w.oc, 'negotiator', w.delegations[1]);
  });

  it('is what every reader received, word for word', async () => {
    const entries = await historyOf(w.auditor);
    // What is received as it happens was decided by today's rules; only a history has to say by which.
    const decidedToday = entries.map((entry) => (entry.kind === 'act' ? { ...entry, rules: RULES_VERSION } : entry));
    expect(entries).toEqual(decidedToday);
    for (const { received } of readers) expect(plain(received)).toEqual(entries.slice(1).map((entry) => Object.fromEntries(Object.entries(entry).filter(([field]) => field !== 'rules'))));
  });

  it('comes in pages that make one whole, from any entry', async () => {
    const whole = await historyOf(w.auditor);
    const paged: HistoryEntry[] = [];
    for (let after = -1, more = true; more;) {
      const page = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history?after=${after}&limit=7`);
      expect(page.entries.length).toBeLessThanOrEqual(7);
      paged.push(...page.entries);
      ({ more } = page);
      after = page.entries.at(-1)!.index;
    }
    expect(paged).toEqual(whole);
  });
});

describe('the text of an instant', () => {
  it('is what people saw then, at every entry that somebody saw', async () => {
    const entries = await historyOf(w.auditor);
    for (const { seen } of readers) {
      // Entries of one commit come together: nobody has seen what stood between them.
      expect(seen.size).toBeGreaterThan(entries.length - 8);
      for (const [index, { document, rooms }] of seen) {
        const then = await instant(w.auditor, index);
        expect({ index: then.index, document: then.document, rooms: then.rooms }).toEqual({ index, document, rooms });
      }
    }
  });

  it('is there for every entry, in any order, with its own time', async () => {
    const entries = await historyOf(w.observer);
    for (const { index, at } of [...entries].reverse()) expect(await instant(w.observer, index)).toMatchObject({ index, at, document: { id: doc } });
  });

  it('between two entries is that of the earlier; before the first there is none', async () => {
    const [{ index }] = await historyOf(w.auditor) as [HistoryEntry];
    expect((await w.auditor.request('GET', `documents/${doc}/at/${index - 1}`)).body.refusal).toBe('not-found');
    const last = (await historyOf(w.auditor)).at(-1)!.index;
    expect(await instant(w.auditor, last + 1_000)).toEqual(await instant(w.auditor, last));
  });

  it('is for who may read, auditor and observer included, and for nobody else', async () => {
    const last = (await historyOf(w.auditor)).at(-1)!.index;
    const wanted = await instant(w.auditor, last);
    for (const reader of [w.observer, w.az, w.oc, w.azHead, w.ocHead, w.chair]) expect(await instant(reader, last)).toEqual(wanted);
    for (const path of ['history', `at/${last}`]) expect((await w.admin.request('GET', `documents/${doc}/${path}`)).body.refusal).toBe('not-found');
  });

  it('changes by nothing that an auditor sends', async () => {
    const before = await historyOf(w.auditor);
    const socket = await w.auditor.connected();
    for (const room of ['working', 'common', ...w.delegations.map(positionRoom)] as RoomName[]) expect(await asked(socket, 'update', { doc, room, update: new Uint8Array([0, 0]) })).toEqual({ ok: false, reason: 'role-forbids' });
    for (const act of [{ t: 'takeBackBasis' }, { t: 'askReopening', provision: 'reply', digest: '0'.repeat(64), reason: '' }, { t: 'declineReopening', provision: 'reply', digest: '0'.repeat(64), request: '0'.repeat(64) }] as const) expect((await w.auditor.act(doc, act)).body.refusal).toBe('role-forbids');
    expect(() => append(readers[0]!.client, 'reply', '!')).toThrow();
    expect(await historyOf(w.auditor)).toEqual(before);
  });
});

describe('the record', () => {
  /** Everything that can be asked about the document's past. */
  const everything = async (): Promise<unknown> => {
    const entries = await historyOf(w.auditor);
    const instants: InstantView[] = [];
    for (const { index } of entries) instants.push(await instant(w.auditor, index));
    return { entries, instants, group: await w.auditor.must<GroupHistoryView>('GET', 'history') };
  };

  it('cannot be changed with the server’s own account in the database nor with that of its owner, nor emptied, nor continued by hand', async () => {
    const before = await everything();
    const server = await openDatabase({ connection: { ...database.connection, user: 'parley_server' } }, { poolSize: 1 });
    const query = (sql: string, source = database.dataSource): Promise<string> => source.query(sql).then(() => 'done', (error: { code: string }) => error.code);
    const [{ user }] = await database.dataSource.query<[{ user: string }]>(`SELECT DISTINCT usename AS "user" FROM pg_stat_activity WHERE application_name = 'parley' AND pid <> pg_backend_pid() AND datname = current_database()`);
    expect(user).toBe('parley_server');
    const attacks = [
      ...['log', 'log_head', 'entry', 'payload', 'act_id'].flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]),
      `UPDATE entry SET leaf = 'x', leaf_hash = sha256('\\x00'::bytea || 'x'::bytea)`, 'UPDATE entry SET index = index + 1', `UPDATE payload SET blob = decode(repeat('00', 32), 'hex')`,
      'UPDATE log_head SET size = 1', `UPDATE log SET origin = 'elsewhere'`, `UPDATE act_id SET id = 'another' WHERE index = 3`,
    ];
    for (const sql of attacks) expect([sql, await query(sql), await query(sql, server)]).toEqual([sql, 'LG002', '42501']);
    await server.destroy();
    const copied = (which: string) => `INSERT INTO entry (group_id, log_id, index, leaf, leaf_hash) SELECT group_id, log_id, index + 100000, leaf, leaf_hash FROM entry WHERE act_of_leaf(leaf) IS ${which}`;
    // An act is there once; what was typed continues no log from another place.
    expect([await query(copied('NOT NULL')), await query(copied('NULL'))]).toEqual(['23505', 'LG001']);
    expect(await everything()).toEqual(before);
  });

  it('says the same after a restart, and goes on from there', async () => {
    const before = await everything();
    await parley.stop({ keep: true });
    parley = await startParley({ env, data: parley.data, port: parley.port });
    expect(parley.output()).not.toMatch(/token/i);
    expect(await everything()).toEqual(before);
    const client = await w.az.open(doc);
    append(client, 'reply', ' Afterwards.');
    const entry = await client.saved();
    const then = await instant(w.auditor, entry);
    expect(then.rooms).toEqual(plain(roomsOf(client)));
    for (const reader of readers) await until(reader.client, () => reader.client.entry === entry, 'the reader is back');
    await client.stop();
  });
});
