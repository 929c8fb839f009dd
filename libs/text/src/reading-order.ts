import { type Hunk } from './compare.ts';
import { isInsertion, type Laid, lay, overlaps, type PartySlot, type BracketPlace, sameChange } from './layout.ts';
import type { PartyId } from './provision.ts';
import { isRestyling, restyled, type Restyling } from './proposal-words.ts';
import { lengthOf, type Slot, slice } from './slot.ts';

/**
 * A stretch of a slot as everybody reads it. `common`: common words, struck by `parties`, plain where nobody strikes them; `from..to` are offsets of the common
 * slot. `restyled`: common words whose marks `parties` change, said once. `words`: what `parties` put in behind the common offset `at`, for words they strike
 * (`replaces`) or beside them.
 */
export type Stretch = Made & (
  | { readonly kind: 'common'; readonly from: number; readonly to: number }
  | { readonly kind: 'restyled'; readonly from: number; readonly to: number; readonly words: Slot; readonly style: Restyling }
  | { readonly kind: 'words'; readonly at: number; readonly words: Slot; readonly replaces: boolean });

/** Who makes it what it is, by which proposals: answers to them are marked there. Common words that a change replaces carry none: its words do. */
interface Made { readonly parties: readonly PartyId[]; readonly hunks: readonly BracketPlace['hunks'][number][] }

interface Change { readonly shape: Hunk; readonly parties: PartyId[]; readonly hunks: BracketPlace['hunks'][number][] }

/** The changes of all parties, the same change once, with all who make it. */
function changesOf(laid: readonly Laid[], order: readonly PartyId[]): Change[] {
  const out: Change[] = [];
  for (const { party, hunks, shape } of laid) {
    const same = out.find((c) => sameChange(c.shape, shape)), made = hunks.map((hunk) => ({ party, hunk }));
    if (!same) { out.push({ shape, parties: [party], hunks: made }); continue; }
    if (!same.parties.includes(party)) same.parties.push(party);
    same.hunks.push(...made);
  }
  for (const { parties } of out) parties.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return out;
}

/** Words with other marks, where nobody else proposes anything: told as that. Else they are struck and said again, as any other words. */
const isRestyledAlone = (change: Change, all: readonly Change[]): boolean =>
  isRestyling(change.shape) && all.every((other) => other === change || !overlaps(change.shape, other.shape));

/**
 * One slot as every seat reads it, in order: the common words, once, each struck by those who do not have them; behind the last word that a change takes away the
 * words it brings; several at one point replacements first, then insertions, each in party order. Offsets are of the common slot, and nobody's side is asked.
 */
export function readSlot(common: Slot, laid: readonly Laid[], order: readonly PartyId[]): Stretch[] {
  const changes = changesOf(laid, order), alone = changes.filter((c) => isRestyledAlone(c, changes)), plain = changes.filter((c) => !alone.includes(c));
  const end = lengthOf(common), cuts = [...new Set([0, end, ...changes.flatMap(({ shape }) => [shape.from, shape.to])])].sort((a, b) => a - b);
  const rank = (c: Change): number => order.indexOf(c.parties[0]!);
  const out: Stretch[] = [];
  cuts.forEach((at, i) => {
    const here = plain.filter(({ shape }) => shape.to === at && shape.inserted.length > 0);
    here.sort((a, b) => Number(isInsertion(a.shape)) - Number(isInsertion(b.shape)) || rank(a) - rank(b) || a.shape.from - b.shape.from);
    for (const { shape, parties, hunks } of here) out.push({ kind: 'words', at, words: shape.inserted, parties, hunks, replaces: !isInsertion(shape) });
    if (i + 1 < cuts.length) out.push(commonStretch(at, cuts[i + 1]!, plain, alone, order));
  });
  return joined(out);
}

function commonStretch(from: number, to: number, plain: readonly Change[], alone: readonly Change[], order: readonly PartyId[]): Stretch {
  const styled = alone.find(({ shape }) => shape.from <= from && to <= shape.to);
  if (styled) return { kind: 'restyled', from, to, parties: styled.parties, hunks: styled.hunks, words: slice(styled.shape.inserted, from - styled.shape.from, to - styled.shape.from), style: restyled(styled.shape)! };
  const over = plain.filter(({ shape }) => shape.from <= from && to <= shape.to), strikers = new Set(over.flatMap((c) => c.parties));
  return { kind: 'common', from, to, parties: order.filter((p) => strikers.has(p)), hunks: over.filter((c) => c.shape.inserted.length === 0).flatMap((c) => c.hunks) };
}

/** Neighbouring common words that the same parties strike are one stretch. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const one of stretches) {
    const last = out.at(-1);
    if (one.kind === 'common' && last?.kind === 'common' && last.parties.join() === one.parties.join()) out[out.length - 1] = { ...last, to: one.to, hunks: [...new Set([...last.hunks, ...one.hunks])] };
    else if (one.kind !== 'common' || one.to > one.from) out.push(one);
  }
  return out;
}

/** A stretch with its words. `struck` and `plain` are common words. */
export interface Piece extends Made { readonly kind: 'plain' | 'struck' | 'restyled' | 'inserted'; readonly words: Slot; readonly style?: Restyling }

export function pieceOf(stretch: Stretch, common: Slot): Piece {
  const { parties, hunks } = stretch;
  if (stretch.kind === 'words') return { kind: 'inserted', words: stretch.words, parties, hunks };
  if (stretch.kind === 'restyled') return { kind: 'restyled', words: stretch.words, parties, hunks, style: stretch.style };
  return { kind: parties.length > 0 ? 'struck' : 'plain', words: slice(common, stretch.from, stretch.to), parties, hunks };
}

/** A whole slot as every seat reads it, with its words. `positions` in party order. */
export const readPieces = (common: Slot, positions: readonly PartySlot[]): Piece[] =>
  readSlot(common, lay(common, positions), positions.map((p) => p.party)).map((stretch) => pieceOf(stretch, common));
