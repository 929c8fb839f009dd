/** So many frames in a row nothing moved: what came near the screen has been laid out. */
const STILL = 30;
/** After so many frames the page is left where it is. */
const FRAMES = 240;

const READER_MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

/**
 * Scrolls by what something has drifted (null: it is not there now) until it has been laid out or the reader moves: what was far from the screen has an estimated height
 * until it is near. `held` is told where it was left. Returns what ends it.
 */
export function holdStill(scroller: HTMLElement, driftNow: () => number | null, held: (top: number) => void = () => undefined): () => void {
  let frames = 0, still = 0, frame = 0, height = -1;
  scroller.style.overflowAnchor = 'none';
  const end = (): void => {
    cancelAnimationFrame(frame);
    scroller.style.overflowAnchor = '';
    for (const move of READER_MOVES) removeEventListener(move, end, true);
  };
  const look = (): void => {
    const drift = driftNow(), moved = drift === null || Math.abs(drift) >= 1 || height !== scroller.scrollHeight;
    if (drift !== null) scroller.scrollTop += drift;
    held(scroller.scrollTop);
    height = scroller.scrollHeight;
    still = moved ? 0 : still + 1;
    if (still >= STILL || ++frames >= FRAMES) end();
    else frame = requestAnimationFrame(look);
  };
  for (const move of READER_MOVES) addEventListener(move, end, { capture: true, passive: true });
  frame = requestAnimationFrame(look);
  return end;
}
