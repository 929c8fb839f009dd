import type { Host } from './host.ts';

/** Who has documents open. */
export interface Opener {
  /** Closes one of its documents; false, and nothing closed, while that is in use. */
  close(host: Host): boolean;
}

/** So many documents stay open in a process, of all its groups: of 70 to 240 kB each, when they are not large. */
const OPEN = 1_000;

/** The open documents of a process, each as far as one log of its group has it, least recently used first. */
export class OpenDocuments {
  private readonly open = new Map<Host, Opener>();

  constructor(private readonly most = OPEN) {}

  /** It counts as just used from now on. */
  used(host: Host, opener: Opener): void {
    this.open.delete(host);
    this.open.set(host, opener);
  }

  closed(host: Host): void {
    this.open.delete(host);
  }

  /** Closes what was not asked for longest, in whatever group. */
  trim(): void {
    for (const [host, opener] of this.open) {
      if (this.open.size <= this.most) return;
      opener.close(host);
    }
  }
}
