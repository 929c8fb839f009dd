import { equalSlots, type FullWordings, fullWordings, type Hunk, isInsertion, lay, type LaidPlace, lengthOf, type PartyId, type PartySlot, type Piece, pieceOf, placesOf, readSlot, type Restyling, type Slot, type SlotKey, type Stretch } from '@parley/text';

/** A piece that is not in the text shown, drawn at a point of it; `common` is the offset of the common slot behind which it stands. */
export interface PointPiece extends Piece { readonly common: number }

/**
 * What is drawn over a slot of the text shown. Offsets are in that text. `own`: words that only the party whose text it is has (and whoever wrote the same).
 * `struck`: common words that others delete, over the text alone and never over own words that stand in it. `restyled`: words whose marks
 * somebody changes. `point`: what is read at `at` and is not in the text, before the caret there or after it.
 */
export type Drawn =
  | Pick<Stretch, 'parties' | 'hunks'> & { readonly kind: 'own' | 'struck' | 'restyled'; readonly from: number; readonly to: number; readonly style?: Restyling }
  | { readonly kind: 'point'; readonly at: number; readonly before: boolean; readonly pieces: readonly PointPiece[] };

/** Somebody's caret inside words that only their side has: drawn in the bracket, at its common offset. */
export interface InnerCaret { readonly user: string; readonly name: string; readonly party: PartyId; readonly id: string; readonly key: SlotKey; readonly common: number; readonly inside: number; /** Where it is in its own party's words. */ readonly head: number }

/** A place with the range it takes in the text shown. */
export interface DrawnPlace extends LaidPlace { readonly start: number; readonly end: number }

/** `stacked`: the slot is read as alternatives below each other, and nothing of others is drawn in its words. */
export interface SlotDrawing { readonly drawn: readonly Drawn[]; readonly places: readonly DrawnPlace[]; readonly stacked?: FullWordings }

const NOTHING: SlotDrawing = { drawn: [], places: [] };

/** An offset of the common slot in the text whose hunks these are; inside words it replaced, their end (`after`) or start. */
export function inText(shapes: readonly Hunk[], offset: number, after: boolean): number {
  let shift = 0;
  for (const g of shapes) {
    if (g.from < offset && offset < g.to) return after ? g.posTo : g.posFrom;
    const passed = isInsertion(g) ? g.from < offset || (g.from === offset && after) : g.to <= offset;
    if (!passed) break;
    shift = g.posTo - g.to;
  }
  return offset + shift;
}

const lengthIn = (s: Stretch): number => (s.kind === 'words' ? lengthOf(s.words) : s.to - s.from);

/** Whether the text of `party` (null: the common text) has a stretch. */
function stands(s: Stretch, party: PartyId | null): boolean {
  if (s.kind === 'restyled') return true;
  return (s.kind === 'words') === (party !== null && s.parties.includes(party));
}

/** How many of the pieces at a point are drawn before the caret: what is typed there must be read where it then stands. */
function beforeCaret(waiting: readonly Stretch[], last: Stretch | null, next: Stretch | null, party: PartyId | null, order: readonly PartyId[]): number {
  if (next?.kind === 'words') return waiting.length;
  if (last?.kind === 'words' || party === null) return 0;
  let n = waiting.findLastIndex((s) => s.kind === 'common') + 1;
  if (n === 0) return 0;
  for (let s = waiting[n]; s?.kind === 'words' && s.replaces && order.indexOf(s.parties[0]!) < order.indexOf(party); s = waiting[n]) n++;
  return n;
}

/** Lays what everybody reads over the text of one reader: what stands in it is marked, everything else is drawn between. */
function overText(stretches: readonly Stretch[], common: Slot, party: PartyId | null, order: readonly PartyId[]): Drawn[] {
  const out: Drawn[] = [];
  let at = 0, waiting: Stretch[] = [], last: Stretch | null = null;
  const point = (next: Stretch | null): void => {
    const cut = beforeCaret(waiting, last, next, party, order), pieces = waiting.map((s): PointPiece => ({ ...pieceOf(s, common), common: s.kind === 'words' ? s.at : s.to }));
    if (cut > 0) out.push({ kind: 'point', at, before: true, pieces: pieces.slice(0, cut) });
    if (cut < pieces.length) out.push({ kind: 'point', at, before: false, pieces: pieces.slice(cut) });
    waiting = [];
  };
  for (const s of stretches) {
    if (!stands(s, party)) { waiting.push(s); continue; }
    point(s);
    const to = at + lengthIn(s);
    const { parties, hunks } = s;
    if (s.kind === 'words') out.push({ kind: 'own', from: at, to, parties, hunks });
    else if (s.kind === 'restyled') out.push({ kind: 'restyled', from: at, to, parties, hunks, style: s.style });
    else if (parties.length > 0) out.push({ kind: 'struck', from: at, to, parties, hunks });
    at = to;
    last = s;
  }
  point(null);
  return out;
}

/** The words of `party` (null: nobody's) among the others', in party order. */
const inOrder = (text: Slot, party: PartyId | null, others: readonly PartySlot[], order: readonly PartyId[]): PartySlot[] =>
  [...(party === null ? [] : [{ party, slot: text }]), ...others].sort((a, b) => order.indexOf(a.party) - order.indexOf(b.party));

/**
 * Everything to be drawn over one slot of `text`: the words of `party` (null: the common text itself, read by nobody's side) among the other positions. Every
 * seat reads the same (`readSlot`). Pure.
 */
export function drawSlot(common: Slot, text: Slot, party: PartyId | null, others: readonly PartySlot[], order: readonly PartyId[]): SlotDrawing {
  const positions = inOrder(text, party, others, order);
  if (positions.every((p) => equalSlots(p.slot, common))) return NOTHING;
  const laid = lay(common, positions), own = laid.filter((l) => l.party === party).map((l) => l.shape).sort((a, b) => a.from - b.from || a.to - b.to);
  return { drawn: overText(readSlot(common, laid, order), common, party, order), places: placesOf(common, laid, order).map((place) => ({ ...place, ...extent(place, own, party) })) };
}

function extent(place: LaidPlace, all: readonly Hunk[], party: PartyId | null): { start: number; end: number } {
  const own = place.laid.filter((l) => l.party === party).map((l) => l.shape);
  const start = Math.min(inText(all, place.from, place.from === place.to && own.length === 0), ...own.map((g) => g.posFrom));
  return { start, end: Math.max(start, inText(all, place.to, false), ...own.map((g) => g.posTo)) };
}

/** The same slot as alternatives: over the text of `party` stands only where it differs from the common words. */
export function stackSlot(common: Slot, text: Slot, party: PartyId | null, others: readonly PartySlot[], order: readonly PartyId[], { places }: SlotDrawing): SlotDrawing {
  return { drawn: [], places, stacked: fullWordings(common, inOrder(text, party, others, order)) };
}
