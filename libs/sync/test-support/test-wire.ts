import type { LogName } from '@parley/negotiation';
import type { Caret, CompareAnswer, CompareRequest, Joined, JoinRequest, Presence, Refusal, Refusing, Commit, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import type { Wire } from '../src/wire.ts';
import type { TestServer } from './test-server.ts';

interface WireListeners {
  commit(commit: Commit): void;
  presence(now: { doc: string; log: LogName; people: readonly Presence[] }): void;
  rejoin(which: { doc: string; log: LogName }): void;
  connection(connected: boolean): void;
  closing(why: Refusal): void;
}

type ListenerSets = { [Name in keyof WireListeners]: Set<WireListeners[Name]> };

/** A message on its way. `fails` tells whoever waits that the connection went down. */
interface Message { readonly kind: 'ask' | 'answer' | 'push'; readonly arrive: () => void; readonly fails: () => void }

/** One client's connection. Up: what the client asks; down: answers and pushes, in one order. */
export class TestWire implements Wire {
  connected = true;
  readonly carets: (Caret | null)[] = [];
  up: Message[] = [];
  down: Message[] = [];
  private readonly listeners: ListenerSets = { commit: new Set(), presence: new Set(), rejoin: new Set(), connection: new Set(), closing: new Set() };

  constructor(private readonly server: TestServer, readonly user: string) {
    server.wires.add(this);
  }

  join(request: JoinRequest): Promise<Joined | Refusing> {
    return this.ask(() => this.server.join(this.user, request));
  }

  async leave(): Promise<void> {
    this.server.wires.delete(this);
  }

  update(request: UpdateRequest): Promise<UpdateAnswer> {
    return this.ask(() => this.server.update(this.user, request));
  }

  compare(request: CompareRequest): Promise<CompareAnswer> {
    return this.ask(() => this.server.compare(request));
  }

  presence(_doc: string, _log: LogName, caret: Caret | null): void {
    this.carets.push(caret);
  }

  onCommit = (listener: WireListeners['commit']) => this.listen('commit', listener);
  onPresence = (listener: WireListeners['presence']) => this.listen('presence', listener);
  onRejoin = (listener: WireListeners['rejoin']) => this.listen('rejoin', listener);
  onConnection = (listener: WireListeners['connection']) => this.listen('connection', listener);
  onClosing = (listener: WireListeners['closing']) => this.listen('closing', listener);

  push(deliver: (to: WireListeners) => void): void {
    if (!this.connected) return;
    const all = <A>(listeners: Set<(payload: A) => void>) => (payload: A): void => [...listeners].forEach((listener) => listener(payload));
    const { commit, presence, rejoin, connection, closing } = this.listeners;
    const to: WireListeners = { commit: all(commit), presence: all(presence), rejoin: all(rejoin), connection: all(connection), closing: all(closing) };
    this.down.push({ kind: 'push', arrive: () => deliver(to), fails: () => undefined });
  }

  /** Loses the first message of this kind that is on its way; a lost question or answer fails as a time-out does. */
  lose(kind: Message['kind']): void {
    for (const way of [this.up, this.down]) {
      const at = way.findIndex((message) => message.kind === kind);
      if (at < 0) continue;
      way.splice(at, 1)[0]!.fails();
      return;
    }
    throw new RangeError(`no ${kind} is on its way`);
  }

  /** The first push that is on its way arrives twice. */
  double(): void {
    const at = this.down.findIndex((message) => message.kind === 'push');
    this.down.splice(at, 0, this.down[at]!);
  }

  disconnect(): void {
    this.connected = false;
    const lost = [...this.up.splice(0), ...this.down.splice(0)];
    for (const message of lost) message.fails();
    for (const listener of this.listeners.connection) listener(false);
  }

  connect(): void {
    this.connected = true;
    for (const listener of this.listeners.connection) listener(true);
  }

  /** Lets the oldest message of one way arrive. */
  step(way: 'up' | 'down'): boolean {
    const message = this[way].shift();
    message?.arrive();
    return message !== undefined;
  }

  private listen<Name extends keyof WireListeners>(name: Name, listener: WireListeners[Name]): () => void {
    this.listeners[name].add(listener);
    return () => void this.listeners[name].delete(listener);
  }

  private ask<Answer>(work: () => Answer): Promise<Answer> {
    if (!this.connected) return Promise.reject(new Error('offline'));
    return new Promise((resolve, reject) => {
      const fails = (): void => reject(new Error('connection lost'));
      this.up.push({
        kind: 'ask', fails,
        arrive: () => {
          const answer = work();
          this.down.push({ kind: 'answer', arrive: () => resolve(answer), fails });
        },
      });
    });
  }
}
