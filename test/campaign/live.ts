import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type DocumentClient, memoryStore, type MemoryRows, socketWire } from '@parley/sync';
import { plainSlot, type Provision, textOf } from '@parley/text';
import { lettersIn } from '../support/typing-room.ts';
import type { CastName } from '../support/cast.ts';
import { suggested } from './acting.ts';
import { Transcript } from './copies.ts';
import { compareWork } from './everybody.ts';
import { every, ofOthers, only, recordedWire, type WireFaults } from './recorded-wire.ts';
import { type Findings, percentiles, type Size } from './row.ts';
import type { Site } from './site.ts';
import { RandomTypist, TypedWords } from './words.ts';

const TYPISTS: readonly CastName[] = ['az', 'azHead', 'oc', 'ocHead', 'chair'];
const PAPER: readonly Provision[] = ['One.', 'Two.', 'Three.', 'Four.', 'Five.'].map((words, i) => ({ id: `p${i}`, kind: 'paragraph', label: `${i + 1}`, level: 0, slots: { 'en:text': plainSlot(words) } }));
/** A busy machine may be silent for a while although nothing is in its way. */
const TIMEOUT_MS = 60_000, STUCK_MS = 2_000;

/** What the harness itself does wrong, for sabotage. */
export interface LiveSabotage extends Pick<WireFaults, 'discards'> { readonly forgetsKept?: boolean; readonly forgetsRecord?: boolean; readonly doublesLetter?: () => boolean; readonly losesCommit?: boolean }

/** What everybody at work in a `Live` document relies on. */
export const LIVE_RULES = {
  'acknowledge-what-is-saved': 'the harness’s wire acknowledges one update that it throws away',
  'keep-what-is-acknowledged': 'the harness’s record has lost one entry',
  'tell-every-commit': 'the harness’s wire keeps one commit from a client and says that none is missing',
  'bring-it-once': 'every fifth letter is brought twice by the harness',
};

export function sabotageOf(rule: string | null): LiveSabotage {
  switch (rule) {
    case 'acknowledge-what-is-saved': return { discards: only(3) };
    case 'keep-what-is-acknowledged': return { forgetsRecord: true };
    case 'tell-every-commit': return { losesCommit: true };
    case 'bring-it-once': return { doublesLetter: every(5) };
    case 'keep-what-is-typed': return { forgetsKept: true };
    default: return {};
  }
}

interface Typist { readonly name: CastName; readonly client: DocumentClient; readonly typist: RandomTypist; readonly stored: MemoryRows }

/** Five people at work in one document over real sockets: they type all the time, also while the server is away, and the heads act. */
export class Live {
  readonly typed = new TypedWords();
  readonly transcript = new Transcript();
  readonly resynced: number[] = [];
  readonly restarted: number[] = [];
  private typists: Typist[] = [];
  private typing = true;
  private losing = false;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(readonly site: Site, readonly doc: string, private readonly random: () => number, private readonly findings: Findings, private readonly sabotage: LiveSabotage) {}

  static async open(site: Site, findings: Findings, random: () => number, sabotage: LiveSabotage = {}): Promise<Live> {
    const live = new Live(site, await site.group.negotiate(PAPER), random, findings, sabotage);
    for (const name of TYPISTS) await live.sit(name).started;
    await site.show(findings);
    live.work = Promise.all([...TYPISTS.map((name) => live.typeOn(name)), live.actOn()]);
    return live;
  }

  /** kill -9 of the server, and another one on the same data and port. */
  async killServer(): Promise<void> {
    this.restarted.push(await this.site.kill(async () => {
      await pause(100 + this.random() * 300);
      await this.replace('az');
    }));
    await this.caughtUp();
  }

  /** Until something that was typed from now on is acknowledged to everybody. */
  async caughtUp(): Promise<void> {
    const began = performance.now();
    await Promise.all(this.typists.map(async ({ client }) => {
      const { entry } = client.status;
      for (const until = began + TIMEOUT_MS; !(client.joined && client.status.entry > entry);) {
        if (performance.now() > until) return this.findings.violation('nothing is saved any more');
        await pause(5);
      }
      this.resynced.push(performance.now() - began);
    }));
  }

