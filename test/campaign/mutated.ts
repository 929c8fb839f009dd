import type { Commit, UpdateAnswer } from '@parley/protocol';
import { copyOf, readText, ROOT, writeEdits } from '@parley/text';
import * as Y from 'yjs';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import { RoomsFixture } from '../support/rooms-fixture.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { compareCopies, type Copy, joinedCopy, replayed } from './copies.ts';
import { Forger } from './forger.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { repeatable } from './simulated.ts';
import { type TypingSeat, RandomTypist, TypedWords } from './words.ts';

const MUTATED: Readonly<Record<Size, number>> = { small: 2_500, usual: 25_000, long: 1_000_000 };
/** One room sees this many, then there is a new one: people do not write books. */
const IN_ONE_ROOM = 500;
const DOC = 'd', ROOM = 'working', PAPER = ['The Parties shall consult promptly 😀 on request.', 'Second, 双方 shall respond.', 'Third.'];
const HONEST = ['ann', 'anna', 'bo'] as const, MALLORY = 'ben';
/** The attacker's letters, which nobody else types. */
const FOREIGN = 6_000;

/** `client`: the clientID. */
interface Member { readonly name: string; readonly paper: Y.Doc; readonly seat: TypingSeat; readonly outbox: Uint8Array[]; readonly inbox: Uint8Array[]; readonly typist: RandomTypist; readonly client: number }

