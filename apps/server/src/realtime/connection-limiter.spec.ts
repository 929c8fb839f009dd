import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientAddresses } from '../access/client-address.ts';
import { Address } from '../address.ts';
import { everyEventHasItsRow, EVENTS } from './events.ts';
import { ConnectionLimiter } from './connection-limiter.ts';
import { AT_MOST, LONGEST_MS, SlowReaders } from './slow-readers.ts';

const ORIGIN = 'http://localhost:3000';
const asked = (user: string | null, from = '192.0.2.1', origin: string | undefined = ORIGIN) =>
  ({ headers: { ...(origin && { origin }) }, socket: Object.assign(new EventEmitter(), { remoteAddress: from, bytesRead: 0 }), session: user === null ? {} : { user } }) as unknown as IncomingMessage;

class Connection extends EventEmitter {
  cutOff = false;
  readonly transport = { socket: Object.assign(new EventEmitter(), { bufferedAmount: 0, terminate: () => { this.cutOff = true; } }) };

  constructor(readonly request: IncomingMessage) { super(); }

  /** Bytes that are no whole message yet. */
  send(bytes: number): void {
    const socket = this.request.socket as unknown as EventEmitter & { bytesRead: number };
    socket.bytesRead += bytes;
    socket.emit('data', Buffer.alloc(0));
  }
}

let limiter: ConnectionLimiter;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const address = new Address();
  address.settle(ORIGIN);
  limiter = new ConnectionLimiter(address, new ClientAddresses(['10.0.0.1']));
});
afterEach(() => void vi.useRealTimers());
const seconds = (count: number) => vi.setSystemTime(Date.now() + count * 1_000);
const enter = (user: string | null): Connection => {
  const connection = new Connection(asked(user));
  limiter.count(connection as never);
  return connection;
};
const lets = (count: number, request: IncomingMessage) => Array.from({ length: count }, () => limiter.allows(request)).filter(Boolean).length;

describe('the connection limiter', () => {
  it('[G1] takes nothing from elsewhere', () => {
    for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, undefined]) expect(limiter.allows(asked('ana', '192.0.2.1', origin ?? ''))).toBe(false);
    expect(limiter.allows(asked('ana'))).toBe(true);
  });

  it('[G2] takes 600 strangers at once from one address, then 50 a second; another address is not touched, nor who is signed in at this one', () => {
    expect(lets(4_000, asked(null))).toBe(600);
    expect(lets(1_000, asked('ana'))).toBe(1_000);
    seconds(1);
    expect(lets(1_000, asked(null))).toBe(50);
    expect(limiter.allows(asked(null, '192.0.2.2'))).toBe(true);
  });

  it('[Z12] counts strangers for the address behind a trusted proxy, and for that of a proxy which nobody named', () => {
    const through = (proxy: string, forwarded: string) => Object.assign(asked(null, proxy), { headers: { origin: ORIGIN, 'x-forwarded-for': forwarded } });
    expect(lets(1_000, through('10.0.0.1', '192.0.2.7'))).toBe(600);
    expect(limiter.allows(through('10.0.0.1', '192.0.2.8'))).toBe(true);
    // What the client itself writes before the proxy's own word is not believed.
    expect(limiter.allows(through('10.0.0.1', '203.0.113.1, 192.0.2.7'))).toBe(false);
    expect(lets(1_000, through('10.0.0.2', '192.0.2.9'))).toBe(600);
    expect(limiter.allows(through('10.0.0.2', '192.0.2.10'))).toBe(false);
  });

  it('[G2] takes 1,200 of one user at once, from wherever, then 50 a second, and no more than 600 open', () => {
    expect(Array.from({ length: 2_000 }, (_, i) => limiter.allows(asked('ana', `192.0.2.${i % 200}`))).filter(Boolean)).toHaveLength(1_200);
    expect(limiter.allows(asked('bo'))).toBe(true);
    seconds(1);
    expect(lets(100, asked('ana'))).toBe(50);
    seconds(60);
    const open = Array.from({ length: 600 }, () => enter('ana'));
    expect([limiter.allows(asked('ana')), limiter.allows(asked('bo'))]).toEqual([false, true]);
    open[7]!.emit('close');
    expect(limiter.allows(asked('ana'))).toBe(true);
  });

  it('[G3] reads 64 KiB of who is not known, then nothing', () => {
    const stranger = enter(null);
    stranger.send(64 * 1024);
    expect(limiter.trafficOf(stranger as never).overdrawn).toBe(false);
    stranger.send(1);
    expect([limiter.trafficOf(stranger as never).overdrawn, stranger.cutOff]).toEqual([true, false]);
    stranger.send(64 * 1024);
    expect(stranger.cutOff).toBe(true);
  });

  it('[G6] counts bytes by socket: a huge paste in parts passes, a flood is told to wait, and who goes on is cut off', () => {
    const ana = enter('ana'), traffic = limiter.trafficOf(ana as never), part = 128 * 1024;
    for (let i = 0; i < 64; i++) ana.send(part);
    expect(traffic.overdrawn).toBe(false);
    for (let i = 0; i < 600; i++) {
      seconds(1);
      ana.send(part);
      expect(traffic.overdrawn).toBe(false);
    }
    seconds(60);
    for (let i = 0; i < 65; i++) ana.send(part);
    expect([traffic.overdrawn, ana.cutOff]).toEqual([true, false]);
    seconds(1);
    expect(traffic.overdrawn).toBe(false);
    for (let i = 0; i < 70; i++) ana.send(part);
    expect(ana.cutOff).toBe(true);
  });

  it('[G6] counts each message and each ping or pong for 512 bytes beside its own, however small: a flood of them ends', () => {
    for (const kind of ['packet', 'ping', 'pong'] as const) {
      const [stranger, ana] = [enter(null), enter(`ana ${kind}`)];
      const flood = (connection: Connection, count: number): void => { for (let i = 0; i < count; i++) (kind === 'packet' ? connection : connection.transport.socket).emit(kind, { data: '' }); };
      flood(stranger, 128);
      expect([kind, limiter.trafficOf(stranger as never).overdrawn, stranger.cutOff]).toEqual([kind, false, false]);
      flood(stranger, 129);
      expect([kind, stranger.cutOff]).toEqual([kind, true]);
      flood(ana, 16 * 1024);
      expect([kind, limiter.trafficOf(ana as never).overdrawn]).toEqual([kind, false]);
      // What an honest page does at its busiest.
      for (let second = 0; second < 60; second++) {
        seconds(1);
        flood(ana, 400);
        expect([kind, second, limiter.trafficOf(ana as never).overdrawn]).toEqual([kind, second, false]);
      }
      flood(ana, 40 * 1024);
      expect([kind, ana.cutOff]).toEqual([kind, true]);
    }
  });

  it('[G6] counts bytes by user, all sockets together; nobody else pays', () => {
    const sockets = Array.from({ length: 5 }, () => enter('ana')), bo = enter('bo');
    for (const socket of sockets) socket.send(7 * 1024 * 1024);
    expect(sockets.map((socket) => limiter.trafficOf(socket as never).overdrawn)).toEqual(Array(5).fill(true));
    // Whoever goes on with more sockets, none of which has sent much, is cut off too.
    const more = Array.from({ length: 5 }, () => enter('ana'));
    for (const socket of more) socket.send(7 * 1024 * 1024);
    expect(more.map(({ cutOff }) => cutOff)).toEqual([false, false, false, false, true]);
    expect(limiter.trafficOf(bo as never).overdrawn).toBe(false);
  });

  it('[G7] counts what is answered, by user', () => {
    const traffic = limiter.trafficOf(enter('ana') as never);
    const MIB = 1024 * 1024;
    traffic.answered(MIB, 'd');
    traffic.answered(127 * MIB, 'd');
    expect(traffic.mayBeAnswered()).toBe(true);
    traffic.answered(1, 'd');
    expect([traffic.mayBeAnswered(), limiter.trafficOf(enter('ana') as never).mayBeAnswered(), limiter.trafficOf(enter('bo') as never).mayBeAnswered()]).toEqual([false, false, true]);
    seconds(1);
    expect(traffic.mayBeAnswered()).toBe(true);
  });
});

