import { setTimeout as pause } from 'node:timers/promises';
import type { Joined, UpdateAnswer } from '@parley/protocol';
import { type DocumentClient, socketWire } from '@parley/sync';
import { plainSlot, readText, writeEdits } from '@parley/text';
import type { Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { asked } from '../support/person.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { Claims, CLAIM_RULES } from './claims.ts';
import { Transcript } from './copies.ts';
import { compareWork } from './everybody.ts';
import { Forger } from './forger.ts';
import { ofOthers, recordedWire } from './recorded-wire.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { atSite, type Site } from './site.ts';
import { type TypingSeat, RandomTypist, TypedWords } from './words.ts';
import * as Y from 'yjs';

const PACKETS: Readonly<Record<Size, number>> = { small: 400, usual: 8_000, long: 500_000 };
/** What the honest member may have to wait for one saved letter during the flood; in the small form, where no time is measured, how long is waited for it. */
const SAVED_WITHIN: Readonly<Record<Size, number>> = { small: 30_000, usual: 5_000, long: 5_000 };
const FORGERIES = 25;
/** The attacker's letters: none of them becomes one of somebody else's when a byte of it is changed. */
const FOREIGN = 6_000;
const PAPER = ['One.', 'Two.', 'Three.'].map((words, i) => ({ id: `p${i}`, kind: 'paragraph' as const, label: `${i + 1}`, level: 0, slots: { 'en:text': plainSlot(words) } }));
/** What a server says when one of its own parts threw. */
const BROKEN = /uncaught exception|unhandled rejection|"server-error"|socket request failed/;

/** The websocket below a socket.io socket. */
interface Below { readonly io: { readonly engine: { readonly transport: { readonly ws: { readonly readyState: number; send(data: Uint8Array | string): void } } } } }

const EVENTS = ['join', 'update', 'presence', 'leave', 'commit', 'closing', 'connect', 'disconnecting', 'error', 'newListener', '__proto__', 'constructor', ''];

/** Packets that no client of ours would send: garbage, half of something, much of something, and well-formed nonsense. */
class PacketFlood {
  constructor(private readonly random: () => number, private readonly doc: string) {}

  /** Some packets for one connection. Garbage ends it, so there are few of those; nonsense it must live through. Gives how many. */
  send(socket: Socket): number {
    const { ws } = (socket as unknown as Below).io.engine.transport, garbage = this.random() < 0.3, count = garbage ? 1 + this.below(3) : 40;
    for (let i = 0; i < count; i++) {
      if (ws.readyState !== 1) return i;
      if (garbage) ws.send(this.garbage());
      else ws.send(this.nonsense());
    }
    return count;
  }

  private garbage(): Uint8Array | string {
    const dice = this.random();
    if (dice < 0.35) return this.bytes(1 + this.below(300));
    if (dice < 0.55) return String.fromCharCode(...Array.from({ length: 1 + this.below(40) }, () => 32 + this.below(90)));
    if (dice < 0.75) return `${this.below(8)}${this.random() < 0.5 ? '' : '{"sid":"x","upgrades":[],"pingInterval":1}'}`;
    if (dice < 0.97) return Uint8Array.from([0x84, 0xa4, ...Buffer.from('type'), this.below(256), ...this.bytes(this.below(60))]);
    return new Uint8Array(1_200_000);
  }

  /** An event as socket.io's own client writes it, with what no client of ours would ask. */
  private nonsense(): Uint8Array {
    const event = this.some(EVENTS.slice(0, this.random() < 0.8 ? 4 : undefined));
    const args = this.random() < 0.85 ? [this.request()] : Array.from({ length: this.below(4) }, () => this.value(0));
    const [packet] = new parser.Encoder().encode({ type: 2, nsp: '/', data: [event, ...args], ...(this.random() < 0.7 && { id: this.below(1_000) }) }) as unknown as Uint8Array[];
    return packet!;
  }

  /** Some of what requests carry: now and then just what one of them must, so that it is not turned away by its form. */
  private request(): unknown {
    const fields = {
      doc: this.random() < 0.7 ? this.doc : this.value(1), room: this.random() < 0.7 ? this.some(['working', 'common', 'position:chair', 'private:x:y', '__proto__']) : this.value(1),
      update: this.random() < 0.7 ? this.bytes(this.below(200)) : this.value(1), have: this.random() < 0.5 ? { working: this.bytes(this.below(40)) } : this.value(0), caret: this.value(0),
    };
    return Object.fromEntries(Object.entries(fields).filter(([name]) => this.random() < (name === 'doc' ? 0.9 : 0.4)));
  }

  private value(depth: number): unknown {
    return this.some<() => unknown>([
      () => null, () => undefined, () => Number.NaN, () => -1, () => 2 ** 60, () => 'x'.repeat(this.below(2_000)), () => '\ud800', () => true, () => this.bytes(this.below(50)), () => new Date(0), () => [],
      () => (depth > 5 ? {} : [this.value(depth + 1), this.value(depth + 1)]), () => (depth > 5 ? {} : { [this.some(['doc', '__proto__', 'toString', 'have', '0'])]: this.value(depth + 1) }),
    ])();
  }

  private bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  private some<T>(from: readonly T[]): T { return from[this.below(from.length)]!; }

  private below(n: number): number { return Math.floor(this.random() * n); }
}

/** Where the honest member types: the attacker, who is a member, may have removed any of them. */
function placeFor(honest: DocumentClient, random: () => number): string {
  if (honest.text('working').list.length === 0) honest.edit([{ do: 'add', provision: { ...PAPER[0]!, id: `home${Math.floor(random() * 1e9)}` }, after: null }]);
  return honest.text('working').list[0]!;
}

/** Updates as an attacker would send them, in well-formed requests, one after the other. What passes is the attacker's to say. Gives how many. */
async function forge(socket: Socket, doc: string, random: () => number, findings: Findings): Promise<number> {
  const joined = await asked<Joined>(socket, 'join', { doc, have: {} }).catch(() => null), state = joined?.rooms?.working;
  if (!state) return 0;
  const paper = new Y.Doc();
  for (const update of state.updates) Y.applyUpdate(paper, update);
  const seat: TypingSeat = { ownRoom: 'working', doc: () => paper, text: () => readText(paper), edit: (edits) => writeEdits(paper, edits, random, 'me') };
  const typist = new RandomTypist(new TypedWords(FOREIGN), '', random);
  let sent = 0;
  for (; sent < FORGERIES && socket.connected; sent++) {
    typist.work(seat);
    const update = new Forger(random, paper).forge(Y.encodeStateAsUpdate(paper, state.vector));
    const answer = await asked<UpdateAnswer>(socket, 'update', { doc, room: 'working', update: Buffer.from(update) }).catch(() => null);
    findings.count(`forged: ${answer === null ? 'unanswered' : answer.ok ? 'passed' : answer.reason}`);
  }
  return sent;
}

async function floodSite(site: Site, findings: Findings, { seed, size, sabotage }: Options): Promise<void> {
  const { group } = site, doc = await group.draft(PAPER);
  const typed = new TypedWords(), transcript = new Transcript(), random = seeded(seed), flood = new PacketFlood(random, doc), waited: number[] = [], { pid } = site.parley, printed = site.parley.output().length;
  const honest = await group.oc.open(doc, { wire: recordedWire(socketWire(group.oc.socket()), transcript, { withholds: (commit) => sabotage === 'tell-every-commit' && ofOthers(commit, group.oc.user) }) }), typist = new RandomTypist(typed, group.oc.user, random);
  honest.on('refused', ({ reason }) => findings.violation(`what the honest member typed was refused: ${reason}`));
  const claims = new Claims(site, findings, random, sabotage, size);
  let socket = await group.az.connected();
  while (findings.tried < PACKETS[size]) {
    await asked(socket, 'join', { doc, have: {} }).catch(() => undefined);
    findings.tried += random() < 0.3 ? await forge(socket, doc, random, findings) : flood.send(socket);
    if (sabotage === 'the-process-lives' && findings.tried > PACKETS[size] / 2 && site.parley.pid === pid) await site.kill(() => Promise.resolve());
    const began = performance.now();
    typist.type(honest, placeFor(honest, random));
    const entry = await Promise.race([honest.saved().catch(() => -1), pause(SAVED_WITHIN[size]).then(() => -1)]);
    findings.check(entry >= 0, () => `the honest member’s letter was not saved within ${SAVED_WITHIN[size]} ms`);
    waited.push(performance.now() - began);
    if (random() < 0.3) findings.tried += await claims.send();
    if (socket.connected && random() < 0.7) continue;
    findings.count('connections');
    socket.disconnect();
    socket = await group.az.connected();
  }
  socket.disconnect();
  findings.check(site.parley.pid === pid, () => 'the server is another process than before');
  findings.check(!BROKEN.test(site.parley.output().slice(printed)), () => site.parley.output().slice(printed).slice(-500));
  await compareWork(site, findings, doc, { 'the honest member': honest }, { typed, transcript, struckUnseen: true }, { size, forgetsRecord: sabotage === 'keep-what-is-acknowledged' });
  await honest.stop();
  Object.assign(findings.figures, percentiles('honestSavedMs', waited));
}

async function floodWithPackets(options: Options): Promise<Outcome> {
  const findings = new Findings();
  await atSite(options.size, (site) => floodSite(site, findings, options));
  return findings.outcome();
}

export const packets: Row = {
  name: 'packets', live: true, run: floodWithPackets, about: 'raw packets that no client would send, frames that claim more than they bring, from a member and from a stranger, and forged updates, from a member’s own connection, while another member works',
  rules: {
    ...CLAIM_RULES,
    'the-process-lives': 'the harness kills the server in the middle',
    'tell-every-commit': 'the harness’s wire keeps from the honest member what others change and says that none is missing',
    'keep-what-is-acknowledged': 'the harness’s record has lost one entry',
  },
};
