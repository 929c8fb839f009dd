import { setTimeout as pause } from 'node:timers/promises';
import type { LogName } from '@parley/negotiation';
import type { CompareAnswer, Joined, JoinRequest, Presence, Refusal, Refusing, Commit, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import type { Wire } from '@parley/sync';
import type { ServerProcess, SharedDatabase } from './several-processes.ts';

/** How soon a balancer notices that a process does not answer, and how soon a page comes back. */
const NOTICED_MS = 60, BACK_MS = 10, ANSWERED_MS = 300;

/** What everybody before the processes knows: the last entry that somebody was told is saved. Whoever is answered afterwards knows of it. */
export class Front {
  saved = -1;

  constructor(readonly database: SharedDatabase) {}

  /** The process that a request comes to: mostly the first that answers, now and then any. */
  next(): ServerProcess | undefined {
    const running = this.database.processes.filter(({ state, stopping }) => state === 'runs' && !stopping);
    return this.database.random() < 0.05 ? running[Math.floor(this.database.random() * running.length)] : running[0];
  }

  /** Of all processes one at most would answer now, those that stand still included: they go on where they were. */
  oneServes(): void {
    const serving = this.database.processes.filter(({ state, rooms }) => state !== 'dead' && rooms.serves).map(({ name }) => name);
    this.database.findings.check(serving.length <= 1, () => `${serving.join(' and ')} serve the group at one time`);
  }

  /** Somebody opens the document at one process; what it answers is not older than what others were told before. Refusals and silence are none. */
  async look(process: ServerProcess, user: string, request: JoinRequest): Promise<Joined | Refusing> {
    const { saved } = this;
    await process.passes();
    if (!await process.takes().catch(() => false)) return ELSEWHERE;
    const answer = await process.rooms.join(user, request);
    await process.passes();
    if (!answer.ok) return answer;
    this.database.findings.count('looks');
    this.database.findings.check(answer.entry >= saved, () => `${process.name} showed entry ${answer.entry} when ${saved} was saved already`);
    return { ...answer, presence: [] };
  }
}

const ELSEWHERE: Refusing = { ok: false, reason: 'elsewhere' };

/** One page's connection, through the balancer, to whatever process it comes to. */
export class BalancedWire implements Wire {
  private process: ServerProcess | null = null;
  private down: () => void = () => undefined;
  private over = false;
  private readonly commits = new Set<(commit: Commit) => void>();
  private readonly connections = new Set<(connected: boolean) => void>();

  constructor(private readonly front: Front, private readonly user: string) {
    void this.connect();
  }

  get connected(): boolean {
    return this.process !== null;
  }

  join(request: JoinRequest): Promise<Joined | Refusing> {
    return this.asked((process) => this.front.look(process, this.user, request));
  }

  update(request: UpdateRequest): Promise<UpdateAnswer> {
    return this.asked(async (process) => {
      await process.passes();
      if (!await process.takes().catch(() => false)) return ELSEWHERE;
      const answer = await process.rooms.update(this.user, request);
      await process.passes();
      if (answer.ok) this.front.saved = Math.max(this.front.saved, answer.entry);
      return answer;
    });
  }

  compare(): Promise<CompareAnswer> {
    return Promise.resolve(ELSEWHERE);
  }

  async leave(): Promise<void> {
    this.over = true;
    this.down();
  }

  presence(): void {
    return undefined;
  }

  onCommit = (listener: (commit: Commit) => void) => added(this.commits, listener);
  onConnection = (listener: (connected: boolean) => void) => added(this.connections, listener);
  onPresence = (_listener: (now: { doc: string; log: LogName; people: readonly Presence[] }) => void) => () => undefined;
  onRejoin = (_listener: (which: { doc: string; log: LogName }) => void) => () => undefined;
  onClosing = (_listener: (why: Refusal) => void) => () => undefined;

  private async connect(): Promise<void> {
    while (!this.over) {
      await pause(BACK_MS);
      const process = this.front.next();
      // A process that ends meanwhile answers never: the balancer waits for it no longer than that.
      const taken = process && await Promise.race([process.takes().catch(() => false), pause(ANSWERED_MS).then(() => false)]);
      if (!taken || process.state !== 'runs') continue;
      await this.stay(process);
    }
  }

  /** As long as the connection lasts. */
  private async stay(process: ServerProcess): Promise<void> {
    const ended = new Promise<void>((resolve) => { this.down = resolve; });
    let here = true;
    process.rooms.events.on('committed', (commit) => void process.passes().then(() => { if (here) this.commits.forEach((listener) => listener(commit)); }));
    process.rooms.events.on('left', () => { if (here) this.down(); });
    const watch = setInterval(() => { if (process.state !== 'runs') setTimeout(() => { if (here) this.down(); }, NOTICED_MS); }, NOTICED_MS / 2);
    this.process = process;
    this.connections.forEach((listener) => listener(true));
    await ended;
    clearInterval(watch);
    here = false;
    this.process = null;
    this.connections.forEach((listener) => listener(false));
  }

  /** Rejects when the connection ends first. */
  private asked<Answer>(ask: (process: ServerProcess) => Promise<Answer>): Promise<Answer> {
    const { process } = this;
    if (!process) return Promise.reject(new Error('offline'));
    return new Promise((resolve, reject) => {
      const off = this.onConnection((connected) => { if (!connected) reject(new Error('the connection went down')); });
      ask(process).then(resolve, reject).finally(off);
    });
  }
}

function added<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => void all.delete(one);
}
