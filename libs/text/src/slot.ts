/**
 * A slot: one piece of inline text of a provision, as a value. Offsets everywhere are UTF-16 units: the same number
 * names a place in the value, in the Y.Text and in the editor's text block.
 */

/** Marks of a run: sorted names joined by one space, from `em`, `strong`, `ref:<provision id>`; absent when there are none. */
export type Marks = string;

/** A stretch of text with the same marks. `t` is never empty in a normal slot. */
export interface Run { readonly t: string; readonly m?: Marks }

/** Normal form: no empty run, neighbours differ in marks. Values are immutable: compare caches by identity. */
export type Slot = readonly Run[];

export const EMPTY_SLOT: Slot = [];

/** The longest text a slot may hold, in UTF-16 units. */
export const SLOT_LIMIT = 20_000;

const run = (t: string, m: Marks | undefined): Run => (m ? { t, m } : { t });

/** Sorted, deduplicated marks from names in any order; undefined for none. */
export function marksOf(names: Iterable<string>): Marks | undefined {
  const sorted = [...new Set(names)].sort();
  return sorted.length > 0 ? sorted.join(' ') : undefined;
}

/** The names in `marks`, sorted. */
export const markNames = (marks: Marks | undefined): string[] => (marks ? marks.split(' ') : []);

/** A slot of plain text. */
export const plainSlot = (text: string): Slot => (text ? [{ t: text }] : EMPTY_SLOT);

/** Drops empty runs and joins neighbours with the same marks. */
export function normal(runs: Iterable<Run>): Slot {
  const out: Run[] = [];
  for (const r of runs) {
    if (!r.t) continue;
    const last = out.at(-1);
    if (last && (last.m ?? '') === (r.m ?? '')) out[out.length - 1] = run(last.t + r.t, last.m);
    else out.push(run(r.t, r.m));
  }
  return out;
}

/** The words alone, without marks. */
export const textOf = (slot: Slot): string => slot.map((r) => r.t).join('');

/** Length in UTF-16 units. */
export const lengthOf = (slot: Slot): number => slot.reduce((n, r) => n + r.t.length, 0);

/** The part from `from` to `to`, with its marks. */
export function slice(slot: Slot, from: number, to: number): Slot {
  const out: Run[] = [];
  let at = 0;
  for (const r of slot) {
    const cut = r.t.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (cut) out.push(run(cut, r.m));
    at += r.t.length;
    if (at >= to) break;
  }
  return out;
}

/** `slot` with `from..to` replaced by `insert`. */
export const splice = (slot: Slot, from: number, to: number, insert: Slot): Slot =>
  normal([...slice(slot, 0, from), ...insert, ...slice(slot, to, lengthOf(slot))]);

/** Reads a slot once from its beginning on, however many pieces it is read in. */
export class SlotReader {
  private at = 0;
  private index = 0;
  private inRun = 0;

  constructor(private readonly slot: Slot) {}

  /** What stands before `to` and was not read yet. */
  upTo(to: number): Run[] {
    const out: Run[] = [];
    while (this.at < to && this.index < this.slot.length) {
      const { t, m } = this.slot[this.index]!, cut = t.slice(this.inRun, this.inRun + to - this.at);
      out.push(run(cut, m));
      this.at += cut.length;
      this.inRun += cut.length;
      if (this.inRun === t.length) [this.index, this.inRun] = [this.index + 1, 0];
    }
    return out;
  }
}

/** One place of a slot that is replaced: `insert` comes instead of `from..to`. */
export interface Splice { readonly from: number; readonly to: number; readonly insert: Slot }

/** `slot` with several places replaced that stand from the end, none within another: what `splice` for each gives, in one pass. */
export function spliceAll(slot: Slot, places: readonly Splice[]): Slot {
  const reader = new SlotReader(slot), out: Run[] = [];
  for (const { from, to, insert } of [...places].reverse()) {
    for (const r of reader.upTo(from)) out.push(r);
    for (const r of insert) out.push(r);
    reader.upTo(to);
  }
  for (const r of reader.upTo(Infinity)) out.push(r);
  return normal(out);
}

/** Same words and same marks. */
export const equalSlots = (a: Slot, b: Slot): boolean =>
  a === b || (a.length === b.length && a.every((r, i) => r.t === b[i]!.t && (r.m ?? '') === (b[i]!.m ?? '')));
