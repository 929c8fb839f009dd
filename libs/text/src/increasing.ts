/** Indexes into `numbers` of a longest increasing subsequence: smallest tails, so the answer is one and the same everywhere. */
export function increasing(numbers: readonly number[]): number[] {
  const tails: number[] = [], before: number[] = [];
  numbers.forEach((n, i) => {
    let low = 0, high = tails.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (numbers[tails[mid]!]! < n) low = mid + 1; else high = mid;
    }
    before[i] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = i;
  });
  const out: number[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i]!) out.push(i);
  return out.reverse();
}
