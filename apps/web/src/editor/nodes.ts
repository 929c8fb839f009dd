import { equalSlots, type Marks, markNames, marksOf, normal, type Provision, provisionsOf, type Slot, slotKeys, type SlotKey, slotOf, type Text } from '@parley/text';
import { type Mark, type Node as PmNode } from 'prosemirror-model';
import { inChunks } from './chunks.ts';
import { schema } from './schema.ts';

/** Marks as the editor has them. */
export const pmMarks = (m: Marks | undefined): Mark[] => markNames(m).flatMap((name) => {
  if (name.startsWith('ref:')) return [schema.marks.ref.create({ id: name.slice(4) })];
  const type = name === 'em' ? schema.marks.em : name === 'strong' ? schema.marks.strong : null;
  return type ? [type.create()] : [];
});

/** Marks as values have them. */
export const valueMarks = (marks: readonly Mark[]): Marks | undefined =>
  marksOf(marks.map((mark) => (mark.type === schema.marks.ref ? `ref:${mark.attrs.id as string}` : mark.type.name)));

export const textNodes = (slot: Slot): PmNode[] => slot.map((run) => schema.text(run.t, pmMarks(run.m)));

const values = new WeakMap<PmNode, Slot>();

/** The words of a slot's node as a value; the same object for the same node. */
export function slotValue(node: PmNode): Slot {
  let value = values.get(node);
  if (!value) values.set(node, value = normal(node.children.map((child) => ({ t: child.text ?? '', m: valueMarks(child.marks) }))));
  return value;
}

function slotNode(key: SlotKey, slot: Slot): PmNode {
  const node = schema.nodes.slot.create({ key }, textNodes(slot));
  values.set(node, slot);
  return node;
}

const made = new WeakMap<Provision, PmNode>();

/** The node that shows a provision; the same object for the same value. */
export function provisionNode(p: Provision): PmNode {
  let node = made.get(p);
  if (!node) {
    const slots = slotKeys(p.kind).map((key) => slotNode(key, slotOf(p, key)));
    made.set(p, node = schema.nodes.provision.create({ id: p.id, kind: p.kind, label: p.label, level: p.level }, slots));
  }
  return node;
}

export const docNode = (text: Text): PmNode => schema.nodes.doc.create(null, inChunks(provisionsOf(text).map(provisionNode)));

/** True when the node shows exactly this provision. */
export function shows(node: PmNode, p: Provision): boolean {
  const keys = slotKeys(p.kind);
  return node.attrs.kind === p.kind && node.attrs.label === p.label && node.attrs.level === p.level && node.childCount === keys.length
    && keys.every((key, i) => node.child(i).attrs.key === key && equalSlots(slotValue(node.child(i)), slotOf(p, key)));
}

export interface ProvisionPlace { readonly node: PmNode; readonly pos: number; readonly index: number }

/** Where a provision stands; null when the document has none of this id. */
export function provisionAt(doc: PmNode, id: string): ProvisionPlace | null {
  let pos = 0;
  for (let index = 0; index < doc.childCount; index++) {
    const node = doc.child(index);
    if (node.attrs.id === id) return { node, pos, index };
    pos += node.nodeSize;
  }
  return null;
}

/** A slot's node and the position of its first character. */
export interface SlotPlace { readonly id: string; readonly key: SlotKey; readonly node: PmNode; readonly start: number }

/** The slots of a provision that stands at `pos`. */
export function slotsIn(provision: PmNode, pos: number): SlotPlace[] {
  let at = pos + 1;
  return provision.children.map((node) => {
    const place = { id: provision.attrs.id as string, key: node.attrs.key as string, node, start: at + 1 };
    at += node.nodeSize;
    return place;
  });
}

export function slotAt(doc: PmNode, id: string, key: SlotKey): SlotPlace | null {
  const place = provisionAt(doc, id);
  return place ? (slotsIn(place.node, place.pos).find((s) => s.key === key) ?? null) : null;
}

/** Every slot of the document, in order. */
export function allSlots(doc: PmNode): SlotPlace[] {
  const out: SlotPlace[] = [];
  doc.forEach((node, pos) => { out.push(...slotsIn(node, pos)); });
  return out;
}

/** A place in the words: provision, slot and offset in UTF-16 units. */
export interface Spot { readonly id: string; readonly key: SlotKey; readonly offset: number }

export const sameSpot = (a: Spot | null, b: Spot | null): boolean => a?.id === b?.id && a?.key === b?.key && a?.offset === b?.offset;

/** A spot, and where its slot begins in the document. */
export interface PlacedSpot extends Spot { readonly start: number }

/** The spot of a document position; null between slots. */
export function spotAt(doc: PmNode, pos: number): (PlacedSpot & { readonly slot: PmNode }) | null {
  const at = doc.resolve(pos);
  if (at.parent.type !== schema.nodes.slot) return null;
  return { id: at.node(1).attrs.id as string, key: at.parent.attrs.key as string, offset: at.parentOffset, slot: at.parent, start: at.start() };
}

/** The document position of a spot, kept inside its slot; null when the slot is not there. */
export function posOf(doc: PmNode, spot: Spot): number | null {
  const slot = slotAt(doc, spot.id, spot.key);
  return slot ? slot.start + Math.max(0, Math.min(spot.offset, slot.node.content.size)) : null;
}

/** The ids of the provisions in which a selection begins and ends. */
export const provisionsAt = (doc: PmNode, { anchor, head }: { readonly anchor: number; readonly head: number }): string[] =>
  [anchor, head].flatMap((pos) => { const at = doc.resolve(pos); return at.depth > 0 ? [at.node(1).attrs.id as string] : []; });
