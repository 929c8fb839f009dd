import type { Audience, RoomCatalogue } from '@parley/negotiation';
import type { KeptStateStore } from '../record/kept-state.store.ts';
import type { Logs } from '../record/logs.ts';
import { Host } from './host.ts';
import { Keeping } from './keeping.ts';
import type { Opener } from './open-documents.ts';
import { Opening } from './opening.ts';
import { ProcessBounds } from './process-bounds.ts';
import { subjectIn } from './subjects.ts';

export interface HostsOptions {
  /** How many documents of the group stay open when nobody asks for them. */
  readonly openDocuments?: number | undefined;
  /** After how many entries the state of an open document is kept anew. */
  readonly keepEvery?: number | undefined;
  /** Shared with all other groups of the process. */
  readonly bounds?: ProcessBounds;
}

const OPEN = 200;
/** To read so many entries takes a fraction of the time that opening may. Of a state beyond so many bytes, as many more as it is larger: it takes longer to write. */
const KEEP_EVERY = 1_000;
const LARGE = 500_000;
/** What was written since is worth keeping when a document is closed: a tenth of that. */
const WORTH = 0.1;

/** The open documents, each as far as one log has it, least recently used first. One is loaded from the record and may be dropped between any two turns. */
export class Hosts implements Opener {
  private readonly open = new Map<string, Host>();
  /** Opened for a request that has not had its turn yet. */
  private readonly fresh = new Set<string>();
  private readonly keeping: Keeping;
  private readonly bounds: ProcessBounds;
  private readonly most: number;
  private readonly every: number;
  /** A turn is under way: what is in memory may be ahead of the record. */
  private inTurn = false;

  constructor(private readonly logs: Logs, private readonly kept: KeptStateStore, private readonly catalogue: RoomCatalogue, options: HostsOptions = {}) {
    this.bounds = options.bounds ?? new ProcessBounds();
    this.keeping = new Keeping(kept, this.bounds.states);
    this.most = options.openDocuments ?? OPEN;
    this.every = options.keepEvery ?? KEEP_EVERY;
  }

  /** The host of a subject that is open, which then counts as just used. */
  get(id: string): Host | undefined {
    const host = this.open.get(id);
    if (host) {
      this.fresh.delete(id);
      this.open.delete(id);
      this.open.set(id, host);
      this.bounds.documents.used(host, this);
    }
    return host;
  }

  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  ids(): string[] {
    return [...this.open.keys()];
  }

  /** Opens a document as one log has it; one of which there is no entry is opened too, as absent. */
  async load(doc: string, readers: Audience): Promise<void> {
    const log = await this.logs.open(readers), opened = await new Opening(log, this.kept).open(doc), subject = subjectIn(doc, readers);
    this.drop(subject);
    const host = new Host(opened, readers, this.catalogue);
    this.open.set(subject, host);
    this.bounds.documents.used(host, this);
    this.fresh.add(subject);
  }

  /** Forgets a document, whatever is in memory of it. */
  drop(id: string): void {
    const host = this.open.get(id);
    if (host) this.bounds.documents.closed(host);
    host?.destroy();
    this.open.delete(id);
    this.fresh.delete(id);
  }

  begin(): void {
    this.inTurn = true;
  }

  /** Between turns, when nothing is ahead of the record: keeps the state of one document that has gone far, and closes what is in nobody's use. */
  rest(): void {
    this.inTurn = false;
    const far = this.keeping.idle ? [...this.open.values()].find((host) => host.keptAgo >= this.every * Math.max(1, host.keptSize / LARGE)) : undefined;
    if (far) this.keeping.keep(far);
    this.trim();
  }

  /** Keeps the states of all documents that are worth it, as long as they are open. Call it when nothing is judged any more. */
  async keepAll(): Promise<void> {
    for (const host of [...this.open.values()]) {
      if (this.open.get(host.subject) === host) this.keepIfWorth(host);
      await this.keeping.settled();
    }
  }

  /** Closes what does not exist and what was not asked for longest. */
  private trim(): void {
    for (const [id, host] of this.open) if (host.last < 0 && !this.fresh.has(id)) this.drop(id);
    for (const [id, host] of this.open) {
      if (this.open.size <= this.most) break;
      this.keepIfWorth(host);
      this.drop(id);
    }
    this.bounds.documents.trim();
  }

  close(host: Host): boolean {
    if (this.inTurn || this.fresh.has(host.subject)) return false;
    this.keepIfWorth(host);
    this.drop(host.subject);
    return true;
  }

  private keepIfWorth(host: Host): void {
    if (host.mark && host.keptAgo >= this.every * WORTH) this.keeping.keep(host);
  }
}
