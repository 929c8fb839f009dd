import type { Node as PmNode } from 'prosemirror-model';
import { AllSelection, Selection, TextSelection } from 'prosemirror-state';
import { schema } from './schema.ts';

/** A caret or range in the words; where a position is not in a slot, the nearest one that is. */
export function caretAt(doc: PmNode, anchor: number, head: number = anchor): Selection {
  if (doc.content.size === 0) return new AllSelection(doc);
  const inside = (pos: number): number => {
    const at = doc.resolve(Math.max(0, Math.min(pos, doc.content.size)));
    return at.parent.type === schema.nodes.slot ? at.pos : Selection.near(at, 1).head;
  };
  const [a, h] = [inside(anchor), inside(head)];
  return doc.resolve(a).parent.inlineContent && doc.resolve(h).parent.inlineContent ? TextSelection.create(doc, a, h) : Selection.near(doc.resolve(0));
}

const CLEAR = { top: 64, right: 5, bottom: 5, left: 5 };

/** The caret is scrolled to where the bar above the text does not cover it. */
export const SCROLLED_CLEAR = { scrollThreshold: CLEAR, scrollMargin: CLEAR } as const;
