import type { SlotKey } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { type Decoration, DecorationSet } from 'prosemirror-view';
import { decorationsOf, drawProvision, type Frame, focusMark, frameOf, inputsOf, isReadStacked, type ProvisionDrawing } from './decorations.ts';
import type { SlotDrawing, InnerCaret } from './drawing.ts';
import { sameInputs } from './drawing-list.ts';
import { type InSight, nearMark } from './in-sight.ts';
import type { Spot } from './nodes.ts';
import type { Reading } from './reading.ts';

/** A wish to draw anew. Without one the decorations only move with the text. */
export interface Redraw {
  readonly reading: Reading;
  readonly focus: string | null;
  readonly carets: readonly InnerCaret[];
  readonly now: number;
  /** What of a long text is drawn; without it all is. */
  readonly inSight?: InSight;
  /** Set after own words were typed and nothing else changed: where. A bracket that would first appear around a half typed word waits. */
  readonly typingAt?: Spot | null;
  /** Provisions moved or were made anew: nothing drawn before can be trusted to be there. */
  readonly all?: boolean;
}

export interface Brackets {
  readonly inner: DecorationSet;
  /** What `frame` draws. */
  readonly framed: Frame | null;
  readonly frame: DecorationSet;
  readonly focus: DecorationSet;
  /** The document that was drawn last. */
  readonly doc: PmNode | null;
  /** Of the provisions in sight. */
  readonly drawn: ReadonlyMap<string, ProvisionDrawing>;
  /** What was drawn last. */
  readonly reading: Reading | null;
  /** The provision whose drawing waits for the end of a word. */
  readonly waiting: string | null;
}

const NONE = DecorationSet.empty;
const EMPTY: Brackets = { inner: NONE, framed: null, frame: NONE, focus: NONE, doc: null, drawn: new Map(), reading: null, waiting: null };

const key = new PluginKey<Brackets>('brackets');

/** What is drawn now. */
export const bracketsOf = (state: EditorState): Brackets => key.getState(state) ?? EMPTY;

/** Asks for a drawing with this transaction. */
export const redraw = (tr: Transaction, wish: Redraw): Transaction => tr.setMeta(key, wish).setMeta('addToHistory', false);

const WORD = /[\p{L}\p{N}]/u;

/** Own replaced ranges that touch an offset. */
const replacedAt = (drawing: SlotDrawing | undefined, party: string | null, offset: number): string[] =>
  (drawing?.places ?? []).flatMap((p) => p.laid).filter((l) => l.party === party && l.shape.to > l.shape.from && l.shape.posFrom <= offset && offset <= l.shape.posTo)
    .map((l) => `${l.shape.from} ${l.shape.to}`);

/** True while a word is being typed that makes, so far, a replacement of the common word it stands on. */
function isHalfWord(before: ProvisionDrawing | undefined, now: ReadonlyMap<SlotKey, SlotDrawing>, reading: Reading, doc: PmNode, at: Spot): boolean {
  const words = doc.children.find((node) => node.attrs.id === at.id)?.children.find((slot) => slot.attrs.key === at.key)?.textContent ?? '';
  if (!WORD.test(words.charAt(at.offset - 1)) && !WORD.test(words.charAt(at.offset))) return false;
  const had = new Set(replacedAt(before?.slots.get(at.key), reading.party, at.offset));
  return replacedAt(now.get(at.key), reading.party, at.offset).some((range) => !had.has(range));
}

/** The document drawn before where only words in it have been typed since: whatever comes from elsewhere asks for a drawing of its own. */
const typedOver = ({ doc: before }: Brackets, doc: PmNode, { typingAt, all }: Redraw): PmNode | null => (typingAt && !all && before?.childCount === doc.childCount ? before : null);

/** Every provision, or those that differ from the document before and the one that waits. */
function look(doc: PmNode, before: PmNode | null, waiting: string | null, at: (node: PmNode, pos: number) => void): void {
  for (let i = 0, pos = 0; i < doc.childCount; i++) {
    const node = doc.child(i);
    if (node !== before?.child(i) || node.attrs.id === waiting) at(node, pos);
    pos += node.nodeSize;
  }
}

