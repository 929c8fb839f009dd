import { request as rawRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageLike } from '../../../../test/support/browser-like.ts';
import { outerServer } from '../../../../test/support/outer-server.ts';

let server: Awaited<ReturnType<typeof outerServer>>, page: PageLike;
beforeAll(async () => {
  server = await outerServer({ PARLEY_DEMO: 'on' });
  page = new PageLike(server.url);
  const [{ user }] = (await page.request('POST', '/api/demo/accounts', { key: server.demo.beginFilling(), accounts: [{ userName: 'anna', displayName: 'Anna' }] })).body as unknown as [{ user: string }];
  server.rooms.establish({ user, role: 'head', delegation: 'a' });
  await page.enter(user);
});
afterAll(() => server.close());

interface Answer { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** A request with exactly this path and method, in Anna's name. */
function raw(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(server.url);
    const sent = rawRequest({ hostname, port, method, path, headers: { host, cookie: page.cookie!, 'x-parley-seat': page.user, ...headers }, agent: false });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      answer.once('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text }));
    });
    sent.end(body);
  });
}

describe('a path', () => {
  it.each(['//elsewhere.example/x', '///elsewhere.example', '/\\elsewhere.example', '\\\\elsewhere.example', '/\\/elsewhere.example', '//elsewhere.example/%2e%2e', '/%2f%2felsewhere.example', '/%5celsewhere.example', '/.//elsewhere.example', '/..//elsewhere.example/',
    '//user@elsewhere.example', '//elsewhere.example:80/', '//[::1]/x', 'http://elsewhere.example/x', 'HTTPS://elsewhere.example/x', 'https:/\\elsewhere.example', 'ftp://elsewhere.example/x', '//localhost@elsewhere.example', '/?//elsewhere.example', '/@elsewhere.example/x', '/x//elsewhere.example'])(
    '[Z27] leads nobody elsewhere, whatever stands in it: %s', async (path) => {
      const { port } = new URL(server.url), { status, headers } = await raw('GET', path, { host: `127.0.0.1:${port}` });
      expect([200, 302, 400, 404]).toContain(status);
      if (status !== 302) return;
      expect(headers.location!.startsWith(`${server.url}/`)).toBe(true);
      expect([new URL(headers.location!).origin, new URL(headers.location!, 'https://other.example').origin]).toEqual([server.url, server.url]);
    });

  it.each(['/API/session', '/Api/Session', '/api//session', '//api/session', '/api/./session', '/x/../api/session', '/api/session/', '/api/session;x=1', '/api/%73ession', '/%61pi/session', '/api\\session', '/api%2fsession', '/api/session%00', '/api/session?x=1', '/api/session%3fx', 'http://elsewhere.example/api/session'])(
    '[Z9] another way to write one shows nothing without its headers: %s', async (path) => {
      const { headers, body } = await raw('GET', path);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
      const { body: straight } = await raw('GET', '/api/session');
      if (body.includes('Anna')) expect(JSON.parse(body)).toEqual(JSON.parse(straight));
    });

  it.each(['/API/session/here', '/api/session/here/', '/api/session/here?x=1', '//api/session/here', '/api//session/here', '/x/../api/session/here', 'http://elsewhere.example/api/session/here'])(
    '[Z8] another way to write one lets nobody write from elsewhere: %s', async (path) => {
      for (const origin of [{}, { origin: 'https://elsewhere.example' }, { origin: 'http://elsewhere.example' }] as Readonly<Record<string, string>>[]) expect((await raw('POST', path, origin)).status).toBeGreaterThanOrEqual(400);
    });
});

