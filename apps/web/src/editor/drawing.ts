import { equalSlots, type Hunk, isInsertion, type Laid, lay, type LaidPlace, lengthOf, type PartyId, type PartySlot, placesOf, sameChange, type Slot, slice, textOf } from '@parley/text';

/** A piece of what stands at one point but is not in the text: struck common words, or words another party inserts. */
export interface Piece { readonly kind: 'struck' | 'inserted'; readonly words: Slot; readonly parties: readonly PartyId[] }

/**
 * One bracket as it is drawn over a slot of the text shown. Offsets are in that text.
 * `own`: words that only the party whose text it is has (and whoever wrote the same). `gone`: common words it does not have, drawn before the
 * caret at `at`. `theirs`: words others insert, drawn after the caret at `at`. `struck`: common words others delete, over the text alone and
 * never over own words that stand in it (COMPARE 6, trap 4).
 */
export type Drawn =
  | { readonly kind: 'own'; readonly from: number; readonly to: number; readonly parties: readonly PartyId[] }
  | { readonly kind: 'gone'; readonly at: number; readonly pieces: readonly Piece[] }
  | { readonly kind: 'theirs'; readonly at: number; readonly words: Slot; readonly parties: readonly PartyId[]; readonly common: number }
  | { readonly kind: 'struck'; readonly from: number; readonly to: number; readonly parties: readonly PartyId[] };

/** A place (COMPARE 2.6) with the range it takes in the text shown. */
export interface DrawnPlace extends LaidPlace { readonly start: number; readonly end: number }

export interface SlotDrawing { readonly drawn: readonly Drawn[]; readonly places: readonly DrawnPlace[] }

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

interface Sheet {
  readonly common: Slot;
  /** The own hunks as they are drawn, in order. */
  readonly own: readonly Hunk[];
  /** The others' hunks that the own side did not write as well. */
  readonly others: readonly { readonly shape: Hunk; readonly parties: readonly PartyId[] }[];
  readonly convergent: ReadonlyMap<Hunk, readonly PartyId[]>;
  readonly party: PartyId | null;
  readonly order: readonly PartyId[];
}

function sheetOf(common: Slot, laid: readonly Laid[], party: PartyId | null, order: readonly PartyId[]): Sheet {
  const own = laid.filter((l) => l.party === party).map((l) => l.shape).sort((a, b) => a.from - b.from || a.to - b.to);
  const convergent = new Map<Hunk, PartyId[]>(own.map((shape) => [shape, [party!]]));
  const others: { shape: Hunk; parties: PartyId[] }[] = [];
  for (const { party: who, shape } of laid.filter((l) => l.party !== party)) {
    const mine = own.find((g) => sameChange(g, shape)), same = others.find((o) => sameChange(o.shape, shape));
    if (mine) convergent.get(mine)!.push(who);
    else if (same) same.parties.push(who);
    else others.push({ shape, parties: [who] });
  }
  const rank = (o: { parties: PartyId[] }) => order.indexOf(o.parties[0]!);
  return { common, own, convergent, party, order, others: others.sort((a, b) => a.shape.to - b.shape.to || rank(a) - rank(b)) };
}

/** `from..to` of the common slot, cut wherever another set of parties strikes it. Nobody strikes an empty set. */
function strikes(sheet: Sheet, from: number, to: number): { from: number; to: number; parties: PartyId[] }[] {
  const over = sheet.others.filter(({ shape }) => !isInsertion(shape) && shape.from < to && from < shape.to);
  const cuts = [...new Set([from, to, ...over.flatMap(({ shape }) => [shape.from, shape.to])])].filter((x) => x >= from && x <= to).sort((a, b) => a - b);
  const out: { from: number; to: number; parties: PartyId[] }[] = [];
  cuts.slice(1).forEach((end, i) => {
    const start = cuts[i]!;
    const found = new Set(over.filter(({ shape }) => shape.from <= start && end <= shape.to).flatMap((o) => o.parties));
    const parties = sheet.order.filter((p) => found.has(p)), last = out.at(-1);
    if (last && last.to === start && last.parties.join() === parties.join()) out[out.length - 1] = { ...last, to: end };
    else out.push({ from: start, to: end, parties });
  });
  return out;
}

