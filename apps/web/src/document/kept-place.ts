import { holdStill } from '../ui/hold-still.ts';

/** A provision and where it stood: its top below the edge of what is in sight, or the share of it that was above. */
export interface SeenAt { readonly id: string; readonly below: number; readonly share: number }

const provisionsIn = (scroller: HTMLElement): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>('[data-provision]')];

/** Where what is in sight begins: below the bar that stays above the text, if one does. */
function edgeOf(scroller: HTMLElement): number {
  const top = scroller.getBoundingClientRect().top, bar = scroller.querySelector('.view-bar');
  return bar && getComputedStyle(bar).position === 'sticky' ? Math.max(top, bar.getBoundingClientRect().bottom) : top;
}

/** The box of a provision; of one in a chunk that is out of sight the chunk's, or what is not laid out would be for this. */
function boxesIn(edge: number, bottom: number): (provision: HTMLElement) => DOMRect {
  const chunks = new Map<Element, DOMRect>();
  return (provision) => {
    const chunk = provision.closest('.chunk');
    if (!chunk) return provision.getBoundingClientRect();
    const box = chunks.get(chunk) ?? chunk.getBoundingClientRect();
    chunks.set(chunk, box);
    return box.bottom <= edge || box.top >= bottom ? box : provision.getBoundingClientRect();
  };
}

/** The provisions of a text in the order in which they tell where one reads: the one in hand if it is in sight, then those in sight and below, then those above from the nearest. */
export function placeIn(scroller: HTMLElement, inHand: string | null): SeenAt[] {
  const edge = edgeOf(scroller), bottom = scroller.getBoundingClientRect().bottom, boxOf = boxesIn(edge, bottom);
  const all = provisionsIn(scroller).map((e) => {
    const { top, height } = boxOf(e), below = top - edge;
    return { id: e.dataset.provision!, below, share: below < 0 ? -below / height : 0, above: below + height <= 0, seen: below >= 0 && top < bottom };
  });
  // One that begins in sight is held by its top; a long one that fills the sight by the share of it that is above.
  const first = [all.find((one) => one.id === inHand && one.seen) ?? all.find((one) => one.below >= 0 && one.below < (bottom - edge) / 2)].filter((one) => one !== undefined);
  return [...first, ...all.filter((one) => !one.above), ...all.filter((one) => one.above).reverse()].map(({ id, below, share }) => ({ id, below, share }));
}

/** By how much the first of these provisions that the text has stands elsewhere than it stood; one that stands in for another is to stand at the edge. */
function driftIn(scroller: HTMLElement, kept: readonly SeenAt[]): number | null {
  const now = new Map(provisionsIn(scroller).map((e) => [e.dataset.provision!, e])), first = kept.find(({ id }) => now.has(id));
  if (!first) return null;
  const { top, height } = now.get(first.id)!.getBoundingClientRect(), wanted = first !== kept[0] ? 0 : first.share > 0 ? -first.share * height : first.below;
  return top - edgeOf(scroller) - wanted;
}

/**
 * Keeps the place in a text that is about to be shown another way: the text of another view is made by an effect and drawn over once more. `held` is told where the text
 * was left. Returns what ends it.
 */
export const holdPlace = (scroller: HTMLElement, kept: readonly SeenAt[], held: (top: number) => void): (() => void) => holdStill(scroller, () => driftIn(scroller, kept), held);
