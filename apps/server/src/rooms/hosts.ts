import type { SharedLog } from '../record/shared-log.ts';
import { Host } from './host.ts';
import { Replay } from './replay.ts';

/** How many documents stay open when nobody asks for them. */
const KEPT = 200;

/** The open documents, least recently used first. A document is loaded by replaying its entries and may be dropped between any two turns. */
export class Hosts {
  private readonly open = new Map<string, Host>();
  /** Opened for a request that has not had its turn yet. */
  private readonly fresh = new Set<string>();

  constructor(private readonly log: SharedLog, private readonly kept = KEPT) {}

  /** The host of an open document, which then counts as just used. */
  get(id: string): Host | undefined {
    const host = this.open.get(id);
    if (host) {
      this.fresh.delete(id);
      this.open.delete(id);
      this.open.set(id, host);
    }
    return host;
  }

  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  ids(): string[] {
    return [...this.open.keys()];
  }

  /** Opens a document as the record has it; one of which there is no entry is opened too, as absent. */
  async load(id: string): Promise<void> {
    const replay = new Replay(id);
    for await (const page of this.log.read(id)) replay.add(page);
    this.drop(id);
    this.open.set(id, new Host(replay));
    this.fresh.add(id);
  }

  drop(id: string): void {
    this.open.get(id)?.destroy();
    this.open.delete(id);
    this.fresh.delete(id);
  }

  /** Between turns: closes what does not exist and what was not asked for longest. */
  trim(): void {
    for (const [id, host] of this.open) if (host.last < 0 && !this.fresh.has(id)) this.drop(id);
    for (const id of this.open.keys()) {
      if (this.open.size <= this.kept) return;
      this.drop(id);
    }
  }
}