describe('a method', () => {
  it.each(['OPTIONS', 'TRACE', 'PROPFIND', 'LINK', 'SEARCH', 'PURGE', 'PUT', 'PATCH'])('[Z8] that nothing is asked by does and says nothing: %s', async (method) => {
    for (const path of ['/', '/api/session', '/api/groups/g', '/api/groups/g/documents/d/acts', '/assets/none.js']) {
      for (const origin of [{}, { origin: server.url }, { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' }] as Readonly<Record<string, string>>[]) {
        const { status, headers, body } = await raw(method, path, { ...origin, 'x-secret': 'echo me' });
        expect([method, path, status >= 400 || (method === 'OPTIONS' && status < 300)]).toEqual([method, path, true]);
        expect(body).not.toContain('echo me');
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });

  it('[Z9] HEAD is answered as GET is, without the words', async () => {
    for (const path of ['/', '/api/session', '/api/groups/g', '/api/none', '/api/health']) {
      const [head, get] = [await raw('HEAD', path), await raw('GET', path)];
      const comparedOf = ({ headers: { 'content-security-policy': policy, 'cache-control': cache, 'content-type': type } }: Answer) => [String(policy).replace(/nonce-[^']+/g, ''), cache, type];
      expect([path, head.status, head.body, comparedOf(head)]).toEqual([path, get.status, '', comparedOf(get)]);
    }
  });

  it('[Z8] CONNECT, an upgrade to another path, and one to another protocol end the connection', async () => {
    const { hostname, port } = new URL(server.url);
    const answerTo = (lines: string): Promise<string> => new Promise((resolve) => {
      const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
      let received = '';
      socket.on('data', (chunk) => { received += chunk.toString('latin1'); });
      socket.on('error', () => undefined);
      socket.once('close', () => resolve(received));
      socket.write(lines);
    });
    const upgrade = (path: string, to = 'websocket'): string => `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${server.url}\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
    const lines = ['CONNECT elsewhere.example:80 HTTP/1.1\r\nHost: elsewhere.example:80\r\n\r\n', ...['/', '/api/session', '/wsx/?EIO=4&transport=websocket', '/socket.io/?EIO=4&transport=websocket', '//ws/?EIO=4&transport=websocket'].map((path) => upgrade(path)), upgrade('/ws/?EIO=4&transport=websocket', 'h2c')];
    for (const received of await Promise.all(lines.map(answerTo))) expect(received).not.toMatch(/^HTTP\/1\.1 (101|2)/);
  });
});

describe('a body', () => {
  const asJson = (more: Readonly<Record<string, string>>) => ({ origin: server.url, 'content-type': 'application/json', ...more });
  it.each(['gzip', 'x-gzip', 'br', 'zstd', 'deflate', 'compress', 'identity, identity', 'identity;q=1', 'gzip, identity', 'none', 'utf-8', '*'])('[Z15] with an encoding is not read: %s', async (encoding) => {
    for (const [method, path] of [['POST', '/api/session'], ['DELETE', '/api/session'], ['POST', '/API/session'], ['PATCH', '/api/none']] as const) {
      expect((await raw(method, path, asJson({ 'content-encoding': encoding }), '{}')).status).toBe(415);
    }
  });

  it('[Z15] that is said to be as it is, or comes in chunks, is read and measured like any other', async () => {
    const wrong = JSON.stringify({ userName: 'nobody', password: 'wrong' }), long = JSON.stringify({ userName: 'nobody', password: 'x'.repeat(70_000) });
    for (const more of [{}, { 'content-encoding': 'identity' }, { 'content-encoding': ' Identity ' }, { 'transfer-encoding': 'chunked' }] as Readonly<Record<string, string>>[]) {
      expect([(await raw('POST', '/api/session', asJson(more), wrong)).status, (await raw('POST', '/api/session', asJson(more), long)).status]).toEqual([401, 413]);
    }
  });

  it('[Z15] of a GET is not read, compressed or not', async () => {
    for (const more of [{}, { 'content-encoding': 'gzip' }] as Readonly<Record<string, string>>[]) {
      const { status, body } = await raw('GET', '/api/session', { ...asJson(more), 'content-length': '9' }, '{"a":bad}');
      expect([status >= 500, body.includes('at ')]).toEqual([false, false]);
    }
  });
});
