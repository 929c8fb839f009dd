import { copyOf, type DoorPass, fillRoom, judge, plainSlot, readText, ROOT, textFrom, writeEdits } from '@parley/text';
import * as Y from 'yjs';
import { seeded } from '../support/typing-room.ts';
import { compareCopies } from './copies.ts';
import { Forger } from './forger.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { type Desk, Hands, Ledger } from './words.ts';

const MUTATED: Readonly<Record<Size, number>> = { small: 2_500, usual: 25_000, long: 1_000_000 };
/** One room sees this many, then there is a new one: people do not write books. */
const IN_ONE_ROOM = 500;
const PAPER = ['The Parties shall consult promptly 😀 on request.', 'Second, 双方 shall respond.', 'Third.'];

interface Member { readonly name: string; readonly desk: Desk & { readonly paper: Y.Doc }; readonly outbox: Uint8Array[]; readonly inbox: Uint8Array[]; readonly hands: Hands }

/** A room with a door, honest members, and one who forges what anybody sends. */
class Siege {
  private readonly random: () => number;
  private readonly server = new Y.Doc();
  private readonly archive: Y.Doc;
  private readonly replay: Y.Doc;
  private readonly log: Uint8Array[] = [];
  private readonly owners = new Map<number, string>();
  private readonly members: Member[];
  private mallory: Member;
  private masks = 0;
  private readonly ledger = new Ledger();

  constructor(seed: number, private readonly findings: Findings, private readonly sabotage: string | null) {
    this.random = seeded(seed);
    this.server.clientID = 1;
    fillRoom(this.server, textFrom(PAPER.map((words, i) => ({ id: 'abc'[i]!, kind: 'paragraph' as const, label: `${i}`, level: 0, slots: { 'en:text': plainSlot(words) } }))), this.random);
    this.archive = copyOf(this.server, false);
    this.replay = copyOf(this.server);
    this.server.on('update', (update: Uint8Array) => this.relay(update));
    this.members = ['h', 'i', 'j'].map((name, n) => this.member(name, 1_000 * (n + 2)));
    this.mallory = this.masked();
  }

  run(count: number): void {
    for (const end = this.findings.tried + count; this.findings.tried < end;) {
      for (const member of this.members) {
        if (this.random() < 0.8) member.hands.work(member.desk);
        if (this.random() < 0.6) this.send(member);
        if (this.random() < 0.7) this.read(member);
      }
      this.read(this.mallory);
    }
    this.close();
  }

  /** The attacker under another clientID, now below and now above everybody else's. */
  private masked(): Member {
    const mask = ++this.masks;
    return this.member('m', mask % 2 === 0 ? 900 - (mask % 800) : 10_000 + mask);
  }

  private member(name: string, client: number): Member {
    const paper = copyOf(this.server), outbox: Uint8Array[] = [];
    paper.clientID = client;
    this.owners.set(client, name);
    paper.on('update', (update: Uint8Array, origin: unknown) => void (origin !== 'wire' && outbox.push(update)));
    const desk = { paper, ownRoom: 'working' as const, doc: () => paper, text: () => readText(paper), edit: (edits: Parameters<Desk['edit']>[0]) => writeEdits(paper, edits, this.random, 'me') };
    return { name, desk, outbox, inbox: [], hands: new Hands(this.ledger, name, this.random) };
  }

  /** An honest update comes to the door among forgeries of it. */
  private send(member: Member): void {
    if (member.outbox.length === 0) return;
    const honest = member.outbox.length === 1 ? member.outbox[0]! : Y.mergeUpdates(member.outbox);
    member.outbox.length = 0;
    const forgeries = 4 + Math.floor(this.random() * 6);
    for (let i = 0; i < forgeries; i++) this.attack(this.random() < 0.3 ? honest : this.ofMallory());
    this.findings.count('honest');
    const verdict = this.judged(honest, member.name);
    if (verdict?.ok && !(this.sabotage === 'let-the-honest-in' && this.random() < 0.05)) this.enter(verdict);
    else this.findings.violation(`honest, and refused: ${verdict?.ok === false ? `${verdict.reason} ${verdict.detail}` : 'thrown out'}`);
  }

