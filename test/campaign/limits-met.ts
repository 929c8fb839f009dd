import { EventEmitter } from 'node:events';
import { PROTOCOL_VERSION, SCHEMA_VERSION } from '@parley/protocol';
import { type UpdateRule, textAt } from '@parley/text';
import * as Y from 'yjs';
import { ClientAddresses } from '../../apps/server/src/access/client-address.ts';
import { Address } from '../../apps/server/src/address.ts';
import { ConnectionLimiter } from '../../apps/server/src/realtime/connection-limiter.ts';
import { Handshakes } from '../../apps/server/src/realtime/handshake.ts';
import { Outgoing } from '../../apps/server/src/realtime/outgoing.ts';
import { PresenceBoard } from '../../apps/server/src/realtime/presence-board.ts';
import { Requests } from '../../apps/server/src/realtime/requests.ts';
import type { SocketSession } from '../../apps/server/src/realtime/socket-session.ts';
import { type Rules, RULES } from '../../apps/server/src/commit/rules.ts';
import { validatorWithout } from '../../libs/text/test-support/validator-without.ts';
import { bytes, type Forged, items } from '../../libs/text/test-support/forge.ts';
import type { RoomsFixture, Client } from '../support/rooms-fixture.ts';
import type { Findings } from './row.ts';

/** The rules of the validator that bound what one member can ask of it, by the name under which the harness leaves them out. */
const BY_THE_VALIDATOR: Readonly<Record<string, UpdateRule>> = { 'bytes-of-an-update': 'D2', 'structs-of-an-update': 'D8', 'work-of-an-update': 'D22', 'room-of-one': 'D20' };

export const LIMIT_RULES = {
  'bytes-of-an-update': 'the validator takes updates of any size',
  'structs-of-an-update': 'the validator takes updates of any number of structs',
  'work-of-an-update': 'the validator looks as long as it takes for where something stands',
  'room-of-one': 'a room is never full, for nobody',
  'asks-at-once': 'a socket asks as often as it likes',
  'asks-under-way': 'a socket has as many requests under way as it likes',
  'bytes-of-a-socket': 'what a socket sends is not counted',
  'bytes-of-answers': 'what joins are answered is not counted',
};

/** The rules of a session without the one that is left out. */
export function rulesWithout(sabotage: string | null): Rules {
  const rule = sabotage === null ? undefined : BY_THE_VALIDATOR[sabotage];
  return rule === undefined ? RULES : { ...RULES, validate: validatorWithout(rule) };
}

/** The server's end of one socket of a member, with everything between the network and the rooms. */
class MemberSocket {
  private constructor(private readonly requests: Requests, private readonly socket: { readonly conn: { readonly request: { readonly socket: EventEmitter & { bytesRead: number } } }; readonly data: SocketSession }) {}

  static async open(fixture: RoomsFixture, limiter: ConnectionLimiter, user: string, sabotage: string | null): Promise<MemberSocket> {
    const request = { headers: {}, socket: Object.assign(new EventEmitter(), { bytesRead: 0 }), session: { user, expiresAt: Infinity }, sessionID: 's' }, held = { writeBuffer: [], transport: { socket: Object.assign(new EventEmitter(), { bufferedAmount: 0, terminate: () => undefined }) } };
    const conn = Object.assign(new EventEmitter(), held, { request }), handshake = { query: { group: fixture.group.id }, auth: { seat: user, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION } };
    limiter.count(conn as never);
    const places = { enter: async () => fixture.group };
    const data = await new Handshakes(places as never, {} as never, limiter).sessionOf({ request, conn, handshake } as never), free = { ...data.traffic, overdrawn: false };
    if (sabotage === 'asks-at-once') Object.assign(data.buckets, { asking: { take: () => true } });
    if (sabotage === 'asks-under-way') Object.defineProperty(data, 'underWay', { get: () => 0, set: () => undefined });
    if (sabotage === 'bytes-of-a-socket') Object.assign(data, { traffic: free });
    if (sabotage === 'bytes-of-answers') Object.assign(data, { traffic: { ...free, mayBeAnswered: () => true } });
    return new MemberSocket(new Requests(new PresenceBoard(), new Outgoing()), { ...{ id: user, connected: true, join: () => undefined, leave: () => undefined }, conn, data } as never);
  }

