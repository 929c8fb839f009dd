import { lengthOf, type PartyId, type Slot, slice, type SlotKey, slotOf } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import { Decoration } from 'prosemirror-view';
import { blockDom, caretDom, notesDom, pointDom, sealsDom } from './bracket-dom.ts';
import { type Drawn, drawSlot, type SlotDrawing } from './drawing.ts';
import { type Block, drawList } from './drawing-list.ts';
import { type SlotPlace, slotsIn } from './nodes.ts';
import { codesOf, orderOf, type Reading, sealsOf, tonesOf } from './reading.ts';

/** Somebody's caret inside words that only their side has: drawn in the bracket, at its common offset. */
export interface InnerCaret { readonly user: string; readonly name: string; readonly party: PartyId; readonly id: string; readonly key: SlotKey; readonly common: number; readonly inside: number }

/** What is drawn in one provision. */
export interface ProvisionDrawing { readonly node: PmNode; readonly inputs: readonly unknown[]; readonly slots: ReadonlyMap<SlotKey, SlotDrawing> }

/** Everything the drawing of a provision depends on, besides its node; compared by identity. */
export const inputsOf = (reading: Reading, id: string, carets: readonly InnerCaret[]): unknown[] => [
  reading.common?.by.get(id), reading.party, reading.group, ...reading.others.map((o) => o.text.by.get(id)),
  carets.filter((c) => c.id === id).map((c) => `${c.user} ${c.key} ${c.common} ${c.inside}`).join('|'),
];

export function drawProvision(reading: Reading, id: string): ReadonlyMap<SlotKey, SlotDrawing> {
  const common = reading.common?.by.get(id), shown = reading.text.by.get(id), out = new Map<SlotKey, SlotDrawing>();
  if (!common || !shown) return out;
  const others = reading.others.flatMap(({ party, text }) => { const p = text.by.get(id); return p ? [{ party, p }] : []; });
  for (const key of Object.keys(shown.slots)) {
    const drawing = drawSlot(slotOf(common, key), slotOf(shown, key), reading.party, others.map(({ party, p }) => ({ party, slot: slotOf(p, key) })), orderOf(reading));
    if (drawing.drawn.length > 0) out.set(key, drawing);
  }
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

/** Neither end grows by typing beside it: what was typed is drawn when it has been compared (COMPARE 6, trap 5). */
const still = (id: string) => ({ id, inclusiveStart: false, inclusiveEnd: false });

function inline(reading: Reading, place: SlotPlace, slot: Slot, drawn: Extract<Drawn, { from: number }>): Decoration[] {
  const { group } = reading, own = drawn.kind === 'own';
  return piecesOf(slot, drawn.from, drawn.to).flatMap(({ from, to, first, last }) => {
    const className = `br ${own ? 'own' : 'struck'} ${tonesOf(group, drawn.parties)}${first ? ' first' : ''}${last ? ' last' : ''}`;
    const range = [place.start + from, place.start + to] as const;
    const code = first ? [Decoration.inline(...range, { nodeName: 'span', class: 'said-by', 'data-code': codesOf(group, drawn.parties) }, still(place.id))] : [];
    return [...code, Decoration.inline(...range, { nodeName: own ? 'ins' : 'del', class: className }, still(place.id))];
  });
}

function caretIn(carets: readonly InnerCaret[], place: SlotPlace, drawn: Drawn) {
  if (drawn.kind !== 'theirs') return undefined;
  return carets.find((c) => c.id === place.id && c.key === place.key && c.common === drawn.common && drawn.parties.includes(c.party) && c.inside <= lengthOf(drawn.words));
}

function point(reading: Reading, place: SlotPlace, drawn: Extract<Drawn, { at: number }>, order: number, carets: readonly InnerCaret[]): Decoration {
  const { group } = reading, theirs = drawn.kind === 'theirs', caret = caretIn(carets, place, drawn);
  const key = JSON.stringify([place.id, place.key, drawn.kind, theirs ? [drawn.words, drawn.parties] : drawn.pieces, caret ? [caret.user, caret.inside] : 0]);
  const dom = () => pointDom(group, drawn, caret && { dom: caretDom(group, caret.party, caret.name), inside: caret.inside });
  return Decoration.widget(place.start + drawn.at, dom, { id: place.id, key, side: theirs ? 1 + order : -1, ignoreSelection: true, marks: [] });
}

/** The decorations of one provision. */
export function decorationsOf(reading: Reading, node: PmNode, pos: number, slots: ReadonlyMap<SlotKey, SlotDrawing>, carets: readonly InnerCaret[]): Decoration[] {
  const order = orderOf(reading), shown = reading.text.by.get(node.attrs.id as string);
  return slotsIn(node, pos).flatMap((place) => (slots.get(place.key)?.drawn ?? []).flatMap((drawn) => {
    if ('at' in drawn) return [point(reading, place, drawn, drawn.kind === 'theirs' ? order.indexOf(drawn.parties[0]!) : 0, carets)];
    return inline(reading, place, slotOf(shown, place.key), drawn);
  }));
}

/** Blocks, notes and seals around and in the provisions; `key` says whether they are the same as before. */
export interface Frame { readonly key: string; readonly decorations: (doc: PmNode) => Decoration[] }

const nodeClass = (reading: Reading, kinds: readonly string[], parties: readonly PartyId[]): string =>
  [...new Set(kinds)].map((kind) => `has-${kind}`).concat(parties.length > 0 ? [tonesOf(reading.group, parties)] : []).join(' ');

export function frameOf(reading: Reading, focus: string | null, now: number): Frame {
  const { blocks, notes } = drawList(reading), { group } = reading;
  const seals = new Map(reading.text.list.map((id) => [id, sealsOf(reading, id, now)] as const).filter(([, list]) => list.length > 0));
  const key = JSON.stringify([reading.text.list, blocks, [...notes], [...seals], focus]);
  const decorations = (doc: PmNode): Decoration[] => {
    const out: Decoration[] = [];
    const put = (pos: number, after: string | null) => blocks.forEach((block, i) => {
      if (block.after === after) out.push(Decoration.widget(pos, () => blockDom(group, block), { key: blockKey(block), side: i - blocks.length, ignoreSelection: true }));
    });
    put(0, null);
    doc.forEach((node, pos) => {
      const id = node.attrs.id as string, end = pos + node.nodeSize, said = notes.get(id) ?? [], settled = seals.get(id) ?? [];
      const kinds = [...said.map((n) => n.kind), ...settled.map((s) => s.kind), ...(focus === id ? ['focus'] : [])];
      if (kinds.length > 0) out.push(Decoration.node(pos, end, { class: nodeClass(reading, kinds, said.find((n) => n.kind === 'added' || n.kind === 'removed')?.parties ?? []) }));
      if (said.length > 0) out.push(Decoration.widget(end - 1, () => notesDom(group, said), { key: JSON.stringify([id, said]), side: 1, ignoreSelection: true }));
      if (settled.length > 0) out.push(Decoration.widget(end - 2, () => sealsDom(settled), { key: JSON.stringify([id, settled]), side: 50, ignoreSelection: true, marks: [] }));
      put(end, id);
    });
    return out;
  };
  return { key, decorations };
}

const blockKey = (block: Block): string => JSON.stringify([block.kind, block.parties, block.changedBy, block.provision]);
