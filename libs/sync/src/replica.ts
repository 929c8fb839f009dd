import { absent, type Actor, type DocumentState, foldDocument, type GroupState, type LogName, NO_GROUP, type RoomCatalogue, type RoomName, type Rooms, writtenIn } from '@parley/negotiation';
import type { Joined, Notice, Commit } from '@parley/protocol';
import { copyDigest, EMPTY_TEXT, RoomView, type Text } from '@parley/text';
import * as Y from 'yjs';

/** The origin of everything that the server sent. */
export const REMOTE = Symbol('from the server');

export interface LastEdit { readonly by: string; readonly at: number }
export type LastEdits = Readonly<Partial<Record<RoomName, Readonly<Record<string, LastEdit>>>>>;

export interface LocalRoomContext {
  /** Somebody here wrote in a room. */
  typed(room: LocalRoom, update: Uint8Array): void;
  readonly clientId?: (() => number) | undefined;
}

/** One room as this client holds it. */
export class LocalRoom {
  readonly doc = new Y.Doc();
  readonly view = new RoomView(this.doc);

  constructor(readonly name: RoomName, private readonly context: LocalRoomContext) {
    if (context.clientId) this.doc.clientID = context.clientId();
    this.doc.on('afterTransactionCleanup', this.onCleanup);
    this.doc.on('afterTransaction', leaveFormats);
  }

  /** Applies the server's updates in one transaction, so that whoever watches the Y.Doc sees one change. */
  apply(updates: readonly Uint8Array[]): void {
    this.doc.transact(() => updates.forEach((update) => Y.applyUpdate(this.doc, update, REMOTE)), REMOTE);
  }

  close(): void {
    this.doc.off('afterTransactionCleanup', this.onCleanup);
    this.doc.off('update', this.onUpdate);
    this.doc.off('afterTransaction', leaveFormats);
    this.view.destroy();
  }

  private readonly onUpdate = (update: Uint8Array): void => this.context.typed(this, update);

  /** Between this event and 'update' Yjs encodes what a transaction did, as long as anybody listens: of what the server sent that would be a third of the time in which a document is opened. */
  private readonly onCleanup = ({ origin }: Y.Transaction): void => {
    this.doc.off('update', this.onUpdate);
    if (origin !== REMOTE) this.doc.on('update', this.onUpdate);
  };
}

/**
 * After remote marks Yjs deletes formats that it finds superfluous. What it finds depends on what else has arrived, so each replica would delete others, and one day
 * read other marks than the server. Here the server alone tidies, and its deletions come with the commit.
 */
function leaveFormats(transaction: Y.Transaction): void {
  if (transaction.origin === REMOTE) transaction._needFormattingCleanup = false;
}

const unknownActor = (user: string): Actor => ({ user, role: 'observer' });

/** What this client knows of a document in one log: the state as the server folds it, and every room that is kept there. It changes only by whole messages. */
export class Replica {
  /** The history that the rooms belong to (W27); empty before the first join. */
  epoch = '';
  document: DocumentState;
  group: GroupState = NO_GROUP;
  actor: Actor;
  /** The last entry applied, -1 for none. */
  entry = -1;
  lastEdits: LastEdits = {};
  readonly rooms = new Map<RoomName, LocalRoom>();

  constructor(doc: string, user: string, private readonly context: LocalRoomContext, private readonly kinds: RoomCatalogue, private readonly log: LogName) {
    this.document = absent(doc);
    this.actor = unknownActor(user);
  }

  get ownRoom(): RoomName | null {
    return this.ownRoomOf(this.actor, this.document.stage);
  }

  /** The room of this log that somebody writes in a stage; null for those who only read. */
  ownRoomOf(actor: Actor, stage: DocumentState['stage']): RoomName | null {
    return this.kinds.writtenBy(actor, stage, this.log);
  }

  text(room: RoomName): Text {
    return this.rooms.get(room)?.view.text ?? EMPTY_TEXT;
  }

  texts(): Rooms {
    return Object.fromEntries([...this.rooms].map(([name, room]) => [name, room.view.text]));
  }

  /** State vectors of all rooms but those to be had anew. */
  have(anew: ReadonlySet<RoomName>): Partial<Record<RoomName, Uint8Array>> {
    const kept = [...this.rooms.values()].filter((room) => !anew.has(room.name));
    return Object.fromEntries(kept.map((room) => [room.name, Y.encodeStateVector(room.doc)]));
  }

  /** What every copy consists of, to be compared with the server's. */
  digests(): Partial<Record<RoomName, string>> {
    return Object.fromEntries([...this.rooms.values()].filter(({ name }) => this.kinds.isCompared(name, this.document.stage)).map(({ name, doc }) => [name, copyDigest(doc)]));
  }

  /** Takes over what a join answered. Rooms that are not served any more, and those to be had anew, come back: they are out of the replica. */
  absorb(joined: Joined, anew: ReadonlySet<RoomName>): LocalRoom[] {
    const { epoch, document, group, actor, entry, lastEdits } = joined;
    Object.assign(this, { epoch, document, group, actor, entry, lastEdits });
    const out = [...this.rooms.values()].filter((room) => anew.has(room.name) || !joined.rooms[room.name]);
    for (const room of out) this.rooms.delete(room.name);
    for (const [name, state] of entriesOf(joined.rooms)) this.room(name).apply(state.updates);
    return out;
  }

  /** Applies a whole commit; tells when it is known already, or when something between is missing: then nothing was applied. */
  take(commit: Commit): 'applied' | 'known' | 'gap' {
    if (lastOf(commit) <= this.entry) return 'known';
    if (commit.after !== this.entry) return 'gap';
    for (const [name, updates] of entriesOf(commit.rooms)) this.room(name).apply(updates);
    for (const notice of commit.notices) this.note(notice);
    this.entry = lastOf(commit);
    return 'applied';
  }

  /** Takes a room out; it stays usable for whoever still holds it. */
  release(name: RoomName): LocalRoom | undefined {
    const room = this.rooms.get(name);
    this.rooms.delete(name);
    return room;
  }

  close(): void {
    for (const room of this.rooms.values()) room.close();
  }

  private room(name: RoomName): LocalRoom {
    const found = this.rooms.get(name) ?? new LocalRoom(name, this.context);
    this.rooms.set(name, found);
    return found;
  }

  private note(notice: Notice): void {
    const { by, at } = notice;
    if (notice.kind === 'act') {
      this.document = notice.events.reduce((state, event) => foldDocument(state, event, { user: by, at }), this.document);
      for (const { room, provisions } of writtenIn(notice.events)) this.wrote(room, provisions, { by, at });
    } else this.wrote(notice.room, notice.touched, { by, at });
  }

  private wrote(room: RoomName, provisions: readonly string[], last: LastEdit): void {
    this.lastEdits = { ...this.lastEdits, [room]: { ...this.lastEdits[room], ...Object.fromEntries(provisions.map((id) => [id, last])) } };
  }
}

/** The last entry of a commit. */
export const lastOf = (commit: Commit): number => commit.notices.at(-1)?.index ?? commit.after;

const entriesOf = <T>(record: Readonly<Partial<Record<RoomName, T>>>): [RoomName, T][] => Object.entries(record) as [RoomName, T][];
