import { Injectable } from '@nestjs/common';
import type { GroupEvent } from '@parley/negotiation';
import type { Commit, Unread } from '@parley/protocol';
import { type ActEntry, GROUP_SUBJECT } from '../record/entry.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { sharedLogOf } from './shared-log.ts';

type ActMade = Pick<ActEntry, 'index' | 'by'>;

/** So many are counted of each document. */
const KEPT = 100;

/** The last acts on each document of a working group, and where its seats began, followed as they are made: to count what is unread asks the database for nothing of the record. */
export class GroupActs {
  private readonly acts = new Map<string, readonly ActMade[]>();
  private readonly seated = new Map<string, number>();
  private seatsRead = 0;
  private readingSeats: Promise<void> = Promise.resolve();
  private seatsMoved = true;

  constructor(private readonly group: WorkingGroup) {}

  /** Call it once, after commits are noted. */
  async read(): Promise<void> {
    const documents = (await this.group.rooms.documents()).map(({ id }) => id);
    for (const [doc, found] of await sharedLogOf(this.group).latestActs(documents, KEPT)) {
      const last = found.at(-1)?.index ?? -1, since = this.acts.get(doc) ?? [];
      this.acts.set(doc, [...found, ...since.filter(({ index }) => index > last)].slice(-KEPT));
    }
  }

  note({ doc, notices }: Commit): void {
    const made = notices.flatMap(({ kind, index, by }) => (kind === 'act' ? [{ index, by }] : []));
    if (made.length > 0) this.acts.set(doc, [...this.acts.get(doc) ?? [], ...made].slice(-KEPT));
  }

  noteSeats(): void {
    this.seatsMoved = true;
  }

  /** The entry by which somebody sat down, the last time; before it nothing was news to him. −1 where there is none. */
  async seatedBy(user: string): Promise<number> {
    if (this.seatsMoved) {
      // What moves while they are read is read the next time.
      this.seatsMoved = false;
      this.readingSeats = this.readingSeats.catch(() => undefined).then(() => this.readSeats());
    }
    await this.readingSeats.catch((error: unknown) => { this.seatsMoved = true; throw error; });
    return this.seated.get(user) ?? -1;
  }

  /** How many acts of others are behind an entry. */
  unread(doc: string, readUpTo: number, user: string): Unread {
    const behind = (this.acts.get(doc) ?? []).filter(({ index }) => index > readUpTo);
    return { acts: behind.filter(({ by }) => by !== user).length, more: behind.length === KEPT };
  }

  private async readSeats(): Promise<void> {
    for await (const page of sharedLogOf(this.group).read(GROUP_SUBJECT, this.seatsRead)) {
      for (const entry of page) {
        if (entry.kind === 'act') for (const event of entry.events as readonly GroupEvent[]) if (event.e === 'seated') this.seated.set(event.seat.user, entry.index);
        this.seatsRead = entry.index + 1;
      }
    }
  }
}

interface Following { readonly acts: GroupActs; readonly read: Promise<void> }

/** Of the groups that this process holds, each from when it is first asked for. */
@Injectable()
export class LatestActs {
  private readonly following = new WeakMap<WorkingGroup, Following>();
  private readonly heard = new WeakSet<WorkingGroup>();

  async of(group: WorkingGroup): Promise<GroupActs> {
    this.hear(group);
    const { acts, read } = this.following.get(group) ?? this.follow(group);
    await read;
    return acts;
  }

  private follow(group: WorkingGroup): Following {
    const acts = new GroupActs(group), following = { acts, read: acts.read() };
    this.following.set(group, following);
    following.read.catch(() => { if (this.following.get(group) === following) this.following.delete(group); });
    return following;
  }

  /** What another process has appended, or what is read anew, was in no commit of this one. */
  private hear(group: WorkingGroup): void {
    if (this.heard.has(group)) return;
    this.heard.add(group);
    const { events, catalogue } = group.rooms, forget = (): void => void this.following.delete(group);
    events.on('committed', (commit, readers) => { if (readers === catalogue.shared) this.following.get(group)?.acts.note(commit); });
    events.on('groupChanged', ({ seats }) => { if (seats) this.following.get(group)?.acts.noteSeats(); });
    events.on('rebuilt', forget);
    events.on('left', forget);
  }
}
