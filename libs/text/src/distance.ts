/** Longer ways than this are not counted: a bound in steps. */
const CELLS = 4_000_000;

/** Entries to delete and to insert on the shortest way from one list to the other; -1 when that is too long to count. */
export function distance(a: readonly string[], b: readonly string[]): number {
  if (a.length * b.length > CELLS) return -1;
  const row = Int32Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!;
      row[j] = a[i - 1] === b[j - 1] ? diagonal : Math.min(above, row[j - 1]!) + 1;
      diagonal = above;
    }
  }
  return row[b.length]!;
}

/** Whether `middle` lies on a shortest way from `from` to `to`: who has come to `to` has done all that leads to `middle`. False where that is too long to count. */
export function liesBetween(middle: readonly string[], from: readonly string[], to: readonly string[]): boolean {
  const first = distance(from, middle), rest = distance(middle, to), whole = distance(from, to);
  return first >= 0 && rest >= 0 && first + rest === whole;
}
