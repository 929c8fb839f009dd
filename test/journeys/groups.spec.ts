import type { InstallationView, Keys, SessionView } from '@parley/protocol';
import { linkOf } from '@parley/protocol';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { databaseSettings, startParley } from '../support/parley.ts';
import { append, asked, newSecret, Person, wordsIn } from '../support/person.ts';
import { elsewhere, SecondGroup } from '../support/second-group.ts';
import { TEST_KEY } from '../support/state-mac.ts';
import { provision } from '../support/rules-fixture.ts';
import { OTHER_PASSWORD, PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

const NOWHERE = '0'.repeat(12), DOC = 'the-same-id';

let w: WorkingGroup;
let second: SecondGroup;
let database: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  database = await testDatabase();
  env = { ...databaseSettings(database.connection), SESSION_KEY: TEST_KEY };
  w = await workingGroup({ env });
  second = await SecondGroup.founded(w);
  await w.chair.mustAct(DOC, { t: 'openDocument', title: 'Understanding', template: 'understanding', provisions: [provision('one', 'Each side shall reply.')] });
  await second.negotiates(DOC);
});
afterAll(async () => {
  await second.leave();
  await w.end();
  await database.drop();
});

const session = (person: Person): Promise<SessionView> => person.must('GET', '/api/session');
const refusal = async (asking: Promise<{ readonly body: { readonly refusal?: string } }>): Promise<string | undefined> => (await asking).body.refusal;

/** What the paths, links and the socket of a group answer somebody, with sizes and waits. */
async function answers(person: Person, group: string): Promise<unknown[]> {
  const at = elsewhere(person, group), secret = newSecret(), all: unknown[] = [];
  const asking: readonly (readonly [string, string, unknown?])[] = [
    ['GET', ''], ['GET', 'seat'], ['GET', 'history'], ['GET', `documents/${DOC}/history`], ['GET', `documents/${DOC}/at/9`], ['POST', 'acts', { op: '{}', words: '{}' }],
    ['POST', `documents/${DOC}/acts`, { op: '{}', words: '{}' }], ['POST', `documents/${DOC}/acts`, { op: '{}', words: 'x'.repeat(200_000) }], ['POST', 'acts', {}],
    ['POST', 'links/look', { secret }], ['POST', 'links/open', { secret, password: PASSWORD }], ['POST', 'links/take', { secret }], ['DELETE', ''], ['GET', 'nothing'],
  ];
  for (const [method, path, body] of asking) {
    const { status, body: answered, headers } = await at.request(method, path, body);
    all.push([method, path, status, answered, headers.get('content-length'), headers.get('retry-after')]);
  }
  all.push(await at.connected().then(() => 'in', (error: { data?: unknown }) => error.data));
  return all;
}

