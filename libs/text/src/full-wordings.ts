import { type BracketPlace, lay, type PartySlot } from './layout.ts';
import type { PartyId } from './provision.ts';
import { equalSlots, type Slot } from './slot.ts';

/** A stretch of a whole wording that differs from the common words, and the hunks that make it so; empty where words are only left out. */
export interface Difference { readonly from: number; readonly to: number; readonly hunks: BracketPlace['hunks'] }

/** What some parties want a whole slot to read, and where that differs from the common words, in order. */
export interface FullWording { readonly parties: readonly PartyId[]; readonly words: Slot; readonly differences: readonly Difference[] }

/** A slot read as alternatives: where the common words are not everybody's, and each other wording in whole, in party order; the same wording once. */
export interface FullWordings { readonly common: readonly Difference[]; readonly alternatives: readonly FullWording[] }

const inOrder = (differences: readonly Difference[]): Difference[] => [...differences].sort((a, b) => a.from - b.from || a.to - b.to);

/** Stretches that meet as one. */
function joined(differences: readonly Difference[]): Difference[] {
  const out: Difference[] = [];
  for (const one of inOrder(differences)) {
    const last = out.at(-1);
    if (last && one.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, one.to), hunks: [...last.hunks, ...one.hunks] };
    else out.push(one);
  }
  return out;
}

/** One slot as alternatives, the same from every seat. `positions` in party order; a party that has the common words is in none. Offsets are of the wording they are said of. Pure. */
export function fullWordings(common: Slot, positions: readonly PartySlot[]): FullWordings {
  const laid = lay(common, positions), alternatives: (FullWording & { readonly parties: PartyId[] })[] = [];
  for (const { party, slot } of positions) {
    if (equalSlots(slot, common)) continue;
    const same = alternatives.find(({ words }) => equalSlots(words, slot));
    if (same) { same.parties.push(party); continue; }
    const differences = laid.filter((l) => l.party === party).map(({ shape, hunks }) => ({ from: shape.posFrom, to: shape.posTo, hunks: hunks.map((hunk) => ({ party, hunk })) }));
    alternatives.push({ parties: [party], words: slot, differences: joined(differences) });
  }
  return { common: joined(laid.filter(({ shape }) => shape.to > shape.from).map(({ shape, party, hunks }) => ({ from: shape.from, to: shape.to, hunks: hunks.map((hunk) => ({ party, hunk })) }))), alternatives };
}
