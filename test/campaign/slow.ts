import { setTimeout as pause } from 'node:timers/promises';
import { type DocumentClient, socketWire } from '@parley/sync';
import { plainSlot, type Provision, slotOf, textOf } from '@parley/text';
import type { Socket } from 'socket.io-client';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { Transcript } from './copies.ts';
import { compareWork } from './everybody.ts';
import { recordedWire } from './recorded-wire.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { atSite, type Site } from './site.ts';
import { RandomTypist, TypedWords, lettersOf } from './words.ts';

const READERS: Readonly<Record<Size, number>> = { small: 3, usual: 32, long: 80 }, SLOW: Readonly<Record<Size, number>> = { small: 1, usual: 8, long: 20 };
const TIMES: Readonly<Record<Size, number>> = { small: 1, usual: 2, long: 20 }, MEASURED_MS: Readonly<Record<Size, number>> = { small: 1_000, usual: 5_000, long: 20_000 };
/** Sooner than a connection ends that merely does not answer the transport's pings; in the small form no time is measured. And before so much was pasted, most of which the machine's own buffers take. */
const DROPPED_WITHIN: Readonly<Record<Size, number>> = { small: 120_000, usual: 40_000, long: 40_000 }, DROPPED_BEFORE = 180;
/** How long is waited for a letter that somebody types every moment. */
const SEEN_WITHIN = 30_000;
/** Beyond the small form: the others feel it when their 95th percentile is so many times what it is without slow readers, and noticeably more. */
const ALLOWED_SLOWDOWN = { times: 3, ms: 100 };

const PAPER: readonly Provision[] = ['One.', 'Two.', 'Three.'].map((words, i) => ({ id: `p${i}`, kind: 'paragraph', label: `${i + 1}`, level: 0, slots: { 'en:text': plainSlot(words) } }));
/** What is pasted and struck all the time, to have something to hold back. */
const BULK = { ids: ['p0', 'p2'], characters: 20_000, everyMs: 60 };

/** The websocket below a socket.io socket; while it is paused the machine takes what its buffers hold, and then nothing. */
interface Below { readonly io: { readonly engine: { readonly transport: { readonly ws: { pause(): void; resume(): void } } } } }
const websocket = (socket: Socket) => (socket as unknown as Below).io.engine.transport.ws;

interface Reader { readonly socket: Socket; readonly client: DocumentClient; drops: number }

/** A document in which much is pasted, with readers of whom some stop reading. */
class SlowReadersFixture {
  readonly typed = new TypedWords();
  readonly transcript = new Transcript();
  private readonly readers: Reader[] = [];
  private readonly slow: Reader[];
  private readonly random: () => number;
  private readonly typedAt = new Map<string, number>();
  private seen: number[] = [];
  private ignoring = false;
  private working = true;
  private pastes = 0;

  private constructor(private readonly site: Site, private readonly doc: string, private readonly typist: DocumentClient, private readonly paster: DocumentClient, private readonly watcher: DocumentClient, private readonly findings: Findings, private readonly options: Options) {
    this.random = seeded(options.seed);
    this.slow = [];
    watcher.on('commit', ({ rooms }) => this.note((rooms.working ?? []).flatMap(lettersOf)));
  }

  static async open(site: Site, findings: Findings, options: Options): Promise<SlowReadersFixture> {
    const { group } = site, doc = await group.draft(PAPER);
    const [typist, paster, watcher] = [await group.az.open(doc), await group.chair.open(doc), await group.oc.open(doc)];
    const fixture = new SlowReadersFixture(site, doc, typist, paster, watcher, findings, options);
    for (let i = 0; i < READERS[options.size]; i++) fixture.readers.push(await fixture.comeIn());
    fixture.slow.push(...fixture.readers.slice(0, SLOW[options.size]));
    return fixture;
  }

  async run(): Promise<void> {
    const { size } = this.options, work = Promise.all([this.type(), this.paste()]);
    try {
      for (let i = 0; i < TIMES[size]; i++) await this.slowDown();
    } finally {
      this.working = false;
      await work;
    }
    await this.compare();
  }

  private async comeIn(): Promise<Reader> {
    const person = this.site.group.observer, socket = person.socket();
    const reader: Reader = { socket, drops: 0, client: await person.open(this.doc, { wire: recordedWire(socketWire(socket), this.transcript) }) };
    socket.on('disconnect', () => { reader.drops += 1; });
    return reader;
  }

