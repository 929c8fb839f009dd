import type { KeptWords } from '../sync/device.ts';

/** Why words lie in the tray that were typed where the text had been closed. */
export const LATE = 'You typed them after the text had been closed there.';

/** The passage of late words that goes on: the last one, if it is of this place. */
export function lateAt(items: readonly KeptWords[], provision: string, slot: string): KeptWords | null {
  const last = items.at(-1);
  return last?.why === LATE && last.provision === provision && last.slot === slot ? last : null;
}

/** The passages with those that came now. What was under way when a text was closed comes back after its late words, but was typed before them, and stands before them. */
export function inTypedOrder(items: readonly KeptWords[], more: readonly KeptWords[]): readonly KeptWords[] {
  const late = more.some(({ provision, slot }) => lateAt(items, provision, slot)) ? items.slice(-1) : [];
  return [...items.slice(0, items.length - late.length), ...more, ...late];
}
