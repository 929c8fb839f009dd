import type { Audience, LogName, RoomCatalogue } from '@parley/negotiation';
import type { SnapshotStore } from '../record/snapshot.store.ts';
import type { Logs } from '../record/logs.ts';
import { DocumentSession } from './document-session.ts';
import { SnapshotWriter } from './snapshot-writer.ts';
import type { Opener } from '../commit/open-documents.ts';
import { DocumentLoader } from './document-loader.ts';
import { ProcessBounds } from '../commit/process-bounds.ts';
import { subjectIn } from './subjects.ts';

export interface DocumentSessionsOptions {
  /** How many documents of the group stay open when nobody asks for them. */
  readonly openDocuments?: number | undefined;
  /** After how many entries a snapshot of an open document is written anew. */
  readonly snapshotEvery?: number | undefined;
  /** Shared with all other groups of the process. */
  readonly bounds?: ProcessBounds;
}

const OPEN = 200;
/** To read so many entries takes a fraction of the time that opening may. Of a state beyond so many bytes, as many more as it is larger: it takes longer to write. */
const SNAPSHOT_EVERY = 1_000;
const LARGE = 500_000;
/** A tenth of that is worth a snapshot when a document is closed. */
const WORTH = 0.1;

/** The open documents, each as far as one log has it, least recently used first. One is loaded from the record and may be dropped between any two commits. */
export class DocumentSessions implements Opener<DocumentSession> {
  private readonly open = new Map<string, DocumentSession>();
  /** Opened for a request that has not had its turn yet. */
  private readonly fresh = new Set<string>();
  private readonly snapshots: SnapshotWriter;
  private readonly bounds: ProcessBounds;
  private readonly most: number;
  private readonly every: number;
  /** The logs of which a commit is under way: what is in memory of them may be ahead of the record. */
  private readonly committing = new Set<LogName>();

  constructor(private readonly logs: Logs, private readonly store: SnapshotStore, private readonly catalogue: RoomCatalogue, options: DocumentSessionsOptions = {}) {
    this.bounds = options.bounds ?? new ProcessBounds();
    this.snapshots = new SnapshotWriter(store, this.bounds.states);
    this.most = options.openDocuments ?? OPEN;
    this.every = options.snapshotEvery ?? SNAPSHOT_EVERY;
  }

  /** The session of a subject that is open, which then counts as just used. */
  get(id: string): DocumentSession | undefined {
    const session = this.open.get(id);
    if (session) {
      this.fresh.delete(id);
      this.open.delete(id);
      this.open.set(id, session);
      this.bounds.documents.used(session, this);
    }
    return session;
  }

  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  ids(): string[] {
    return [...this.open.keys()];
  }

  /** Opens a document as one log has it; one of which there is no entry is opened too, as absent. */
  async load(doc: string, readers: Audience): Promise<void> {
    const log = await this.logs.open(readers), opened = await new DocumentLoader(log, this.store).load(doc), subject = subjectIn(doc, readers);
    this.drop(subject);
    const session = new DocumentSession(opened, readers, this.catalogue);
    this.open.set(subject, session);
    this.bounds.documents.used(session, this);
    this.fresh.add(subject);
  }

  /** Forgets a document, whatever is in memory of it. */
  drop(id: string): void {
    const session = this.open.get(id);
    if (session) this.bounds.documents.closed(session);
    session?.destroy();
    this.open.delete(id);
    this.fresh.delete(id);
  }

  begin(log: LogName): void {
    this.committing.add(log);
  }

  /** A commit of a log has ended, and nothing of it is ahead of the record: takes a snapshot of one document that has gone far, and closes what is in nobody's use. */
  rest(log: LogName): void {
    this.committing.delete(log);
    const far = this.snapshots.idle ? [...this.open.values()].find((session) => !this.committing.has(session.readers.log) && session.entriesSinceSnapshot >= this.every * Math.max(1, session.snapshotBytes / LARGE)) : undefined;
    if (far) this.snapshots.add(far);
    this.trim();
  }

  /** Writes snapshots of all documents that are worth it, as long as they are open. Call it when nothing is decided any more. */
  async writeSnapshots(): Promise<void> {
    for (const session of [...this.open.values()]) {
      if (this.open.get(session.subject) === session) this.snapshotIfWorth(session);
      await this.snapshots.settled();
    }
  }

  /** Closes what does not exist and what was not asked for longest. */
  private trim(): void {
    for (const [id, session] of this.open) if (session.last < 0 && !this.fresh.has(id) && !this.isInUse(session)) this.drop(id);
    for (const session of this.open.values()) {
      if (this.open.size <= this.most) break;
      this.close(session);
    }
    this.bounds.documents.trim();
  }

  close(session: DocumentSession): boolean {
    if (this.isInUse(session) || this.fresh.has(session.subject)) return false;
    this.snapshotIfWorth(session);
    this.drop(session.subject);
    return true;
  }

  /** A commit is under way that may have to do with it: what is private is decided by what all share. */
  private isInUse({ readers: { log, party } }: DocumentSession): boolean {
    return this.committing.has(log) || (party === null && this.committing.size > 0);
  }

  private snapshotIfWorth(session: DocumentSession): void {
    if (session.position && session.entriesSinceSnapshot >= this.every * WORTH) this.snapshots.add(session);
  }
}
