import type { Caret, Presence } from '@parley/protocol';
import { Presences } from '../documents/presences.ts';

/** How long a caret waits for others, to travel with them; for so many people, and in proportion longer for more. */
const COALESCED_MS = 80;
const PEOPLE = 20;

/** Who is where, by socket: the latest word of each, and never the past. Nothing of it is kept, recorded or logged. */
export class PresenceBoard extends Presences {
  private readonly documents = new Map<string, Map<string, Presence>>();
  private readonly connected = new Map<string, string>();
  private readonly moved = new Map<string, NodeJS.Timeout>();
  private tell: (doc: string, people: Presence[]) => void = () => undefined;

  /** Called at most every 80 ms for a document, less often where there are many, when somebody came, went or moved. */
  onMoved(tell: (doc: string, people: Presence[]) => void): void {
    this.tell = tell;
  }

  override in(doc: string): string[] {
    return [...new Set(this.people(doc).map(({ user }) => user))];
  }

  override anywhere(): string[] {
    return [...new Set(this.connected.values())];
  }

  people(doc: string): Presence[] {
    return [...(this.documents.get(doc)?.values() ?? [])];
  }

  /** How many documents a socket is in. */
  countOf(socket: string): number {
    return [...this.documents.values()].filter((sockets) => sockets.has(socket)).length;
  }

  connect(socket: string, user: string): void {
    this.connected.set(socket, user);
  }

  enter(doc: string, socket: string): void {
    const user = this.connected.get(socket);
    if (user === undefined) return;
    const sockets = this.documents.get(doc) ?? new Map<string, Presence>();
    this.documents.set(doc, sockets.set(socket, sockets.get(socket) ?? { user, caret: null }));
    this.announce(doc);
  }

  /** Only for a socket that is in the document; in the name of its user, whatever it says. */
  move(doc: string, socket: string, caret: Caret | null): void {
    const sockets = this.documents.get(doc);
    const presence = sockets?.get(socket);
    if (!sockets || !presence || (presence.caret === null && caret === null)) return;
    sockets.set(socket, { user: presence.user, caret });
    this.announce(doc);
  }

  leave(doc: string, socket: string): void {
    const sockets = this.documents.get(doc);
    if (!sockets?.delete(socket)) return;
    if (sockets.size === 0) this.documents.delete(doc);
    this.announce(doc);
  }

  disconnect(socket: string): void {
    this.connected.delete(socket);
    for (const doc of [...this.documents.keys()]) this.leave(doc, socket);
  }

  close(): void {
    for (const timer of this.moved.values()) clearTimeout(timer);
    this.moved.clear();
  }

  private announce(doc: string): void {
    if (this.moved.has(doc)) return;
    this.moved.set(doc, setTimeout(() => {
      this.moved.delete(doc);
      this.tell(doc, this.people(doc));
    }, COALESCED_MS * Math.max(1, (this.documents.get(doc)?.size ?? 0) / PEOPLE)));
  }
}
