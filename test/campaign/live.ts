import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DocumentClient, memoryStore, type Shelf, socketWire, type Wire } from '@parley/sync';
import { plainSlot, type Provision, textOf } from '@parley/text';
import { lettersIn } from '../support/typing-room.ts';
import type { CastName } from '../support/working-group.ts';
import { suggested } from './acting.ts';
import { compareAuthors, compareCopies, compareLetters, type Copy, replayed, Witness } from './copies.ts';
import { type Findings, percentiles } from './row.ts';
import type { Site } from './site.ts';
import { Hands, Ledger } from './words.ts';

const TYPISTS: readonly CastName[] = ['az', 'azHead', 'oc', 'ocHead', 'chair'];
const PAPER: readonly Provision[] = ['One.', 'Two.', 'Three.', 'Four.', 'Five.'].map((words, i) => ({ id: `p${i}`, kind: 'paragraph', label: `${i + 1}`, level: 0, slots: { 'en:text': plainSlot(words) } }));
const PATIENCE = 60_000;

/** What the harness itself does wrong, for sabotage. */
export interface Lie { readonly swallows?: (size: number) => boolean; readonly forgetsKept?: boolean; readonly forgetsRecord?: boolean }

interface Typist { readonly name: CastName; readonly client: DocumentClient; readonly hands: Hands; readonly shelf: Shelf }

/** Five people at work in one document over real sockets: they type all the time, also while the server is away, and the heads act. */
export class Live {
  readonly ledger = new Ledger();
  readonly witness = new Witness();
  readonly resynced: number[] = [];
  readonly restarted: number[] = [];
  private typists: Typist[] = [];
  private typing = true;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(readonly site: Site, readonly doc: string, private readonly random: () => number, private readonly findings: Findings, private readonly lies: Lie) {}

  static async open(site: Site, findings: Findings, random: () => number, lie: Lie = {}): Promise<Live> {
    const live = new Live(site, await site.group.negotiate(PAPER), random, findings, lie);
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
      for (const until = began + PATIENCE; !(client.joined && client.status.entry > entry);) {
        if (performance.now() > until) return this.findings.violation('nothing is saved any more');
        await pause(5);
      }
      this.resynced.push(performance.now() - began);
    }));
  }

  /** A page is closed without a word and loaded again: what it had kept is brought by the next one. */
  private async replace(name: CastName): Promise<void> {
    const old = this.typists.find((typist) => typist.name === name)!;
    this.typists = this.typists.filter((typist) => typist !== old);
    await old.client.stop();
    if (this.lies.forgetsKept) old.shelf.clear();
    this.sit(name, old.shelf);
  }

  private sit(name: CastName, shelf: Shelf = new Map()): { readonly started: Promise<void> } {
    const person = this.site.group[name], { witness, lies } = this;
    const wire = witnessed(socketWire(person.socket()), witness, (size) => lies.swallows?.(size) ?? false);
    const client = new DocumentClient({
      doc: this.doc, user: person.user, wire, store: memoryStore(shelf), random: Math.random, strict: true,
      timers: { after(ms, then) { const timer = setTimeout(then, ms); return () => clearTimeout(timer); } },
    });
    const back = (words: readonly string[]): void => words.flatMap(lettersIn).forEach((letter) => this.ledger.handedBack.add(letter));
    client.on('refused', ({ words, reason }) => {
      back(words.map((w) => w.words));
      this.findings.violation(`words were refused: ${reason}`);
    });
    client.on('returned', ({ returned }) => back(returned.map((r) => textOf(r.words))));
    this.typists.push({ name, client, shelf, hands: new Hands(this.ledger, person.user, this.random) });
    return { started: client.start().catch((error: unknown) => this.findings.violation(`${name} could not come in: ${String(error)}`)) };
  }

  private async typeOn(name: CastName): Promise<void> {
    for (; this.typing; await pause(20 + this.random() * 40)) {
      const typist = this.typists.find((one) => one.name === name), room = typist?.client.ownRoom;
      const id = room && typist.client.doc(room) ? typist.client.text(room).list[Math.floor(this.random() * PAPER.length)] : undefined;
      if (id !== undefined) typist!.hands.type(typist!.client, id, 1);
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
  async close(): Promise<void> {
    this.typing = false;
    await this.work;
    for (const { name, client } of this.typists) {
      await Promise.race([client.saved(), pause(PATIENCE).then(() => { throw new Error('too long'); })]).catch((error: unknown) => this.findings.violation(`${name} could not save: ${String(error)}`));
    }
    const auditor = await this.site.group.auditor.open(this.doc);
    await pause(300);
    await this.compare([...this.typists.map(({ name, client }) => copyOf(name, client)), copyOf('a fresh client', auditor)]);
    this.findings.tried += this.ledger.typed.size;
    this.findings.count('acknowledged', this.witness.acknowledged.length);
    await Promise.all(this.typists.map(({ client }) => client.stop().catch(() => undefined)));
    await auditor.stop();
    this.note();
  }

  private async compare(copies: readonly Copy[]): Promise<void> {
    const all = await this.site.entriesOf(this.doc), entries = this.lies.forgetsRecord ? all.filter((_, i) => i !== all.length >> 1) : all;
    const record = replayed(this.doc, entries), { group } = await this.site.group.admin.group();
    compareCopies(this.findings, [record, ...copies]);
    this.witness.compare(this.findings, this.doc, entries, this.ledger);
    compareAuthors(this.findings, entries, this.ledger, group);
    compareLetters(this.findings, this.ledger, entries, record.docs);
  }

  private note(): void {
    if (this.restarted.length > 0) Object.assign(this.findings.figures, percentiles('restartMs', this.restarted));
    if (this.resynced.length > 0) Object.assign(this.findings.figures, percentiles('savedAgainMs', this.resynced));
  }
}

const copyOf = (whose: string, client: DocumentClient): Copy => ({ whose, texts: client.texts() });

/** The wire, overheard. `swallows`: acknowledged, and never sent. */
function witnessed(wire: Wire, witness: Witness, swallows: (size: number) => boolean): Wire {
  wire.onTurn((turn) => witness.hear(turn));
  return new Proxy(wire, {
    get(target, name) {
      if (name !== 'update') return Reflect.get(target, name) as unknown;
      return async (request: Parameters<Wire['update']>[0]) => {
        const answer = target.connected && swallows(request.update.length) ? { ok: true as const, entry: 0, returned: [] } : await target.update(request);
        witness.acknowledge(request, answer);
        return answer;
      };
    },
  });
}
