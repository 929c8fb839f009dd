import { hasRightToLeft, type Kind, lengthOf, type PartyId, type PartySlot, type Provision, restylingWords, type Slot, slice, type SlotKey, slotOf, textOf, unseenIn } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { wording } from '../ui/messages.ts';
import { stretchesOf } from '../ui/struck.tsx';
import { aloud, blanks, blockDom, blockOutline, caretDom, closeDom, fillBlock, headsDom, notesDom, pointDom, sealsDom, signWords, struckEnd, unseenAttributes } from './bracket-dom.ts';
import { declinedWords } from './decliners.ts';
import { type Drawn, drawSlot, type InnerCaret, type PointPiece, type SlotDrawing, stackSlot } from './drawing.ts';
import { type Block, drawList, type ListDrawing, sameInputs } from './drawing-list.ts';
import type { InSight } from './in-sight.ts';
import { provisionAt, type SlotPlace, slotsIn, slotValue } from './nodes.ts';
import { changesAt, directionIn, isStacked, orderOf, type Reading, type Seal, sealsOf, tonesOf } from './reading.ts';
import { stackDecorations } from './stack.ts';

/** What is drawn in one provision. */
export interface ProvisionDrawing { readonly node: PmNode; readonly inputs: readonly unknown[]; readonly slots: ReadonlyMap<SlotKey, SlotDrawing> }

/** Everything the drawing of a provision depends on, besides its node; compared by identity. */
export const inputsOf = (reading: Reading, id: string, carets: readonly InnerCaret[]): unknown[] => [
  reading.common?.by.get(id), reading.party, reading.group, reading.document?.declines, ...reading.others.map((o) => o.text.by.get(id)), ...reading.directed.map((text) => text.by.get(id)),
  reading.stacking.crowded, reading.stacking.chosen.get(id), carets.filter((c) => c.id === id).map((c) => `${c.user} ${c.key} ${c.common} ${c.inside}`).join('|'),
];

type Slots = ReadonlyMap<SlotKey, SlotDrawing>;

const NOTHING: Slots = new Map();
const known = new WeakMap<Provision, { readonly inputs: readonly unknown[]; readonly slots: Slots }>();

/**
 * What is drawn over the words of one provision; kept as long as nothing that it depends on changes. `stayAs`: whether it is read as alternatives already, while somebody
 * works in it: it changes its form when he is done, or when he chooses so.
 */
export function drawProvision(reading: Reading, id: string, stayAs?: boolean): Slots {
  const common = reading.common?.by.get(id), shown = reading.text.by.get(id);
  if (!common || !shown) return NOTHING;
  const inputs = [shown, ...inputsOf(reading, id, []), stayAs], before = known.get(shown);
  if (before && sameInputs(before.inputs, inputs)) return before.slots;
  const slots = drawnSlots(reading, id, common, shown, stayAs);
  known.set(shown, { inputs, slots });
  return slots;
}

/** Whether a provision with these drawings is read as alternatives: one that somebody removes is not. */
export const isReadStacked = (reading: Reading, id: string, slots: Slots): boolean =>
  !isRemoved(reading, id) && isStacked(reading, id, [...slots.values()].reduce((n, { places }) => n + changesAt(places), 0));

function drawnSlots(reading: Reading, id: string, common: Provision, shown: Provision, stayAs: boolean | undefined): Slots {
  const out = new Map<SlotKey, SlotDrawing>(), order = orderOf(reading);
  const others = reading.others.flatMap(({ party, text }) => { const p = text.by.get(id); return p ? [{ party, p }] : []; });
  const slotsOfOthers = (key: SlotKey): PartySlot[] => others.map(({ party, p }) => ({ party, slot: slotOf(p, key) }));
  for (const key of Object.keys(shown.slots)) {
    const drawing = drawSlot(slotOf(common, key), slotOf(shown, key), reading.party, slotsOfOthers(key), order);
    if (drawing.drawn.length > 0) out.set(key, drawing);
  }
  if (reading.stacking.chosen.has(id) || stayAs === undefined ? isReadStacked(reading, id, out) : stayAs && !isRemoved(reading, id)) for (const [key, drawing] of out) out.set(key, stackSlot(slotOf(common, key), slotOf(shown, key), reading.party, slotsOfOthers(key), order, drawing));
  return out;
}

/** One word, or one character of a script that writes without spaces: what the sign at an end is never parted from. */
const WORD = String.raw`(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\S)*)`;
const FIRST = new RegExp(String.raw`^\s*${WORD}`, 'u'), LAST = new RegExp(String.raw`${WORD}\s*$`, 'u');

