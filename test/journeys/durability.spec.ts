import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { positionRoom } from '@parley/negotiation';
import type { DifferencesView, GroupView, HistoryView, InstantView, Joined, SessionView } from '@parley/protocol';
import { type DocumentClient, memoryStore, type MemoryRows } from '@parley/sync';
import { provisionsOf, readText } from '@parley/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database.ts';
import { databaseSettings, type Parley, startParley, startRefused } from '../support/parley.ts';
import { append, asked, basisOf, until, wordsIn } from '../support/person.ts';
import { TEST_KEY } from '../support/state-mac.ts';
import { killHard, tree } from '../support/processes.ts';
import { provision } from '../support/rules-fixture.ts';
import { JOURNEY_ACTS, wholeJourney } from '../support/whole-journey.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** Somebody who types word after word, each with a number of its own, and knows which have been acknowledged. */
class Typist {
  readonly written: string[] = [];
  readonly acknowledged: string[] = [];
  private going = true;
  private ended: Promise<void> | null = null;

  constructor(readonly client: DocumentClient, private readonly name: string, private readonly provision: string) {}

  /** Types one word; it is not saved when this returns. */
  type(): string {
    const word = `${this.name}${this.written.length}.`;
    this.written.push(word);
    append(this.client, this.provision, ` ${word}`);
    return word;
  }

  /** Types on and on, without waiting for the server at every word. */
  begin(): void {
    this.ended = (async () => {
      while (this.going) {
        const some = [this.type(), this.type(), this.type()];
        await this.client.saved();
        this.acknowledged.push(...some);
      }
    })();
  }

  /** Types what it is at to the end; everything is saved then. */
  async end(): Promise<void> {
    this.going = false;
    await this.ended;
    await this.client.saved();
  }
}

/** What of the words written is missing in a text, and what is there more than once. */
const wrong = (text: string, words: readonly string[]): string[] => words.filter((word) => text.split(` ${word}`).length !== 2);
const texts = (client: DocumentClient) => Object.fromEntries(Object.entries(client.texts()).map(([room, text]) => [room, provisionsOf(text!)]));

