import type { GroupView, HistoryView, InstantView } from '@parley/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { loadOldDatabase, type OldDatabase, readOldDatabase } from '../support/old-database.ts';
import { databaseSettings, type Parley, startParley } from '../support/parley.ts';
import { Person, proposals, wordsIn } from '../support/person.ts';
import { TEST_KEY } from '../support/state-mac.ts';
import { PASSWORD } from '../support/cast.ts';

/** Made by version 0.1.0 before roles of its own, tags and rules had versions. */
const MADE = '2026-11-27', LAST = 'StatesAreKept1795305600003';

let old: OldDatabase;
let database: TestDatabase;
let parley: Parley;
let auditor: Person;
let ocHead: Person;

beforeAll(async () => {
  old = readOldDatabase(MADE);
  // Nobody is told to be an administrator but by the seat that is in the record.
  const account = old.tables['account']!.map((row) => ({ ...row, administrator: false }));
  database = await loadOldDatabase({ ...old, tables: { ...old.tables, account } }, LAST);
  parley = await startParley({ env: { ...databaseSettings(database.connection), SESSION_KEY: TEST_KEY } });
  auditor = await new Person(parley.url, 'auditor').signIn('auditor', PASSWORD);
  ocHead = await new Person(parley.url, 'ocHead').signIn('ocHead', PASSWORD);
});
afterAll(async () => {
  await Promise.all([auditor.leave(), ocHead.leave()]);
  await parley.stop();
  await database.drop();
});

describe('a database that an earlier version made', () => {
  it('[Q20] opens as the one group that it held: named by the end of its log’s name, and every row of it under that id', async () => {
    const [{ origin }] = old.tables['log'] as unknown as readonly [{ readonly origin: string }];
    const id = origin.slice(origin.lastIndexOf('/') + 1);
    expect(await database.dataSource.query('SELECT id, origin FROM working_group')).toEqual([{ id, origin }]);
    for (const table of ['log', 'log_head', 'entry', 'payload', 'act_id', 'document', 'kept_state']) {
      const [row] = await database.dataSource.query<{ all: string; its: string }[]>(`SELECT count(*) AS all, count(*) FILTER (WHERE group_id = $1) AS its FROM ${table}`, [id]);
      expect([table, Number(row!.its) > 0, row!.its]).toEqual([table, true, row!.all]);
    }
  });

  it('makes whoever sits as administrator in it an administrator of the installation, and nobody else', async () => {
    const before = (old.tables['account'] as unknown as readonly { readonly user_name: string }[]).map(({ user_name }) => user_name);
    expect(before).toContain('auditor');
    expect(await database.dataSource.query('SELECT user_name FROM account WHERE administrator')).toEqual([{ user_name: 'admin' }]);
  });

  it('lists its documents as they stood', async () => {
    const { documents } = await auditor.must<GroupView>('GET', '');
    const { first, second, third } = old.documents;
    expect(Object.fromEntries(documents.map(({ id, stage, provisions }) => [id, [stage, provisions]]))).toEqual({
      [first]: ['negotiation', 3], [second]: ['negotiation', 5], [third]: ['drafting', 1],
    });
    expect(parley.output()).not.toContain('differs from the record');
  });

  it('has every entry of its history: who, when, what, and what came of it', async () => {
    for (const [doc, { entries }] of Object.entries(old.expected)) {
      const now = await auditor.must<HistoryView>('GET', `documents/${doc}/history?limit=500`);
      expect(now.entries.map(({ index, at, by, kind }) => ({ index, at, by, kind }))).toEqual(entries.map(({ index, at, by, kind }) => ({ index, at, by, kind })));
      expect(now.entries.flatMap((entry) => (entry.kind === 'act' ? [[entry.act, entry.events]] : []))).toEqual(entries.flatMap((entry) => (entry.kind === 'act' ? [[entry.act, entry.events]] : [])));
    }
  });

  it('reads at every instant what was read then', async () => {
    for (const [doc, { instants }] of Object.entries(old.expected)) {
      for (const { index, at, rooms } of instants) {
        const now = await auditor.must<InstantView>('GET', `documents/${doc}/at/${index}`);
        expect({ index: now.index, at: now.at, rooms: now.rooms }).toEqual({ index, at, rooms });
      }
    }
  });

  it('opens with what was agreed, declined, consented to and asked', async () => {
    const reader = await ocHead.open(old.documents.second);
    const { settled } = reader.document;
    expect(Object.keys(settled['last']!.consents)).toHaveLength(2);
    expect(settled['last']!.approved).not.toBeNull();
    expect(Object.keys(settled['spare']!.consents)).toHaveLength(1);
    expect(Object.values(reader.document.declines).flat()).toHaveLength(2);
    expect(Object.keys(reader.document.proposalConsents)).toHaveLength(1);
    expect([...new Set(proposals(reader).map(({ provision }) => provision))]).toEqual(['reply', 'cost', 'point']);
    const paper = await ocHead.open(old.documents.third);
    expect(wordsIn(paper, 'working', 'one')).toMatch(/^A paper that one side has accepted\..* 129$/);
    expect(paper.document.basis?.party).toBe('oc');
  });
});
