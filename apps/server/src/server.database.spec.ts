import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, get, request, Server } from 'node:http';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PASSWORD } from '../../../test/support/cast.ts';
import { PageLike } from '../../../test/support/browser-like.ts';
import { temporaryFolder } from '../../../test/support/folders.ts';
import { outerServer } from '../../../test/support/outer-server.ts';
import { GuessEstimateHere } from './access/guess-estimate.ts';
import { readConfig } from './config.ts';
import { type RunningServer, startServer } from './server.ts';

const group = { name: 'Working group', delegations: [{ code: 'A', name: 'Azure' }, { code: 'O', name: 'Ochre' }] };

describe('a server with a database of its own', () => {
  const data = temporaryFolder();
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', PARLEY_DATA: data, PARLEY_DEMO: 'off' });
  let server: RunningServer;
  const notices: string[] = [];
  beforeAll(async () => { server = await startServer(config, { say: (line) => notices.push(line), guesses: new GuessEstimateHere() }); });
  afterAll(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** The folder really used, when the database's account cannot reach the one that was asked for. */
  const folder = () => notices.map((line) => /the database is in (\S+)/.exec(line)?.[1]).find((place) => place !== undefined) ?? data;

  it('is alive, and wants to be set up', async () => {
    const page = new PageLike(server.url);
    expect((await page.request('GET', '/api/health')).body).toEqual({ ok: true });
    expect((await page.request('GET', '/api/session')).body).toMatchObject({ setUpNeeded: true });
  });

  it('keeps its key where nobody else reads it', () => {
    const file = path.join(folder(), 'session-key');
    expect(readFileSync(file, 'utf8').trim()).toHaveLength(43);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is refused a second time on the same data', async () => {
    await expect(startServer(config)).rejects.toThrow(new RegExp(`in use by the process ${process.pid}`));
  });

  it('brings its database up again when it was killed', async () => {
    const page = new PageLike(server.url);
    const postmaster = Number(readFileSync(path.join(folder(), 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(postmaster, 'SIGKILL');
    const well = async () => (await page.request('GET', '/api/health')).status === 200;
    // It may be back before anybody looked.
    await expect.poll(well, { timeout: 1_000, interval: 5 }).toBe(false).catch(() => undefined);
    await expect.poll(well, { timeout: 20_000 }).toBe(true);
  });

  it('is found again as it was left: account, group, session', async () => {
    const page = new PageLike(server.url);
    const done = await page.request('POST', '/api/setup', { userName: 'ada', displayName: 'Ada', password: PASSWORD, token: server.setUpToken, group });
    expect(done.body).toEqual({ userName: 'ada', recoveryCode: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) });
    expect((await page.request('GET', '/api/session')).body).toMatchObject({ administrator: true, places: [{ role: 'administrator', name: group.name }], setUpNeeded: false });
    await server.close();
    server = await startServer(config, { say: (line) => notices.push(line), guesses: new GuessEstimateHere() });
    expect(server.setUpToken).toBeNull();
    const again = new PageLike(server.url);
    again.cookie = page.cookie;
    expect((await again.request('GET', '/api/session')).body).toMatchObject({ person: { name: 'Ada' }, places: [{ role: 'administrator' }], setUpNeeded: false });
  });

  it('stops at once, whoever is connected, and gives up its folder', async () => {
    const page = new PageLike(server.url);
    await page.signIn('ada', PASSWORD);
    const socket = await page.connected();
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) => get(new URL('/api/health', server.url), { agent }, (response) => response.resume().on('end', resolve)));
    // Who is cut off only because stopping took too long would be so here: nobody is.
    const cut = vi.spyOn(Server.prototype, 'closeAllConnections').mockReturnValue();
    await server.close();
    cut.mockRestore();
    await expect.poll(() => socket.connected).toBe(false);
    await expect(fetch(server.url)).rejects.toThrow();
    agent.destroy();
    server = await startServer(config);
  });
});

describe('the pages', () => {
  let server: Awaited<ReturnType<typeof outerServer>>;
  const web = temporaryFolder();
  beforeAll(async () => {
    mkdirSync(path.join(web, 'assets'));
    writeFileSync(path.join(web, 'index.html'), '<!doctype html><html><head><meta property="csp-nonce" nonce="{{nonce}}"><title>Parley</title></head></html>');
    writeFileSync(path.join(web, 'assets/index-AbC123.js'), 'export {};');
    writeFileSync(path.join(web, 'assets/index-AbC123.js.br'), brotliCompressSync('export {};'));
    writeFileSync(path.join(web, 'assets/index-AbC123.js.gz'), gzipSync('export {};'));
    writeFileSync(path.join(web, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    server = await outerServer({}, [], web);
  });
  afterAll(async () => {
    await server.close();
    rmSync(web, { recursive: true, force: true });
  });
  const fetched = (route: string, headers = {}) => fetch(new URL(route, server.url), { redirect: 'manual', headers });

  it.each(['/', '/documents/understanding', '/people', '/index.html/'])('are one page, at %s, never from a cache', async (route) => {
    const response = await fetched(route);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('<title>Parley</title>');
  });

  it('carry the nonce of their policy, another each time', async () => {
    const nonces = await Promise.all([1, 2].map(async () => {
      const response = await fetched('/');
      const nonce = /nonce="([^"]+)"/.exec(await response.text())![1]!;
      expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      return nonce;
    }));
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('load files for ever when their name says which, and look again when not', async () => {
    expect((await fetched('/assets/index-AbC123.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetched('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each([['gzip, deflate, br', 'br'], ['gzip, deflate', 'gzip'], ['identity', null], ['br;q=0, gzip;q=0', null]])('come compressed, as they were built, to whoever takes them so: %s', async (takes, encoding) => {
    const response = await fetched('/assets/index-AbC123.js', { 'accept-encoding': takes });
    expect([response.headers.get('content-encoding'), response.headers.get('vary'), response.headers.get('cache-control')]).toEqual([encoding, 'Accept-Encoding', 'public, max-age=31536000, immutable']);
    expect(response.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
    expect(await response.text()).toBe('export {};');
    const page = await fetched('/', { 'accept-encoding': takes });
    expect([page.headers.get('content-encoding'), (await page.text()).includes('{{nonce}}')]).toEqual([null, false]);
  });

  it.each(['/assets/gone.js', '/api/gone', '/.env', '/assets/..%2f..%2fpackage.json', '/assets/../../../package.json'])('are not what is missing: %s', async (route) => {
    const response = await fetched(route);
    expect([400, 403, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('"name"');
  });

  it('send who came by another name of this machine to the one that works', async () => {
    const { port } = new URL(server.url);
    const response = await fetch(`http://127.0.0.1:${port}/documents/x?y=1`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${server.url}/documents/x?y=1`);
  });

  it.each(['//elsewhere.example/x', '///elsewhere.example/x', '/\\elsewhere.example/x', '//elsewhere.example:80/%2f', 'http://elsewhere.example/x', '//user@elsewhere.example/x'])('send nobody elsewhere: %s', async (target) => {
    const { port } = new URL(server.url);
    // Past fetch, which would tidy the path.
    const location = await new Promise<string>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: target, headers: { host: `127.0.0.1:${port}` } }, (response) => { response.resume(); resolve(response.headers.location ?? `no redirect: ${response.statusCode}`); }).on('error', reject).end();
    });
    expect(location.startsWith(`${server.url}/`) && new URL(location).origin === server.url, location).toBe(true);
  });
});

describe('at an address that is not its own', () => {
  it.each([
    ['https, behind a proxy', { PUBLIC_URL: 'https://parley.test' }, /^__Host-sid=[^;]+;.* HttpOnly; Secure; SameSite=Strict$/, 'wss://parley.test'],
    ['plain http, because it was asked for', { PUBLIC_URL: 'http://parley.test', INSECURE_HTTP: 'on' }, /^sid=[^;]+;.* HttpOnly; SameSite=Strict$/, 'ws://parley.test'],
  ])('it takes that one only: %s', async (_case, settings: Record<string, string>, cookie, sockets) => {
    const server = await outerServer({ PARLEY_DEMO: 'on', ...settings });
    const page = new PageLike(`http://127.0.0.1:${server.port}`);
    const body = { key: server.demo.beginFilling(), accounts: [{ userName: 'ada', displayName: 'Ada' }] };
    expect((await page.request('POST', '/api/demo/accounts', body)).body).toMatchObject({ refusal: 'bad-origin' });
    const origin = server.url;
    const [{ user }] = (await page.request('POST', '/api/demo/accounts', body, { origin })).body as unknown as [{ user: string }];
    const { headers } = await page.request('POST', '/api/session/demo', { user }, { origin });
    expect(headers.get('set-cookie')).toMatch(cookie);
    expect(headers.get('content-security-policy')).toContain(`connect-src 'self' ${sockets};`);
    expect(headers.has('strict-transport-security')).toBe(origin.startsWith('https'));
    await server.close();
  });
});