describe('two groups of one installation', () => {
  it('[Z30] somebody has a seat of its own in each, and finds both', async () => {
    expect((await session(w.az)).places.map(({ group, name, role, state }) => [group, name, role, state]).sort()).toEqual([[second.id, 'Kestrel Channel', 'head', 'seated'], [w.id, 'Test Dialogue', 'negotiator', 'seated']].sort());
    expect((await session(w.oc)).places.map(({ group }) => group)).toEqual([w.id]);
    expect([(await w.az.seat()).actor?.role, (await second.aki.seat()).actor?.role]).toEqual(['negotiator', 'head']);
    // The head of one group is no head in the other.
    expect(await refusal(w.az.actOnGroup({ t: 'invite', link: linkOf(newSecret()), role: 'negotiator', delegation: w.delegations[0] }))).toBe('role-forbids');
    await second.aki.invites('negotiator', 'ke');
  });

  it('[Q20] documents of one id are two, each written by its own', async () => {
    const [here, there] = [await w.az.open(DOC), await second.aki.open(DOC)];
    append(here, 'one', ' Here.');
    append(there, 'one', ' There.');
    await Promise.all([here.saved(), there.saved()]);
    expect([wordsIn(here, 'working', 'one'), wordsIn(there, there.ownRoom!, 'one')]).toEqual(['Each side shall reply. Here.', 'Daily the kestrel hovers. There.']);
    expect((await w.auditor.group()).documents.map(({ title }) => title)).toEqual(['Understanding']);
    expect((await second.mika.group()).documents.map(({ title }) => title)).toEqual(['The Kestrel Accord']);
    expect((await w.auditor.group()).here).not.toContain(second.hedda.user);
  });

  it('[Z30] whoever has no place in a group is answered as if there were none: paths, links and sockets', async () => {
    for (const person of [w.oc, w.ocHead, w.chair, w.auditor]) expect([person.name, await answers(person, second.id)]).toEqual([person.name, await answers(person, NOWHERE)]);
    expect(await answers(second.hedda, w.id)).toEqual(await answers(second.hedda, NOWHERE));
    const stranger = new Person(w.parley.url, 'stranger');
    expect(await answers(stranger, second.id)).toEqual(await answers(stranger, NOWHERE));
    expect(await answers(w.oc, second.id)).toContainEqual(expect.objectContaining({ refusal: 'not-found' }));
  });

  it('[Z30] a link opens in its own group only', async () => {
    const secret = await second.hedda.invites('negotiator', 'delegation-2');
    expect(await refusal(w.oc.request('POST', 'links/look', { secret }))).toBe('link-spent');
    expect((await second.hedda.request('POST', 'links/look', { secret })).body).toMatchObject({ group: 'Kestrel Channel' });
    // One that was made when its address named no group finds its own.
    expect((await w.oc.request('POST', '/api/links/group', { secret })).body).toEqual({ group: second.id });
    expect(await refusal(w.oc.request('POST', '/api/links/group', { secret: newSecret() }))).toBe('link-spent');
  });

  it('[Z31] the administrator of the installation sees accounts and groups, and no content; nobody else sees either', async () => {
    const { accounts, groups } = await w.admin.must<InstallationView>('GET', '/api/installation');
    expect(groups.map(({ group }) => group).sort()).toEqual([w.id, second.id].sort());
    expect(accounts.find(({ user }) => user === w.az.user)!.places.map(({ group, role }) => [group, role]).sort()).toEqual([[second.id, 'head'], [w.id, 'negotiator']].sort());
    expect(JSON.stringify({ accounts, groups })).not.toMatch(/Accord|kestrel hovers|password|recovery/);
    for (const person of [w.azHead, w.chair, second.mika]) {
      for (const [method, path, body] of [['GET', '/api/installation'], ['POST', '/api/groups', { name: 'Mine', delegations: [{ code: 'A', name: 'Aa' }, { code: 'B', name: 'Bb' }] }], ['POST', `/api/accounts/${w.oc.user}/reset`, { link: linkOf(newSecret()) }]] as const) {
        expect([person.name, path, await refusal(person.request(method, path, body))]).toEqual([person.name, path, 'role-forbids']);
      }
    }
    expect((await second.mika.request('GET', '/api/health/differences')).status).toBe(403);
  });
});

describe('the list of places in the database', () => {
  const change = async (statement: string, values: readonly string[]): Promise<void> => {
    const owner = new pg.Client(database.connection);
    await owner.connect();
    try {
      expect((await owner.query(statement, [...values])).rowCount).toBe(1);
    } finally {
      await owner.end();
    }
  };
  const listed = async (person: Person): Promise<string[]> => (await session(person)).places.map(({ group }) => group);

  it.each(['seated', 'proposed', 'asleep'])('[Z32] a row that says %s and that no act has made opens nothing to whom it names, and is gone with the next act on the group', async (state) => {
    await change('INSERT INTO membership (account_id, group_id, name, role, delegation, state) VALUES ($1, $2, $3, $4, NULL, $5)', [w.oc.user, second.id, 'Kestrel Channel', 'moderator', state]);
    expect(await answers(w.oc, second.id)).toEqual(await answers(w.oc, NOWHERE));
    expect(await asked(await w.oc.connected(), 'join', { doc: DOC, have: {} })).toMatchObject({ ok: true });
    expect((await second.hedda.group()).group.seats[w.oc.user]).toBeUndefined();
    await second.hedda.invites('negotiator', 'delegation-2');
    expect(await listed(w.oc)).toEqual([w.id]);
  });

  it('[Z32] where a row is gone its holder still has the place, and is listed again with the next act on the group', async () => {
    await change('DELETE FROM membership WHERE account_id = $1 AND group_id = $2', [second.hedda.user, second.id]);
    expect([(await second.hedda.seat()).actor?.role, await listed(second.hedda)]).toEqual(['head', []]);
    await second.hedda.invites('negotiator', 'delegation-2');
    expect(await listed(second.hedda)).toEqual([second.id]);
  });
});

