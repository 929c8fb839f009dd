import { compareSlots, fromCommon, type Slot, type SlotKey } from '@parley/text';
import type { EditorState, Transaction } from 'prosemirror-state';
import { slotAt, slotValue, spotAt } from './nodes.ts';
import { caretAt } from './selection.ts';

/** Where a caret stood, and the words it stood in: the same place is found in another text of the document. */
export interface KeptCaret { readonly id: string; readonly key: SlotKey; readonly offset: number; readonly words: Slot }

/** The caret of a state; null where it is in no words. */
export function caretOf({ doc, selection }: EditorState): KeptCaret | null {
  const spot = doc.content.size > 0 ? spotAt(doc, selection.head) : null;
  return spot && { id: spot.id, key: spot.key, offset: spot.offset, words: slotValue(spot.slot) };
}

/** Puts a kept caret where its words stand in the document, or would stand; the caret stays where it is if its slot is not there. */
export function withCaret(tr: Transaction, kept: KeptCaret | null): Transaction {
  const slot = kept && slotAt(tr.doc, kept.id, kept.key);
  if (!slot) return tr;
  const offset = fromCommon(compareSlots(kept.words, slotValue(slot.node)), kept.offset, true);
  return tr.setSelection(caretAt(tr.doc, slot.start + Math.min(slot.node.content.size, offset)));
}
