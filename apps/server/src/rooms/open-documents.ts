import type { DocumentSession } from './document-session.ts';

/** Who has documents open. */
export interface Opener {
  /** Closes one of its documents; false, and nothing closed, while that is in use. */
  close(session: DocumentSession): boolean;
}

/** So many documents stay open in a process, of all its groups: of 70 to 240 kB each, when they are not large. */
const OPEN = 1_000;

/** The open documents of a process, each as far as one log of its group has it, least recently used first. */
export class OpenDocuments {
  private readonly open = new Map<DocumentSession, Opener>();

  constructor(private readonly most = OPEN) {}

  /** It counts as just used from now on. */
  used(session: DocumentSession, opener: Opener): void {
    this.open.delete(session);
    this.open.set(session, opener);
  }

  closed(session: DocumentSession): void {
    this.open.delete(session);
  }

  /** Closes what was not asked for longest, in whatever group. */
  trim(): void {
    for (const [session, opener] of this.open) {
      if (this.open.size <= this.most) return;
      opener.close(session);
    }
  }
}