describe('[Z21] an account that sits in two groups', () => {
  const asleepIn = async (group: Person): Promise<boolean> => Object.hasOwn((await group.group()).group.asleep, w.az.user);
  const actsOnAccount = async (group: Person): Promise<string[]> => (await group.must<{ entries: readonly { act: { t: string; user?: string } }[] }>('GET', 'history')).entries.filter(({ act }) => act.user === w.az.user && /Account|confirmSeat/.test(act.t)).map(({ act }) => act.t);

  it('is reset in both at once: each side of each is told, and the seat sleeps in each until it is confirmed there', async () => {
    const keys = w.az.keys, secret = newSecret();
    expect((await w.admin.resets(w.az.user, linkOf(secret))).status).toBe(204);
    // Asked again, as after an answer that was lost, it is the same reset.
    expect((await w.admin.resets(w.az.user, linkOf(secret))).status).toBe(204);
    for (const reader of [w.azHead, w.ocHead, second.hedda, second.mika]) expect([reader.name, await asleepIn(reader), await actsOnAccount(reader)]).toEqual([reader.name, true, ['resetAccount']]);
    expect(await refusal(new Person(w.parley.url, 'az').request('POST', '/api/session', { userName: keys.userName, password: PASSWORD }))).toBe('wrong-password');
    const opened = new Person(w.parley.url, 'az', second.id);
    const renewed = await opened.opens(secret, OTHER_PASSWORD);
    for (const reader of [w.azHead, second.hedda]) expect(await actsOnAccount(reader)).toEqual(['resetAccount', 'renewAccount']);
    const [here, there] = [elsewhere(renewed, w.id), renewed];
    expect([await refusal(here.request('GET', '')), await refusal(there.request('GET', ''))]).toEqual(['seat-sleeps', 'seat-sleeps']);
    // Whoever is not known again takes no seat anywhere.
    const third = await w.ocHead.invites('negotiator', w.delegations[1]);
    expect(await refusal(here.request('POST', 'links/take', { secret: third }))).toBe('seat-sleeps');
    // A colleague of the first group says nothing for the second.
    await w.azHead.mustOnGroup({ t: 'confirmSeat', user: w.az.user, link: linkOf(secret) });
    expect([(await here.seat()).actor?.role, (await there.seat()).actor]).toEqual(['negotiator', null]);
    expect(await refusal(there.request('GET', ''))).toBe('seat-sleeps');
    expect((await asked(await here.connected(), 'join', { doc: DOC, have: {} })).ok).toBe(true);
    expect((await asked(await there.connected(), 'join', { doc: DOC, have: {} })).reason).toBe('seat-sleeps');
    // The code that the link showed holds only when every seat is awake; the owner's former one does until then, and wakes them all.
    expect(await refusal(new Person(w.parley.url, 'thief').request('POST', '/api/recovery', { userName: keys.userName, code: opened.keys.recoveryCode, password: OTHER_PASSWORD }))).toBe('wrong-recovery');
    const owner = new Person(w.parley.url, 'az', second.id), again = await owner.must<Keys>('POST', '/api/recovery', { userName: keys.userName, code: keys.recoveryCode, password: PASSWORD });
    owner.user = w.az.user;
    expect((await owner.seat()).actor?.role).toBe('head');
    expect(await refusal(there.request('GET', ''))).toBe('signed-out');
    Object.assign(w.az, { cookie: owner.cookie, keys: again });
    Object.assign(second.aki, { cookie: owner.cookie, keys: again });
  });

  it('is closed in all groups or in none', async () => {
    expect(await refusal(w.az.request('POST', `/api/accounts/${w.az.user}/close`, { password: PASSWORD }))).toBe('last-head');
    expect((await w.az.seat()).actor?.role).toBe('negotiator');
  });
});