/**
 * `from..to` cut so that the signs at both ends stand on whole words within one mark: an element for each piece, the first with the opening
 * bracket and the code, the last with the closing one.
 */
export function piecesOf(slot: Slot, from: number, to: number): { from: number; to: number; first: boolean; last: boolean }[] {
  const runs = slice(slot, from, to), head = runs[0]?.t ?? '', tail = runs.at(-1)?.t ?? '';
  const first = from + (FIRST.exec(head)?.[0].length ?? 0), last = to - (LAST.exec(tail)?.[0].length ?? 0);
  if (first >= to || last <= from || last < first) {
    return runs.length === 1 ? [{ from, to, first: true, last: true }] : [{ from, to: from + head.length, first: true, last: false }, { from: from + head.length, to, first: false, last: true }];
  }
  return [{ from, to: first, first: true, last: false }, ...(first < last ? [{ from: first, to: last, first: false, last: false }] : []), { from: last, to, first: false, last: true }];
}

/** A piece of words with a line through them: the line is drawn where it is `lined`, and one that is `unparted` keeps the sign at its end on its line. */
type LinedPiece = ReturnType<typeof piecesOf>[number] & { readonly lined?: boolean; readonly unparted?: boolean };

/** Pieces cut into words, which the line goes through, and the spaces between, which it does not. */
export const inWords = (text: string, pieces: ReturnType<typeof piecesOf>): LinedPiece[] => pieces.flatMap(({ from, to, first, last }) => {
  const stretches = stretchesOf(text.slice(from, to));
  return stretches.map((stretch, i) => ({
    from: from + stretch.from, to: from + stretch.to, first: first && i === 0, last: last && i === stretches.length - 1, lined: !stretch.blank, unparted: first || last,
  }));
});

/** The pieces with each sign in one element: a character that is drawn with a sign of its own parts the element around it. */
export function whole(pieces: ReturnType<typeof piecesOf>, borders: readonly number[]): ReturnType<typeof piecesOf> {
  return pieces.flatMap((piece) => {
    const { from, to, first, last } = piece, inside = borders.filter((at) => from < at && at < to);
    if (inside.length === 0 || (!first && !last)) return [piece];
    const head = first ? inside[0]! : from, tail = last ? inside.at(-1)! : to;
    return [
      ...(first ? [{ from, to: head, first: true, last: false }] : []), ...(head < tail ? [{ from: head, to: tail, first: false, last: false }] : []),
      ...(last ? [{ from: tail, to, first: false, last: true }] : []),
    ];
  });
}

/** Neither end grows by typing beside it: what was typed is drawn when it has been compared. */
const still = (id: string) => ({ id, inclusiveStart: false, inclusiveEnd: false });

function inline(reading: Reading, place: SlotPlace, slot: Slot, drawn: Extract<Drawn, { from: number }>, removed: boolean): Decoration[] {
  const { group } = reading, style = drawn.style ? restylingWords(drawn.style, wording) : '', sign = signWords(group, drawn.parties, style, declinedWords(reading, place.id, place.key, drawn.hunks));
  const text = textOf(slot), rightToLeft = hasRightToLeft(text) || directionIn(reading, place.id, place.key) === 'right-to-left';
  const pieces: LinedPiece[] = whole(piecesOf(slot, drawn.from, drawn.to), unseenIn(text).flatMap((one) => [one.from, one.to])), struck = drawn.kind === 'struck';
  return (struck || removed ? inWords(text, pieces) : pieces).flatMap(({ from, to, first, last, lined, unparted }) => {
    const className = `br ${drawn.kind} ${tonesOf(group, drawn.parties)}${first ? ' first' : ''}${last ? ' last' : ''}${lined ? ' struck-word' : ''}${unparted ? ' unparted' : ''}`;
    const range = [place.start + from, place.start + to] as const;
    const wrap = (attributes: Record<string, string>) => Decoration.inline(...range, attributes, still(place.id));
    const announced = () => aloud(group, drawn.kind === 'own' ? 'inserted' : drawn.kind, drawn.parties, style);
    const by = first ? [wrap({ nodeName: 'span', class: 'said-by', 'data-code': sign })] : [], said = first || (struck && last) ? [wrap({ nodeName: 'span', class: 'said-aloud', ...(first ? { 'data-aloud': announced() } : {}), ...(struck && last ? { 'data-end': struckEnd() } : {}) })] : [];
    const spaces = blanks(slice(slot, drawn.from, drawn.to)), blank = spaces && first ? [wrap({ nodeName: 'span', 'data-blank': spaces })] : [];
    const ends = `${first ? ' begins' : ''}${last ? ' ends' : ''}`, around = (name: string) => (rightToLeft && ends ? [wrap({ nodeName: 'span', class: `${name}${ends}` })] : []);
    // The first stands innermost.
    return [...around('apart'), ...blank, ...by, wrap({ nodeName: ELEMENT[drawn.kind], class: className, ...(struck ? { role: 'none' } : {}) }), ...said, ...around('signed')];
  });
}

