import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type GroupHistoryView, type HistoryView, linkOf } from '@parley/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../apps/server/src/storage/embedded.ts';
import { postgresOf } from '../campaign/site.ts';
import { closedFolder } from '../support/folders.ts';
import { databaseSettings } from '../support/parley.ts';
import { append, basisOf, newSecret, Person } from '../support/person.ts';
import { killHard, tree } from '../support/processes.ts';
import { TEST_KEY } from '../support/state-mac.ts';
import { provision } from '../support/rules-fixture.ts';
import { PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

let data: string;
let database: Embedded;
let w: WorkingGroup;
beforeAll(async () => {
  data = closedFolder();
  database = await startEmbedded({ data });
  w = await workingGroup({ env: { ...databaseSettings(database.connection), SESSION_KEY: TEST_KEY } });
});
afterAll(async () => {
  await w?.end();
  await database?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** The database is killed, `meanwhile` asks things of the server that has none, and it is started again once everything has been asked for. */
async function away<T>(meanwhile: () => readonly Promise<T>[]): Promise<T[]> {
  await killHard(tree(postgresOf(database.directory).pid));
  const asked = meanwhile();
  let answered = 0;
  for (const one of asked) void one.then(() => { answered += 1; }, () => { answered += 1; });
  // Every request has reached the server when one that needs no database is answered after it.
  await fetch(`${w.parley.url}/link`);
  expect(answered).toBe(0);
  await database.restart();
  return Promise.all(asked);
}

it('[H12] acts that are sent while the database is away wait for it, and each happens once', async () => {
  const doc = await w.draft([provision('reply', 'Each side shall reply.')]), client = await w.azHead.open(doc);
  const basis = basisOf(client), secrets = Array.from({ length: 4 }, newSecret), id = randomUUID(), salt = 'ab'.repeat(16);
  const answers = await away(() => [
    ...secrets.map((secret) => w.azHead.actOnGroup({ t: 'invite', link: linkOf(secret), role: 'negotiator', delegation: w.delegations[0] })),
    // Sent twice, as a client does that has had no answer.
    w.azHead.act(doc, basis, id, salt), w.azHead.act(doc, basis, id, salt),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(answers.at(-1)!.body.entry).toBe(answers.at(-2)!.body.entry);
  const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`);
  expect(entries.map((entry) => (entry.kind === 'act' ? entry.act.t : entry.kind))).toEqual(['openDocument', 'acceptAsBasis']);
  const invited = (await w.auditor.must<GroupHistoryView>('GET', 'history')).entries.filter(({ act }) => act.t === 'invite' && secrets.map(linkOf).includes(act.link));
  expect(new Set(invited.map(({ index }) => index)).size).toBe(4);
  await client.stop();
});

it('[H12] what is typed and what is read wait likewise; signing in is told to come again, and then works', async () => {
  const doc = await w.draft([provision('reply', 'Each side shall reply.')]), client = await w.az.open(doc), before = client.entry;
  const secret = await w.ocHead.invites('negotiator', w.delegations[1]);
  const signIn = () => new Person(w.parley.url, 'auditor').request('POST', '/api/session', { userName: w.auditor.keys.userName, password: PASSWORD });
  let refused: ReturnType<typeof signIn> | null = null;
  const statuses = await away<number>(() => {
    append(client, 'reply', ' Promptly.');
    refused = signIn();
    return [
      client.saved().then(() => 200), w.observer.request('POST', 'links/look', { secret }).then(({ status }) => status), w.observer.request('GET', '').then(({ status }) => status),
    ];
  });
  expect(statuses).toEqual([200, 200, 200]);
  expect(client.entry).toBeGreaterThan(before);
  expect([200, 503]).toContain((await refused!).status);
  expect((await signIn()).status).toBe(200);
  await client.stop();
});
