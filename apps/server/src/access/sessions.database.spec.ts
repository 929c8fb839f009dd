import { request as openRequest } from 'node:http';
import { type OwnSession, SEAT_HEADER, writeAct } from '@parley/protocol';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PASSWORD } from '../../../../test/support/cast.ts';
import { PageLike } from '../../../../test/support/browser-like.ts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.ts';
import { beginning, invitation } from '../../../../test/support/linking.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { outerServer } from '../../../../test/support/outer-server.ts';
import { databaseSettings } from '../../../../test/support/parley.ts';
import { ActsModule } from '../http/acts.module.ts';
import { IDLE_MS, SESSION_MS, SESSIONS_OF_ONE } from './sessions.ts';

let database: TestDatabase;
let server: Awaited<ReturnType<typeof outerServer>>;
beforeAll(async () => {
  database = await testDatabase();
  server = await outerServer(databaseSettings(database.connection), [ActsModule]);
  const group = { name: 'Working group', delegations: [{ code: 'A', name: 'Azure' }, { code: 'O', name: 'Ochre' }] };
  const { status } = await new PageLike(server.url).request('POST', '/api/setup', { token: server.setUpToken, userName: 'ada', displayName: 'Ada', password: PASSWORD, group });
  expect(status).toBe(200);
}, 60_000);
afterAll(async () => {
  await server.close();
  await database.drop();
});

const signedIn = async (): Promise<PageLike> => {
  const page = new PageLike(server.url);
  await page.signIn('ada', PASSWORD);
  return page;
};
const sidOf = (page: PageLike): string => decodeURIComponent(page.cookie!.split('=')[1]!).slice(2).split('.')[0]!;
/** How long the session of a page still stands, in minutes. */
const minutesLeft = async (page: PageLike): Promise<number> => {
  const [row] = await database.dataSource.query<{ left: string }[]>('SELECT extract(epoch FROM expire - now()) AS left FROM session WHERE sid = $1', [sidOf(page)]);
  return Math.round(Number(row!.left) / 60);
};
const setMinutesLeft = (page: PageLike, minutes: number) => database.dataSource.query(`UPDATE session SET expire = now() + $2 * interval '1 minute' WHERE sid = $1`, [sidOf(page), minutes]);
const works = async (page: PageLike): Promise<boolean> => (await page.request('GET', '/api/session')).body['person'] !== null;

describe('[Z2] a session', () => {
  it('stands for half an hour from the last time its holder was at it', async () => {
    expect([IDLE_MS, SESSION_MS]).toEqual([30 * 60_000, 12 * 60 * 60_000]);
    const page = await signedIn();
    expect(await minutesLeft(page)).toBe(30);
    await setMinutesLeft(page, 3);
    expect((await page.request('POST', '/api/session/here')).status).toBe(204);
    await expect.poll(() => minutesLeft(page)).toBe(30);
  });

  it('is not kept by what only reads: pages in the background read too', async () => {
    const page = await signedIn();
    await setMinutesLeft(page, 3);
    expect(await works(page)).toBe(true);
    await page.request('GET', '/api/session');
    expect(await minutesLeft(page)).toBe(3);
  });

  it('is kept by typing, which goes over the socket', async () => {
    const page = await signedIn();
    server.rooms.establish({ user: page.user, role: 'administrator' });
    const socket = await page.connected();
    await setMinutesLeft(page, 3);
    await socket.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.from([1]) });
    await expect.poll(() => minutesLeft(page)).toBe(30);
    socket.disconnect();
  });

  it('is not taken up again by typing when it is over', async () => {
    const page = await signedIn();
    server.rooms.establish({ user: page.user, role: 'administrator' });
    const socket = await page.connected(), asked = vi.spyOn(pg.Pool.prototype, 'query');
    await setMinutesLeft(page, -1);
    await socket.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.from([1]) });
    const prolonging = asked.mock.results.filter((_result, n) => String(asked.mock.calls[n]![0]).startsWith('UPDATE session'));
    expect(prolonging).toHaveLength(1);
    await Promise.all(prolonging.map(({ value }) => value as unknown));
    asked.mockRestore();
    expect([await minutesLeft(page), await works(page)]).toEqual([-1, false]);
    socket.disconnect();
  });

  it('is over when nobody was at it: requests and sockets alike', async () => {
    const page = await signedIn();
    await setMinutesLeft(page, 0);
    expect((await page.request('POST', '/api/session/here')).body).toMatchObject({ refusal: 'signed-out' });
    expect((await page.request('POST', '/api/session/here')).body).toMatchObject({ refusal: 'signed-out' });
    await expect(page.connected()).rejects.toMatchObject({ data: { refusal: 'signed-out' } });
  });

  it('closes an open socket when it is over', async () => {
    const page = await signedIn();
    const socket = await page.connected();
    const closing = new Promise<string>((resolve) => socket.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    await setMinutesLeft(page, 0);
    expect(await closing).toBe('signed-out');
  });

  it('ends after twelve hours, whoever is at it', async () => {
    const page = await signedIn();
    await database.dataSource.query(`UPDATE session SET sess = jsonb_set(sess::jsonb, '{expiresAt}', to_jsonb((extract(epoch FROM now()) * 1000 + 120000)::bigint))::json WHERE sid = $1`, [sidOf(page)]);
    expect((await page.request('POST', '/api/session/here')).status).toBe(204);
    await expect.poll(() => minutesLeft(page)).toBe(2);
  });
});

