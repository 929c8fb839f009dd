export const AT_MOST = 4 * 1024 * 1024;
/** So little is no backlog: it may be on its way. */
const LITTLE = 64 * 1024;
export const LONGEST_MS = 30_000;

/** Since when each reader has something held back (G8). */
export class SlowReaders {
  private readonly since = new Map<string, number>();

  /** True when a reader for whom `held` bytes are held back now has to go; `allowed`: the answers he has asked for. */
  isTooSlow(reader: string, held: number, allowed: number, now: number): boolean {
    if (held <= LITTLE) {
      this.since.delete(reader);
      return false;
    }
    const since = this.since.get(reader) ?? now;
    this.since.set(reader, since);
    return held > AT_MOST + allowed || now - since > LONGEST_MS;
  }

  forget(reader: string): void {
    this.since.delete(reader);
  }
}
