export interface OwedCountsParts {
  readonly everyMs: number;
  /** Whether a document can be counted without anybody waiting for it. */
  readonly isQuick: (subject: string) => boolean;
  readonly count: (subject: string) => void;
}

/** Documents in which was typed what is not counted for the lists yet. Each is counted after `everyMs`, or, as long as that would take too long, after as much again. */
export class OwedCounts {
  private readonly due = new Map<string, NodeJS.Timeout>();

  constructor(private readonly parts: OwedCountsParts) {}

  owe(subject: string): void {
    if (!this.due.has(subject)) this.due.set(subject, setTimeout(() => this.fall(subject), this.parts.everyMs));
  }

  /** Counts all that is owed now: nothing is typed any more. */
  settle(): void {
    for (const subject of [...this.due.keys()]) this.count(subject);
  }

  /** Nothing is owed any more. */
  clear(): void {
    for (const timer of this.due.values()) clearTimeout(timer);
    this.due.clear();
  }

  private fall(subject: string): void {
    if (this.parts.isQuick(subject)) return this.count(subject);
    this.due.delete(subject);
    this.owe(subject);
  }

  private count(subject: string): void {
    clearTimeout(this.due.get(subject));
    this.due.delete(subject);
    this.parts.count(subject);
  }
}
