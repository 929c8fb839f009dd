import { setTimeout as pause } from 'node:timers/promises';
import { socketWire, type DocumentClient } from '@parley/sync';
import { plainSlot } from '@parley/text';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { NAMES } from '../support/cast.ts';
import { Transcript } from './copies.ts';
import { compareWork } from './everybody.ts';
import { ofOthers, only, recordedWire } from './recorded-wire.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { atSite, type Site } from './site.ts';
import { RandomTypist, TypedWords } from './words.ts';

const SOCKETS: Readonly<Record<Size, number>> = { small: 40, usual: 500, long: 500 }, STORMS: Readonly<Record<Size, number>> = { small: 1, usual: 2, long: 20 };
/** In the small form it counts that all come back, not when: that is how long is waited. */
const ALL_BACK_WITHIN: Readonly<Record<Size, number>> = { small: 45_000, usual: 20_000, long: 20_000 };
/** So many are asked to come in at a time, before the first storm. */
const AT_A_TIME = 20;

/** Hundreds of pages of one document. */
class StormClients {
  readonly clients: DocumentClient[] = [];
  readonly typed = new TypedWords();
  readonly transcript = new Transcript();
  private readonly back: number[] = [];
  private readonly typist: RandomTypist[] = [];
  private readonly sockets: ReturnType<Site['group']['az']['socket']>[] = [];
  private readonly random: () => number;
  private over = false;

  constructor(private readonly site: Site, private readonly doc: string, private readonly findings: Findings, private readonly options: Options) {
    this.random = seeded(options.seed);
  }

  async comeIn(): Promise<void> {
    const { size, sabotage } = this.options, once = only(1);
    while (this.clients.length < SOCKETS[size]) {
      const first = this.clients.length;
      this.clients.push(...await Promise.all(Array.from({ length: Math.min(AT_A_TIME, SOCKETS[size] - first) }, (_, i) => {
        const person = this.site.group[NAMES[(first + i) % NAMES.length]!], socket = person.socket();
        this.sockets.push(socket);
        this.typist.push(new RandomTypist(this.typed, person.user, this.random));
        return person.open(this.doc, { wire: recordedWire(socketWire(socket), this.transcript, { withholds: (commit) => sabotage === 'tell-every-commit' && this.over && ofOthers(commit, person.user) && once() }) });
      })));
    }
    if (sabotage === 'come-back') this.sockets[3]!.io.reconnection(false);
  }

  /** All come back at the same time to a server that has just started; one in five has something to bring. */
  async storm(): Promise<void> {
    const { clients, findings, back } = this, within = ALL_BACK_WITHIN[this.options.size];
    await this.site.kill(async () => {
      clients.forEach((client, i) => { if (client.ownRoom && i % 5 === 0) this.typist[i]!.type(client, 'p'); });
      await pause(200);
    });
    const began = performance.now();
    await Promise.all(clients.map(async (client) => {
      for (; client.status.state !== 'saved'; await pause(10)) if (performance.now() - began > within) return findings.violation(`after ${within} ms a client is ${client.status.state}`);
      back.push(performance.now() - began);
    }));
    findings.tried += clients.length;
  }

  /** Afterwards two go on typing, one after the other. */
  async typeAfterwards(): Promise<void> {
    this.over = true;
    for (const i of [0, 1]) {
      this.typist[i]!.type(this.clients[i]!, 'p');
      await this.clients[i]!.saved();
    }
  }

  async compare(): Promise<void> {
    const { findings, typed, doc, options: { size, sabotage } } = this;
    const present = this.clients.map((client, i) => [`client ${i}`, client] as const).filter(([, client]) => client.status.state === 'saved');
    await compareWork(this.site, findings, doc, Object.fromEntries(present), this, { size, forgetsRecord: sabotage === 'keep-what-is-acknowledged' });
    Object.assign(findings.figures, { sockets: this.clients.length, letters: typed.typed.size }, percentiles('backMs', this.back));
  }

  async leave(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.stop().catch(() => undefined)));
    for (const socket of this.sockets) socket.disconnect();
  }
}

async function reconnect(options: Options): Promise<Outcome> {
  const findings = new Findings();
  await atSite(options.size, async (site) => {
    const doc = await site.group.draft([{ id: 'p', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('One.') } }]);
    const pages = new StormClients(site, doc, findings, options);
    await pages.comeIn();
    for (let i = 0; i < STORMS[options.size]; i++) await pages.storm();
    await pages.typeAfterwards();
    await pages.compare();
    await pages.leave();
  });
  return findings.outcome();
}

export const reconnectStorm: Row = {
  name: 'storm', live: true, run: reconnect, about: 'hundreds of clients come back at once to a server that has just started, some with words to bring',
  rules: {
    'come-back': 'one of the harness’s sockets does not connect again',
    'tell-every-commit': 'the harness’s wire keeps one commit from a client and says that none is missing',
    'keep-what-is-acknowledged': 'the harness’s record has lost one entry',
  },
};
