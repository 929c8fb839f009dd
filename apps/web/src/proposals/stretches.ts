import type { NamedHunk } from '@parley/negotiation';
import { lengthOf, slice, type Slot, textOf } from '@parley/text';

/** A stretch of what a slot reads after some hunks. `removed`: words that stand there no more. */
export interface Stretch { readonly words: string; readonly inserted: boolean; readonly removed?: boolean }

/** What a slot reads after these hunks, stretch by stretch; `struck`: with the words that went, where they stood. */
export function readsThen(before: Slot, hunks: readonly NamedHunk[], struck = false): Stretch[] {
  const out: Stretch[] = [];
  let at = 0;
  for (const h of [...hunks].sort((a, b) => a.from - b.from || a.to - b.to)) {
    out.push({ words: textOf(slice(before, at, h.from)), inserted: false });
    if (struck) out.push({ words: textOf(h.removed), inserted: false, removed: true });
    out.push({ words: textOf(h.inserted), inserted: true });
    at = h.to;
  }
  return [...out, { words: textOf(slice(before, at, lengthOf(before))), inserted: false }].filter(({ words }) => words !== '');
}