/** What compare calls a replacement of words by the same words with other marks. */
export const isRestyling = (h: Pick<Hunk, 'removed' | 'inserted'>): boolean => h.removed.length > 0 && textOf(h.removed) === textOf(h.inserted);

/** Others' words that stand before or among words which the own side deletes: said there, or their place would be lost. */
const within = (sheet: Sheet, g: Hunk) => sheet.others.filter(({ shape }) => shape.inserted.length > 0 && g.from <= shape.to && shape.to < g.to);

function gonePieces(sheet: Sheet, g: Hunk): Piece[] {
  const mine = sheet.convergent.get(g)!, inside = within(sheet, g), out: Piece[] = [];
  let at = g.from;
  const strike = (end: number) => {
    for (const { from, to, parties } of end > at ? strikes(sheet, at, end) : []) {
      out.push({ kind: 'struck', words: slice(sheet.common, from, to), parties: sheet.order.filter((p) => mine.includes(p) || parties.includes(p)) });
    }
    at = end;
  };
  for (const { shape, parties } of inside) {
    strike(shape.to);
    out.push({ kind: 'inserted', words: shape.inserted, parties });
  }
  strike(g.to);
  return out;
}

function ownDrawn(sheet: Sheet, g: Hunk): Drawn[] {
  const parties = sheet.convergent.get(g)!;
  const gone: Drawn[] = isInsertion(g) || isRestyling(g) ? [] : [{ kind: 'gone', at: g.posFrom, pieces: gonePieces(sheet, g) }];
  return g.posTo > g.posFrom ? [...gone, { kind: 'own', from: g.posFrom, to: g.posTo, parties }] : gone;
}

/** Common words that stand in the text, struck by others. */
function struckDrawn(sheet: Sheet, length: number): Drawn[] {
  const out: Drawn[] = [];
  let at = 0, shift = 0;
  for (const g of [...sheet.own, { from: length, to: length, posTo: 0 }]) {
    for (const s of strikes(sheet, at, g.from)) {
      if (s.parties.length > 0 && s.to > s.from) out.push({ kind: 'struck', from: s.from + shift, to: s.to + shift, parties: s.parties });
    }
    at = g.to;
    shift = g.posTo - g.to;
  }
  return out;
}

function theirsDrawn(sheet: Sheet): Drawn[] {
  const inside = new Set(sheet.own.flatMap((g) => within(sheet, g)));
  return sheet.others.filter((o) => o.shape.inserted.length > 0 && !inside.has(o)).map(({ shape, parties }) =>
    ({ kind: 'theirs', at: inText(sheet.own, shape.to, isInsertion(shape)), words: shape.inserted, parties, common: shape.to }));
}

/**
 * Everything to be drawn over one slot of `text`: the words of `party` (null: the common text itself, read by nobody's side) among the other
 * positions. Reading order at one place is own struck, own, struck by others, others' words in party order (COMPARE 7). Pure.
 */
export function drawSlot(common: Slot, text: Slot, party: PartyId | null, others: readonly PartySlot[], order: readonly PartyId[]): SlotDrawing {
  const positions = [...(party === null ? [] : [{ party, slot: text }]), ...others].sort((a, b) => order.indexOf(a.party) - order.indexOf(b.party));
  if (positions.every((p) => equalSlots(p.slot, common))) return NOTHING;
  const laid = lay(common, positions), sheet = sheetOf(common, laid, party, order);
  const drawn = [...sheet.own.flatMap((g) => ownDrawn(sheet, g)), ...struckDrawn(sheet, lengthOf(common)), ...theirsDrawn(sheet)];
  return { drawn, places: placesOf(common, laid, order).map((place) => ({ ...place, ...extent(place, sheet) })) };
}

function extent(place: LaidPlace, sheet: Sheet): { start: number; end: number } {
  const own = place.laid.filter((l) => l.party === sheet.party).map((l) => l.shape);
  const start = Math.min(inText(sheet.own, place.from, place.from === place.to && own.length === 0), ...own.map((g) => g.posFrom));
  return { start, end: Math.max(start, inText(sheet.own, place.to, false), ...own.map((g) => g.posTo)) };
}
