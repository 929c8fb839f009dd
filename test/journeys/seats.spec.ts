import { positionRoom } from '@parley/negotiation';
import { type HistoryView, PROTOCOL_VERSION, SCHEMA_VERSION, SEAT_HEADER, writeAct } from '@parley/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageLike } from '../support/browser-like.ts';
import { append, until, wordsIn } from '../support/person.ts';
import { type Route, routes } from '../support/routes.ts';
import { provision } from '../support/rules-fixture.ts';
import { type CastName, PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

let w: WorkingGroup;
let doc: string;
beforeAll(async () => {
  w = await workingGroup();
  doc = await w.negotiate([provision('reply', 'Each side shall reply within 24 hours.')], 'Secret Understanding');
});
afterAll(async () => { await w.end(); });

const ROUTES = routes();
const WRITING = ROUTES.filter(({ method }) => method !== 'GET');

const pageOf = async (who: CastName): Promise<PageLike> => {
  const page = new PageLike(w.parley.url);
  await page.signIn(w[who].keys.userName, PASSWORD);
  return page;
};
/** A request that would do something, were it let through. */
const bodyFor = ({ method, path }: Route): unknown => {
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (path.endsWith('/acts')) return writeAct({ v: 1, id: 'from-another-seat', doc, t: 'takeBackBasis' }, 'ab'.repeat(16));
  if (path.endsWith('/read')) return { entry: 0 };
  if (path.endsWith('/password')) return { current: PASSWORD, password: 'another long password' };
  if (path.endsWith('/reset')) return { link: '0'.repeat(64) };
  if (path.endsWith('/recovery') || path.endsWith('/close')) return { password: PASSWORD };
  if (path.includes('/links/')) return { secret: '0'.repeat(43), ...(path.endsWith('/open') && { password: PASSWORD }) };
  return { userName: w.ocHead.keys.userName, password: PASSWORD };
};
const at = ({ path }: Route): string => path.replace(':group', w.id).replace(':id', doc).replace(':index', '999999').replace(':user', w.ocHead.user);
const named = (route: Route): string => `${route.method} ${route.path}`;

describe('two seats in one browser', () => {
  /** Ada’s page, in a browser where Olu of the other delegation has signed in since. */
  const switched = async (): Promise<PageLike> => {
    const page = await pageOf('azHead');
    const ada = page.user;
    await page.signIn(w.ocHead.keys.userName, PASSWORD);
    page.user = ada;
    return page;
  };
  const SEATED = ROUTES.filter(({ asks }) => asks !== 'public');

  it('[W1] every request of the older page is told who is signed in now, and nothing else', async () => {
    expect(SEATED.length).toBeGreaterThanOrEqual(9);
    const page = await switched();
    for (const route of SEATED) {
      const { status, body } = await page.request(route.method, at(route), bodyFor(route));
      expect([named(route), status, body['refusal'], body['who']]).toEqual([named(route), 409, 'seat-changed', 'Olu Ochre']);
      expect(Object.keys(body).sort()).toEqual(['refusal', 'sentence', 'who']);
    }
  });

  it('a page that names no seat is told the same', async () => {
    const page = await switched();
    for (const seat of [null, '', 'u_nobody', `${w.ocHead.user} `.repeat(2)]) {
      for (const route of SEATED) expect((await page.request(route.method, at(route), bodyFor(route), { [SEAT_HEADER]: seat })).body).toMatchObject({ refusal: 'seat-changed', who: 'Olu Ochre' });
    }
  });

  it('nothing came of any of it: the new seat is as it was, and so are its password and its words', async () => {
    const page = await pageOf('ocHead');
    expect((await page.request('GET', '')).status).toBe(200);
    const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`);
    expect(entries.map((entry) => (entry.kind === 'act' ? entry.act.t : entry.kind))).toEqual(['openDocument', 'acceptAsBasis', 'acceptAsBasis']);
  });

  it('the socket of the older page is not opened, and receives nothing but who is signed in now', async () => {
    const page = await switched();
    for (const seat of [page.user, 'u_nobody']) {
      const refused: unknown = await page.connected({ auth: { seat, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION } }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ data: { refusal: 'seat-changed', who: 'Olu Ochre' } });
      expect(JSON.stringify((refused as { data: unknown }).data)).not.toContain('Secret');
    }
    for (const auth of [{}, { seat: null }]) await expect(page.connected({ auth })).rejects.toMatchObject({ data: { refusal: 'bad-request' } });
  });

  it('a socket that was open when the other signed in is closed before it can carry another word', async () => {
    const page = await pageOf('az');
    const socket = await page.connected();
    const received: string[] = [];
    socket.onAny((event: string) => received.push(event));
    expect(await socket.emitWithAck('join', { doc, have: {} })).toMatchObject({ ok: true });
    const closed = new Promise<string>((resolve) => socket.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await page.signIn(w.oc.keys.userName, PASSWORD);
    expect(await closed).toBe('signed-out');
    await gone;
    const writer = await w.oc.open(doc);
    append(writer, 'reply', ' For Ochre only to show.');
    await writer.saved();
    expect(received.filter((event) => event === 'commit')).toEqual([]);
    await writer.stop();
  });

  it('two browsers are two seats: each reads and writes its own', async () => {
    const [one, two] = [await w.az.open(doc), await w.oc.open(doc)];
    append(one, 'reply', ' As Azure says.');
    await one.saved();
    await until(two, () => wordsIn(two, positionRoom(w.delegations[0]), 'reply').endsWith('As Azure says.'), 'Ochre reads it');
    expect([one.ownRoom, two.ownRoom]).toEqual(w.delegations.map(positionRoom));
    await Promise.all([one.stop(), two.stop()]);
  });
});

describe('pages of other sites', () => {
  const FOREIGN: readonly (readonly [string, Readonly<Record<string, string | null>>])[] = [
    ['no origin', { origin: null }], ['another site', { origin: 'https://evil.example' }], ['no site at all', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:1' }], ['another name of this machine', { origin: 'http://127.0.0.1:0' }],
    ['another site, by the browser’s word', { origin: null, 'sec-fetch-site': 'cross-site' }], ['another site that calls itself ours', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ];

  it.each(FOREIGN)('change nothing, with the right cookie and the right seat: %s', async (_case, headers) => {
    const page = await pageOf('azHead');
    for (const route of WRITING) expect([named(route), (await page.request(route.method, at(route), bodyFor(route), headers)).body['refusal']]).toEqual([named(route), 'bad-origin']);
    expect((await page.request('GET', '')).status).toBe(200);
  });

  it('open no socket', async () => {
    const page = await pageOf('azHead');
    for (const origin of [null, 'https://evil.example', 'null', 'http://localhost:1']) {
      const refused: unknown = await page.connected({ origin }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Error);
      expect(refused).not.toHaveProperty('data');
    }
    (await page.connected()).disconnect();
  });

  it('send no form: what writes is JSON, or is refused before it is read', async () => {
    const page = await pageOf('azHead');
    const forms = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json', 'application/jsonp', ''];
    for (const route of WRITING.filter(({ method }) => method !== 'DELETE')) {
      for (const type of forms) {
        const { status, body } = await page.request(route.method, at(route), JSON.stringify(bodyFor(route)), { 'content-type': type });
        expect([named(route), type, status, body['refusal']]).toEqual([named(route), type, 400, 'bad-request']);
      }
    }
  });
});

describe('signing in', () => {
  const signIn = (page: PageLike, userName: string, password: string) => page.request('POST', '/api/session', { userName, password });

  it('says the same of a wrong password and of nobody', async () => {
    const page = new PageLike(w.parley.url);
    const tries = await Promise.all([signIn(page, w.observer.keys.userName, 'a wrong password'), signIn(page, 'nobody', PASSWORD), signIn(page, `${w.observer.keys.userName.toUpperCase()} `, `${PASSWORD} `), signIn(page, '', '')]);
    for (const { status, body } of tries) {
      expect([status, body]).toEqual([401, { refusal: 'wrong-password', sentence: 'User name or password is wrong.' }]);
    }
    expect(page.cookie).toBeNull();
  });

  it('gives a new session each time: a cookie from before is worth nothing', async () => {
    const page = await pageOf('observer');
    const before = page.cookie;
    await page.signIn(w.observer.keys.userName, PASSWORD);
    expect((await page.request('GET', '', undefined, { cookie: before })).body).toMatchObject({ refusal: 'signed-out' });
    expect((await page.request('GET', '')).status).toBe(200);
  });

  it('[Z5] answers wrong tries later and later, and takes the right password at any time', async () => {
    const guesser = new PageLike(w.parley.url);
    /** How long a wrong try takes to be answered. */
    const wrong = async (): Promise<number> => {
      const began = performance.now();
      expect((await signIn(guesser, w.auditor.keys.userName, 'a wrong password')).body).toMatchObject({ refusal: 'wrong-password' });
      return performance.now() - began;
    };
    for (let n = 0; n < 5; n++) await wrong();
    expect(await wrong()).toBeGreaterThan(900);
    expect(await wrong()).toBeGreaterThan(1_900);
    expect((await signIn(guesser, w.auditor.keys.userName, PASSWORD)).status).toBe(200);
  });
});
