import { CHAIR, positionRoom, type Role } from '@parley/negotiation';
import type { AccountView, GroupHistoryView, HistoryView, SessionView } from '@parley/protocol';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Parley, startParley } from '../support/parley.ts';
import { append, asked, basisOf, Person, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/table.ts';
import { PASSWORD } from '../support/working-group.ts';

const group = { name: 'Joint Dialogue', delegations: [{ code: 'AZ', name: 'Azure' }, { code: 'OC', name: 'Ochre' }] };
const NO_ONE = { ok: false, reason: 'not-found' };
const DOC = 'paper';

let parley: Parley;
let token: string;
const arrived: Person[] = [];
const person = (name: string): Person => {
  const made = new Person(parley.url, name);
  arrived.push(made);
  return made;
};

beforeAll(async () => {
  parley = await startParley();
  [, token = ''] = await parley.printed(/token[^\n]*?:\s*(\S+)/i);
});
afterAll(async () => {
  await Promise.all(arrived.map((one) => one.leave()));
  await parley.stop();
});

/** A browser of somebody who has an account. */
const arrive = (userName: string): Promise<Person> => person(userName).signIn(userName, PASSWORD);

/** An account, and a browser signed in to it. */
async function account(by: Person, userName: string, displayName: string): Promise<Person> {
  await by.must<AccountView>('POST', '/api/accounts', { userName, displayName, password: PASSWORD });
  return arrive(userName);
}

const appoint = async (by: Person, who: Person, role: Role, delegation?: string): Promise<string> => {
  const { status, body } = await by.actOnGroup({ t: 'appoint', user: who.user, role, ...(delegation && { delegation }) });
  return status === 200 ? 'done' : body.refusal!;
};
const remove = async (by: Person, who: Person): Promise<string> => {
  const { status, body } = await by.actOnGroup({ t: 'remove', user: who.user });
  return status === 200 ? 'done' : body.refusal!;
};
const refusal = async (asking: Promise<{ readonly body: { readonly refusal?: string } }>): Promise<string | undefined> => (await asking).body.refusal;

describe('the first run', () => {
  const setUp = (words: string, userName = 'ruth') => ({ token: words, userName, displayName: 'Ruth Abelin', password: PASSWORD, group });

  it('prints a token, and shows a stranger nothing but that it wants to be set up', async () => {
    expect(token).toMatch(/^[0-9a-f]{5}(-[0-9a-f]{5}){5}$/);
    const stranger = person('stranger');
    expect(await stranger.must<SessionView>('GET', '/api/session')).toEqual({ person: null, actor: null, setUpNeeded: true, cast: null });
    expect(await refusal(stranger.request('GET', '/api/group'))).toBe('signed-out');
    expect(await refusal(stranger.request('POST', '/api/session', { userName: 'admin', password: PASSWORD }))).toBe('wrong-password');
    expect(await refusal(stranger.request('POST', '/api/demo/accounts', { key: token, accounts: [{ userName: 'eve', displayName: 'Eve' }] }))).toBe('not-found');
    await expect(stranger.connected({ seat: 'nobody' })).rejects.toMatchObject({ data: { refusal: 'signed-out' } });
  });

  it('takes no other token', async () => {
    for (const wrong of ['', 'guess', token.slice(0, -1), `${token}0`, token.replaceAll('-', '')]) {
      expect(await refusal(person('stranger').request('POST', '/api/setup', setUp(wrong)))).toBe('wrong-token');
    }
  });

  it('makes one administrator, whoever comes at the same time, and is over then', async () => {
    const [one, two] = [person('ruth'), person('rival')];
    const answers = await Promise.all([one.request('POST', '/api/setup', setUp(token)), two.request('POST', '/api/setup', setUp(token, 'rival'))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const other = person('other');
    expect(await refusal(other.request('POST', '/api/setup', setUp(token, 'other')))).toBe('set-up-done');
    expect(await other.must<SessionView>('GET', '/api/session')).toMatchObject({ person: null, setUpNeeded: false });
  });
});

describe('the working group', () => {
  let admin: Person, azHead: Person, az: Person, ocHead: Person, oc: Person, chair: Person;
  let azure: string, ochre: string;
  beforeAll(async () => {
    const started = await startedBy(['ruth', 'rival']);
    admin = started;
    [azure, ochre] = (await admin.group()).group.delegations.map(({ id }) => id) as [string, string];
    [azHead, az, ocHead, oc, chair] = await Promise.all([
      account(admin, 'ada', 'Ada Azure'), account(admin, 'aki', 'Aki Azure'), account(admin, 'olu', 'Olu Ochre'), account(admin, 'ona', 'Ona Ochre'), account(admin, 'cleo', 'Cleo Chair'),
    ]) as [Person, Person, Person, Person, Person];
  });

  /** Whoever of the two was quicker. */
  async function startedBy(names: readonly string[]): Promise<Person> {
    for (const name of names) {
      const one = person(name);
      const { status, body } = await one.request<SessionView>('POST', '/api/session', { userName: name, password: PASSWORD });
      if (status !== 200) continue;
      one.user = body.person!.user;
      return one;
    }
    throw new Error('nobody set Parley up');
  }

  it('knows an account without a seat by name only', async () => {
    const session = await az.must<SessionView>('GET', '/api/session');
    expect(session).toEqual({ person: { user: az.user, name: 'Aki Azure' }, actor: null, setUpNeeded: false, cast: null });
    expect(await refusal(az.request('GET', '/api/group'))).toBe('role-forbids');
    expect(await appoint(az, az, 'head', azure)).toBe('role-forbids');
  });

  it('gets its first heads and its moderator from the administrator', async () => {
    expect(await appoint(admin, az, 'negotiator', azure)).toBe('delegation-needs-head');
    expect(await appoint(admin, azHead, 'head', azure)).toBe('done');
    expect(await appoint(admin, azHead, 'head', ochre)).toBe('already-seated');
    expect(await appoint(admin, ocHead, 'head', 'nowhere')).toBe('not-found');
    expect(await appoint(admin, ocHead, 'head', ochre)).toBe('done');
    expect(await appoint(admin, chair, 'moderator')).toBe('done');
  });

  it('leaves the members of a headed delegation to its head alone', async () => {
    for (const role of ['negotiator', 'head'] as const) expect(await appoint(admin, az, role, azure)).toBe('delegation-has-head');
    expect(await remove(admin, azHead)).toBe('role-forbids');
    expect(await appoint(ocHead, az, 'negotiator', azure)).toBe('other-delegation');
    expect(await appoint(azHead, az, 'moderator')).toBe('role-forbids');
    expect(await appoint(azHead, az, 'negotiator', azure)).toBe('done');
    expect(await appoint(ocHead, oc, 'negotiator', ochre)).toBe('done');
    expect(await remove(ocHead, az)).toBe('other-delegation');
    expect(await remove(azHead, azHead)).toBe('last-head');
    expect(await remove(az, azHead)).toBe('role-forbids');
    expect(await appoint(az, oc, 'negotiator', azure)).toBe('role-forbids');
  });

  it('shows a head only the people that can be chosen, the administrator all of them', async () => {
    const names = async (who: Person) => (await who.must<AccountView[]>('GET', '/api/accounts')).map(({ name }) => name).sort();
    expect(await names(azHead)).toEqual(['Ada Azure', 'Aki Azure']);
    expect(await names(ocHead)).toEqual(['Olu Ochre', 'Ona Ochre']);
    expect(await names(admin)).toEqual(['Ada Azure', 'Aki Azure', 'Cleo Chair', 'Olu Ochre', 'Ona Ochre', 'Ruth Abelin']);
    expect(await refusal(chair.request('GET', '/api/accounts'))).toBe('role-forbids');
  });

  it('records every seat, with who gave it', async () => {
    const { entries } = await oc.must<GroupHistoryView>('GET', '/api/group/history');
    expect(entries.map(({ by, act }) => [by, act.t, 'user' in act ? act.user : null])).toEqual([
      [admin.user, 'establish', null], [admin.user, 'appoint', azHead.user], [admin.user, 'appoint', ocHead.user], [admin.user, 'appoint', chair.user],
      [azHead.user, 'appoint', az.user], [ocHead.user, 'appoint', oc.user],
    ]);
  });

  it('lets the moderator open a document and negotiate it, which the administrator sees nothing of', async () => {
    await chair.mustAct(DOC, { t: 'openDocument', title: 'Understanding', template: 'understanding', provisions: [provision('reply', 'Each side shall reply within 24 hours.')] });
    const client = await azHead.open(DOC);
    await azHead.mustAct(DOC, basisOf(client));
    await ocHead.mustAct(DOC, basisOf(client));
    await until(client, () => client.document.stage === 'negotiation', 'negotiation begins');
    await client.stop();
    const { documents, people } = await admin.group();
    expect(documents).toEqual([]);
    expect(people).toHaveLength(6);
    for (const doc of [DOC, 'no-such-document']) {
      expect(await refusal(admin.request('GET', `/api/documents/${doc}/history`))).toBe('not-found');
      expect(await refusal(admin.request('GET', `/api/documents/${doc}/at/999`))).toBe('not-found');
      expect(await refusal(admin.act(doc, { t: 'takeBackBasis' }))).toBe('not-found');
    }
  });

  it('lets the administrator into no room', async () => {
    const socket = await admin.connected();
    const heard: string[] = [];
    socket.onAny((event: string) => heard.push(event));
    for (const doc of [DOC, 'no-such-document']) {
      expect(await asked(socket, 'join', { doc, have: {} })).toEqual(NO_ONE);
      for (const room of ['working', 'common', ...[azure, ochre, CHAIR].map(positionRoom)]) {
        expect(await asked(socket, 'update', { doc, room, update: new Uint8Array([0, 0]) })).toEqual(NO_ONE);
      }
    }
    // What others write meanwhile is not heard either.
    const writer = await oc.open(DOC);
    append(writer, 'reply', ' Promptly.');
    await writer.saved();
    await asked(socket, 'leave', { doc: DOC });
    expect(heard.filter((event) => event !== 'group')).toEqual([]);
    await writer.stop();
  });

  it('ends the connections of a removed member within a second, and takes nothing from them afterwards', async () => {
    const client = await az.open(DOC);
    const idle = await az.connected();
    const told = new Promise<string>((resolve) => idle.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    const gone = Promise.all([new Promise((resolve) => idle.once('disconnect', resolve)), new Promise((resolve) => client.on('closed', resolve))]);
    let typing = true;
    const typed = (async () => {
      for (let n = 0; typing && n < 500; n++) {
        append(client, 'reply', ` ${n}`);
        await client.saved().catch(() => { typing = false; });
      }
    })();
    await until(client, () => wordsIn(client, positionRoom(azure), 'reply').includes(' 5'), 'Aki has written a little');
    const { body: { entry } } = await azHead.actOnGroup({ t: 'remove', user: az.user });
    const removed = Date.now();
    await gone;
    expect(Date.now() - removed).toBeLessThan(1_000);
    expect(await told).toBe('access-changed');
    expect(client.status).toMatchObject({ state: 'closed', reason: 'access-changed' });
    typing = false;
    await typed;

    const late = await az.connected();
    expect(await asked(late, 'join', { doc: DOC, have: {} })).toEqual(NO_ONE);
    expect(await asked(late, 'update', { doc: DOC, room: positionRoom(azure), update: new Uint8Array([0, 0]) })).toEqual(NO_ONE);
    expect(await refusal(az.act(DOC, { t: 'takeBackBasis' }))).toBe('not-found');
    expect(await refusal(az.request('GET', '/api/group'))).toBe('role-forbids');
    const { entries } = await chair.must<HistoryView>('GET', `/api/documents/${DOC}/history`);
    const own = entries.filter(({ by }) => by === az.user);
    expect(own.length).toBeGreaterThan(4);
    expect(own.every(({ index }) => index < entry)).toBe(true);
  });

  it('takes a removed member back, who then reads and writes as before', async () => {
    expect(await appoint(azHead, az, 'negotiator', azure)).toBe('done');
    const client = await az.open(DOC);
    append(client, 'reply', ' Again.');
    await client.saved();
    const reader = await oc.open(DOC);
    expect(wordsIn(reader, positionRoom(azure), 'reply')).toMatch(/Again\.$/);
    await Promise.all([client.stop(), reader.stop()]);
  });

  it('ends, when somebody signs out, the connections of that browser only', async () => {
    const laptop = await arrive('aki');
    const [here, there] = [await laptop.connected(), await az.open(DOC)];
    const ended = new Promise<string>((resolve) => here.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    await laptop.must('DELETE', '/api/session');
    expect(await ended).toBe('signed-out');
    await disconnected(here);
    expect(await refusal(laptop.request('GET', '/api/group'))).toBe('signed-out');
    await expect(laptop.connected()).rejects.toMatchObject({ data: { refusal: 'signed-out' } });
    append(there, 'reply', ' Still here.');
    await there.saved();
    expect(there.status.state).toBe('saved');
  });

  const disconnected = (socket: Socket): Promise<void> => new Promise((resolve) => (socket.connected ? void socket.once('disconnect', () => resolve()) : resolve()));
});
