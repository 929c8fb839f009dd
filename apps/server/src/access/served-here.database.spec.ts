import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { nextEvent, PageLike } from '../../../../test/support/browser-like.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { outerServer } from '../../../../test/support/outer-server.ts';

const SEAT = `/api/groups/${GROUP}/seat`;
let server: Awaited<ReturnType<typeof outerServer>>, page: PageLike;
beforeAll(async () => {
  server = await outerServer({ PARLEY_DEMO: 'on' });
  page = new PageLike(server.url);
  const { body } = await page.request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts: [{ userName: 'anna', displayName: 'Anna' }] });
  const [{ user }] = body as unknown as [{ user: string }];
  server.rooms.establish({ user, role: 'head', delegation: 'a' });
  await page.enter(user);
});
afterAll(() => server.close());
afterEach(() => {
  server.rooms.serves = true;
  server.rooms.hold = async () => server.rooms.serves;
});

it('[H60] [H61] what is asked of a group that another process has is refused, with when to come again; what says nothing of a group is answered', async () => {
  server.rooms.serves = false;
  const { status, headers, body } = await page.request('GET', SEAT);
  expect([status, headers.get('retry-after'), body['refusal']]).toEqual([503, '1', 'elsewhere']);
  for (const [method, path] of [['GET', '/api/health'], ['GET', '/api/session'], ['POST', '/api/session/here']] as const) expect([path, (await page.request(method, path)).status < 300]).toEqual([path, true]);
});

it('[H61] [Z30] it is taken for nobody who has no place in it: he is answered as if there were no such group', async () => {
  let asked = 0;
  server.rooms.serves = false;
  server.rooms.hold = async () => { asked += 1; return false; };
  const bo = new PageLike(server.url), [{ user }] = (await bo.request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts: [{ userName: 'bo', displayName: 'Bo' }] })).body as unknown as [{ user: string }];
  await bo.enter(user);
  for (const group of [GROUP, 'no-such-group']) {
    expect(await bo.request('GET', `/api/groups/${group}`)).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    await expect(bo.connected({ group })).rejects.toMatchObject({ data: { refusal: 'not-found' } });
  }
  expect(asked).toBe(0);
});

it('[H61] it is answered as soon as this process has the group', async () => {
  server.rooms.serves = false;
  server.rooms.hold = async () => (server.rooms.serves = true);
  expect((await page.request('GET', SEAT)).status).toBe(200);
});

it('[H60] what was read while the group became another’s is not told; what was changed is', async () => {
  const { actorOf } = server.rooms;
  server.rooms.actorOf = () => { server.rooms.serves = false; return null; };
  expect((await page.request('GET', SEAT)).body).toMatchObject({ refusal: 'elsewhere' });
  expect(server.rooms.serves).toBe(false);
  server.rooms.actorOf = actorOf;
});

it('[H60] a socket’s requests are refused likewise, and a new one is not let in, but comes again by itself', async () => {
  const socket = await page.connected(), here = nextEvent(socket, 'presence');
  expect(await socket.emitWithAck('join', { doc: 'd1', have: {} })).toMatchObject({ ok: true });
  await here;
  server.rooms.serves = false;
  expect(await socket.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.from([1]) })).toEqual({ ok: false, reason: 'elsewhere' });
  expect(await socket.emitWithAck('join', { doc: 'd1', have: {} })).toEqual({ ok: false, reason: 'elsewhere' });
  const next = page.socket({ reconnection: true });
  await new Promise((resolve) => next.io.once('reconnect_attempt', resolve));
  expect([next.connected, next.active]).toEqual([false, true]);
  server.rooms.serves = true;
  await nextEvent(next, 'connect');
  next.close();
  socket.close();
});
