/** A provision and how far its top stands below the top of what is in sight. */
export interface SeenAt { readonly id: string; readonly top: number }

const provisionsIn = (scroller: HTMLElement): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>('[data-provision]')];

/** The provisions of a text with where they stand: first those in sight and below, in order, then those above from the nearest. */
export function placeIn(scroller: HTMLElement): SeenAt[] {
  const edge = scroller.getBoundingClientRect().top;
  const all = provisionsIn(scroller).map((e) => { const box = e.getBoundingClientRect(); return { id: e.dataset.provision!, top: box.top - edge, above: box.bottom <= edge }; });
  return [...all.filter((one) => !one.above), ...all.filter((one) => one.above).reverse()].map(({ id, top }) => ({ id, top }));
}

/** Scrolls so that the first of these provisions that the text has stands where it stood. */
export function restorePlace(scroller: HTMLElement, kept: readonly SeenAt[]): void {
  const now = new Map(provisionsIn(scroller).map((e) => [e.dataset.provision!, e])), first = kept.find(({ id }) => now.has(id));
  if (first) scroller.scrollTop += now.get(first.id)!.getBoundingClientRect().top - scroller.getBoundingClientRect().top - first.top;
}
