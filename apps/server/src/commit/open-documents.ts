/** Who has documents open, each by an object of its own. */
export interface Opener<Open extends object> {
  /** Closes one of its documents; false, and nothing closed, while that is in use. */
  close(document: Open): boolean;
}

/** So many documents stay open in a process, of all its groups: of 70 to 240 kB each, when they are not large. */
const OPEN = 1_000;

/** The open documents of a process, each as far as one log of its group has it, least recently used first. */
export class OpenDocuments {
  private readonly open = new Map<object, Opener<never>>();

  constructor(private readonly most = OPEN) {}

  /** It counts as just used from now on. */
  used<Open extends object>(document: Open, opener: Opener<Open>): void {
    this.open.delete(document);
    this.open.set(document, opener);
  }

  closed(document: object): void {
    this.open.delete(document);
  }

  /** Closes what was not asked for longest, in whatever group. */
  trim(): void {
    for (const [document, opener] of this.open) {
      if (this.open.size <= this.most) return;
      opener.close(document as never);
    }
  }
}