describe('a server with a database of its own', () => {
  let w: WorkingGroup;
  let parley: Parley;
  beforeAll(async () => {
    w = await workingGroup();
    parley = w.parley;
  });
  afterAll(async () => {
    await w.end();
    await parley.stop();
  });

  /** Two people of different delegations, and a third who reads, type in one working paper: each a provision of their own, and one together. */
  async function twoTyping(): Promise<{ doc: string; typists: Typist[]; reader: DocumentClient }> {
    const doc = await w.draft(['left', 'right', 'shared'].map((id) => provision(id, 'Begun:')));
    const [az, oc, reader] = [await w.az.open(doc), await w.oc.open(doc), await w.auditor.open(doc)];
    const typists = [new Typist(az, 'left', 'left'), new Typist(oc, 'right', 'right'), new Typist(az, 'one', 'shared'), new Typist(oc, 'two', 'shared')];
    for (const typist of typists) typist.begin();
    await until(reader, () => typists.every(({ acknowledged }) => acknowledged.length >= 15), 'everybody has written a little');
    return { doc, typists, reader };
  }

  /** Everybody reads the same: those who typed, who read on, a newcomer, and the record; and every word is there once. */
  async function nothingLost({ doc, typists, reader }: Awaited<ReturnType<typeof twoTyping>>): Promise<void> {
    for (const typist of typists) await typist.end();
    const last = Math.max(...typists.map(({ client }) => client.status.entry));
    const clients = [...new Set([...typists.map(({ client }) => client), reader])];
    for (const client of clients) await until(client, () => client.joined && client.entry >= last, 'everybody has everything');
    const fresh = await w.observer.open(doc);
    const wanted = texts(fresh);
    for (const client of clients) expect(texts(client)).toEqual(wanted);
    const then = await w.auditor.must<InstantView>('GET', `documents/${doc}/at/${last}`);
    expect(then.rooms).toEqual(wanted);
    const whole = ['left', 'right', 'shared'].map((id) => wordsIn(fresh, 'working', id)).join('\n');
    expect(typists.flatMap(({ acknowledged }) => wrong(whole, acknowledged)), 'what was acknowledged').toEqual([]);
    expect(typists.flatMap(({ written }) => wrong(whole, written)), 'what was typed').toEqual([]);
    await Promise.all([...clients, fresh].map((client) => client.stop()));
  }

  it('loses nothing when PostgreSQL is killed while people type, and goes on without being started again', async () => {
    const typing = await twoTyping();
    const postmaster = postmasterOf(parley);
    await killHard(tree(postmaster));
    const before = typing.typists.map(({ acknowledged }) => acknowledged.length);
    await until(typing.reader, () => typing.typists.every(({ acknowledged }, i) => acknowledged.length >= before[i]! + 9), 'words are saved again', 40_000);
    await nothingLost(typing);
    expect(postmasterOf(parley)).not.toBe(postmaster);
    expect(process.kill(parley.pid, 0)).toBe(true);
  });

  it('loses nothing when it is killed itself: what was acknowledged is there, the rest was kept by those who typed it', async () => {
    const typing = await twoTyping();
    const { typists } = typing;
    typists.forEach((typist) => typist.type());
    await parley.kill();
    for (const { client } of typists) await until(client, () => client.status.state === 'offline', 'the loss is noticed');
    typists.forEach((typist) => { typist.type(); typist.type(); });
    for (const { client } of typists) expect(client.status).toMatchObject({ state: 'offline', kept: true });
    expect(typists[0]!.client.status.pending).toBeGreaterThan(0);
    parley = await startParley({ data: parley.data, port: parley.port });
    await nothingLost(typing);
    // A word typed offline has its entry, in the name of who typed it.
    const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${typing.doc}/history`);
    expect([...new Set(entries.map(({ by }) => by))].sort()).toEqual([w.chair.user, w.az.user, w.oc.user].sort());
  });

  it('keeps what is typed while nobody can receive it, also for a page that is opened anew before the server is back', async () => {
    const doc = await w.draft([provision('only', 'Begun:')]);
    const stored: MemoryRows = new Map();
    const before = await w.az.open(doc, { store: memoryStore(stored) });
    await parley.kill();
    await until(before, () => before.status.state === 'offline', 'the loss is noticed');
    append(before, 'only', ' kept through the night.');
    await before.stop();
    const opening = w.az.open(doc, { store: memoryStore(stored) });
    parley = await startParley({ data: parley.data, port: parley.port });
    const after = await opening;
    await after.saved();
    const reader = await w.oc.open(doc);
    expect(wordsIn(reader, 'working', 'only')).toBe('Begun: kept through the night.');
    await Promise.all([after.stop(), reader.stop()]);
  });

  it('[W27] answers who brings copies of another history everything, of its own what they lack, and names the same one when it was started again', async () => {
    const doc = await w.draft([provision('only', 'Begun: '.repeat(100))]);
    let socket = await w.az.connected();
    const size = ({ rooms }: Joined): number => rooms.working!.updates.reduce((n, { length }) => n + length, 0);
    const { epoch, rooms } = await asked<Joined>(socket, 'join', { doc, have: {} }), have = { working: rooms.working!.vector };
    expect(epoch).toMatch(/^[0-9a-f]{64}$/);
    await parley.stop({ keep: true });
    parley = await startParley({ data: parley.data, port: parley.port });
    socket = await w.az.connected();
    for (const own of [{ epoch }, {}]) {
      const joined = await asked<Joined>(socket, 'join', { doc, have, ...own });
      expect([joined.epoch, size(joined) < 50]).toEqual([epoch, true]);
    }
    const other = await asked<Joined>(socket, 'join', { doc, have, epoch: '0'.repeat(64) }), copy = new Y.Doc();
    for (const update of other.rooms.working!.updates) Y.applyUpdate(copy, update);
    expect([other.epoch, provisionsOf(readText(copy))]).toEqual([epoch, [provision('only', 'Begun: '.repeat(100))]]);
    expect(await asked(socket, 'join', { doc, have, epoch: 'another' })).toEqual({ ok: false, reason: 'bad-request' });
    socket.disconnect();
  });

  it('is found as it was left: sessions, seats, documents, and no second set-up', async () => {
    const before = await Promise.all([w.az, w.chair, w.admin].map((person) => person.group()));
    await parley.stop({ keep: true });
    parley = await startParley({ data: parley.data, port: parley.port });
    expect(parley.output()).not.toMatch(/token/i);
    const quiet = (view: (typeof before)[number]) => ({ ...view, here: [], documents: view.documents.map((row) => ({ ...row, here: [] })) });
    expect((await Promise.all([w.az, w.chair, w.admin].map((person) => person.group()))).map(quiet)).toEqual(before.map(quiet));
    expect(await w.az.must<SessionView>('GET', '/api/session')).toMatchObject({ person: { name: 'Aki Azure' }, setUpNeeded: false, cast: null });
  });

  it('refuses a second start on the same data, names who has it, and is not disturbed', async () => {
    const { code, output } = await startRefused(parley.data);
    expect(code).toBe(1);
    expect(output).toContain(`in use by the process ${parley.pid}`);
    expect(output).not.toContain('Parley is at');
    expect((await w.az.request('GET', '/api/health')).status).toBe(200);
  });
});

/** The PostgreSQL of a server, wherever its data are. */
function postmasterOf(parley: Parley): number {
  const folder = /the database is in (\S+)/.exec(parley.output())?.[1] ?? parley.data;
  return Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('a server on a given database', () => {
  const databases: TestDatabase[] = [];
  const closing: (() => Promise<void>)[] = [];
  const database = async (): Promise<Record<string, string>> => {
    const made = await testDatabase();
    databases.push(made);
    return databaseSettings(made.connection);
  };
  afterAll(async () => {
    for (const close of closing) await close();
    await Promise.all(databases.map((made) => made.drop()));
  });

  it('is no demo, brings no PostgreSQL of its own, and takes a document from the working paper to approval', async () => {
    const w = await workingGroup({ env: { ...await database(), PARLEY_DEMO: '' } });
    closing.push(() => w.end());
    expect(await w.az.must<SessionView>('GET', '/api/session')).toMatchObject({ cast: null, setUpNeeded: false });
    expect(readdirSync(w.parley.data)).not.toContain('postgres');
    const doc = await wholeJourney(w);
    const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`);
    expect(entries.flatMap((e) => (e.kind === 'act' ? [e.act.t] : []))).toEqual(JOURNEY_ACTS);
    const reader = await w.observer.open(doc);
    expect(wordsIn(reader, 'common', 'reply')).toBe('Either side shall acknowledge a request within 12 hours after receipt.');
    expect(wordsIn(reader, 'common', 'grounds')).toBe('A refusal shall state the grounds. The other side may comment.');
    expect(wordsIn(reader, positionRoom(w.delegations[0]), 'reply')).toMatch(/Receipt is what the register says\.$/);
  });

  it('opens a document from what it kept of it, after an orderly end as after kill -9; and from the entries alone when that is damaged or gone', async () => {
    const env = { ...await database(), PARLEY_DEMO: '' }, { dataSource } = databases.at(-1)!;
    const w = await workingGroup({ env });
    let { parley } = w;
    closing.push(async () => { await w.end(); await parley.stop(); });
    const kept = async () => (await dataSource.query<{ index: string }[]>('SELECT index FROM kept_state')).map(({ index }) => Number(index));
    const start = async (): Promise<void> => { parley = await startParley({ data: parley.data, port: parley.port, env }); };
    const doc = await w.draft([provision('only', 'Begun:')]);
    let words = 'Begun:';
    const write = async (count: number): Promise<number> => {
      const client = await w.az.open(doc);
      for (let i = 0; i < count; i++) {
        append(client, 'only', ` ${i}`);
        words += ` ${i}`;
        await client.saved();
      }
      await client.stop();
      return client.entry;
    };
    const readByAll = async (): Promise<void> => {
      const [reader, again] = [await w.observer.open(doc), await w.oc.open(doc)];
      expect([wordsIn(reader, 'working', 'only'), wordsIn(again, 'working', 'only')]).toEqual([words, words]);
      await Promise.all([reader.stop(), again.stop()]);
    };
    const last = await write(120);
    await parley.stop({ keep: true });
    expect(await kept()).toEqual([last]);
    await start();
    await readByAll();
    await write(3);
    await parley.kill();
    expect(await kept()).toEqual([last]);
    await start();
    await readByAll();
    await write(1);
    expect(parley.output()).not.toContain('state-ignored');
    await parley.kill();
    await dataSource.query('UPDATE kept_state SET bytes = set_byte(bytes, 100, 255 - get_byte(bytes, 100))');
    await start();
    await readByAll();
    expect(parley.output()).toContain('"kind":"kept-state"');
    await dataSource.query('DELETE FROM kept_state');
    await parley.kill();
    await start();
    await readByAll();
    expect(parley.output()).not.toContain('kept-state');
  });

  it('[Q6] [Q7] [Q9] shows what the history says although rows beside it were altered, and tells the administrator', async () => {
    const env = { ...await database(), PARLEY_DEMO: '', SESSION_KEY: TEST_KEY }, { dataSource } = databases.at(-1)!;
    const w = await workingGroup({ env });
    let { parley } = w;
    closing.push(async () => { await w.end(); await parley.stop(); });
    const draft = (title: string) => w.draft([provision('only', 'As it was.')], title);
    const [said, hidden, late] = [await draft('Said'), await draft('Hidden'), await draft('Late')];
    const [before] = await dataSource.query<{ row: unknown }[]>('SELECT to_jsonb(d) AS row FROM document d WHERE id = $1', [late]);
    const paper = await w.azHead.open(late);
    await w.azHead.mustAct(late, basisOf(paper));
    await w.ocHead.mustAct(late, basisOf(paper));
    const listed = ['Hidden drafting', 'Late negotiation', 'Said drafting'];
    const client = await w.az.open(said);
    for (let i = 0; i < 110; i++) { append(client, 'only', '.'); await client.saved(); }
    await client.stop();
    const titles = async (): Promise<string[]> => (await w.az.must<GroupView>('GET', '')).documents.map(({ title, stage }) => `${title} ${stage}`).sort();
    const differences = async (): Promise<string[]> => (await w.admin.must<DifferencesView>('GET', '/api/health/differences')).differences.map(({ kind, subject }) => `${kind} ${subject}`).sort();
    expect(await titles()).toEqual(listed);
    expect(await differences()).toEqual([]);

    await dataSource.query(`UPDATE document SET title = 'Unsaid', stage = 'negotiation' WHERE id = $1`, [said]);
    expect(await titles()).toEqual(listed);
    expect(await differences()).toEqual([`list-row ${said}`]);

    await parley.stop({ keep: true });
    await dataSource.query('DELETE FROM document WHERE id = ANY ($1)', [[hidden, late]]);
    await dataSource.query('INSERT INTO document SELECT * FROM jsonb_populate_record(NULL::document, $1)', [before!.row]);
    await dataSource.query(`UPDATE kept_state SET subject = $2, bytes = set_byte(bytes, 200, 255 - get_byte(bytes, 200)) WHERE subject = $1`, [said, said]);
    parley = await startParley({ data: parley.data, port: parley.port, env });
    expect(await titles()).toEqual(listed);
    const reader = await w.observer.open(said);
    expect(wordsIn(reader, 'working', 'only')).toBe(`As it was.${'.'.repeat(110)}`);
    expect(await differences()).toEqual([`kept-state ${said}`, `list-row ${said}`, `no-row ${hidden}`, `old-row ${late}`]);
    expect((await w.azHead.request('GET', '/api/health/differences')).status).toBe(403);
  });

  it('[Q3] [Q4] begins with no role that could change the record, and with no tables that are not its own version’s', async () => {
    const { DATABASE_URL, DATABASE_OWNER_URL } = await database() as { DATABASE_URL: string; DATABASE_OWNER_URL: string }, data = mkdtempSync(path.join(tmpdir(), 'parley-test-'));
    const owner = await startRefused(data, { env: { DATABASE_URL: DATABASE_OWNER_URL } });
    expect(owner).toMatchObject({ code: 1, output: expect.stringMatching(/owns the record[\s\S]*GRANT SELECT, INSERT/) });
    const bare = await emptyDatabase();
    databases.push(bare);
    const early = await startRefused(data, { env: { DATABASE_URL: databaseSettings(bare.connection).DATABASE_URL } });
    expect(early).toMatchObject({ code: 1, output: expect.stringContaining('DATABASE_OWNER_URL') });
    rmSync(data, { recursive: true, force: true });
    expect(DATABASE_URL).not.toBe(DATABASE_OWNER_URL);
  });

  it('is a demo when it is asked to be one', async () => {
    const parley = await startParley({ env: await database(), demo: true });
    closing.push(() => parley.stop());
    expect((await (await fetch(`${parley.url}/api/session`)).json() as SessionView).cast).not.toBeNull();
    expect(parley.output()).not.toMatch(/token/i);
  });

  it('speaks plain http on another host only when it is told that this is meant', async () => {
    const parley = await startParley({ env: { ...await database(), PUBLIC_URL: 'http://parley.test', INSECURE_HTTP: 'on' } });
    closing.push(() => parley.stop());
    expect(parley.url).toBe('http://parley.test');
  });
});

