import type { Audience, LogName } from '@parley/negotiation';
import type { Caret, Presence } from '@parley/protocol';
import { Presences } from '../documents/presences.ts';
import { inDocument } from './visitor.ts';

/** Whoever is in a document has joined what all share of it. */
const ALL = { party: null };

/** How long a caret waits for others, to travel with them; for so many people, and in proportion longer for more. */
const COALESCED_MS = 80;
const PEOPLE = 20;

/** Those who are in a document and read one of its logs, by socket. */
interface Place { readonly doc: string; readonly readers: Audience; readonly sockets: Map<string, Presence> }

/**
 * Who is where, by socket: the latest word of each, and never the past. A caret is told to the readers of the log in which its room is kept, and moves nothing that others are told.
 * Nothing of it is kept, recorded or logged.
 */
export class PresenceBoard extends Presences {
  private readonly places = new Map<string, Place>();
  private readonly connected = new Map<string, string>();
  private readonly moved = new Map<string, NodeJS.Timeout>();
  private tell: (doc: string, readers: Audience, people: Presence[]) => void = () => undefined;

  /** Called at most every 80 ms for a document, less often where there are many, when somebody came, went or moved. */
  onMoved(tell: (doc: string, readers: Audience, people: Presence[]) => void): void {
    this.tell = tell;
  }

  override in(doc: string): string[] {
    return [...new Set([...this.places.get(inDocument(doc, ALL))?.sockets.values() ?? []].map(({ user }) => user))];
  }

  override anywhere(): string[] {
    return [...new Set(this.connected.values())];
  }

  people(doc: string, readers: Audience): Presence[] {
    return [...(this.places.get(inDocument(doc, readers))?.sockets.values() ?? [])];
  }

  /** In how many documents a socket is in a log. */
  countOf(socket: string, log: LogName): number {
    return [...this.places.values()].filter(({ readers, sockets }) => readers.log === log && sockets.has(socket)).length;
  }

  connect(socket: string, user: string): void {
    this.connected.set(socket, user);
  }

  enter(doc: string, readers: Audience, socket: string): void {
    const user = this.connected.get(socket);
    if (user === undefined) return;
    const name = inDocument(doc, readers), place = this.places.get(name) ?? { doc, readers, sockets: new Map<string, Presence>() };
    this.places.set(name, place);
    place.sockets.set(socket, place.sockets.get(socket) ?? { user, caret: null });
    this.announce(place);
  }

  /** Only for a socket that is in the document; in the name of its user, whatever it says. */
  move(doc: string, readers: Audience, socket: string, caret: Caret | null): void {
    const place = this.places.get(inDocument(doc, readers));
    const presence = place?.sockets.get(socket);
    if (!place || !presence || (presence.caret === null && caret === null)) return;
    place.sockets.set(socket, { user: presence.user, caret });
    this.announce(place);
  }

  leave(doc: string, readers: Audience, socket: string): void {
    const name = inDocument(doc, readers), place = this.places.get(name);
    if (!place?.sockets.delete(socket)) return;
    if (place.sockets.size === 0) this.places.delete(name);
    this.announce(place);
  }

  disconnect(socket: string): void {
    this.connected.delete(socket);
    for (const { doc, readers } of [...this.places.values()]) this.leave(doc, readers, socket);
  }

  close(): void {
    for (const timer of this.moved.values()) clearTimeout(timer);
    this.moved.clear();
  }

  private announce({ doc, readers, sockets }: Place): void {
    const name = inDocument(doc, readers);
    if (this.moved.has(name)) return;
    this.moved.set(name, setTimeout(() => {
      this.moved.delete(name);
      this.tell(doc, readers, this.people(doc, readers));
    }, COALESCED_MS * Math.max(1, sockets.size / PEOPLE)));
  }
}