const ELEMENT = { own: 'ins', struck: 'del', restyled: 'span' } as const;

/** A line through every word of a slot over which nothing is drawn. */
function throughPlain(place: SlotPlace, slot: Slot, drawn: readonly Drawn[]): Decoration[] {
  const text = textOf(slot), ranges = drawn.filter((d) => d.kind !== 'point'), begins = [0, ...ranges.map(({ to }) => to)], ends = [...ranges.map(({ from }) => from), text.length];
  return begins.flatMap((begin, i) => stretchesOf(text.slice(begin, ends[i])).flatMap(({ from, to, blank }) =>
    (blank ? [] : [Decoration.inline(place.start + begin + from, place.start + begin + to, { class: 'struck-word' }, still(place.id))])));
}

/** Whether somebody removes a provision that stands in the text shown. */
const isRemoved = (reading: Reading, id: string): boolean => reading.common?.by.has(id) === true && reading.others.some(({ text }) => !text.by.has(id));

/** Words are written from left to right where nothing says otherwise. */
const direction = (reading: Reading, { id, key, node, start }: SlotPlace): Decoration[] =>
  (directionIn(reading, id, key) === 'right-to-left' ? [Decoration.node(start - 1, start - 1 + node.nodeSize, { class: 'right-to-left' }, { id })] : []);

/** Signs for the characters of a slot that nobody sees. */
function unseen(place: SlotPlace, slot: Slot): Decoration[] {
  const text = textOf(slot), found = unseenIn(text);
  if (found.length === 0) return [];
  const rightToLeft = hasRightToLeft(text);
  return found.map(({ from, to, names }) => Decoration.inline(place.start + from, place.start + to, unseenAttributes(names, rightToLeft), still(place.id)));
}

const caretIn = (carets: readonly InnerCaret[], place: SlotPlace, piece: PointPiece): InnerCaret | undefined => (piece.kind !== 'inserted' ? undefined
  : carets.find((c) => c.id === place.id && c.key === place.key && c.common === piece.common && piece.parties.includes(c.party) && c.inside <= lengthOf(piece.words)));

function point(reading: Reading, place: SlotPlace, drawn: Extract<Drawn, { kind: 'point' }>, carets: readonly InnerCaret[], removed: boolean): Decoration {
  const { group } = reading, shown = drawn.pieces.map((piece) => ({ piece, declined: declinedWords(reading, place.id, place.key, piece.hunks), in: caretIn(carets, place, piece) }));
  const key = JSON.stringify([place.id, place.key, drawn.before, removed, shown.map(({ piece: { kind, words, parties, style }, declined, in: c }) => [kind, words, parties, style, declined, c && [c.user, c.inside]])]);
  const dom = () => pointDom(group, shown.map(({ piece, declined, in: c }) => ({ piece, declined, caret: c && { dom: caretDom(group, c.party, c.name), inside: c.inside } })), removed);
  return Decoration.widget(place.start + drawn.at, dom, { id: place.id, key, side: drawn.before ? -1 : 1, ignoreSelection: true, marks: [] });
}

/** The decorations of one provision. */
export function decorationsOf(reading: Reading, node: PmNode, pos: number, slots: ReadonlyMap<SlotKey, SlotDrawing>, carets: readonly InnerCaret[]): Decoration[] {
  const removed = isRemoved(reading, node.attrs.id as string);
  return slotsIn(node, pos).flatMap((place) => {
    const slot = slotValue(place.node), { drawn: all, stacked } = slots.get(place.key) ?? { drawn: [] };
    if (stacked) return [...direction(reading, place), ...unseen(place, slot), ...stackDecorations(reading, place, node.attrs.kind as Kind, stacked, carets)];
    return [...direction(reading, place), ...unseen(place, slot), ...(removed ? throughPlain(place, slot, all) : []), ...all.flatMap((drawn) =>
      (drawn.kind === 'point' ? [point(reading, place, drawn, carets, removed)] : inline(reading, place, slot, drawn, removed)))];
  });
}

