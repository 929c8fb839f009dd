/** Runs `then` when the page has nothing else to do, at the latest after so many milliseconds; gives what calls it off. */
export function whenIdle(then: () => void, latest: number): () => void {
  // Safari has no idle time to tell of.
  if (typeof requestIdleCallback === 'function') { const idle = requestIdleCallback(then, { timeout: latest }); return () => cancelIdleCallback(idle); }
  const timer = setTimeout(then, latest / 8);
  return () => clearTimeout(timer);
}

/** So long a piece of work may keep the page from anything else. */
const PIECE_MS = 12;
/** However busy the page is, the next piece waits no longer. */
const NEXT_MS = 40;

/** Runs `step` again and again while the page has nothing else to do, until it answers that nothing is left; gives what ends it. */
export function inPieces(step: () => boolean): () => void {
  let off = whenIdle(piece, NEXT_MS);
  function piece(): void {
    const end = performance.now() + PIECE_MS;
    while (step()) if (performance.now() >= end) { off = whenIdle(piece, NEXT_MS); return; }
  }
  return () => off();
}