describe('a group that another process has taken', () => {
  it('[H60] [H61] [Z30] is lost alone: its sockets are cut, and those of another group and what is written there go on', async () => {
    const [here, there] = [await w.oc.connected(), await second.hedda.connected()], lost = new Promise<void>((resolve) => { there.once('disconnect', () => resolve()); });
    // As that process does: it has the group under a number of its own, and prolongs it.
    const take = () => database.dataSource.query(`UPDATE lease SET holder = 'another', fence = fence + CASE holder WHEN 'another' THEN 0 ELSE 1 END, expires = clock_timestamp() + interval '1900 ms' WHERE group_id = $1`, [second.id]);
    await take();
    const prolonging = setInterval(() => void take(), 200);
    await lost;
    expect(await refusal(second.hedda.request('GET', ''))).toBe('elsewhere');
    const client = await w.oc.open(DOC);
    append(client, 'one', ' Still.');
    await client.saved();
    expect(here.connected).toBe(true);
    expect((await session(second.hedda)).places.map(({ group }) => group)).toEqual([second.id]);
    clearInterval(prolonging);
    await expect.poll(async () => (await second.hedda.request('GET', '')).status, { timeout: 10_000 }).toBe(200);
    await second.hedda.connected();
    await client.stop();
  });
});

describe('after a restart', () => {
  it('[Q20] each group is there with its own, and is found by its people', async () => {
    const { data, port } = w.parley, before = await second.mika.group();
    await w.parley.stop({ keep: true });
    const parley = await startParley({ data, port, env });
    try {
      const mika = await new Person(parley.url, 'mika').signIn(second.mika.keys.userName, PASSWORD);
      expect(mika.groupId).toBe(second.id);
      expect((await mika.group()).group).toEqual(before.group);
      expect(parley.output()).not.toMatch(/token/i);
    } finally {
      await parley.stop({ keep: true });
    }
  });
});

describe('[Z21] a reset of which the entry stands in one of two groups when the server is killed', () => {
  const refusing = (group: string): Promise<unknown> => database.dataSource.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON entry FOR EACH ROW WHEN (NEW.group_id = '${group}') EXECUTE FUNCTION refuse()`);

  it('is none yet when another has started: the password holds, the link opens nothing, one seat sleeps; asked again it stands in both', async () => {
    const { data, port } = w.parley, secret = newSecret(), { userName } = w.az.keys, signingIn = () => new Person(w.parley.url, 'az').request('POST', '/api/session', { userName, password: PASSWORD });
    let parley = await startParley({ data, port, env });
    try {
      const [first, last] = (await session(w.az)).places.map(({ group }) => group) as [string, string];
      await refusing(last);
      expect((await w.admin.resets(w.az.user, linkOf(secret))).status).toBe(503);
      await parley.kill();
      await database.dataSource.query('DROP FUNCTION refuse() CASCADE');
      parley = await startParley({ data, port, env });
      expect((await signingIn()).status).toBe(200);
      expect((await session(w.az)).places.map(({ group, state }) => [group, state]).sort()).toEqual([[first, 'asleep'], [last, 'seated']].sort());
      expect([await refusal(elsewhere(w.az, first).request('GET', '')), (await elsewhere(w.az, last).request('GET', '')).status]).toEqual(['seat-sleeps', 200]);
      for (const group of [first, last]) expect(await refusal(new Person(parley.url, 'thief', group).request('POST', 'links/open', { secret, password: OTHER_PASSWORD }))).toBe('link-spent');
      expect((await w.admin.resets(w.az.user, linkOf(secret))).status).toBe(204);
      expect(await refusal(signingIn())).toBe('wrong-password');
      const renewed = await new Person(parley.url, 'az', last).opens(secret, OTHER_PASSWORD);
      expect((await session(renewed)).places.map(({ state }) => state)).toEqual(['asleep', 'asleep']);
    } finally {
      await parley.stop({ keep: true });
    }
  });
});