/** Blocks, notes and seals around and in the provisions. */
export interface Frame {
  readonly list: ListDrawing;
  readonly order: readonly string[];
  readonly seals: ReadonlyMap<string, readonly Seal[]>;
  readonly decorations: (doc: PmNode, inSight?: InSight) => Decoration[];
}

const nodeClass = (reading: Reading, kinds: readonly string[], parties: readonly PartyId[]): string =>
  [...new Set(kinds)].map((kind) => `has-${kind}`).concat(parties.length > 0 ? [tonesOf(reading.group, parties)] : []).join(' ');

const sealed = (reading: Reading, now: number): ReadonlyMap<string, readonly Seal[]> =>
  new Map(Object.keys(reading.document?.settled ?? {}).filter((id) => reading.text.by.has(id)).map((id) => [id, sealsOf(reading, id, now)] as const).filter(([, list]) => list.length > 0));

const sameSeals = (a: Frame['seals'], b: Frame['seals']): boolean => (a.size | b.size) === 0 || JSON.stringify([...a]) === JSON.stringify([...b]);

/** What is drawn around the words; `before` itself where it is the same. */
export function frameOf(reading: Reading, now: number, before: Frame | null): Frame {
  const list = drawList(reading), seals = sealed(reading, now), order = reading.text.list;
  if (before && before.list === list && before.order === order && sameSeals(before.seals, seals)) return before;
  return { list, order, seals, decorations: (doc, inSight) => new Framing(reading, inSight).decorations(doc, list, seals) };
}

/** Puts blocks, notes and seals to the provisions of a document. */
class Framing {
  private readonly out: Decoration[] = [];

  constructor(private readonly reading: Reading, private readonly inSight: InSight | undefined) {}

  decorations(doc: PmNode, { blocks, beside }: ListDrawing, seals: Frame['seals']): Decoration[] {
    const { group } = this.reading, behind = new Map<string | null, [Block, number][]>();
    blocks.forEach((block, i) => { const row = behind.get(block.after); if (row) row.push([block, i]); else behind.set(block.after, [[block, i]]); });
    const put = (pos: number, after: string | null): void => { for (const [block, i] of behind.get(after) ?? []) this.block(pos, block, i - blocks.length); };
    put(0, null);
    doc.forEach((node, pos) => {
      const id = node.attrs.id as string, end = pos + node.nodeSize, { heads = [], notes = [], label } = beside.get(id) ?? {}, settled = seals.get(id) ?? [];
      const kinds = [...[...heads, ...notes].map((n) => n.kind), ...settled.map((s) => s.kind)];
      if (kinds.length > 0) this.out.push(Decoration.node(pos, end, { class: nodeClass(this.reading, kinds, heads[0]?.parties ?? []), ...(label !== undefined && label !== node.attrs.label ? { 'data-common-label': label } : {}) }));
      if (heads.length > 0) { this.widget(pos + 1, () => headsDom(group, heads), [id, heads], -1); this.widget(end - 2, () => closeDom(group, heads), [id, 'close', heads], 49); }
      if (notes.length > 0) this.widget(end - 1, () => notesDom(group, notes), [id, notes], 1);
      if (settled.length > 0) this.widget(end - 2, () => sealsDom(settled), [id, settled], 50);
      put(end, id);
    });
    return this.out;
  }

  private widget(pos: number, dom: () => HTMLElement, named: unknown, side: number, spec: object = { marks: [] }): void {
    this.out.push(Decoration.widget(pos, dom, { key: JSON.stringify(named), side, ignoreSelection: true, ...spec }));
  }

  /** A block is in the chunk of what is before it: it has no marks of its own. */
  private block(pos: number, block: Block, side: number): void {
    const { group } = this.reading, { inSight } = this;
    if (!inSight) { this.widget(pos, () => blockDom(group, block), block, side, {}); return; }
    const dom = (): HTMLElement => {
      const element = blockOutline(group, block);
      inSight.whenNear(element, () => fillBlock(element, group, block));
      return element;
    };
    this.widget(pos, dom, block, side, { destroy: (node: Node) => inSight.forget(node as Element) });
  }
}

/** The provision in hand. */
export function focusMark(doc: PmNode, id: string | null): DecorationSet {
  const at = id === null ? null : provisionAt(doc, id);
  return at ? DecorationSet.create(doc, [Decoration.node(at.pos, at.pos + at.node.nodeSize, { class: 'has-focus' })]) : DecorationSet.empty;
}
