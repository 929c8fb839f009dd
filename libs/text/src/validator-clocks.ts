/** As many stand in one part: what is put among them moves no more than these. */
const PART = 512;

/** Pieces of what one client wrote, in the order of their clocks. What is put in anywhere costs about the same, however many there are. */
export class ByClock<Piece extends { readonly clock: number }> {
  private readonly parts: Piece[][] = [[]];

  /** The one with the highest clock. */
  get last(): Piece | undefined {
    return this.parts.at(-1)!.at(-1);
  }

  /** The last that starts at or before `clock`. */
  upTo(clock: number): Piece | undefined {
    const part = this.parts[this.partOf(clock)]!;
    return part[behind(part, clock) - 1];
  }

  /** Those that start from `from` to `to`, both included. */
  *between(from: number, to: number): Iterable<Piece> {
    for (let i = this.partOf(from - 1), at = behind(this.parts[i]!, from - 1); i < this.parts.length; i++, at = 0) {
      for (const part = this.parts[i]!; at < part.length; at++) {
        if (part[at]!.clock > to) return;
        yield part[at]!;
      }
    }
  }

  add(piece: Piece): void {
    const i = this.partOf(piece.clock), part = this.parts[i]!;
    part.splice(behind(part, piece.clock), 0, piece);
    if (part.length > PART) this.parts.splice(i + 1, 0, part.splice(part.length >> 1));
  }

  /** The last part that begins at or before `clock`; the first when none does. */
  private partOf(clock: number): number {
    let [low, high] = [0, this.parts.length];
    while (high - low > 1) {
      const mid = (low + high) >> 1;
      if (this.parts[mid]![0]!.clock <= clock) low = mid;
      else high = mid;
    }
    return low;
  }
}

/** The index of the first that starts behind `clock`. */
function behind(part: readonly { readonly clock: number }[], clock: number): number {
  let [low, high] = [0, part.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (part[mid]!.clock <= clock) low = mid + 1;
    else high = mid;
  }
  return low;
}
