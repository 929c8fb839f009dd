import { align } from './align.ts';
import type { Span } from './span.ts';
import { equalSlots, slice, type Slot } from './slot.ts';
import { type Tokens, tokensOf } from './tokens.ts';

/** Named in every act that carries a hunk: the same version gives the same hunks, for ever. */
export const COMPARE_VERSION = 3;

/** One proposal: `from..to` of the common slot reads `posFrom..posTo` in the position. Hunks of one compare never touch each other. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly posFrom: number;
  readonly posTo: number;
  readonly removed: Slot;
  readonly inserted: Slot;
}

const NONE: readonly Hunk[] = Object.freeze([]);
const CONTEXT = 12;

const known = new WeakMap<Slot, WeakMap<Slot, readonly Hunk[]>>();

/**
 * The hunks of `position` against `common`, in order; applied together they give the position (T1). Computed once for two slot values:
 * slots must never be changed in place. Equal slots give one shared empty list.
 */
export function compareSlots(common: Slot, position: Slot): readonly Hunk[] {
  if (common === position) return NONE;
  let row = known.get(common);
  if (!row) known.set(common, row = new WeakMap());
  let hunks = row.get(position);
  if (!hunks) row.set(position, hunks = equalSlots(common, position) ? NONE : computed(common, position));
  return hunks;
}

function computed(common: Slot, position: Slot): readonly Hunk[] {
  const a = tokensOf(common), b = tokensOf(position);
  const spans = align(a, b);
  return spans.length === 0 ? NONE : spans.map((span) => hunkOf(common, position, a, b, span));
}

function hunkOf(common: Slot, position: Slot, a: Tokens, b: Tokens, span: Span): Hunk {
  const from = a.at[span.a0]!, to = a.at[span.a1]!, posFrom = b.at[span.b0]!, posTo = b.at[span.b1]!;
  return { from, to, posFrom, posTo, removed: slice(common, from, to), inserted: slice(position, posFrom, posTo) };
}

const written = (slot: Slot): string => slot.map((r) => (r.m ? `<${r.m}>${r.t}</>` : r.t)).join('');

/** Up to 12 characters of `text` on each side of a stretch; no surrogate pair is parted. */
const around = (text: string, from: number, to: number): readonly [before: string, after: string] => [
  text.slice(Math.max(0, from - CONTEXT), from).replace(/^[\uDC00-\uDFFF]/, ''), text.slice(to, to + CONTEXT).replace(/[\uD800-\uDBFF]$/, ''),
];

/**
 * What a hunk is known by on screen: its words and 12 characters of common text on each side. It outlives edits of
 * its own side elsewhere in the slot, nearly always; where it does not, refuse and never guess. Acts carry the hunk itself, not its name.
 */
export function hunkName(common: Slot, hunk: Pick<Hunk, 'from' | 'to' | 'removed' | 'inserted'>): string {
  const [before, after] = around(tokensOf(common).text, hunk.from, hunk.to);
  return [before, written(hunk.removed), written(hunk.inserted), after].join('\u241F');
}

/** Whether what a stretch reads with its 12 characters on each side stands in the common slot a second time. Looks for one other place, so that what repeats without end costs no more. */
export function readsAlike(common: Slot, { from, to }: Pick<Hunk, 'from' | 'to'>): boolean {
  const { text } = tokensOf(common), [before, after] = around(text, from, to), start = from - before.length, sought = before + text.slice(from, to) + after;
  return sought !== '' && (text.indexOf(sought) < start || text.indexOf(sought, start + 1) >= 0);
}

/**
 * An offset in another position, in the common slot: `at`, and how far `inside` words that only they have. Monotone;
 * for carets, not for writing.
 */
export function toCommon(theirs: readonly Hunk[], offset: number): { at: number; inside?: number } {
  let shift = 0;
  for (const g of theirs) {
    if (offset < g.posFrom || (offset === g.posFrom && g.posTo > g.posFrom)) break;
    if (offset < g.posTo) return { at: g.to, inside: offset - g.posFrom };
    shift = g.to - g.posTo;
  }
  return { at: offset + shift };
}

/**
 * An offset of the common slot, in the position whose `hunks` these are: before or `after` an insertion that stands there.
 * Inside a range that the position replaced there is no right answer: ask for its borders only.
 */
export function fromCommon(hunks: readonly Hunk[], offset: number, after: boolean): number {
  let shift = 0;
  for (const g of hunks) {
    const passed = g.from === g.to ? g.from < offset || (g.from === offset && after) : g.to <= offset && g.from < offset;
    if (!passed) break;
    shift = g.posTo - g.to;
  }
  return offset + shift;
}
