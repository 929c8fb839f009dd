import { REFUSAL_STATUS, type RefusalBody, type SessionView } from '@parley/protocol';
import type { Request } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../../../../test/support/cast.ts';
import { PageLike } from '../../../../test/support/browser-like.ts';
import { FakeGroups } from '../../../../test/support/fake-rooms.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { beginning, invitation } from '../../../../test/support/linking.ts';
import { outerServer } from '../../../../test/support/outer-server.ts';
import { bodyLimit } from './bodies.ts';

type Server = Awaited<ReturnType<typeof outerServer>>;

const person = (userName: string, displayName = userName, password = PASSWORD) => ({ userName, displayName, password });
const group = { name: 'Working group', delegations: [{ code: 'A', name: 'Azure' }, { code: 'O', name: 'Ochre' }] };

describe('the first run', () => {
  let server: Server;
  let page: PageLike;
  beforeAll(async () => {
    server = await outerServer();
    page = new PageLike(server.url);
  });
  afterAll(() => server.close());

  it('has a token, and no demo', async () => {
    expect(server.setUpToken).toMatch(/^[0-9a-f]{5}(-[0-9a-f]{5})+$/);
    expect((await page.request('GET', '/api/session')).body).toEqual({ person: null, administrator: false, userName: null, places: [], setUpNeeded: true, cast: null });
    expect((await page.request('POST', '/api/session/demo', { user: 'u_1' })).body).toMatchObject({ refusal: 'not-found' });
    expect((await page.request('POST', '/api/demo/accounts', { key: '', accounts: [{ userName: 'eve', displayName: 'Eve' }] })).body).toMatchObject({ refusal: 'not-found' });
  });

  it.each([
    ['wrong-token', { ...person('ada'), token: 'guess', group }],
    ['weak-password', { ...person('ada', 'Ada', 'too short'), token: 'guess', group }],
    ['bad-request', { ...person('ada'), group }],
  ])('refuses: %s', async (refusal, body) => {
    expect((await page.request('POST', '/api/setup', body)).body).toMatchObject({ refusal });
    expect(page.cookie).toBeNull();
  });

  it('refuses two delegations that brackets could not tell apart', async () => {
    const same = { name: 'G', delegations: [{ code: 'A', name: 'Azure' }, { code: 'A', name: 'Ochre' }] };
    expect((await page.request('POST', '/api/setup', { ...person('ada'), token: server.setUpToken, group: same })).body).toMatchObject({ refusal: 'bad-request' });
  });

  it.each<[string, string, readonly [string, string], readonly [string, string]]>([
    ['the administrator is called as a delegation is', 'АZURE', ['A', 'Azure'], ['O', 'Ochre']], ['as its code is', 'Oc', ['AZ', 'Azure'], ['OC', 'Ochre']], ['as a role is', 'Head of Delegation', ['A', 'Azure'], ['O', 'Ochre']],
    ['two delegations look alike', 'Ada', ['A', 'Azure'], ['O', 'Аzure']], ['two codes do', 'Ada', ['OO', 'Azure'], ['O0', 'Ochre']], ['a code and the other’s name', 'Ada', ['OCHRE', 'Azure'], ['O', 'Ochre']],
    ['a delegation is called Chair', 'Ada', ['A', 'Chair'], ['O', 'Ochre']], ['its code is', 'Ada', ['CHAIR', 'Azure'], ['O', 'Ochre']], ['a delegation is called Moderator', 'Ada', ['A', 'Azure'], ['O', 'Моderаtоr']],
  ])('[Z24] refuses names that could be taken for each other: %s', async (_case, displayName, ...delegations) => {
    const alike = { name: 'G', delegations: delegations.map(([code, name]) => ({ code, name })) };
    expect((await page.request('POST', '/api/setup', { ...person('ada', displayName), token: server.setUpToken, group: alike })).body).toMatchObject({ refusal: 'looks-alike' });
  });

  it.each([['CH'], ['СН'], ['ch'], ['Az'], ['A-Z'], ['中方代表团一二'], ['ABCDEFG'], ['']])('refuses a code that stands for the chair, or is none: %j', async (code) => {
    const wrong = { name: 'G', delegations: [{ code, name: 'Azure' }, { code: 'OC', name: 'Ochre' }] };
    expect((await page.request('POST', '/api/setup', { ...person('ada'), token: server.setUpToken, group: wrong })).body).toMatchObject({ refusal: 'bad-request' });
  });

  it('makes the first administrator once', async () => {
    const body = { ...person('ada', 'Ada'), token: server.setUpToken, group };
    const [first, second] = await Promise.all([page.request('POST', '/api/setup', body), new PageLike(server.url).request('POST', '/api/setup', body)]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    expect([first.body['refusal'], second.body['refusal']]).toContain('set-up-done');
    const view = await page.signIn('ADA', PASSWORD);
    expect(view).toMatchObject({ person: { name: 'Ada' }, administrator: true, places: [{ group: GROUP, name: 'Working group', role: 'administrator', state: 'seated' }], setUpNeeded: false });
  });

  it('changes the own password with the present one', async () => {
    const bo = new PageLike(server.url);
    await bo.signIn('ada', PASSWORD);
    const path = `/api/accounts/${bo.user}/password`;
    expect((await bo.request('PATCH', path, { password: PASSWORD })).body).toMatchObject({ refusal: 'wrong-password' });
    expect((await bo.request('PATCH', path, { current: PASSWORD, password: 'another fine password' })).status).toBe(204);
    expect((await bo.request('GET', '/api/session')).body).toMatchObject({ person: { name: 'Ada' } });
  });
});

describe('the demo', () => {
  let server: Server;
  let page: PageLike;
  beforeAll(async () => {
    server = await outerServer({ PARLEY_DEMO: 'on' });
    page = new PageLike(server.url);
  });
  afterAll(() => server.close());

  it('is filled by the one who has the key, while it is filled', async () => {
    const accounts = [{ userName: 'admin', displayName: 'Ada' }, { userName: 'bo', displayName: 'Bo', password: PASSWORD }];
    const make = (key: string) => page.request('POST', '/api/demo/accounts', { key, accounts });
    expect((await make('')).body).toMatchObject({ refusal: 'not-found' });
    const key = server.demo.beginFilling();
    expect((await make(`${key}x`)).body).toMatchObject({ refusal: 'not-found' });
    const { status, body } = await make(key);
    expect(status).toBe(201);
    server.demo.endFilling();
    expect((await make(key)).body).toMatchObject({ refusal: 'not-found' });
    const [admin, bo] = body as unknown as { user: string }[];
    // The first account administers the installation, and makes groups.
    expect(await page.enter(admin!.user)).toMatchObject({ setUpNeeded: false, administrator: true, places: [] });
    expect(await page.enter(bo!.user)).toMatchObject({ administrator: false, places: [] });
    server.rooms.establish({ user: admin!.user, role: 'administrator' }, { user: bo!.user, role: 'negotiator', delegation: 'a' });
    expect(((await page.request('GET', '/api/session')).body as unknown as SessionView).cast).toEqual([
      { user: admin!.user, name: 'Ada', role: 'administrator' }, { user: bo!.user, name: 'Bo', role: 'negotiator', delegation: 'a' },
    ]);
  });

  it('has people who sign in by password too', async () => {
    expect(await new PageLike(server.url).signIn('bo', PASSWORD)).toMatchObject({ person: { name: 'Bo' } });
  });

  it('opens no account by one click that is not of its cast', async () => {
    await page.enter((await page.signIn('bo', PASSWORD)).cast!.find(({ role }) => role === 'administrator')!.user);
    const { user } = await beginning(server, await invitation(server, page.user, 'observer'), 'Real');
    expect((await page.request('POST', '/api/session/demo', { user })).body).toMatchObject({ refusal: 'not-found' });
  });
});

describe('every request', () => {
  let server: Server;
  let page: PageLike;
  let ids: { user: string }[];
  beforeAll(async () => {
    server = await outerServer({ PARLEY_DEMO: 'on' });
    page = new PageLike(server.url);
    const accounts = ['admin', 'bo'].map((userName) => ({ userName, displayName: userName.toUpperCase() }));
    ids = (await page.request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts })).body as unknown as { user: string }[];
    server.rooms.establish({ user: ids[0]!.user, role: 'administrator' }, { user: ids[1]!.user, role: 'observer' });
    await page.enter(ids[0]!.user);
  });
  afterAll(() => server.close());

  it('[Z1] sets a cookie that scripts, other sites and plain connections do not get', async () => {
    const { headers } = await new PageLike(server.url).request('POST', '/api/session/demo', { user: ids[0]!.user });
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-sid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/)]);
  });

  it.each([
    ['no origin', { origin: null }],
    ['another origin', { origin: 'https://evil.example' }],
    ['the origin of no page', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:1' }],
    ['another site by its own word', { origin: null, 'sec-fetch-site': 'cross-site' }],
    ['another origin that says it is the same', { origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }],
  ])('[Z8] that writes is refused from %s', async (_case, headers) => {
    expect(await page.request('DELETE', '/api/session', undefined, headers)).toMatchObject({ status: 403, body: { refusal: 'bad-origin' } });
  });

  it('[Z8] that writes brings JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await page.request('POST', '/api/session', '{"userName":"a","password":"b"}', { 'content-type': type })).body).toMatchObject({ refusal: 'bad-request' });
    }
  });

  it('is measured', async () => {
    const large = JSON.stringify({ userName: 'a', password: 'x'.repeat(100_000) });
    expect((await page.request('POST', '/api/session', large, { cookie: null })).body).toMatchObject({ refusal: 'too-large' });
    expect((await page.request('POST', '/api/session', '{"userName":')).body).toMatchObject({ refusal: 'bad-request' });
    expect((await page.request('POST', '/api/session', { userName: 'a', password: 'b', admin: true })).body).toMatchObject({ refusal: 'bad-request' });
  });

  it.each(['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip'])('[Z15] is sent as it is, not compressed: %s', async (encoding) => {
    expect(await page.request('POST', '/api/session', '{"userName":"a","password":"b"}', { 'content-encoding': encoding })).toMatchObject({ status: 415, body: { refusal: 'encoded-body' } });
  });

  it('[Z15] that is large is refused by the role of who sends it, before it is read', async () => {
    const observer = new PageLike(server.url);
    await observer.enter(ids[1]!.user);
    const large = { op: '{}', words: 'x'.repeat(200_000) }, act = `/api/groups/${GROUP}/documents/d/acts`;
    expect(await observer.request('POST', act, large)).toMatchObject({ status: 403, body: { refusal: 'role-forbids' } });
    expect(await observer.request('POST', act, large, { cookie: null })).toMatchObject({ status: 401, body: { refusal: 'signed-out' } });
    expect(await page.request('POST', act, large)).toMatchObject({ status: 403, body: { refusal: 'role-forbids' } });
    // Words that are no JSON would be answered `bad-request` if they were read.
    expect(await observer.request('POST', act, `{${'x'.repeat(200_000)}`)).toMatchObject({ status: 403 });
    expect(await observer.request('POST', '/api/session/here', `{"x":"${'x'.repeat(70_000)}"}`)).toMatchObject({ status: 413, body: { refusal: 'too-large' } });
  });

  it('[Z15] of a seat that sleeps is refused before it is read, however large it is', async () => {
    const bo = new PageLike(server.url), { state } = server.rooms, act = `/api/groups/${GROUP}/documents/d/acts`;
    await bo.enter(ids[1]!.user);
    server.rooms.state = { ...state, seats: { ...state.seats, [ids[1]!.user]: { user: ids[1]!.user, role: 'head', delegation: 'a' } } };
    const known = new FakeGroups(server.rooms);
    const limit = () => bodyLimit({ originalUrl: act, session: { user: ids[1]!.user }, headers: {} } as unknown as Request, known);
    expect(limit()).toBe(1024 * 1024);
    server.rooms.state = { ...server.rooms.state, asleep: { [ids[1]!.user]: {} as never } };
    try {
      expect(limit()).toBe(64 * 1024);
      // Words that are no JSON would be answered `bad-request` if they were read.
      for (const length of [10, 40_000, 200_000, 900_000]) expect(await bo.request('POST', act, `{${'x'.repeat(length)}`)).toMatchObject({ status: REFUSAL_STATUS['seat-sleeps'], body: { refusal: 'seat-sleeps' } });
      for (const path of [`${act}?again=1`, `${act}/`, `/API/GROUPS/${GROUP}/DOCUMENTS/D/ACTS`, `/Api/groups/${GROUP}/documents/D/Acts/?x`]) expect((await bo.request('POST', path, `{${'x'.repeat(60_000)}`)).body).toMatchObject({ refusal: 'seat-sleeps' });
    } finally {
      server.rooms.state = state;
    }
  });

  it.each([
    ['POST', '/api/session', { userName: 'a\0b', password: 'b' }], ['POST', '/api/session', { userName: 'a', password: 'b\0' }], ['POST', '/api/session', { userName: '\ud800', password: 'b' }],
    ['POST', '/api/setup', { ...person('a\0da'), token: 't', group }], ['POST', '/api/setup', { ...person('ada', 'A\0da'), token: 't', group }], ['POST', `/api/groups/${GROUP}/links/open`, { secret: 'x'.repeat(43), password: PASSWORD, person: { userName: 'cy', displayName: 'C\0y' } }], ['PATCH', '/api/accounts/x%00y/password', { password: PASSWORD }],
    ['POST', '/api/session', { userName: 'x'.repeat(10_000), password: 'b' }], ['POST', '/api/session', { userName: '\ufdfa'.repeat(5_000), password: 'b' }], ['POST', '/api/setup', { ...person('ada', 'A'.repeat(10_000)), token: 't', group }], ['POST', '/api/setup', { ...person('ada', '\udc00da'), token: 't', group }],
    ['POST', '/api/recovery', { userName: 'a\0', code: 'x', password: PASSWORD }], ['POST', '/api/recovery', { userName: 'x'.repeat(10_000), code: 'x', password: PASSWORD }], ['POST', `/api/groups/${GROUP}/links/look`, { secret: `${'x'.repeat(42)}\0` }], ['POST', `/api/groups/${GROUP}/links/look`, { secret: 'x'.repeat(10_000) }], ['POST', '/api/session/demo', { user: 'u\0' }],
  ])('[Z10] with a character that no text has is refused in words: %s %s %j', async (method, path, body) => {
    const { status, body: answer } = await page.request(method, path, body);
    expect([status, answer['sentence']]).toEqual([400, expect.stringMatching(/\w+/)]);
  });

  it('needs a session', async () => {
    for (const cookie of [null, '__Host-sid=s%3Amade-up.signature', 'sid=x']) {
      expect(await page.request('POST', '/api/session/here', undefined, { cookie })).toMatchObject({ status: 401, body: { refusal: 'signed-out' } });
    }
  });

  it('[Z1] names its seat: another one in the cookie is told who it is', async () => {
    for (const seat of [null, ids[1]!.user]) {
      const { status, body } = await page.request('POST', '/api/session/here', undefined, { 'x-parley-seat': seat });
      expect(status).toBe(409);
      expect(body as unknown as RefusalBody).toMatchObject({ refusal: 'seat-changed', who: 'ADMIN' });
    }
  });

  it('[Z1] [Z4] gets a new session at each sign-in, and none after signing out', async () => {
    const other = new PageLike(server.url);
    await other.enter(ids[1]!.user);
    const first = other.cookie!;
    await other.enter(ids[1]!.user);
    expect(other.cookie).not.toBe(first);
    expect((await other.request('GET', '/api/session', undefined, { cookie: first })).body).toMatchObject({ person: null });
    const last = other.cookie!;
    expect((await other.request('DELETE', '/api/session')).status).toBe(204);
    expect((await other.request('GET', '/api/session', undefined, { cookie: last })).body).toMatchObject({ person: null });
  });

  it('is answered with headers that keep it to itself', async () => {
    const { headers } = await page.request('GET', '/api/health');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain(`connect-src 'self' ${server.url.replace('http', 'ws')}`);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure/);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('to nowhere is refused like any other', async () => {
    expect(await page.request('GET', '/api/nothing')).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
  });

  it('[Z5] by a right password is not refused because others were wrong, at the same address or elsewhere', async () => {
    const [made] = (await page.request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts: [person('cy', 'Cy')] })).body as unknown as [{ user: string }];
    const cy = new PageLike(server.url);
    const { headers } = await cy.request('POST', '/api/session', { userName: 'Cy', password: PASSWORD });
    const known = headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-known='))!;
    expect(known).toMatch(/Path=\/; .*HttpOnly; Secure; SameSite=Strict/);
    const stranger = new PageLike(server.url);
    const guess = (userName: string, cookie: string | null, password = 'wrong') => stranger.request('POST', '/api/session', { userName, password }, { cookie });
    await Promise.all(Array.from({ length: 8 }, () => guess('cy', null)));
    // From a new browser at the same address, while somebody goes on guessing at this very name.
    const others = Array.from({ length: 8 }, () => guess('cy', null));
    expect((await guess('cy', null, PASSWORD)).body).toMatchObject({ person: { user: made.user } });
    expect((await guess('cy', known.split(';')[0]!.replace(/.$/, '!'), PASSWORD)).body).toMatchObject({ person: { user: made.user } });
    expect((await guess('cy', known.split(';')[0]!, PASSWORD)).body).toMatchObject({ person: { user: made.user } });
    expect((await Promise.all(others)).every(({ status }) => status === 401 || status === 503)).toBe(true);
  });

  it('[Z5] [Z6] by a right password is served while others try invented names, and a try that was busy counts as none', async () => {
    await page.request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts: [person('di', 'Di')] });
    const stranger = new PageLike(server.url);
    const throttle = Array.from({ length: 75 }, (_, n) => stranger.request('POST', '/api/session', { userName: `invented${n}`, password: 'wrong' }));
    const enter = () => new PageLike(server.url).request('POST', '/api/session', { userName: 'di', password: PASSWORD });
    // Whoever finds the queue full is told that it is full and asks again; by then another of the wrong ones has been answered.
    let di = await enter();
    for (let n = 0; di.status === 503 && n < 10; n++) {
      await throttle[n];
      di = await enter();
    }
    expect([di.status, 'person' in di.body || di.body['refusal']]).toEqual([200, true]);
    expect((await Promise.all(throttle)).filter(({ status }) => ![401, 503].includes(status))).toEqual([]);
  });

  it('[Z5] that guesses a password is answered later after five wrong ones, whoever it guesses at', async () => {
    for (const userName of ['admin', 'nobody', 'NOBODY']) {
      const began = performance.now();
      for (let n = 0; n < (userName === 'NOBODY' ? 1 : 6); n++) expect(await page.request('POST', '/api/session', { userName, password: 'wrong' })).toMatchObject({ status: 401, body: { refusal: 'wrong-password' } });
      expect(performance.now() - began).toBeGreaterThan(900);
    }
  }, 180_000);
});