  /** What the attacker could honestly send: an attacker, too, has a copy of the room. */
  private ofMallory(): Uint8Array {
    const { hands, desk } = this.mallory;
    if (this.random() < 0.3) hands.work(desk);
    return Y.encodeStateAsUpdate(desk.paper, Y.encodeStateVector(this.server));
  }

  private attack(update: Uint8Array): void {
    const forged = new Forger(this.random, this.mallory.desk.paper).forge(update), before = this.random() < 0.05 ? Y.encodeStateAsUpdate(this.server) : null;
    this.findings.tried += 1;
    const verdict = this.judged(forged, 'm');
    if (before) this.findings.check(Buffer.compare(before, Y.encodeStateAsUpdate(this.server)) === 0, () => 'judging has changed the room');
    this.findings.count(verdict === null ? 'threw' : verdict.ok ? (verdict.empty ? 'empty' : 'passed') : verdict.reason);
    if (verdict?.ok) {
      this.enter(verdict);
      // Whose words are not what the room has under their name can make no honest update any more to start from.
      if (!verdict.empty) this.mallory = this.masked();
    } else if (this.sabotage === 'refuse-before-applying' && this.random() < 0.1) this.force(forged);
  }

  private judged(update: Uint8Array, by: string): ReturnType<typeof judge> | null {
    try {
      return judge(this.server, update, { mayWriteAs: (client) => (this.owners.get(client) ?? by) === by });
    } catch (error) {
      this.findings.violation(`the door threw: ${String(error)}`);
      return null;
    }
  }

  private enter(pass: DoorPass): void {
    if (pass.empty) return;
    try {
      Y.applyUpdate(this.server, pass.update);
    } catch (error) {
      this.findings.violation(`what passed could not be applied: ${String(error)}`);
    }
    this.findings.check(!this.server.store.pendingStructs && !this.server.store.pendingDs, () => 'what passed waits for something');
  }

  /** Sabotage: applies what was refused. */
  private force(update: Uint8Array): void {
    try {
      Y.applyUpdate(this.server, update);
    } catch {
      this.findings.count('forcedAndThrew');
    }
    this.findings.check(!this.server.store.pendingStructs && !this.server.store.pendingDs, () => 'what was refused is in the room, and waits');
  }

  private relay(update: Uint8Array): void {
    this.log.push(update);
    Y.applyUpdate(this.archive, update);
    for (const member of [...this.members, this.mallory]) {
      if (this.sabotage === 'relay-everything' && member.name === 'i' && this.random() < 0.02) continue;
      member.inbox.push(update);
    }
  }

  private read({ desk, inbox }: Member): void {
    for (const update of inbox.splice(0)) Y.applyUpdate(desk.paper, update, 'wire');
  }

  private close(): void {
    for (const member of this.members) {
      this.read(member);
      this.send(member);
    }
    for (const member of this.members) this.read(member);
    for (const update of this.log) Y.applyUpdate(this.replay, update);
    const copy = (whose: string, doc: Y.Doc) => ({ whose, texts: { working: readText(doc) }, docs: new Map([['working' as const, doc]]) });
    this.findings.check([...this.server.share.keys()].join() === ROOT, () => `roots: ${[...this.server.share.keys()].join()}`);
    compareCopies(this.findings, [copy('the server', this.server), copy('a fresh client', copyOf(this.server)), copy('the archive', this.archive), copy('the replay', this.replay), ...this.members.map(({ name, desk }) => copy(name, desk.paper))]);
  }
}

async function mutate({ size, seed, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings();
  for (let room = 0; findings.tried < MUTATED[size]; room++) {
    new Siege(seed * 100_000 + room, findings, sabotage).run(IN_ONE_ROOM);
    if (room % 20 === 19) await new Promise((resolve) => { setImmediate(resolve); });
  }
  return findings.outcome();
}

export const mutated: Row = {
  name: 'mutated', run: mutate, about: 'updates changed at random, among honest ones, at the door of a room',
  rules: {
    'refuse-before-applying': 'the harness applies some of what the door refused',
    'let-the-honest-in': 'the harness turns some honest updates away',
    'relay-everything': 'the harness keeps some of what passed from one member',
  },
};
