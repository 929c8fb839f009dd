import { startTransition, useEffect, useRef, useState } from 'react';
import type { Snapshot } from '../sync/document.ts';
import { inPieces } from '../ui/idle-callback.ts';
import { LONG_TEXT } from '../ui/long-text.ts';
import { findIn } from './use-groups.ts';

/** The proposals of a long text are found in so many provisions at once. */
const STEP = 4;

/**
 * Whether what is proposed in a document has been found, so that the panels can show and count it. In a long text that is done in pieces, after the text is drawn and
 * between whatever else the page has to do. Once it is so it stays so.
 */
export function useCounted(now: Snapshot | null): boolean {
  const [counted, setCounted] = useState(false), latest = useRef(now);
  useEffect(() => { latest.current = now; });
  const list = now?.rooms.common?.list, waits = list !== undefined && !counted;
  if (waits && list.length <= LONG_TEXT) setCounted(true);
  useEffect(() => {
    if (!waits) return undefined;
    let at = 0;
    return inPieces(() => {
      const { current } = latest, ids = current?.rooms.common?.list.slice(at, (at += STEP)) ?? [];
      if (current && ids.length > 0) findIn(current, ids);
      else startTransition(() => setCounted(true));
      return ids.length > 0;
    });
  }, [waits]);
  return !waits;
}
