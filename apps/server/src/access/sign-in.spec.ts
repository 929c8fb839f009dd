import type { Request, Response } from 'express';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Account, AccountStore } from './account.store.ts';
import { ClientAddresses } from './client-address.ts';
import { FairQueue, type Place, QueueFull } from '../limits/fair-queue.ts';
import { KnownBrowsers } from './known-browsers.ts';
import { HASHING, type Passwords } from './passwords.ts';
import { RefusedError } from './refused.ts';
import type { Sessions } from './sessions.ts';
import { SignIn } from './sign-in.ts';
import { Tries } from './tries.ts';

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
function door() {
  const clock = new Clock(), tries = new Tries();
  tries.now = () => clock.now;
  tries.wait = (ms) => clock.wait(ms);
  let drawn = 0;
  const queue = new FairQueue(HASHING, () => (drawn = (drawn * 16807 + 11) % 2147483647) / 2147483647);
  const passwords = {
    matches: (password: string, hash: string | null, place: Place) => queue.run(place, async () => {
      await clock.wait(HASH_MS);
      return password === hash;
    }).catch((error: unknown) => { throw error instanceof QueueFull ? new RefusedError('busy') : error; }),
  } as unknown as Passwords;
  const accounts = { byUserName: async (name: string) => (name === ADA.userName ? ADA : null) } as unknown as AccountStore;
  const signIn = new SignIn(accounts, passwords, tries, new KnownBrowsers('key', () => false), new ClientAddresses(), undefined as unknown as Sessions);
  const ask = async (userName: string, password: string, address: string, cookie?: string): Promise<string> => {
    const request = { body: { userName, password }, query: {}, headers: { ...(cookie !== undefined && { cookie }) }, socket: { remoteAddress: address } } as unknown as Request;
    const response = { cookie: (name: string, value: string) => { jar = `${name}=${value}`; } } as unknown as Response;
    return signIn.byPassword(request, response).then(() => 'in', (error: RefusedError) => error.refusal);
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
  return { clock, ask, flood, longest, jar: () => jar };
}

it.each([[75, 4_000], [200, 10_000]])('[Z5] %i wrong tries in parallel at one name keep the right password from a new browser at the same address for less than %i ms', async (many, most) => {
  const { flood, longest } = door();
  flood(many, () => ADA.userName, '192.0.2.1');
  expect(await longest('192.0.2.1')).toBeLessThan(most);
}, 60_000);

it.each([[75, 4_000], [200, 10_000]])('[Z5] %i with invented names do so no longer', async (many, most) => {
  const { flood, longest } = door();
  flood(many, (n) => `nobody-${n}`, '192.0.2.1');
  expect(await longest('192.0.2.1')).toBeLessThan(most);
}, 60_000);

it('[Z5] from another address, and from a browser that knows the person, two seconds are not reached', async () => {
  const elsewhere = door();
  elsewhere.flood(200, () => ADA.userName, '192.0.2.1');
  expect(await elsewhere.longest('192.0.2.2')).toBeLessThan(2_000);
  const known = door();
  const came = known.ask(ADA.userName, RIGHT, '192.0.2.1');
  await known.clock.run(1_000);
  expect(await came).toBe('in');
  known.flood(200, () => ADA.userName, '192.0.2.1');
  expect(await known.longest('192.0.2.1', known.jar())).toBeLessThan(2_000);
}, 60_000);
