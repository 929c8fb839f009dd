/** At the latest after so long it is run, however busy the page is. */
const LATEST_MS = 400;

/** Runs `then` when the page has nothing else to do; gives what calls it off. */
export function whenIdle(then: () => void): () => void {
  // Safari has no idle time to tell of.
  if (typeof requestIdleCallback === 'function') { const idle = requestIdleCallback(then, { timeout: LATEST_MS }); return () => cancelIdleCallback(idle); }
  const timer = setTimeout(then, LATEST_MS / 8);
  return () => clearTimeout(timer);
}

/** So long a piece of work may keep the page from anything else. */
const PIECE_MS = 12;

/** Runs `step` again and again while the page has nothing else to do, until it answers that nothing is left; gives what ends it. */
export function inPieces(step: () => boolean): () => void {
  let off = whenIdle(piece);
  function piece(): void {
    const end = performance.now() + PIECE_MS;
    while (step()) if (performance.now() >= end) { off = whenIdle(piece); return; }
  }
  return () => off();
}
