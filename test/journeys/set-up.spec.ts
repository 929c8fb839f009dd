import { CHAIR, positionRoom, type Role } from '@parley/negotiation';
import { type GroupHistoryView, type HistoryView, linkOf, type SessionView } from '@parley/protocol';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Parley, startParley } from '../support/parley.ts';
import { append, asked, basisOf, newSecret, Person, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { PASSWORD } from '../support/cast.ts';

const group = { name: 'Joint Dialogue', delegations: [{ code: 'AZ', name: 'Azure' }, { code: 'OC', name: 'Ochre' }] };
const NO_ONE = { ok: false, reason: 'not-found' };
const DOC = 'paper';

let parley: Parley;
let token: string;
let groupId = '';
const arrived: Person[] = [];
const person = (name: string): Person => {
  const made = new Person(parley.url, name, groupId);
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

/** A browser of somebody who opens a link and begins an account with it. */
const begins = (secret: string, displayName: string): Promise<Person> =>
  person(displayName).opens(secret, PASSWORD, { userName: displayName.toLowerCase().replaceAll(' ', '.'), displayName });

const invite = async (by: Person, role: Role, delegation?: string): Promise<string> => {
  const { status, body } = await by.actOnGroup({ t: 'invite', link: linkOf(newSecret()), role, ...(delegation && { delegation }) });
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
    expect(await stranger.must<SessionView>('GET', '/api/session')).toEqual({ person: null, administrator: false, userName: null, places: [], setUpNeeded: true, cast: null });
    expect(await refusal(stranger.request('GET', '/api/groups/any'))).toBe('signed-out');
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
    groupId = admin.groupId;
    [azure, ochre] = (await admin.group()).group.delegations.map(({ id }) => id) as [string, string];
  });

  /** Whoever of the two was quicker. */
  async function startedBy(names: readonly string[]): Promise<Person> {
    for (const name of names) {
      const one = person(name);
      if (await one.signIn(name, PASSWORD).then(() => true, () => false)) return one;
    }
    throw new Error('nobody set Parley up');
  }

  it('gets its first heads by links of the administrator, who then invites no more of them', async () => {
    expect(await invite(admin, 'negotiator', azure)).toBe('delegation-needs-head');
    const [first, rival] = [await admin.invites('head', azure), await admin.invites('head', azure)];
    expect(await invite(admin, 'head', 'nowhere')).toBe('not-found');
    azHead = await begins(first, 'Ada Azure');
    // The administrator's second link, which he kept for himself, opens nothing any more.
    expect(await refusal(person('ruth again').request('POST', 'links/open', { secret: rival, password: PASSWORD, person: { userName: 'ruth', displayName: 'Ruth Again' } }))).toBe('link-spent');
    for (const role of ['negotiator', 'head'] as const) expect(await invite(admin, role, azure)).toBe('delegation-has-head');
    ocHead = await begins(await admin.invites('head', ochre), 'Olu Ochre');
    expect((await azHead.seat()).actor).toMatchObject({ role: 'head', delegation: azure });
  });

  it('gets its members by links of their heads, who see nobody else’s people', async () => {
    az = await begins(await azHead.invites('negotiator', azure), 'Aki Azure');
    oc = await begins(await ocHead.invites('negotiator', ochre), 'Ona Ochre');
    expect(await invite(ocHead, 'negotiator', azure)).toBe('other-delegation');
    expect(await invite(azHead, 'moderator')).toBe('role-forbids');
    expect(await invite(az, 'negotiator', azure)).toBe('role-forbids');
    expect(await remove(admin, azHead)).toBe('role-forbids');
    expect(await remove(ocHead, az)).toBe('other-delegation');
    expect(await remove(azHead, azHead)).toBe('last-head');
    expect(await remove(az, azHead)).toBe('role-forbids');
    const taken = await ocHead.invites('negotiator', ochre);
    expect(await refusal(az.request('POST', 'links/take', { secret: taken }))).toBe('already-seated');
    expect(await refusal(ocHead.request('GET', '/api/accounts'))).toBe('not-found');
  });

  it('gets its moderator when both heads have accepted who opened the administrator’s link, and knows nothing of them before', async () => {
    chair = await begins(await admin.invites('moderator'), 'Cleo Chair');
    const session = await chair.must<SessionView>('GET', '/api/session');
    expect(session).toMatchObject({ person: { user: chair.user, name: 'Cleo Chair' }, places: [{ role: 'moderator', state: 'proposed' }] });
    expect(await chair.seat()).toMatchObject({ actor: null, waiting: { for: 'acceptance', role: 'moderator', accepted: [], missing: ['Azure', 'Ochre'] } });
    expect(await refusal(chair.request('GET', ''))).toBe('not-found');
    await expect(chair.mustOnGroup({ t: 'acceptSeat', user: chair.user, role: 'moderator' })).rejects.toThrow('not-found');
    await expect(admin.mustOnGroup({ t: 'acceptSeat', user: chair.user, role: 'moderator' })).rejects.toThrow('role-forbids');
    expect((await azHead.group()).people.find(({ user }) => user === chair.user)).toEqual({ user: chair.user, name: 'Cleo Chair' });
    await azHead.mustOnGroup({ t: 'acceptSeat', user: chair.user, role: 'moderator' });
    await expect(azHead.mustOnGroup({ t: 'acceptSeat', user: chair.user, role: 'moderator' })).rejects.toThrow('already-answered');
    expect((await chair.seat()).actor).toBeNull();
    await ocHead.mustOnGroup({ t: 'acceptSeat', user: chair.user, role: 'moderator' });
    expect((await chair.seat()).actor).toMatchObject({ role: 'moderator' });
  });

  it('shows a declined person to nobody', async () => {
    const auditor = await begins(await admin.invites('auditor'), 'Ina Audley');
    await azHead.mustOnGroup({ t: 'acceptSeat', user: auditor.user, role: 'auditor' });
    await ocHead.mustOnGroup({ t: 'declineSeat', user: auditor.user });
    for (const one of [admin, azHead, ocHead, oc]) expect((await one.group()).people.map(({ user }) => user)).not.toContain(auditor.user);
    expect((await auditor.must<SessionView>('GET', '/api/session')).places).toEqual([]);
  });

  it('records every seat, with who gave it and with whose consent', async () => {
    const { entries } = await oc.must<GroupHistoryView>('GET', 'history');
    expect(entries.filter(({ act }) => ['takeSeat', 'acceptSeat'].includes(act.t)).map(({ by, act, events }) => [by, act.t, 'user' in act ? act.user : null, events.map(({ e }) => e).join(' ')])).toEqual([
      ['server', 'takeSeat', azHead.user, 'invitationEnded seated'], ['server', 'takeSeat', ocHead.user, 'invitationEnded seated'],
      ['server', 'takeSeat', az.user, 'invitationEnded seated'], ['server', 'takeSeat', oc.user, 'invitationEnded seated'],
      ['server', 'takeSeat', chair.user, 'invitationEnded seatProposed'], [azHead.user, 'acceptSeat', chair.user, 'seatAccepted'], [ocHead.user, 'acceptSeat', chair.user, 'seatAccepted seated'],
      ['server', 'takeSeat', expect.any(String), 'invitationEnded seatProposed'], [azHead.user, 'acceptSeat', expect.any(String), 'seatAccepted'],
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
      expect(await refusal(admin.request('GET', `documents/${doc}/history`))).toBe('not-found');
      expect(await refusal(admin.request('GET', `documents/${doc}/at/999`))).toBe('not-found');
      expect(await refusal(admin.act(doc, { t: 'takeBackBasis' }))).toBe('not-found');
    }
  });

  it('lets the administrator into no room', async () => {
    const socket = await admin.connected();
    const received: string[] = [];
    socket.onAny((event: string) => received.push(event));
    for (const doc of [DOC, 'no-such-document']) {
      expect(await asked(socket, 'join', { doc, have: {} })).toEqual(NO_ONE);
      for (const room of ['working', 'common', ...[azure, ochre, CHAIR].map(positionRoom)]) {
        expect(await asked(socket, 'update', { doc, room, update: new Uint8Array([0, 0]) })).toEqual(NO_ONE);
      }
    }
    // What others write meanwhile is not received either.
    const writer = await oc.open(DOC);
    append(writer, 'reply', ' Promptly.');
    await writer.saved();
    await asked(socket, 'leave', { doc: DOC });
    expect(received.filter((event) => event !== 'group')).toEqual([]);
    await writer.stop();
  });

  it('ends the connections of a removed member, and takes nothing from them afterwards', async () => {
    const client = await az.open(DOC);
    const idle = await az.connected();
    const closing = new Promise<string>((resolve) => idle.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
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
    await gone;
    expect(await closing).toBe('access-changed');
    expect(client.status).toMatchObject({ state: 'closed', reason: 'access-changed' });
    typing = false;
    await typed;

    await expect(az.connected()).rejects.toMatchObject({ data: { refusal: 'not-found' } });
    expect(await refusal(az.act(DOC, { t: 'takeBackBasis' }))).toBe('not-found');
    expect(await refusal(az.request('GET', ''))).toBe('not-found');
    const { entries } = await chair.must<HistoryView>('GET', `documents/${DOC}/history`);
    const own = entries.filter(({ by }) => by === az.user);
    expect(own.length).toBeGreaterThan(4);
    expect(own.every(({ index }) => index < entry)).toBe(true);
  });

  it('takes a removed member back, who then reads and writes as before', async () => {
    await az.must('POST', 'links/take', { secret: await azHead.invites('negotiator', azure) });
    const client = await az.open(DOC);
    append(client, 'reply', ' Again.');
    await client.saved();
    const reader = await oc.open(DOC);
    expect(wordsIn(reader, positionRoom(azure), 'reply')).toMatch(/Again\.$/);
    await Promise.all([client.stop(), reader.stop()]);
  });

  it('ends, when somebody signs out, the connections of that browser only', async () => {
    const laptop = await person('aki').signIn(az.keys.userName, PASSWORD);
    const [here, there] = [await laptop.connected(), await az.open(DOC)];
    const ended = new Promise<string>((resolve) => here.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    await laptop.must('DELETE', '/api/session');
    expect(await ended).toBe('signed-out');
    await disconnected(here);
    expect(await refusal(laptop.request('GET', ''))).toBe('signed-out');
    await expect(laptop.connected()).rejects.toMatchObject({ data: { refusal: 'signed-out' } });
    append(there, 'reply', ' Still here.');
    await there.saved();
    expect(there.status.state).toBe('saved');
  });

  it('sleeps a reset seat in every way there is until a colleague wakes it, and what it had open is closed at once', async () => {
    const [client, idle] = [await az.open(DOC), await az.connected()];
    const closing = new Promise<string>((resolve) => idle.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    const closed = new Promise((resolve) => client.on('closed', resolve));
    const secret = newSecret();
    expect((await admin.resets(az.user, linkOf(secret))).status).toBe(204);
    expect(['access-changed', 'signed-out']).toContain(await closing);
    await closed;
    // The administrator opens the link himself.
    const thief = await person('thief').opens(secret, 'quite another short sentence');
    expect(thief.user).toBe(az.user);
    for (const [method, path] of [['GET', ''], ['GET', 'history'], ['GET', `documents/${DOC}/history`], ['GET', `documents/${DOC}/at/9`], ['GET', 'documents/no-such/history']] as const) {
      expect([path, await refusal(thief.request(method, path))]).toEqual([path, 'seat-sleeps']);
    }
    for (const doc of [DOC, 'no-such']) expect([doc, await refusal(thief.act(doc, { t: 'takeBackBasis' }))]).toEqual([doc, 'seat-sleeps']);
    expect(await refusal(thief.actOnGroup({ t: 'remove', user: az.user }))).toBe('seat-sleeps');
    const socket = await thief.connected(), received: string[] = [];
    socket.onAny((event: string) => received.push(event));
    for (const doc of [DOC, 'no-such']) {
      expect(await asked(socket, 'join', { doc, have: {} })).toEqual({ ok: false, reason: 'seat-sleeps' });
      expect(await asked(socket, 'update', { doc, room: positionRoom(azure), update: new Uint8Array([0, 0]) })).toEqual({ ok: false, reason: 'seat-sleeps' });
      expect(await asked(socket, 'compare', { doc, entry: 0, rooms: {} })).toEqual({ ok: false, reason: 'seat-sleeps' });
    }
    for (const other of [oc, admin, chair]) expect(['role-forbids', 'other-delegation']).toContain(await refusal(other.actOnGroup({ t: 'confirmSeat', user: az.user, link: linkOf(secret) })));
    expect((await oc.group()).group.asleep[az.user]).toMatchObject({ by: admin.user, renewed: expect.any(Number) });
    expect(received).toEqual([]);
    // The owner has the recovery code, needs nobody, and the thief is out.
    const owner = person('aki');
    owner.keys = await owner.must('POST', '/api/recovery', { userName: az.keys.userName, code: az.keys.recoveryCode, password: PASSWORD });
    owner.user = az.user;
    expect((await owner.seat()).actor).toMatchObject({ role: 'negotiator', delegation: azure });
    expect(await refusal(thief.request('GET', ''))).toBe('signed-out');
    const reader = await owner.open(DOC);
    append(reader, 'reply', ' Awake.');
    await reader.saved();
    const { entries } = await oc.must<GroupHistoryView>('GET', 'history');
    expect(entries.slice(-3).map(({ by, act }) => [by, act.t])).toEqual([[admin.user, 'resetAccount'], ['server', 'renewAccount'], ['server', 'recoverAccount']]);
  });

  const disconnected = (socket: Socket): Promise<void> => new Promise((resolve) => (socket.connected ? void socket.once('disconnect', () => resolve()) : resolve()));
});
