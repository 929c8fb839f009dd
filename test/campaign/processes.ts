import { setTimeout as pause } from 'node:timers/promises';
import { DocumentClient, memoryStore } from '@parley/sync';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { append, wordsIn } from '../support/person.ts';
import { RoomsFixture } from '../support/rooms-fixture.ts';
import { BalancedWire, Front } from './balanced-wire.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { DOC, type ProcessFaults, SharedDatabase } from './several-processes.ts';
import { repeatable } from './simulated.ts';

/** A slot holds what is typed in one run. */
const RUNS: Readonly<Record<Size, { readonly runs: number; readonly events: number }>> = { small: { runs: 1, events: 8 }, usual: { runs: 3, events: 30 }, long: { runs: 100, events: 30 } }, PROCESSES = 3;
const AT: Readonly<Record<string, string>> = { ann: 'p1', ben: 'p2', anna: 'p3', bo: 'p4' };
const TIMEOUT_MS = 15_000;
/** What happens at which instant is chance here: without a rule it is tried again, so many times, until that is seen. */
const UNTIL_SEEN = 12;

const RULES = {
  'refuse-a-former-holder': 'the harness’s database takes an append whoever made it',
  'serve-no-longer-than-the-lease': 'the harness’s processes go on serving until they learn that another has the group',
  'end-the-commit-before-letting-go': 'the harness’s processes let the group go while their commit is under way',
  'keep-what-was-just-taken': 'the harness’s processes give the group away whenever they are asked',
};

function faultsOf(rule: string | null): ProcessFaults {
  switch (rule) {
    case 'refuse-a-former-holder': return { unfenced: true };
    case 'serve-no-longer-than-the-lease': return { servesPastLease: true };
    case 'end-the-commit-before-letting-go': return { releasesDuringCommit: true };
    case 'keep-what-was-just-taken': return { yieldsAtOnce: true };
    default: return {};
  }
}

interface Typist { readonly user: string; readonly client: DocumentClient; readonly words: string[] }

/** Four people type all the time while processes are stopped and thawed, killed and ended, and strangers ask any of them. */
class ProcessesRun {
  private readonly front: Front;
  private readonly typists: Typist[] = [];
  private going = true;

  constructor(private readonly database: SharedDatabase, private readonly findings: Findings, private readonly random: () => number) {
    this.front = new Front(database);
  }

  async run(events: number): Promise<void> {
    await this.prepare();
    const work = Promise.all([...this.typists.map((typist) => this.typeOn(typist)), this.askOn()]);
    for (let i = 0; i < events; i++) {
      await this.happen(i);
      await pause(100 + this.random() * 200);
    }
    this.going = false;
    await work;
    await this.check();
    for (const process of this.database.processes) if (process.state === 'runs') await process.stop();
  }

  private async prepare(): Promise<void> {
    const fixture = await new RoomsFixture(this.database.record, {}, this.database.kept).established();
    await fixture.opened(DOC, ...Object.keys(AT).map(() => 'Begun:'));
    await fixture.rooms.close();
    for (let i = 0; i < PROCESSES; i++) await this.database.begin().began;
    for (const user of Object.keys(AT)) {
      const client = this.client(user);
      client.on('refused', ({ reason }) => this.findings.violation(`words of ${user} were refused: ${reason}`));
      this.typists.push({ user, client, words: [] });
      await client.start();
    }
  }

  private client(user: string): DocumentClient {
    const timers = { after: (ms: number, then: () => void) => { const timer = setTimeout(then, Math.min(ms, 50)); return () => clearTimeout(timer); } };
    return new DocumentClient({ doc: DOC, user, wire: new BalancedWire(this.front, user), store: memoryStore(), timers, random: this.random, strict: true });
  }

  private async happen(i: number): Promise<void> {
    const running = this.database.processes.filter(({ state, stopping }) => state === 'runs' && !stopping);
    // Mostly the one that has the group: what happens to others is felt by nobody.
    const which = running.find(({ rooms }) => rooms.serves && this.random() < 0.8) ?? running[Math.floor(this.random() * running.length)]!;
    if (i % 4 === 3) return which.stop().then(() => this.replace('stopped'));
    if (i % 4 === 1) {
      which.kill();
      return this.replace('killed');
    }
    const { saved } = this.front, { serves } = which.rooms;
    which.freeze();
    this.findings.count('frozen');
    // Until others have gone on without it.
    for (const until = performance.now() + 3_000; serves && this.front.saved <= saved + 2 && performance.now() < until;) await pause(5);
    await pause(this.random() * 100);
    this.front.oneServes();
    which.thaw();
    await this.front.look(which, 'udo', { doc: DOC, have: {} });
  }

  private async replace(what: string): Promise<void> {
    this.findings.count(what);
    await this.database.begin().began;
  }

  private async typeOn({ user, client, words }: Typist): Promise<void> {
    for (; this.going; await pause(8 + this.random() * 24)) {
      const word = `${words.length.toString(36)}.`;
      words.push(word);
      append(client, AT[user]!, ` ${word}`);
    }
  }

  private async askOn(): Promise<void> {
    for (; this.going; await pause(15)) {
      this.front.oneServes();
      const running = this.database.processes.filter(({ state }) => state === 'runs');
      void this.front.look(running[Math.floor(this.random() * running.length)]!, 'udo', { doc: DOC, have: {} });
    }
  }

  /** Everything that was typed is saved, stands there once, and reads the same to everybody and in the record. */
  private async check(): Promise<void> {
    const { findings, typists } = this;
    for (const { user, client } of typists) findings.check(await Promise.race([client.saved().then(() => true), pause(TIMEOUT_MS).then(() => false)]), () => `nothing of ${user} is saved any more`);
    const replayed = await new RoomsFixture(this.database.record, {}, this.database.kept).start(), reader = await replayed.client('udo', DOC);
    for (const { user, words } of typists) {
      const text = reader.words('working', AT[user]), copies = words.map((word) => text.split(` ${word}`).length - 1);
      findings.tried += words.length;
      findings.loss(copies.filter((n) => n === 0).length, `words of ${user}`);
      findings.check(copies.every((n) => n <= 1), () => `words of ${user} stand there twice`);
      for (const other of typists) findings.check(wordsIn(other.client, 'working', AT[user]!) === text, () => `${other.user} reads another text than the record’s`);
    }
    await replayed.rooms.close();
    for (const { client } of typists) await client.stop();
  }
}

async function severalProcesses({ seed, size, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings(), random = seeded(seed);
  const { runs, events } = RUNS[size], most = sabotage === null ? runs : runs * UNTIL_SEEN;
  for (let i = 0; i < most && !(sabotage !== null && findings.violations + findings.lost > 0); i++) await repeatable(seed + i, new Findings(), () => new ProcessesRun(new SharedDatabase(findings, faultsOf(sabotage), random), findings, random).run(events));
  return findings.outcome();
}

export const processes: Row = {
  name: 'processes', run: severalProcesses, rules: RULES,
  about: 'four people type in a group that three processes share, while these are frozen and thawed, killed and ended, and strangers ask any of them',
};