  private async slowDown(): Promise<void> {
    const { findings, slow, readers, options: { size, sabotage } } = this, everybody = readers.length + 3, drops = readers.map((reader) => reader.drops);
    await this.until(() => this.watcher.presence.length === everybody, 'everybody is there');
    const without = await this.measured(async () => {
        await pause(MEASURED_MS[size]);
        await this.until(() => this.seen.length > 0, 'a letter is seen', SEEN_WITHIN);
      }), began = performance.now();
    for (const { socket } of slow) if (sabotage !== 'drop-the-slow') websocket(socket).pause();
    const held = await this.measured(async () => {
      await this.until(() => this.watcher.presence.length <= everybody - slow.length, 'slow readers are dropped');
      findings.figures['droppedAfterMs'] = Math.round(performance.now() - began);
      await pause(Math.max(0, MEASURED_MS[size] - (performance.now() - began)));
      await this.until(() => this.seen.length > 0, 'a letter is seen while some are slow', SEEN_WITHIN);
    }, sabotage === 'spare-the-others');
    const back = performance.now();
    for (const { socket } of slow) if (sabotage !== 'drop-the-slow') websocket(socket).resume();
    await this.until(() => this.watcher.presence.length === everybody && slow.every(({ client }) => client.joined), 'slow readers come back');
    findings.figures['backAfterMs'] = Math.round(performance.now() - back);
    readers.forEach((reader, i) => findings.check(slow.includes(reader) || reader.drops === drops[i], () => 'a reader who reads was dropped'));
    Object.assign(findings.figures, { readers: readers.length, slow: slow.length, pastes: this.pastes }, percentiles('withoutMs', without), percentiles('withMs', held));
    const [before, after] = [Number(percentiles('', without)['P95']), Number(percentiles('', held)['P95'])];
    findings.check(size === 'small' || after <= Math.max(before * ALLOWED_SLOWDOWN.times, before + ALLOWED_SLOWDOWN.ms), () => `the others feel it: from ${before} ms to ${after} ms`);
    findings.tried += slow.length;
  }

  /** How long letters take from one who reads to another while this goes on. `ignoring`, for sabotage: the harness sees none. */
  private async measured(meanwhile: () => Promise<void>, ignoring = false): Promise<number[]> {
    this.seen = [];
    this.ignoring = ignoring;
    await meanwhile();
    this.ignoring = false;
    return this.seen;
  }

  private note(letters: readonly string[]): void {
    for (const letter of letters) {
      const typed = this.typedAt.get(letter);
      if (typed !== undefined && this.typedAt.delete(letter) && !this.ignoring) this.seen.push(performance.now() - typed);
    }
  }

  private async type(): Promise<void> {
    const typist = new RandomTypist(this.typed, this.site.group.az.user, this.random);
    for (; this.working && this.typed.fresh; await pause(25)) {
      this.typedAt.set(this.typed.next(), performance.now());
      typist.type(this.typist, 'p1');
    }
  }

  private async paste(): Promise<void> {
    for (; this.working; await pause(BULK.everyMs)) {
      if (this.paster.status.pending > 0) continue;
      const { by } = this.paster.text('working');
      this.paster.edit(BULK.ids.map((id) => ({ do: 'splice', id, key: 'en:text', from: 0, to: textOf(slotOf(by.get(id), 'en:text')).length, insert: plainSlot(this.bulk()) })));
      this.pastes += 1;
    }
  }

  private bulk(): string {
    return Array.from({ length: BULK.characters }, () => String.fromCharCode(0x4e00 + Math.floor(this.random() * 20_000))).join('');
  }

  private async until(condition: () => boolean, what: string, within = DROPPED_WITHIN[this.options.size]): Promise<void> {
    for (const until = performance.now() + within, most = this.pastes + DROPPED_BEFORE; !condition(); await pause(10)) {
      if (performance.now() > until || this.pastes > most) return this.findings.violation(`not within ${within} ms and ${DROPPED_BEFORE} pastes: ${what}; ${this.watcher.presence.length} are there`);
    }
  }

  private async compare(): Promise<void> {
    const { findings, doc, options: { size, sabotage } } = this;
    const clients = { typist: this.typist, paster: this.paster, watcher: this.watcher, ...Object.fromEntries(this.readers.map(({ client }, i) => [`${i < this.slow.length ? 'slow ' : ''}reader ${i}`, client])) };
    await compareWork(this.site, findings, doc, clients, this, { size, forgetsRecord: sabotage === 'keep-what-is-acknowledged' });
    await Promise.all(Object.values(clients).map((client) => client.stop().catch(() => undefined)));
    for (const { socket } of this.readers) socket.disconnect();
  }
}

async function readSlowly(options: Options): Promise<Outcome> {
  const findings = new Findings();
  await atSite(options.size, async (site) => (await SlowReadersFixture.open(site, findings, options)).run());
  return findings.outcome();
}

export const slowReaders: Row = {
  name: 'slow-readers', live: true, run: readSlowly, about: 'some of many readers take nothing any more; they are dropped and come back, and the others do not feel it',
  rules: {
    'drop-the-slow': 'the harness’s slow readers read on, so that nobody is dropped',
    'spare-the-others': 'the harness sees no letter of the others while some are slow',
    'keep-what-is-acknowledged': 'the harness’s record has lost one entry',
  },
};
