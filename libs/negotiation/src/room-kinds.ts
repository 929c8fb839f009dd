import type { PartyId } from '@parley/text';
import type { DocumentState, Stage } from './document.ts';
import { type GroupState, partyOrder } from './group.ts';
import { type Actor, partyOf, type RoomName, WORKING_DRAFT } from './party.ts';

/** A log of the working group: what all of it shares, or what one party keeps to itself. */
export type LogName = 'shared' | `private:${PartyId}`;

/** One kind of room. A room is named by its kind, by its party where each party has one, and by its draft where each draft has one: `working`, `position:<party>`, `draft:<party>:<id>`. */
export interface RoomKind {
  readonly name: string;
  readonly of: 'document' | 'party' | 'draft';
  /** `group`: the whole working group but the administrator; `party`: the members of the party that it is named by. */
  readonly readers: 'group' | 'party';
  /** Acts write every room; these besides. */
  readonly writers: 'group' | 'party' | 'nobody';
  /** A log has the same readers for every room in it. */
  readonly log: 'shared' | 'private';
  /** The stages in which it is written, by its writers and by acts. */
  readonly written: readonly Stage[];
  /** What acts close to its writers: the whole of it while one head has accepted it as basis and the other has not answered; provisions that both have agreed; or nothing. */
  readonly closes: 'whole' | 'agreed' | 'never';
  /** The stages in which copies of it are held against the server's: after them some have let it go, some have not. */
  readonly compared: readonly Stage[];
  /** `empty`: there from the first, without a word in it; else an act makes it. */
  readonly begins: 'empty' | 'by act';
}

const PRIVATE = 'private:';
/** By how much a room is named besides its kind. */
const NAMED_BY: Readonly<Record<RoomKind['of'], number>> = { document: 0, party: 1, draft: 2 };
const nameOf = ({ name, of }: RoomKind, party: PartyId): RoomName => (of === 'document' ? name : of === 'party' ? `${name}:${party}` : `${name}:${party}:${WORKING_DRAFT}`) as RoomName;

let make: (log: LogName) => Audience;

/**
 * The readers of one log: they read everything in it, and nobody else anything. Only a catalogue makes one; whatever sends something to people, or reads a log for them, asks for
 * it.
 */
export class Audience {
  /** The party that it is; null for the whole working group. */
  readonly party: PartyId | null;
  readonly #made = true;

  private constructor(readonly log: LogName) {
    this.party = log === 'shared' ? null : log.slice(PRIVATE.length);
  }

  /** Whether this is one of them, by where he sits alone: `may` says whether a seat reads anything at all. */
  holds(actor: Actor): boolean {
    return this.#made && (this.party === null || partyOf(actor) === this.party);
  }

  static {
    make = (log) => new Audience(log);
  }
}

/** All kinds of rooms there are. Who reads a room, who writes it and where it is kept is looked up here and nowhere else. */
export class RoomCatalogue {
  private readonly kinds: ReadonlyMap<string, RoomKind>;
  private readonly audiences = new Map<LogName, Audience>();
  /** The readers of what the working group shares. */
  readonly shared: Audience = this.audience('shared');

  /** Throws a `RangeError` for two kinds of one name, or a kind whose log others read than those who read the room. */
  constructor(readonly all: readonly RoomKind[]) {
    this.kinds = new Map(all.map((kind) => [kind.name, kind]));
    if (this.kinds.size < all.length) throw new RangeError('two kinds of rooms have one name');
    const misplaced = all.find(({ readers, log, of }) => (readers === 'party') !== (log === 'private') || (readers === 'party' && of === 'document'));
    if (misplaced) throw new RangeError(`rooms of the kind ${misplaced.name} are kept where others read`);
  }

  /** The kind of a room by its name alone, whether there is such a party or not; null for a name of no kind. */
  kindOf(room: RoomName): RoomKind | null {
    const [name, ...of] = room.split(':'), kind = this.kinds.get(name!);
    return kind && of.length === NAMED_BY[kind.of] && !of.includes('') ? kind : null;
  }

