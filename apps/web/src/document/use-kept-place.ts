import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Stacking, ViewName } from '../editor/index.ts';
import { useDocumentContext } from '../provisions/document-context.ts';
import { holdPlace, placeIn, type SeenAt } from './kept-place.ts';

/** Where one read before the view was changed, what was in hand, and where the text was put in the view that came. */
interface Kept { readonly place: readonly SeenAt[]; readonly inHand: string | null; top: number }

/**
 * Keeps the place when the text is shown another way: call it before. Who has moved nowhere in a view that leaves that place out comes back to where he was; whoever scrolled, or took another
 * provision in hand, takes his new place with him.
 */
export function useKeptPlace(context: RefObject<HTMLElement | null>, view: ViewName, stacking: Stacking): () => void {
  const { focus } = useDocumentContext(), kept = useRef<Kept | null>(null);
  useLayoutEffect(() => {
    const at = kept.current;
    return context.current && at ? holdPlace(context.current, at.place, (top) => { at.top = top; }) : undefined;
  }, [context, view, stacking]);
  return () => {
    const scroller = context.current, before = kept.current;
    const stayed = before !== null && scroller !== null && Math.abs(scroller.scrollTop - before.top) < 2 && (focus === null || focus === before.inHand);
    if (!stayed && scroller) kept.current = { place: placeIn(scroller, focus), inHand: focus, top: scroller.scrollTop };
  };
}
