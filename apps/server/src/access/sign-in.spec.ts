import type { Request, Response } from 'express';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Account, AccountStore } from './account.store.ts';
import { ClientAddresses } from './client-address.ts';
import { FairQueue, type QueuePlace, QueueFull } from '../limits/fair-queue.ts';
import { TrustedDevices } from './trusted-devices.ts';
import { HASHING, type Passwords } from './passwords.ts';
import { RequestRefused } from './request-refused.ts';
import type { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { LoginThrottle } from './login-throttle.ts';

/** Time that moves when nothing else does: from one thing that is waited for to the next. */
class Clock {
  now = 0;
  private readonly due: { readonly at: number; readonly ring: () => void }[] = [];

  wait(ms: number): Promise<void> {
    return new Promise((ring) => { this.due.push({ at: this.now + ms, ring }); });
  }

  async run(until: number): Promise<void> {
    for (;;) {
      for (let settling = 0; settling < 3; settling++) await new Promise((resolve) => { setImmediate(resolve); });
      const next = this.due.reduce<(typeof this.due)[number] | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
      if (!next || next.at > until) return;
      this.due.splice(this.due.indexOf(next), 1);
      this.now = next.at;
      next.ring();
    }
  }
}

beforeAll(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterAll(() => { vi.restoreAllMocks(); });

const HASH_MS = 200;
const RIGHT = 'the right password of Ada';
const ADA = { id: 'u_ada', userName: 'ada-k3x7', displayName: 'Ada', passwordHash: RIGHT, disabledAt: null } as Account;

/** Signing in as it is, with hashing that takes a fifth of a second of the clock: twenty a second. */
function setup() {
  const clock = new Clock(), throttle = new LoginThrottle();
  throttle.now = () => clock.now;
  throttle.wait = (ms) => clock.wait(ms);
  /** Set: no hashing has room. Where each comparison waited. */
  const hashing = { full: false, places: [] as QueuePlace[] };
  let drawn = 0;
  const queue = new FairQueue(HASHING, () => (drawn = (drawn * 16807 + 11) % 2147483647) / 2147483647);
  const passwords = {
    matches: (password: string, hash: string | null, place: QueuePlace) => (hashing.places.push(place), hashing.full) ? Promise.reject(new RequestRefused('busy')) : queue.run(place, async () => {
      await clock.wait(HASH_MS);
      return password === hash;
    }).catch((error: unknown) => { throw error instanceof QueueFull ? new RequestRefused('busy') : error; }),
  } as unknown as Passwords;
  const accounts = { byUserName: async (name: string) => (name === ADA.userName ? ADA : null) } as unknown as AccountStore;
  const signIn = new SignIn(accounts, passwords, throttle, new TrustedDevices('key', () => false), new ClientAddresses(), undefined as unknown as Sessions);
  const ask = async (userName: string, password: string, address: string, cookie?: string): Promise<string> => {
    const request = { body: { userName, password }, query: {}, headers: { ...(cookie !== undefined && { cookie }) }, socket: { remoteAddress: address } } as unknown as Request;
    const response = { cookie: (name: string, value: string) => { jar = `${name}=${value}`; } } as unknown as Response;
    return signIn.byPassword(request, response).then(() => 'in', (error: RequestRefused) => error.refusal);
  };
  let jar = '';
  /** So many who try wrong passwords in parallel, each again a millisecond after its answer. */
  const flood = (many: number, name: (n: number) => string, address: string): void => {
    for (let n = 0; n < many; n++) void (async () => { for (;;) { await ask(name(n), 'a wrong password', address); await clock.wait(1); } })();
  };
  /** How long the right password takes to be let in, told once a second to come again where it was refused. */
  const letIn = async (address: string, cookie?: string): Promise<number> => {
    const began = clock.now;
    while (await ask(ADA.userName, RIGHT, address, cookie) !== 'in') await clock.wait(1_000);
    return clock.now - began;
  };
  /** The longest of several sign-ins, ten seconds apart, that begin when the others have gone on for a minute. */
  const longest = async (address: string, cookie?: string): Promise<number> => {
    const took: number[] = [];
    void (async () => {
      await clock.wait(60_000);
      for (let n = 0; n < 12; n++) { took.push(await letIn(address, cookie)); await clock.wait(10_000); }
    })();
    while (took.length < 12 && clock.now < 3_600_000) await clock.run(clock.now + 10_000);
    expect(took).toHaveLength(12);
    return Math.max(...took);
  };
  /** Asks so often, one after the other: what the last was answered, and how late. */
  const asked = async (times: number, ...tried: Parameters<typeof ask>): Promise<readonly [string, number]> => {
    let answered = '', took = 0;
    for (let n = 0; n < times; n++) {
      const began = clock.now, answer = ask(...tried).then((outcome) => { answered = outcome; took = clock.now - began; });
      await clock.run(began + 10_000);
      await answer;
    }
    return [answered, took];
  };
  return { clock, ask, asked, flood, longest, jar: () => jar, hashing };
}

it.each([[75, 4_000], [200, 10_000]])('[Z5] %i wrong attempts in parallel at one name keep the right password from a new browser at the same address for less than %i ms', async (many, most) => {
  const { flood, longest } = setup();
  flood(many, () => ADA.userName, '192.0.2.1');
  expect(await longest('192.0.2.1')).toBeLessThan(most);
}, 60_000);

it.each([[75, 4_000], [200, 10_000]])('[Z5] %i with invented names do so no longer', async (many, most) => {
  const { flood, longest } = setup();
  flood(many, (n) => `nobody-${n}`, '192.0.2.1');
  expect(await longest('192.0.2.1')).toBeLessThan(most);
}, 60_000);

it('[Z5] from another address, and from a browser that knows the person, two seconds are not reached', async () => {
  const elsewhere = setup();
  elsewhere.flood(200, () => ADA.userName, '192.0.2.1');
  expect(await elsewhere.longest('192.0.2.2')).toBeLessThan(2_000);
  const known = setup();
  const came = known.ask(ADA.userName, RIGHT, '192.0.2.1');
  await known.clock.run(1_000);
  expect(await came).toBe('in');
  known.flood(200, () => ADA.userName, '192.0.2.1');
  expect(await known.longest('192.0.2.1', known.jar())).toBeLessThan(2_000);
}, 60_000);

it('[Z5] what was wrong at a name elsewhere makes nobody wait, and what was wrong before a right one counts no more', async () => {
  const { asked } = setup();
  expect(await asked(9, ADA.userName, 'wrong', '192.0.2.1')).toEqual(['wrong-password', HASH_MS + 4_000]);
  expect(await asked(1, ADA.userName, 'wrong', '192.0.2.2')).toEqual(['wrong-password', HASH_MS]);
  expect(await asked(1, ADA.userName, RIGHT, '192.0.2.1')).toEqual(['in', HASH_MS]);
  expect(await asked(5, ADA.userName, 'wrong', '192.0.2.1')).toEqual(['wrong-password', HASH_MS]);
});

it('[Z5] however a name is written, its attempts are counted together', async () => {
  const { asked } = setup();
  for (const written of ['ada-k3x7', 'ADA-K3X7', ' Ada-k3x7', 'ａda-k3x7', 'ada-\u212A3x7']) await asked(1, written, 'wrong', '192.0.2.1');
  expect(await asked(1, 'Ada-K3x7', 'wrong', '192.0.2.1')).toEqual(['wrong-password', HASH_MS + 1_000]);
});

it('[Z5] [Z6] a browser that knows the person is counted for itself, whatever else came from its address, and waits in that person’s lane; one that knows another does not', async () => {
  const { asked, jar, hashing } = setup();
  await asked(1, ADA.userName, RIGHT, '192.0.2.1');
  const cookie = jar();
  for (let n = 0; n < 51; n++) await asked(1, `nobody-${n}`, 'wrong', '192.0.2.1');
  expect(await asked(1, ADA.userName, 'wrong', '192.0.2.1')).toEqual(['wrong-password', HASH_MS + 4_000]);
  expect(await asked(1, ADA.userName, 'wrong', '192.0.2.1', cookie)).toEqual(['wrong-password', HASH_MS]);
  expect(hashing.places.at(-1)).toEqual({ lane: ADA.userName, name: cookie.split(/[=.]/)[1], known: true });
  expect(await asked(5, ADA.userName, 'wrong', '192.0.2.1', cookie)).toEqual(['wrong-password', HASH_MS + 1_000]);
  for (const other of [cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), cookie.replace('=', '=x')]) await asked(1, ADA.userName, 'wrong', '192.0.2.1', other);
  await asked(1, 'nobody-1', 'wrong', '192.0.2.1', cookie);
  expect(hashing.places.slice(-3)).toEqual([ADA.userName, ADA.userName, 'nobody-1'].map((name) => ({ lane: '192.0.2.1', name, known: false })));
});

it('[Z5] a try that ends busy is answered as late as a wrong one would be, and counts as none', async () => {
  const { asked, hashing } = setup();
  await asked(6, ADA.userName, 'wrong', '192.0.2.1');
  hashing.full = true;
  expect(await asked(3, ADA.userName, RIGHT, '192.0.2.1')).toEqual(['busy', 1_000]);
  expect(await asked(1, ADA.userName, RIGHT, '192.0.2.2')).toEqual(['busy', 0]);
  hashing.full = false;
  expect(await asked(1, ADA.userName, 'wrong', '192.0.2.1')).toEqual(['wrong-password', HASH_MS + 2_000]);
});
