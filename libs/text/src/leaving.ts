/** Smaller than the price of a hunk, and the price of a second run in one. */
export const MIX = 510;
const FAR = 1 << 29;

/** The least price of so many of some tokens, left unmatched in any number of runs. Worked out as far as it is asked for. */
class LeastPrice {
  private readonly sums: Int32Array;
  private readonly run: number[] = [0];
  private readonly price: number[] = [0];

  constructor(weights: Int32Array) {
    this.sums = new Int32Array(weights.length + 1);
    for (let i = 0; i < weights.length; i++) this.sums[i + 1] = this.sums[i]! + weights[i]!;
  }

  of(count: number): number {
    while (this.price.length <= count) this.add();
    return this.price[count]!;
  }

  private add(): void {
    const { sums } = this, n = this.price.length;
    let least = FAR, price = FAR;
    for (let i = n; i < sums.length; i++) least = Math.min(least, sums[i]! - sums[i - n]!);
    this.run.push(least);
    for (let last = 1; last <= n; last++) price = Math.min(price, this.price[n - last]! + MIX + this.run[last]!);
    this.price.push(Math.min(price, FAR));
  }
}

/** Bounds of what a way through two sequences of tokens costs that goes far from the diagonal. */
export class Leaving {
  private readonly a: LeastPrice;
  private readonly b: LeastPrice;

  constructor(a: Int32Array, b: Int32Array) {
    this.a = new LeastPrice(a);
    this.b = new LeastPrice(b);
  }

  /** The least band from `from` on that no way of this price leaves, nor any that costs less; beyond `most` it is not told: as many tokens are deleted beside it, and as many inserted. */
  bandFor(price: number, from: number, most: number): number {
    let band = from;
    while (band <= most && this.a.of(band + 1) + this.b.of(band + 1) <= price) band++;
    return band;
  }
}