  /** Until nothing is acknowledged any more, although everybody types. */
  async stuck(): Promise<void> {
    const { acknowledged } = this.transcript, began = performance.now();
    for (let last = -1, since = began; performance.now() - since < STUCK_MS; await pause(10)) {
      if (performance.now() - began > TIMEOUT_MS) return this.findings.violation('all is saved although it cannot be');
      if (acknowledged.length !== last) since = performance.now();
      last = acknowledged.length;
    }
  }

  /** A page is closed without a word and loaded again: what it had kept is brought by the next one. */
  private async replace(name: CastName): Promise<void> {
    const old = this.typists.find((typist) => typist.name === name)!;
    this.typists = this.typists.filter((typist) => typist !== old);
    await old.client.stop();
    if (this.sabotage.forgetsKept) old.stored.clear();
    this.sit(name, old.stored);
  }

  private sit(name: CastName, stored: MemoryRows = new Map()): { readonly started: Promise<void> } {
    const person = this.site.group[name], { transcript, sabotage } = this, once = only(1);
    const wire = recordedWire(socketWire(person.socket()), transcript, { ...sabotage, withholds: (commit) => name === 'oc' && this.losing && ofOthers(commit, person.user) && once() });
    const client = person.client(this.doc, { wire, store: memoryStore(stored) });
    const back = (words: readonly string[]): void => words.flatMap(lettersIn).forEach((letter) => this.typed.handedBack.add(letter));
    client.on('refused', ({ words, reason }) => {
      back(words.map((w) => w.words));
      this.findings.violation(`words were refused: ${reason}`);
    });
    client.on('differed', (rooms) => this.findings.violation(`${name}’s copies of ${rooms.join(', ')} were others than the server’s`));
    client.on('returned', ({ returned }) => back(returned.map((r) => textOf(r.words))));
    this.typists.push({ name, client, stored, typist: new RandomTypist(this.typed, person.user, this.random) });
    return { started: client.start().catch((error: unknown) => this.findings.violation(`${name} could not come in: ${String(error)}`)) };
  }

  private async typeOn(name: CastName): Promise<void> {
    for (; this.typing; await pause(20 + this.random() * 40)) {
      const typist = this.typists.find((one) => one.name === name), room = typist?.client.ownRoom;
      const id = room && typist.client.doc(room) ? typist.client.text(room).list[Math.floor(this.random() * PAPER.length)] : undefined;
      if (id !== undefined) typist!.typist.type(typist!.client, id, 1, this.sabotage.doublesLetter?.());
    }
  }

  /** Heads answer what they see; nobody waits for the server. */
  private async actOn(): Promise<void> {
    for (; this.typing; await pause(150)) {
      const head = this.random() < 0.5 ? 'azHead' : 'ocHead', client = this.typists.find(({ name }) => name === head)?.client;
      const act = client?.joined ? suggested(client, this.random) : null;
      if (!act || !['accept', 'withdraw', 'decline'].includes(act.t)) continue;
      const answer = await this.site.group[head].act(this.doc, act, randomUUID()).catch(() => null);
      if (answer?.status === 201 || answer?.status === 200) this.findings.count('acts');
    }
  }

  /** Ends the work, waits until all is saved, and compares everybody with the record. */
  async close(size: Size): Promise<void> {
    if (this.sabotage.losesCommit) {
      this.losing = true;
      await pause(500);
    }
    this.typing = false;
    await this.work;
    const clients = Object.fromEntries(this.typists.map(({ name, client }) => [name, client]));
    await compareWork(this.site, this.findings, this.doc, clients, this, { size, forgetsRecord: this.sabotage.forgetsRecord ?? false });
    this.findings.tried += this.typed.typed.size;
    this.findings.count('acknowledged', this.transcript.acknowledged.length);
    await Promise.all(this.typists.map(({ client }) => client.stop().catch(() => undefined)));
    this.note();
  }

  private note(): void {
    if (this.restarted.length > 0) Object.assign(this.findings.figures, percentiles('restartMs', this.restarted));
    if (this.resynced.length > 0) Object.assign(this.findings.figures, percentiles('savedAgainMs', this.resynced));
  }
}