  /** The party that a room is named by, or null. */
  partyOf(room: RoomName): PartyId | null {
    const kind = this.kindOf(room);
    return kind && kind.of !== 'document' ? room.split(':')[1]! : null;
  }

  /** The draft that a room is named by, or null. */
  draftOf(room: RoomName): string | null {
    return this.kindOf(room)?.of === 'draft' ? room.split(':')[2]! : null;
  }

  /** The readers of a room; null where this working group has no such room. */
  readersOf(room: RoomName, group: GroupState): Audience | null {
    const party = this.partyOf(room), log = this.logOf(room);
    return log === null || (party !== null && !partyOrder(group).includes(party)) ? null : this.audience(log);
  }

  /** The log that a room is kept in by its name alone; null for a name of no kind. */
  logOf(room: RoomName): LogName | null {
    const kind = this.kindOf(room);
    return kind && (kind.log === 'shared' ? 'shared' : `private:${this.partyOf(room)!}`);
  }

  /** The readers of every log there is: the shared one, and one of each party where some kind of room is kept there. */
  audiencesIn(group: GroupState): readonly Audience[] {
    const isPrivate = this.all.some(({ log }) => log === 'private');
    return [this.shared, ...(isPrivate ? partyOrder(group).map((party) => this.audience(`private:${party}`)) : [])];
  }

  /** The rooms in a log that are there from the first. */
  begunIn({ log, party }: Audience): readonly RoomName[] {
    const begun = this.all.filter((kind) => kind.begins === 'empty' && kind.log === (party === null ? 'shared' : 'private'));
    return begun.map((kind) => nameOf(kind, party!)).filter((room) => this.logOf(room) === log);
  }

  /** The room of a log that somebody of a party writes in a stage, of drafts the working draft; null where there is none. */
  writtenBy(actor: Actor, stage: Stage, log: LogName = 'shared'): RoomName | null {
    const party = partyOf(actor);
    if (party === null) return null;
    const named = this.all.filter((kind) => kind.writers !== 'nobody' && kind.written.includes(stage)).map((kind) => nameOf(kind, party));
    return named.find((room) => this.logOf(room) === log) ?? null;
  }

  /** Whether copies of a room are compared with the server's in a stage. */
  isCompared(room: RoomName, stage: DocumentState['stage']): boolean {
    return this.kindOf(room)?.compared.includes(stage) ?? true;
  }

  private audience(log: LogName): Audience {
    const audience = this.audiences.get(log) ?? make(log);
    this.audiences.set(log, audience);
    return audience;
  }
}

/** The kinds of rooms of a document. */
export const ROOM_KINDS: readonly RoomKind[] = [
  { name: 'working', of: 'document', readers: 'group', writers: 'group', log: 'shared', written: ['drafting'], closes: 'whole', compared: ['drafting'], begins: 'by act' },
  { name: 'common', of: 'document', readers: 'group', writers: 'nobody', log: 'shared', written: ['negotiation'], closes: 'agreed', compared: ['drafting', 'negotiation', 'closed'], begins: 'by act' },
  { name: 'position', of: 'party', readers: 'group', writers: 'party', log: 'shared', written: ['negotiation'], closes: 'agreed', compared: ['drafting', 'negotiation', 'closed'], begins: 'by act' },
  { name: 'draft', of: 'draft', readers: 'party', writers: 'party', log: 'private', written: ['negotiation'], closes: 'never', compared: ['negotiation', 'closed'], begins: 'by act' },
  { name: 'base', of: 'draft', readers: 'party', writers: 'nobody', log: 'private', written: ['negotiation'], closes: 'never', compared: ['negotiation', 'closed'], begins: 'by act' },
];

export const ROOMS = new RoomCatalogue(ROOM_KINDS);

/** The party that a room is named by, or null. */
export const partyOfRoom = (room: RoomName): PartyId | null => ROOMS.partyOf(room);