describe('[Z14] a person', () => {
  const list = async (page: PageLike) => (await page.request('GET', '/api/sessions')).body as unknown as OwnSession[];

  it('lists where he is signed in, and ends one of them with its sockets', async () => {
    const [seat, laptop] = [await signedIn(), new PageLike(server.url)];
    await laptop.request('POST', '/api/session', { userName: 'ada', password: PASSWORD }, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    laptop.user = seat.user;
    const sessions = await list(seat), other = sessions.find(({ device }) => device === 'Firefox on Windows')!;
    expect(sessions.filter(({ own }) => own)).toHaveLength(1);
    expect(other).toMatchObject({ own: false });
    expect(Date.now() - other.begunAt).toBeLessThan(60_000);
    expect(other.seenAt).toBeGreaterThanOrEqual(other.begunAt);
    expect(JSON.stringify(sessions)).not.toContain(sidOf(laptop));
    const socket = await laptop.connected(), closing = new Promise<string>((resolve) => socket.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    expect((await seat.request('DELETE', `/api/sessions/${other.id}`)).status).toBe(204);
    expect(await closing).toBe('signed-out');
    expect([await works(laptop), await works(seat)]).toEqual([false, true]);
    expect((await seat.request('DELETE', `/api/sessions/${other.id}`)).body).toMatchObject({ refusal: 'not-found' });
  });

  it('ends nobody else’s', async () => {
    const ada = await signedIn();
    const { page: bo } = await beginning(server, await invitation(server, ada.user, 'auditor'), 'Bo');
    const [own] = await list(bo);
    expect(await list(bo)).toHaveLength(1);
    expect((await ada.request('DELETE', `/api/sessions/${own!.id}`)).body).toMatchObject({ refusal: 'not-found' });
    expect(await list(bo)).toHaveLength(1);
  });

  it('goes on under a new name of session with a new password, and so do the sockets of that page', async () => {
    const ada = await signedIn(), other = await signedIn(), former = ada.cookie!, socket = await ada.connected();
    server.rooms.establish({ user: ada.user, role: 'administrator' });
    const before = await list(ada);
    expect((await ada.request('PATCH', `/api/accounts/${ada.user}/password`, { current: PASSWORD, password: 'another fine password' })).status).toBe(204);
    expect(ada.cookie).not.toBe(former);
    expect([await works(ada), await works(other)]).toEqual([true, false]);
    expect((await ada.request('POST', '/api/session/here', undefined, { cookie: former })).body).toMatchObject({ refusal: 'signed-out' });
    const after = await list(ada);
    expect(after).toMatchObject([{ begunAt: before.find(({ own }) => own)!.begunAt, own: true }]);
    expect(await socket.emitWithAck('leave', { doc: 'd1' })).toEqual({ ok: true });
    const closing = new Promise<string>((resolve) => socket.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    expect((await ada.request('DELETE', '/api/session')).status).toBe(204);
    expect(await closing).toBe('signed-out');
    await ada.signIn('ada', 'another fine password');
    expect((await ada.request('PATCH', `/api/accounts/${ada.user}/password`, { current: 'another fine password', password: PASSWORD })).status).toBe(204);
  });
});

describe('[Z3] the sessions of one person', () => {
  it('are five at most: the oldest ends, with its sockets', async () => {
    expect(SESSIONS_OF_ONE).toBe(5);
    const pages: PageLike[] = [];
    for (let n = 0; n < 5; n++) pages.push(await signedIn());
    expect(await Promise.all(pages.map(works))).toEqual([true, true, true, true, true]);
    const socket = await pages[0]!.connected();
    const closing = new Promise<string>((resolve) => socket.once('closing', ({ reason }: { reason: string }) => resolve(reason)));
    pages.push(await signedIn());
    expect(await closing).toBe('signed-out');
    expect(await Promise.all(pages.map(works))).toEqual([false, true, true, true, true, true]);
  });
});

describe('[Z26] a session that ends by one process', () => {
  it('ends its sockets at another, and one that goes on under a new name keeps them there', async () => {
    const ada = await signedIn(), other = await signedIn(), elsewhere = await outerServer(databaseSettings(database.connection));
    try {
      elsewhere.rooms.establish({ user: ada.user, role: 'administrator' });
      const there = async (page: PageLike) => {
        const socket = await Object.assign(new PageLike(elsewhere.url), { cookie: page.cookie, user: page.user }).connected();
        return { socket, closing: new Promise<string>((resolve) => socket.once('closing', ({ reason }: { reason: string }) => resolve(reason))) };
      };
      const [renamed, ended] = [await there(ada), await there(other)];
      expect((await ada.request('PATCH', `/api/accounts/${ada.user}/password`, { current: PASSWORD, password: 'another fine password' })).status).toBe(204);
      expect(await ended.closing).toBe('signed-out');
      expect(await renamed.socket.emitWithAck('leave', { doc: 'd1' })).toEqual({ ok: true });
      expect((await ada.request('DELETE', '/api/session')).status).toBe(204);
      expect(await renamed.closing).toBe('signed-out');
    } finally {
      await elsewhere.close();
      await ada.signIn('ada', 'another fine password');
      await ada.request('PATCH', `/api/accounts/${ada.user}/password`, { current: 'another fine password', password: PASSWORD });
    }
  });
});

/** Sends a change whose body goes on coming until `meanwhile` is over, and which holds no link; the status of its answer. */
async function changeOver(page: PageLike, meanwhile: () => Promise<unknown>): Promise<number> {
  const body = '{"left":"open"}', headers = { cookie: page.cookie!, origin: page.url, [SEAT_HEADER]: page.user, 'content-type': 'application/json', 'content-length': body.length };
  const call = openRequest(`${page.url}/api/groups/${GROUP}/links/take`, { method: 'POST', headers }), answered = new Promise<number>((resolve, reject) => {
    call.on('response', (answer) => { answer.resume(); resolve(answer.statusCode!); });
    call.on('error', reject);
  });
  const { hold } = server.rooms, sessionRead = new Promise<void>((resolve) => { server.rooms.hold = async () => { resolve(); return true; }; });
  call.write(body.slice(0, 3));
  await sessionRead;
  server.rooms.hold = hold;
  await meanwhile();
  call.end(body.slice(3));
  return answered;
}

it('[Z4] whoever reads an act for long can ask whether the session that sent it still stands', async () => {
  const page = await signedIn(), { perform } = server.rooms, stood: (boolean | undefined)[] = [];
  server.rooms.perform = async (_user, _doc, _act, isSignedIn) => {
    stood.push(await isSignedIn?.());
    await page.request('DELETE', '/api/session');
    stood.push(await isSignedIn?.());
    return { ok: false, reason: 'signed-out' };
  };
  try {
    expect(await page.request('POST', 'documents/d/acts', writeAct({ v: 1, id: 'late', doc: 'd', t: 'closePaper', reason: '' }, 'ab'.repeat(16)))).toMatchObject({ status: 401, body: { refusal: 'signed-out' } });
  } finally {
    server.rooms.perform = perform;
  }
  expect(stood).toEqual([true, false]);
});

it('[Z4] a change that began to come in while its session stood is not made when the session has ended meanwhile', async () => {
  const page = await signedIn(), other = await signedIn();
  expect(await changeOver(page, async () => undefined)).toBe(400);
  expect(await changeOver(page, () => page.request('DELETE', '/api/session'))).toBe(401);
  expect(await changeOver(other, async () => undefined)).toBe(400);
});
