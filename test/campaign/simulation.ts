import type { DocumentAct } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import { DocumentClient, memoryStore, type MemoryRows } from '@parley/sync';
import { textDigest, textOf } from '@parley/text';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { lettersIn } from '../support/typing-room.ts';
import { RoomsFixture, SALT } from '../support/rooms-fixture.ts';
import { suggested } from './acting.ts';
import { compareEnd } from './ending.ts';
import { compareAuthors, compareCopies, compareDoubles, compareLetters, type Copy, copyOf, joinedCopy, replayed, Transcript } from './copies.ts';
import { type Faults, Network, type SimulatedWire } from './network.ts';
import type { Findings } from './row.ts';
import { SimulatedRecord } from './simulated-record.ts';
import { Timeline } from './timeline.ts';
import { RandomTypist, TypedWords } from './words.ts';
import type { Entry } from '../../apps/server/src/record/entry.ts';

const DOC = 'd', WRITERS = ['ann', 'ben', 'anna', 'bo', 'mo'] as const, HOUR = 3_600_000;
const PAPER = ['Each side shall acknowledge a request within 24 hours, and state its grounds.', 'Knowingly support: to direct, finance or supply 知情支持 🤝.', 'They review it promptly.', 'To be torn up by anybody.'];

/** Why what somebody typed may come back whole: the stage has changed meanwhile, or the paper is frozen. */
const MEANWHILE: ReadonlySet<string> = new Set(['stage-forbids', 'paper-frozen', 'document-closed']);

interface Tab { readonly user: string; readonly client: DocumentClient; readonly wire: SimulatedWire; readonly typist: RandomTypist }

export interface SimulationPlan {
  readonly seed: number;
  readonly steps: number;
  /** From 2 to 8. */
  readonly clients: number;
  readonly clockJumps?: boolean;
  readonly faults?: Faults;
  /** Heads answer proposals one by one, and nobody proposes to close. */
  readonly oneByOne?: boolean;
  readonly forgetsCommit?: boolean;
  readonly forgetsKept?: boolean;
  /** The harness's log gives the time of its clock, whatever came before. */
  readonly timeRunsBack?: boolean;
}

/** The real rooms of a server over a record in memory, and clients around them on connections that do what connections do. No waiting, the same again for the same seed. */
export class Simulation {
  private readonly random: () => number;
  private readonly time = new Timeline();
  private readonly store: SimulatedRecord;
  private readonly fixture: RoomsFixture;
  private readonly network: Network;
  private readonly typed = new TypedWords();
  private readonly transcript = new Transcript();
  private readonly stored = new Map<string, MemoryRows>();
  private readonly cameBack = new Set<string>();
  private tabs: Tab[] = [];
  private nextClient: number;
  private acts = 0;