  receives(size: number): void {
    const { socket } = this.socket.conn.request;
    socket.bytesRead += size;
    socket.emit('data');
  }

  ask(event: string, payload: unknown): Promise<string> {
    return new Promise((resolve) => void this.requests.answer(this.socket as never, event, payload, (outcome) => resolve((outcome as { reason?: string }).reason ?? 'ok')));
  }
}

/** What goes beyond each limit of the validator, and what it is told. `scattered`: the paragraph that a member has filled with scattered letters. */
function beyondTheLimits(doc: Y.Doc, scattered: string): Readonly<Record<string, { readonly update: Uint8Array; readonly answers: string }>> {
  const text = textAt(doc, scattered, 'en:text')!, parent = text._item!.id, fresh = 3_100_000_000;
  // In front of all others, where nothing has to be looked for: too many it is, and nothing else.
  const long = Array.from({ length: 2_501 }, (_, i): Forged => ({ client: fresh, right: text._start!.id, ...(i > 0 && { origin: Y.createID(fresh, i - 1) }) }));
  return {
    'bytes-of-an-update': { update: bytes(items([{ client: fresh, parent, content: new Y.ContentString('w'.repeat(300_000)) }])), answers: 'too-large' },
    'structs-of-an-update': { update: bytes(items(long)), answers: 'too-long' },
    // Each may stand anywhere among what was scattered.
    'work-of-an-update': { update: bytes(Array.from({ length: 40 }, (_, i) => items([{ client: fresh - i, parent }])).flat()), answers: 'too-long' },
  };
}

interface Wanted { readonly doc: string; readonly room: 'working'; readonly scattered: string; readonly sabotage: string | null }

/** Goes beyond every limit that a member meets, once, and looks whether it is there; beyond one alone, when that one is left out. */
export async function meetLimits(fixture: RoomsFixture, heavy: Client, findings: Findings, { doc, room, scattered, sabotage }: Wanted): Promise<void> {
  const limiter = new ConnectionLimiter(new Address(), new ClientAddresses([])), line = (): Promise<MemberSocket> => MemberSocket.open(fixture, limiter, heavy.user, sabotage), join = { doc, have: {} };
  const probes: Readonly<Record<string, () => Promise<readonly string[]>>> = {
    'asks-under-way': async () => { const one = await line(); return Promise.all(Array.from({ length: 200 }, () => one.ask('join', join))); },
    'asks-at-once': async () => { const one = await line(); return inTurn(2_000, () => one.ask('leave', { doc })); },
    'bytes-of-a-socket': async () => { const one = await line(); for (let i = 0; i < 9; i++) one.receives(1024 * 1024); return [await one.ask('leave', { doc })]; },
    'bytes-of-answers': async () => (await Promise.all(Array.from({ length: 4 }, async () => { const one = await line(); return inTurn(200, () => one.ask('join', join)); }))).flat(),
  };
  const isWanted = (limit: string): boolean => sabotage === null || !(sabotage in LIMIT_RULES) || sabotage === limit;
  const met = (limit: string, answers: string, wanted: string): void => {
    findings.tried += 1;
    findings.check(answers === wanted, () => `beyond ${limit} the member was told ${answers}, not ${wanted}`);
  };
  for (const [limit, { update, answers }] of Object.entries(beyondTheLimits(heavy.room(room), scattered)).filter(([name]) => isWanted(name))) {
    const answer = await heavy.send(room, update);
    met(limit, answer.ok ? 'ok' : answer.reason, answers);
  }
  for (const [limit, probe] of Object.entries(probes).filter(([name]) => isWanted(name))) {
    const answers = await whileTimeStands(probe);
    met(limit, answers.includes('busy') ? 'busy' : answers.at(-1)!, 'busy');
  }
}

/** What is allowed anew each second would be met later on a slow machine, or never: meanwhile no second passes. */
async function whileTimeStands<T>(work: () => Promise<T>): Promise<T> {
  const machines = Date.now, at = machines();
  Date.now = () => at;
  try {
    return await work();
  } finally {
    Date.now = machines;
  }
}

/** Asks one time after the other, until told to wait. */
async function inTurn(most: number, ask: () => Promise<string>): Promise<string[]> {
  const answers: string[] = [];
  while (answers.length < most && answers.at(-1) !== 'busy') answers.push(await ask());
  return answers;
}