/** Whether a provision is drawn as alternatives. */
const isDrawnStacked = ({ slots }: ProvisionDrawing): boolean => [...slots.values()].some(({ stacked }) => stacked !== undefined);

/** Whether a provision is drawn in the form that it has when nobody works in it. */
const hasItsForm = (reading: Reading, id: string, before: ProvisionDrawing): boolean => before.slots.size === 0 || isDrawnStacked(before) === isReadStacked(reading, id, before.slots);

function drawnAnew(value: Brackets, doc: PmNode, wish: Redraw): Pick<Brackets, 'inner' | 'doc' | 'drawn' | 'waiting'> {
  const known = typedOver(value, doc, wish), drawn = new Map<string, ProvisionDrawing>(known ? value.drawn : []);
  let inner = wish.all ? DecorationSet.empty : value.inner, waiting: string | null = null;
  const add: Decoration[] = [], remove: Decoration[] = [];
  look(doc, known, value.waiting, (node, pos) => {
    const id = node.attrs.id as string;
    if (wish.inSight && !wish.inSight.has(id)) return;
    const before = value.drawn.get(id), same = !wish.all && before?.node === node;
    if (same && wish.typingAt) { drawn.set(id, before); return; }
    const inputs = inputsOf(wish.reading, id, wish.carets), inHand = value.reading?.stacking === wish.reading.stacking && (wish.focus === id || wish.typingAt?.id === id);
    if (same && sameInputs(before.inputs, inputs) && (inHand || hasItsForm(wish.reading, id, before))) { drawn.set(id, before); return; }
    const slots = drawProvision(wish.reading, id, before && inHand ? isDrawnStacked(before) : undefined);
    if (before && wish.typingAt?.id === id && isHalfWord(before, slots, wish.reading, doc, wish.typingAt)) {
      waiting = id;
      drawn.set(id, before);
      return;
    }
    drawn.set(id, { node, inputs, slots });
    if (!wish.all) remove.push(...inner.find(pos, pos + node.nodeSize, (spec) => spec.id === id));
    if (wish.inSight?.isLong) add.push(nearMark(pos, pos + node.nodeSize, id));
    add.push(...decorationsOf(wish.reading, node, pos, slots, wish.carets));
  });
  if (remove.length > 0) inner = inner.remove(remove);
  return { inner: add.length > 0 ? inner.add(doc, add) : inner, doc, drawn, waiting };
}

function next(value: Brackets, tr: Transaction): Brackets {
  const { mapping, doc } = tr, moved = tr.docChanged ? { ...value, inner: value.inner.map(mapping, doc), frame: value.frame.map(mapping, doc), focus: value.focus.map(mapping, doc) } : value;
  const wish = tr.getMeta(key) as Redraw | undefined;
  if (!wish) return moved;
  const { reading } = wish;
  if (wish.typingAt && moved.framed !== null) return { ...moved, ...drawnAnew(moved, doc, wish), reading };
  const framed = frameOf(reading, wish.now, moved.framed), same = framed === moved.framed && !wish.all;
  return { ...drawnAnew(moved, doc, wish), reading, framed, frame: same ? moved.frame : DecorationSet.create(doc, framed.decorations(doc, wish.inSight)), focus: focusMark(doc, wish.focus) };
}

/** Draws brackets, blocks, notes and seals over a text. They are decorations: no part of them is ever in the document. */
export const bracketPlugins = (): Plugin[] => [
  new Plugin<Brackets>({
    key,
    state: { init: () => EMPTY, apply: (tr, value) => next(value, tr) },
    props: { decorations: (state) => bracketsOf(state).inner },
  }),
  new Plugin({ props: { decorations: (state) => bracketsOf(state).frame } }),
  new Plugin({ props: { decorations: (state) => bracketsOf(state).focus } }),
];