  constructor(private readonly plan: SimulationPlan, private readonly findings: Findings) {
    this.random = seeded(plan.seed);
    this.nextClient = 1 + Math.floor(this.random() * 1_000_000);
    this.store = new SimulatedRecord(this.random);
    this.fixture = new RoomsFixture(this.store, { pace: { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] }, waitMs: 5, snapshotEvery: 20 });
    if (plan.timeRunsBack) this.fixture.log.time = () => this.fixture.clock.now();
    this.network = new Network(this.fixture.rooms, this.time, this.random, plan.faults);
  }

  async run(): Promise<void> {
    await this.fixture.established();
    await this.fixture.opened(DOC, ...PAPER);
    if (this.random() < 0.5) await this.begin();
    for (let i = 0; i < this.plan.clients; i++) this.open(i < 2 ? WRITERS[2 + i]! : this.some(WRITERS));
    await this.pass(500);
    this.store.steady = false;
    this.network.lostAndDoubled.enabled = true;
    this.store.forgets = this.plan.forgetsCommit ? 1 : 0;
    for (let i = 0; i < this.plan.steps; i++) {
      if (i === this.plan.steps >> 1 && this.fixture.commits.at(-1) && !this.negotiating) await this.begin();
      this.step();
      await this.pass(Math.floor(this.random() * 120));
    }
    await this.heal();
    await this.compare();
    this.findings.tried += this.plan.steps;
    this.findings.count('letters', this.typed.typed.size);
    this.findings.count('acknowledged', this.transcript.acknowledged.length);
    this.findings.count('handedBack', this.typed.handedBack.size);
  }

  private get negotiating(): boolean {
    return this.tabs.some(({ client }) => client.document.stage === 'negotiation');
  }

  /** Both heads accept what stands; a colleague may be faster than either. */
  private async begin(): Promise<void> {
    for (const user of ['anna', 'bo']) {
      const admitted = await this.fixture.rooms.join('udo', { doc: DOC, have: {} });
      if (!admitted.ok || !admitted.rooms.working) return;
      await this.perform(user, { t: 'acceptAsBasis', digest: textDigest(joinedCopy('', admitted.rooms).texts.working!) });
    }
  }

  private perform(user: string, act: object, id = `act-${this.plan.seed}-${this.acts++}`) {
    return this.fixture.rooms.perform(user, DOC, writeAct({ v: 1, id, doc: DOC, ...act } as DocumentAct, SALT));
  }

  private open(user: string): void {
    const stored = this.stored.get(user) ?? new Map();
    this.stored.set(user, stored);
    const wire = this.network.wire(user), store = memoryStore(stored);
    const client = new DocumentClient({ doc: DOC, user, wire, timers: this.time, random: this.random, clientId: () => (this.nextClient += 1 + Math.floor(this.random() * 9)), store, strict: true });
    const back = (words: readonly string[]): void => words.flatMap(lettersIn).forEach((letter) => this.typed.handedBack.add(letter));
    client.on('refused', (handed) => {
      this.findings.count(`refused: ${handed.reason}`);
      this.check(user, handed.reason);
      back(handed.words.map((w) => w.words));
    });
    client.on('differed', (rooms) => this.findings.violation(`${user}’s copies of ${rooms.join(', ')} were others than the server’s`));
    client.on('returned', ({ returned }) => back(returned.map((r) => textOf(r.words))));
    wire.acknowledged = (request, answer) => this.transcript.recordAnswer(request, answer);
    wire.received = (commit) => this.transcript.recordCommit(commit);
    this.tabs.push({ user, client, wire, typist: new RandomTypist(this.typed, user, this.random) });
    wire.connect();
    client.start().catch((error: unknown) => this.findings.violation(`${user} could not start: ${String(error)}`));
  }

  /** What is typed honestly comes back only for what happened meanwhile; or because it was typed, on another page of the same person, behind words that came back for that. */
  private check(user: string, reason: string): void {
    if (MEANWHILE.has(reason)) this.cameBack.add(user);
    else this.findings.check(reason === 'out-of-step' && this.cameBack.has(user), () => `${user}: what was typed honestly was refused: ${reason}`);
  }

  private step(): void {
    const tab = this.some(this.tabs), dice = this.random(), { wire, client } = tab;
    if (dice < 0.55) tab.typist.work(client);
    else if (dice < 0.68) this.act(tab);
    else if (dice < 0.76) wire.disconnect();
    else if (dice < 0.84) this.tabs.forEach((each) => this.random() < 0.6 && each.wire.connect());
    else if (dice < 0.88) wire.stall(this.random() * 30_000);
    else if (dice < 0.91) this.partition();
    else if (dice < 0.94) this.reload(tab);
    else if (dice < 0.96) client.hold();
    else if (dice < 0.99) this.tabs.forEach((each) => each.client.release());
    else this.time.after(0, () => undefined);
    if (this.plan.clockJumps && this.random() < 0.1) this.fixture.clock.at += Math.round((this.random() - 0.5) * (this.random() < 0.5 ? 2 : 48) * HOUR);
  }

  private act({ client, user }: Tab): void {
    const act = client.joined ? suggested(client, this.random, this.plan.oneByOne) : null;
    if (!act) return;
    const id = `act-${this.plan.seed}-${this.acts++}`, again = this.random() < 0.3;
    const send = (then: (entry: number | null) => void): void => {
      this.time.after(this.random() * 150, () => void this.time.during(this.perform(user, act, id)).then((answer) => then(answer.ok ? answer.entry : null)));
    };
    send((first) => {
      if (first !== null) this.findings.count('acts');
      if (again) send((second) => this.findings.check(first === null || second === null || first === second, () => `${act.t} happened as ${first} and as ${second}`));
    });
  }

  /** Some are cut off from the server, without noticing at first. */
  private partition(): void {
    for (const { wire } of this.tabs) if (this.random() < 0.5) wire.stall(2_000 + this.random() * 40_000);
  }

  /** The page is loaded again, or a second one is opened; what it had kept is brought by whoever comes next. */
  private reload(tab: Tab): void {
    if (this.random() < 0.3 && this.tabs.length < 8) return this.open(tab.user);
    this.forget(tab.user);
    tab.wire.abandon();
    this.tabs = this.tabs.filter((other) => other !== tab);
    this.open(tab.user);
  }

  /** Sabotage: what a device had kept is gone with the page. */
  private forget(user: string): void {
    if (this.plan.forgetsKept) this.stored.get(user)?.clear();
  }

  /** Everybody comes back, and there is time for everything. */
  private async heal(): Promise<void> {
    this.store.steady = true;
    this.network.lostAndDoubled.enabled = false;
    for (let round = 0; round < 3; round++) {
      for (const { wire, client } of this.tabs) {
        client.release();
        if (round === 0) wire.disconnect();
        wire.connect();
      }
      await this.pass(90_000);
    }
    this.open('udo');
    await this.pass(5_000);
  }

  private async pass(milliseconds: number): Promise<void> {
    await this.time.until(this.time.now + milliseconds);
    this.fixture.clock.at += milliseconds;
  }

  private some<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  private async compare(): Promise<void> {
    const { findings, typed, transcript } = this;
    const entries: Entry[] = [];
    for await (const page of this.fixture.log.read(DOC)) entries.push(...page);
    const record = replayed(DOC, entries);
    compareCopies(findings, [record, ...await this.copies()]);
    transcript.compare(findings, DOC, entries, typed);
    compareAuthors(findings, entries, typed, this.fixture.rooms.group());
    compareLetters(findings, typed, entries, record.docs);
    compareDoubles(findings, typed, entries, record);
    compareEnd(findings, entries);
    for (const [i, entry] of entries.entries()) findings.check(i === 0 || entry.at >= entries[i - 1]!.at, () => `entry ${entry.index} is older than the one before it`);
    for (const { user, client } of this.tabs) {
      const { state, pending, kept } = client.status;
      findings.check(state === 'saved' && pending === 0 && kept, () => `${user} ends ${state} with ${pending} pending`);
      findings.check(client.entry === entries.at(-1)!.index, () => `${user} stands at ${client.entry}, the record at ${entries.at(-1)!.index}`);
    }
    await Promise.all(this.tabs.map(({ client }) => client.stop()));
  }

  /** Every client’s, the session’s as a fresh client gets them, and those of a server that starts on the record, and on what was kept beside it, now. */
  private async copies(): Promise<Copy[]> {
    const [live, again] = [this.fixture, await new RoomsFixture(this.store, {}, this.fixture.kept).start()];
    const [session, restarted] = await Promise.all([live, again].map((fixture) => fixture.rooms.join('udo', { doc: DOC, have: {} })));
    if (!session!.ok || !restarted!.ok) throw new Error('a reader was refused');
    const clients = this.tabs.map(({ user, client }) => copyOf(user, client));
    return [{ ...joinedCopy('the live session', session!.rooms), document: session!.document }, { ...joinedCopy('a server started again', restarted!.rooms), document: restarted!.document }, ...clients];
  }
}
