import type { LogName } from '@parley/negotiation';
import type { Caret, CompareAnswer, CompareRequest, Joined, JoinRequest, Presence, Refusal, Refusing, Commit, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import type { Wire } from '@parley/sync';
import type { ServerRooms } from '../../apps/server/src/groups/server-rooms.ts';
import type { Timeline } from './timeline.ts';

/** How long an acknowledgement may take, as for a real socket. */
const TIMEOUT_MS = 20_000;

interface Listeners {
  commit(commit: Commit): void;
  rejoin(which: { doc: string; log: LogName }): void;
  connection(connected: boolean): void;
  closing(why: Refusal): void;
}

/** What the harness's own copy of a gateway may do wrong, for sabotage. */
export interface Faults {
  /** False: the commit is kept from this listener, who is told the next one follows. */
  readonly passesCommit?: (commit: Commit) => boolean;
  /** Whose update it is taken for. */
  readonly takenFor?: (user: string) => string;
  /** True: acknowledged without being handed to the rooms. */
  readonly discards?: (request: UpdateRequest) => boolean;
}

/** How often a single message is lost, or comes twice, on a line that goes on: no TCP does that, and what stands in between may. */
const LOST = 0.01, TWICE = 0.03;

/** One connection: what arrives arrives in order; late, after a stall, twice, or not at all, and the last of it perhaps after the client has gone. */
class SimulatedConnection {
  alive = true;
  /** The server knows of the end. */
  ended = false;
  readonly docs = new Set<string>();
  readonly waiting = new Set<(error: Error) => void>();
  private readonly arrives = { up: 0, down: 0 };
  private stalled = 0;
  private late = Infinity;

  constructor(private readonly time: Timeline, private readonly random: () => number, private readonly lostAndDoubled: { readonly enabled: boolean }) {}

  send(way: 'up' | 'down', arrive: () => void): void {
    if (this.lostAndDoubled.enabled && this.random() < LOST) return;
    this.pass(way, arrive);
    if (this.lostAndDoubled.enabled && this.random() < TWICE) this.pass(way, arrive);
  }

  private pass(way: 'up' | 'down', arrive: () => void): void {
    const slow = this.random() < 0.03 ? 1_500 : 60;
    const at = Math.max(this.arrives[way], this.stalled, this.time.now + 1 + this.random() * slow);
    this.arrives[way] = at;
    this.time.after(at - this.time.now, () => {
      if (way === 'up' ? !this.ended && (this.alive || at <= this.late) : this.alive) arrive();
    });
  }

  /** Nothing passes for a while, and nobody knows. */
  stall(milliseconds: number): void {
    this.stalled = this.time.now + milliseconds;
  }

  /** The client's end is closed. What it sent may still arrive for a moment; the server knows of the end later than that. */
  cut(): void {
    this.alive = false;
    this.late = this.time.now + (this.random() < 0.5 ? 0 : this.random() * 2_000);
    this.time.after(Math.max(0, this.late - this.time.now) + this.random() * 20_000, () => { this.ended = true; });
    for (const fail of this.waiting) fail(new Error('connection lost'));
    this.waiting.clear();
  }
}

/** Connections to the rooms of a server, in the place of its gateway. */
export class Network {
  private readonly lines = new Set<SimulatedConnection & { onCommit?: (commit: Commit) => void; rejoin?: (doc: string) => void }>();

  /** Whether single messages are lost and doubled. */
  readonly lostAndDoubled = { enabled: false };

  constructor(readonly rooms: ServerRooms, readonly time: Timeline, readonly random: () => number, readonly faults: Faults = {}) {
    rooms.events.on('committed', (commit) => this.lines.forEach((line) => line.docs.has(commit.doc) && line.onCommit?.(commit)));
    rooms.events.on('rebuilt', (doc) => this.lines.forEach((line) => line.docs.has(doc) && line.rejoin?.(doc)));
  }

  wire(user: string): SimulatedWire {
    return new SimulatedWire(this, user);
  }

  open(onCommit: (commit: Commit) => void, rejoin: (doc: string) => void): SimulatedConnection {
    for (const line of this.lines) if (line.ended) this.lines.delete(line);
    const line = Object.assign(new SimulatedConnection(this.time, this.random, this.lostAndDoubled), { onCommit, rejoin });
    this.lines.add(line);
    return line;
  }
}

export type Acknowledged = (request: UpdateRequest, answer: UpdateAnswer) => void;

/** One client's way to the rooms, over one connection after the other. */
export class SimulatedWire implements Wire {
  acknowledged: Acknowledged = () => undefined;
  received: (commit: Commit) => void = () => undefined;
  private line: SimulatedConnection | null = null;
  private skipped: number | null = null;
  private readonly listeners: { [Name in keyof Listeners]: Set<Listeners[Name]> } = { commit: new Set(), rejoin: new Set(), connection: new Set(), closing: new Set() };

  constructor(private readonly network: Network, readonly user: string) {}

  get connected(): boolean { return this.line !== null; }

  connect(): void {
    if (this.line) return;
    const line = this.network.open((commit) => line.send('down', () => this.pass(commit)), (doc) => line.send('down', () => this.emit('rejoin', { doc, log: 'shared' })));
    this.line = line;
    this.emit('connection', true);
  }

  disconnect(): void {
    const line = this.line;
    if (!line) return;
    this.line = null;
    line.cut();
    this.emit('connection', false);
  }

  stall(milliseconds: number): void { this.line?.stall(milliseconds); }

  /** The page is gone: nothing reaches it any more. */
  abandon(): void {
    this.line?.cut();
    this.line = null;
    for (const set of Object.values(this.listeners)) set.clear();
  }

  join(request: JoinRequest): Promise<Joined | Refusing> {
    return this.ask(async (line) => {
      const admitted = await this.network.rooms.join(this.user, request);
      if (!admitted.ok) return admitted;
      line.docs.add(request.doc);
      return { ...admitted, presence: [] };
    });
  }

  async leave(doc: string): Promise<void> { this.line?.docs.delete(doc); }

  async update(request: UpdateRequest): Promise<UpdateAnswer> {
    const { rooms, faults } = this.network;
    const answer = await this.ask<UpdateAnswer>(() => (faults.discards?.(request) ? Promise.resolve({ ok: true, entry: 0, returned: [] })
      : rooms.update(faults.takenFor?.(this.user) ?? this.user, request)));
    this.acknowledged(request, answer);
    return answer;
  }

  compare(request: CompareRequest): Promise<CompareAnswer> { return this.ask(() => this.network.rooms.compare(this.user, request)); }

  presence(_doc: string, _log: LogName, _caret: Caret | null): void { /* nobody looks */ }

  onCommit = (listener: Listeners['commit']) => this.listen('commit', listener);
  onPresence = (_listener: (now: { doc: string; log: LogName; people: readonly Presence[] }) => void) => () => undefined;
  onRejoin = (listener: Listeners['rejoin']) => this.listen('rejoin', listener);
  onConnection = (listener: Listeners['connection']) => this.listen('connection', listener);
  onClosing = (listener: Listeners['closing']) => this.listen('closing', listener);

  private pass(commit: Commit): void {
    if (this.network.faults.passesCommit?.(commit) === false) {
      this.skipped ??= commit.after;
      return;
    }
    this.received(commit);
    const delivered = this.skipped === null ? commit : { ...commit, after: this.skipped };
    this.skipped = null;
    this.emit('commit', delivered);
  }

  private listen<Name extends keyof Listeners>(name: Name, listener: Listeners[Name]): () => void {
    this.listeners[name].add(listener);
    return () => void this.listeners[name].delete(listener);
  }

  private emit<Name extends keyof Listeners>(name: Name, payload: Parameters<Listeners[Name]>[0]): void {
    for (const listener of [...this.listeners[name]]) (listener as (payload: Parameters<Listeners[Name]>[0]) => void)(payload);
  }

  private ask<Answer>(work: (line: SimulatedConnection) => Promise<Answer>): Promise<Answer> {
    const { line, network: { time } } = this;
    if (!line) return Promise.reject(new Error('offline'));
    return new Promise((resolve, reject) => {
      const stop = time.after(TIMEOUT_MS, () => fail(new Error('no answer')));
      const done = (): void => {
        stop();
        line.waiting.delete(fail);
      };
      const fail = (error: Error): void => {
        done();
        reject(error);
      };
      line.waiting.add(fail);
      line.send('up', () => void time.during(work(line)).then((answer) => line.send('down', () => {
        done();
        resolve(answer);
      })));
    });
  }
}