/** The real rooms of a server, honest members of one of them, and one who forges what anybody sends. */
class MutatedRoom {
  private readonly random: () => number;
  private readonly fixture = new RoomsFixture(undefined, { pace: { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] } });
  /** What everybody is told, whoever reads it when. */
  private readonly published = new Y.Doc();
  private members: Member[] = [];
  private mallory!: Member;
  private clientIds = 0;
  private readonly typed = new TypedWords();
  private readonly foreign = new TypedWords(FOREIGN);

  constructor(seed: number, private readonly findings: Findings, private readonly sabotage: string | null) {
    this.random = seeded(seed);
  }

  async run(count: number): Promise<void> {
    await this.fixture.established();
    await this.fixture.opened(DOC, ...PAPER);
    (await this.session(this.fixture)).docs!.forEach((doc) => Y.applyUpdate(this.published, Y.encodeStateAsUpdate(doc)));
    this.fixture.rooms.events.on('committed', (commit) => this.relay(commit));
    this.members = HONEST.map((name, n) => this.member(name, 1_000 * (n + 2), this.typed));
    // Nobody can write under the clientID of somebody of whom nothing is known yet.
    for (const { seat, typist, outbox, name } of this.members) {
      typist.type(seat, 'p1');
      this.findings.check((await this.ask(name, Y.mergeUpdates(outbox.splice(0)))).ok, () => `${name}’s first update was refused`);
    }
    this.mallory = this.underNextClientId();
    for (const end = this.findings.tried + count; this.findings.tried < end;) {
      for (const member of this.members) {
        if (this.random() < 0.8) member.typist.work(member.seat);
        if (this.random() < 0.6) await this.send(member);
        if (this.random() < 0.7) this.read(member);
      }
      this.read(this.mallory);
    }
    await this.close();
  }

  /** The attacker under another clientID, now below and now above everybody else's. */
  private underNextClientId(): Member {
    const nth = ++this.clientIds;
    return this.member(MALLORY, nth % 2 === 0 ? 900 - (nth % 800) : 10_000 + nth, this.foreign);
  }

  private member(name: string, client: number, typed: TypedWords): Member {
    const paper = copyOf(this.published), outbox: Uint8Array[] = [];
    paper.clientID = client;
    paper.on('update', (update: Uint8Array, origin: unknown) => void (origin !== 'wire' && outbox.push(update)));
    const seat: TypingSeat = { ownRoom: ROOM, doc: () => paper, text: () => readText(paper), edit: (edits) => writeEdits(paper, edits, this.random, 'me') };
    return { name, paper, seat, outbox, inbox: [], typist: new RandomTypist(typed, name, this.random), client };
  }

  /** An honest update comes to the validator among forgeries of it, all in one commit. */
  private async send(member: Member): Promise<void> {
    if (member.outbox.length === 0) return;
    const honest = member.outbox.length === 1 ? member.outbox[0]! : Y.mergeUpdates(member.outbox);
    member.outbox.length = 0;
    const forged = Array.from({ length: 4 + Math.floor(this.random() * 6) }, () => new Forger(this.random, this.mallory.paper).forge(this.random() < 0.3 ? honest : this.ofMallory()));
    const before = this.random() < 0.05 ? this.state() : null;
    const name = this.sabotage === 'let-the-honest-in' && this.random() < 0.05 ? MALLORY : member.name;
    const asked = [...forged.map((update) => this.ask(MALLORY, update)), ...(before ? [] : [this.ask(name, honest)])];
    const answers = await Promise.all(asked);
    this.findings.tried += forged.length;
    forged.forEach((update, i) => this.check(update, answers[i]!));
    if (before) this.findings.check(answers.some(({ ok }) => ok) || before === this.state(), () => 'what was refused has changed the room');
    const answer = before ? await this.ask(name, honest) : answers.at(-1)!;
    this.findings.count('honest');
    this.findings.check(answer.ok, () => `honest, and refused: ${answer.ok ? '' : answer.reason}`);
  }

  private check(update: Uint8Array, answer: UpdateAnswer): void {
    this.findings.count(answer.ok ? 'passed' : answer.reason);
    this.findings.check(answer.ok || answer.reason !== 'server-error', () => 'the rooms broke on it');
    // Whose words are not what the room has under their name can make no honest update any more to start from.
    if (answer.ok) this.mallory = this.underNextClientId();
    else if (this.sabotage === 'refuse-before-applying' && this.random() < 0.1) this.members[1]!.inbox.push(update);
  }

  private ask(user: string, update: Uint8Array): Promise<UpdateAnswer> {
    return this.fixture.rooms.update(user, { doc: DOC, room: ROOM, update });
  }

  /** What the attacker could honestly send: an attacker, too, has a copy of the room. */
  private ofMallory(): Uint8Array {
    const { typist, seat, paper } = this.mallory;
    if (this.random() < 0.3) typist.work(seat);
    return Y.encodeStateAsUpdate(paper, Y.encodeStateVector(this.published));
  }

  /** Everything that the room was told to consist of. */
  private state(): string {
    return Buffer.from(Y.encodeStateAsUpdate(this.published)).toString('base64');
  }

  private relay({ rooms }: Commit): void {
    for (const update of rooms[ROOM] ?? []) {
      Y.applyUpdate(this.published, update);
      for (const member of [...this.members, this.mallory]) {
        if (this.sabotage === 'relay-everything' && member.name === 'anna' && this.random() < 0.02) continue;
        member.inbox.push(update);
      }
    }
  }

  private read({ paper, inbox, name }: Member): void {
    for (const update of inbox.splice(0)) {
      try {
        Y.applyUpdate(paper, update, 'wire');
      } catch (error) {
        this.findings.violation(`${name} was told what cannot be applied: ${String(error)}`);
      }
    }
  }

  private async session(fixture: RoomsFixture): Promise<Copy> {
    const joined = await fixture.rooms.join('udo', { doc: DOC, have: {} });
    if (!joined.ok) throw new Error(joined.reason);
    return { ...joinedCopy(fixture === this.fixture ? 'the live session' : 'a server started again', joined.rooms), document: joined.document };
  }

  private async close(): Promise<void> {
    for (const member of this.members) {
      this.read(member);
      await this.send(member);
    }
    for (const member of this.members) this.read(member);
    const all: Entry[] = [];
    for await (const page of this.fixture.log.read(DOC)) all.push(...page);
    const entries = this.sabotage === 'keep-what-passed' ? all.filter((_, i) => i !== all.length >> 1) : all;
    const record = replayed(DOC, entries), own = (whose: string, doc: Y.Doc): Copy => ({ whose, texts: { [ROOM]: readText(doc) }, docs: new Map([[ROOM, doc]]) });
    this.findings.check([...record.docs.get(ROOM)!.share.keys()].join() === ROOT, () => `roots: ${[...record.docs.get(ROOM)!.share.keys()].join()}`);
    compareCopies(this.findings, [record, await this.session(this.fixture), await this.session(await new RoomsFixture(this.fixture.store).start()), own('who is told everything', this.published), ...this.members.map(({ name, paper }) => own(name, paper))]);
    this.checkClientIds(entries);
  }

  /** Nobody wrote with an honest member’s clientID. Who copies an honest word and writes it as his own has done nothing that he may not. */
  private checkClientIds(entries: readonly Entry[]): void {
    const owners = new Map(this.members.map(({ name, client }) => [client, name]));
    for (const { index, writes } of entries) {
      for (const { by, update } of writes) {
        for (const client of Y.parseUpdateMeta(update).from.keys()) this.findings.check((owners.get(client) ?? by) === by, () => `entry ${index} is by ${by}, under the clientID of ${owners.get(client)}`);
      }
    }
  }
}

async function mutate({ size, seed, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings();
  let repeat: number | undefined;
  for (let room = 0; findings.tried < MUTATED[size]; room++) {
    const before = findings.violations;
    await repeatable(seed + room, findings, () => new MutatedRoom(seed + room, findings, sabotage).run(IN_ONE_ROOM));
    if (findings.violations > before) repeat ??= seed + room;
  }
  return { ...findings.outcome(), ...(repeat !== undefined && { repeat }) };
}

export const mutated: Row = {
  name: 'mutated', run: mutate, about: 'updates changed at random, among honest ones, at the validator of the rooms of a server',
  rules: {
    'refuse-before-applying': 'the harness shows one member some of what the validator refused',
    'let-the-honest-in': 'the harness brings some honest updates under the attacker’s name',
    'relay-everything': 'the harness keeps some of what passed from one member',
    'keep-what-passed': 'the harness’s record has lost one entry',
  },
};