describe('a document that others have filled', () => {
  it('[G7] does not cost who opens it what it holds, but who opens it again and again', () => {
    const MIB = 1024 * 1024, traffic = limiter.trafficOf(enter('ana') as never);
    for (let doc = 0; doc < 128; doc++) traffic.answered(30 * MIB, `d${doc}`);
    expect(traffic.mayBeAnswered()).toBe(true);
    seconds(30);
    for (let again = 0; again < 5; again++) traffic.answered(30 * MIB, 'd0');
    expect(traffic.mayBeAnswered()).toBe(false);
    seconds(60);
    for (let minute = 0; minute < 5; minute++) {
      traffic.answered(30 * MIB, 'd0');
      seconds(60);
    }
    expect(traffic.mayBeAnswered()).toBe(true);
  });
});

describe('slow readers', () => {
  const look = (readers: SlowReaders, held: number, now: number, allowed = 0) => readers.isTooSlow('ana', held, allowed, now);

  it('[G8] may hold back 4 MiB beyond what they asked for, and not a byte more', () => {
    const readers = new SlowReaders();
    expect([look(readers, AT_MOST, 0), look(readers, AT_MOST + 1, 0), look(readers, AT_MOST + 1, 0, 1)]).toEqual([false, true, false]);
  });

  it('[G8] may hold back anything for 30 s; a reader that takes it all now and then may go on for ever', () => {
    const readers = new SlowReaders();
    for (let second = 0; second <= LONGEST_MS / 1_000; second++) expect(look(readers, 100_000, second * 1_000)).toBe(false);
    expect(look(readers, 100_000, LONGEST_MS + 1)).toBe(true);
    readers.forget('ana');
    for (let second = 100; second < 1_000; second++) expect(look(readers, second % 29 === 0 ? 500 : 100_000, second * 1_000)).toBe(false);
  });
});

describe('the table of events', () => {
  it('[G4] has a row for each event that is handled, or the server does not start', () => {
    expect(() => everyEventHasItsRow(Object.keys(EVENTS))).not.toThrow();
    expect(() => everyEventHasItsRow([...Object.keys(EVENTS), 'erase', 'constructor'])).toThrow(/events\.ts: erase, constructor$/);
    const { schema, requires, bucket } = EVENTS.update;
    for (const row of [{ requires, bucket }, { schema, bucket }, { schema, requires }]) expect(() => everyEventHasItsRow(['update'], { update: row })).toThrow(/: update$/);
  });
});
