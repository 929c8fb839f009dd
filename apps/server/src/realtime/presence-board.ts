import type { Audience, LogName } from '@parley/negotiation';
import type { Caret, Presence } from '@parley/protocol';
import { Presences } from '../http/presences.ts';
import { type DocumentAt, inDocument } from './socket-session.ts';

/** Whoever is in a document has joined what all share of it. */
const ALL = { party: null };

/** How long a caret waits for others, to travel with them; for so many people, and in proportion longer for more. */
const COALESCED_MS = 80;
const PEOPLE = 20;

/** Those who are in a document and read one of its logs, by socket. */
interface Place { readonly at: DocumentAt; readonly readers: Audience; readonly sockets: Map<string, Presence> }

/**
 * Who is where, by socket: the latest word of each, and never the past. A caret is told to the readers of the log in which its room is kept, and moves nothing that others are told.
 * Nothing of it is kept, recorded or logged.
 */
export class PresenceBoard extends Presences {
  private readonly places = new Map<string, Place>();
  private readonly connected = new Map<string, { readonly user: string; readonly group: string }>();
  private readonly moved = new Map<string, NodeJS.Timeout>();
  private tell: (at: DocumentAt, readers: Audience, people: Presence[]) => void = () => undefined;

  /** Called at most every 80 ms for a document, less often where there are many, when somebody came, went or moved. */
  onMoved(tell: (at: DocumentAt, readers: Audience, people: Presence[]) => void): void {
    this.tell = tell;
  }

  override in(group: string, doc: string): string[] {
    return [...new Set([...this.places.get(inDocument({ group, doc }, ALL))?.sockets.values() ?? []].map(({ user }) => user))];
  }

  override anywhere(group: string): string[] {
    return [...new Set([...this.connected.values()].filter((one) => one.group === group).map(({ user }) => user))];
  }

  people(at: DocumentAt, readers: Audience): Presence[] {
    return [...(this.places.get(inDocument(at, readers))?.sockets.values() ?? [])];
  }

  /** In how many documents but one a socket is in a log. */
  countOf(socket: string, log: LogName, but: string): number {
    return [...this.places.values()].filter(({ at, readers, sockets }) => at.doc !== but && readers.log === log && sockets.has(socket)).length;
  }

  connect(socket: string, user: string, group: string): void {
    this.connected.set(socket, { user, group });
  }

  enter(at: DocumentAt, readers: Audience, socket: string): void {
    const user = this.connected.get(socket)?.user;
    if (user === undefined) return;
    const name = inDocument(at, readers), place = this.places.get(name) ?? { at, readers, sockets: new Map<string, Presence>() };
    this.places.set(name, place);
    place.sockets.set(socket, place.sockets.get(socket) ?? { user, caret: null });
    this.notify(place);
  }

  /** Only for a socket that is in the document; in the name of its user, whatever it says. */
  move(at: DocumentAt, readers: Audience, socket: string, caret: Caret | null): void {
    const place = this.places.get(inDocument(at, readers));
    const presence = place?.sockets.get(socket);
    if (!place || !presence || (presence.caret === null && caret === null)) return;
    place.sockets.set(socket, { user: presence.user, caret });
    this.notify(place);
  }

  leave(at: DocumentAt, readers: Audience, socket: string): void {
    const name = inDocument(at, readers), place = this.places.get(name);
    if (!place?.sockets.delete(socket)) return;
    if (place.sockets.size === 0) this.places.delete(name);
    this.notify(place);
  }

  disconnect(socket: string): void {
    this.connected.delete(socket);
    for (const { at, readers } of [...this.places.values()]) this.leave(at, readers, socket);
  }

  close(): void {
    for (const timer of this.moved.values()) clearTimeout(timer);
    this.moved.clear();
  }

  private notify({ at, readers, sockets }: Place): void {
    const name = inDocument(at, readers);
    if (this.moved.has(name)) return;
    this.moved.set(name, setTimeout(() => {
      this.moved.delete(name);
      this.tell(at, readers, this.people(at, readers));
    }, COALESCED_MS * Math.max(1, sockets.size / PEOPLE)));
  }
}
