import type { DocumentRowView, GroupView, HistoryView, UnreadView } from '@parley/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { databaseSettings, startParley } from '../support/parley.ts';
import { agreeing, append, type Person } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

let database: TestDatabase, env: Record<string, string>, w: WorkingGroup, doc: string;
beforeAll(async () => {
  database = await testDatabase();
  env = databaseSettings(database.connection);
  w = await workingGroup({ env });
  doc = await w.negotiate([provision('reply', 'Each side shall reply within 24 hours.'), provision('grounds', 'A refusal shall state its grounds.')]);
});
afterAll(async () => {
  await w.end();
  await database.drop();
});

const unread = (who: Person, query = ''): Promise<UnreadView> => who.must('GET', `documents/${doc}/unread${query}`);
const counted = async (who: Person): Promise<DocumentRowView['unread']> => (await who.must<GroupView>('GET', '')).documents.find(({ id }) => id === doc)!.unread;
const acts = ({ entries }: UnreadView): string[] => entries.map(({ act }) => act.t);
const agrees = async (who: Person, id: string): Promise<number> => {
  const client = await who.open(doc), entry = await who.mustAct(doc, agreeing(client, id));
  await client.stop();
  return entry;
};

it('[UR1] [UR2] who was away is told the acts of others, and no word that was typed', async () => {
  const client = await w.oc.open(doc);
  append(client, 'grounds', ' It is in writing.');
  await client.saved();
  await client.stop();
  await agrees(w.ocHead, 'reply');
  expect([acts(await unread(w.az)), await counted(w.az)]).toEqual([['openDocument', 'acceptAsBasis', 'acceptAsBasis', 'agree'], { acts: 4, more: false }]);
  expect([acts(await unread(w.ocHead)), await counted(w.ocHead)]).toEqual([['openDocument', 'acceptAsBasis'], { acts: 2, more: false }]);
  expect((await unread(w.az)).entries[0]!.act).toMatchObject({ t: 'openDocument', provisions: [] });
});

it('[UR6] in pages, and no page is longer than it may be', async () => {
  const first = await unread(w.az, '?limit=3');
  expect([acts(first).length, first.more]).toEqual([3, true]);
  expect(acts(await unread(w.az, `?after=${first.upTo}&limit=3`))).toEqual(['agree']);
  for (const query of ['?limit=101', '?limit=0', '?after=x', '?more=1']) expect((await w.az.request('GET', `documents/${doc}/unread${query}`)).status).toBe(400);
  for (const body of [{}, { entry: -1 }, { entry: 1.5 }, { entry: '1' }, { entry: 1, user: w.oc.user }]) expect((await w.az.request('POST', `documents/${doc}/read`, body)).status).toBe(400);
});

it('[UR3] [UR4] what was shown is read when he says so, for himself alone, and after a restart still; nothing of it is in the record', async () => {
  const record = async () => (await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`)).entries.length;
  const shown = await unread(w.az), before = await record(), others = await counted(w.oc);
  const later = await agrees(w.azHead, 'reply');
  expect((await w.az.request('POST', `documents/${doc}/read`, { entry: shown.upTo })).status).toBe(204);
  expect([acts(await unread(w.az)), await counted(w.az), await counted(w.oc)]).toEqual([['agree'], { acts: 1, more: false }, { acts: others.acts + 1, more: false }]);
  await w.parley.stop({ keep: true });
  const again = await startParley({ env, data: w.parley.data, port: w.parley.port });
  try {
    expect([acts(await unread(w.az)), await counted(w.az)]).toEqual([['agree'], { acts: 1, more: false }]);
    await w.az.must('POST', `documents/${doc}/read`, { entry: later });
    expect([acts(await unread(w.az)), await counted(w.az), await record()]).toEqual([[], { acts: 0, more: false }, before + 1]);
    const views = JSON.stringify([await w.oc.must('GET', ''), await w.admin.must('GET', ''), await w.auditor.must('GET', 'history')]);
    expect(views).not.toContain('readPosition');
    expect(await database.dataSource.query(`SELECT account_id AS "user", document_id AS doc, entry::int FROM read_position`)).toEqual([{ user: w.az.user, doc, entry: later }]);
  } finally {
    await again.stop();
  }
});
