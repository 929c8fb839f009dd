import { describe, expect, it } from 'vitest';
import { addressOf, BadConfig, readConfig } from './config.ts';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as BadConfig).faults;
  }
};

describe('settings', () => {
  it('needs none', () => {
    expect(readConfig({})).toEqual({
      port: 3000, host: '127.0.0.1', publicUrl: null, data: './.data', databaseUrl: null, databaseOwnerUrl: null, demo: true, insecureHttp: false, wakeAfterMs: 86_400_000, trustedProxies: [], sessionKey: null,
    });
  });

  it('takes an empty value for none', () => expect(readConfig({ PORT: '', PUBLIC_URL: ' ', DATABASE_URL: '' })).toEqual(readConfig({})));

  it('has no demo on a database of one’s own, unless asked for', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://db/parley' })).toMatchObject({ demo: false, host: null });
    expect(readConfig({ DATABASE_URL: 'postgresql://db/parley', PARLEY_DEMO: 'on' })).toMatchObject({ demo: true, host: '127.0.0.1' });
  });

  it('listens everywhere without the demo, and where it is told with it', () => {
    expect(readConfig({ PARLEY_DEMO: 'off' }).host).toBeNull();
    expect(readConfig({ HOST: '0.0.0.0' })).toMatchObject({ host: '0.0.0.0', demo: true });
  });

  it.each([
    ['PORT', 'abc'], ['PORT', '65536'], ['PORT', '-1'], ['PORT', '3000.5'],
    ['HOST', 'http://a'], ['HOST', 'a b'],
    ['PUBLIC_URL', 'parley.example'], ['PUBLIC_URL', 'https://parley.example/path'], ['PUBLIC_URL', 'ftp://parley.example'], ['PUBLIC_URL', 'https://u:p@parley.example'],
    ['DATABASE_URL', 'mysql://db/parley'], ['DATABASE_URL', 'parley'], ['DATABASE_OWNER_URL', 'postgres://db/parley'],
    ['PARLEY_DEMO', 'yes'], ['INSECURE_HTTP', '1'], ['SESSION_KEY', 'short'],
    ['TRUSTED_PROXIES', 'proxy.example'], ['TRUSTED_PROXIES', '10.0.0.0/33'], ['TRUSTED_PROXIES', '0.0.0.0/0'], ['TRUSTED_PROXIES', '::/0'], ['TRUSTED_PROXIES', '10.0.0.1 10.0.0.2'], ['TRUSTED_PROXIES', '1'],
    ['WAKE_AFTER_HOURS', '0'], ['WAKE_AFTER_HOURS', '0.5'], ['WAKE_AFTER_HOURS', 'day'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it('names every bad one in one message, and no value of a secret', () => {
    const bad = { PORT: 'x', HOST: '/', PUBLIC_URL: 'x', DATABASE_URL: 'mysql://u:hunter2@db', PARLEY_DEMO: 'x', INSECURE_HTTP: 'x', SESSION_KEY: 'hunter2' };
    const message = (() => { try { readConfig(bad); return ''; } catch (error) { return (error as Error).message; } })();
    for (const name of Object.keys(bad)) expect(message).toContain(`${name}:`);
    expect(message).not.toContain('hunter2');
  });

  it('[Z12] takes proxies by address, range and word', () => {
    expect(readConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,uniquelocal, ::1' }).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'uniquelocal', '::1']);
  });

  it('refuses plain http on another host unless told', () => {
    expect(faultsOf({ PUBLIC_URL: 'http://parley.example' })).toEqual([expect.stringContaining('INSECURE_HTTP')]);
    expect(faultsOf({ HOST: '192.0.2.7' })).toEqual([expect.stringMatching(/^HOST: .*INSECURE_HTTP/)]);
    expect(readConfig({ PUBLIC_URL: 'http://parley.example', INSECURE_HTTP: 'on' }).publicUrl).toBe('http://parley.example');
    expect(faultsOf({ PUBLIC_URL: 'https://parley.example', HOST: '192.0.2.7' })).toEqual([]);
    for (const url of ['http://localhost:3000', 'http://127.0.0.1:80', 'http://[::1]:3000']) expect(faultsOf({ PUBLIC_URL: url })).toEqual([]);
  });
});

describe('the address', () => {
  it.each([
    [{}, 'http://localhost:3000'],
    [{ PORT: '80' }, 'http://localhost'],
    [{ HOST: '0.0.0.0' }, 'http://localhost:3000'],
    [{ HOST: '::1' }, 'http://localhost:3000'],
    [{ HOST: '192.0.2.7', INSECURE_HTTP: 'on' }, 'http://192.0.2.7:3000'],
    [{ HOST: '2001:db8::7', INSECURE_HTTP: 'on' }, 'http://[2001:db8::7]:3000'],
    [{ PUBLIC_URL: 'https://Parley.example/' }, 'https://parley.example'],
  ])('of %j is %s', (environment: Record<string, string>, address) => {
    const config = readConfig(environment);
    expect(addressOf(config, config.port)).toBe(address);
  });
});