describe('settings', () => {
  let data: string;
  beforeAll(() => { data = mkdtempSync(path.join(tmpdir(), 'parley-test-')); });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('that are wrong are named all at once, without their values, and nothing is started', async () => {
    const untouched = path.join(data, 'untouched');
    const bad = {
      PORT: '70000', HOST: 'not a host', PUBLIC_URL: 'https://parley.example/with/a/path', DATABASE_URL: 'mysql://root:hush-hush@example/x', PARLEY_DEMO: 'maybe', INSECURE_HTTP: 'yes',
      SESSION_KEY: 'hush-hush',
    };
    const { code, output } = await startRefused(untouched, { env: bad });
    expect(code).toBe(1);
    for (const name of Object.keys(bad)) expect(output).toMatch(new RegExp(`^ +${name}: `, 'm'));
    expect(output).not.toMatch(/hush-hush|at .*\.ts:\d|Parley is at/);
    expect(existsSync(untouched)).toBe(false);
  });

  it.each([
    ['an address without https', { PUBLIC_URL: 'http://parley.example' }, 'PUBLIC_URL: plain http on parley.example'],
    ['an interface of the network', { HOST: '192.0.2.7' }, 'HOST: plain http on 192.0.2.7'],
  ])('that would send passwords in the clear are refused: %s', async (_case, env, sentence) => {
    const { code, output } = await startRefused(data, { env });
    expect([code, output.includes(sentence), output.includes('INSECURE_HTTP=on')]).toEqual([1, true, true]);
  });

  it('of a database that lets nobody in are said in a sentence', async () => {
    const { code, output } = await startRefused(data, { env: { DATABASE_URL: 'postgresql://parley:hush-hush@127.0.0.1:1/parley' } });
    expect(code).toBe(1);
    expect(output).toContain('The database of DATABASE_URL does not let Parley in');
    expect(output).not.toContain('hush-hush');
  });
});
