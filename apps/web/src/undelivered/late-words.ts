import { english, type MessageId } from '@parley/messages';
import type { KeptWords } from '../sync/local-database.ts';
import { message } from '../ui/messages.ts';

/** Why words lie in the tray that were typed where the text had been closed. The device keeps the message's id: it may be read in another language later. */
export const LATE = 'undelivered.why.late' satisfies MessageId;

/** The sentence that an earlier Parley kept in that place. */
const FORMERLY_LATE = 'You typed them after the text had been closed there.';

export const isLate = ({ why }: KeptWords): boolean => why === LATE || why === FORMERLY_LATE;

/** Why words lie in the tray, in the language of the page; what an earlier Parley kept as a sentence stays it. */
export const whySaid = ({ why }: KeptWords): string => (Object.hasOwn(english, why) ? message(why as MessageId) : why);

/** The passage of late words that goes on: the last one, if it is of this place. */
export function lateAt(items: readonly KeptWords[], provision: string, slot: string): KeptWords | null {
  const last = items.at(-1);
  return last && isLate(last) && last.provision === provision && last.slot === slot ? last : null;
}

/** The passages with those that came now. What was under way when a text was closed comes back after its late words, but was typed before them, and stands before them. */
export function inTypedOrder(items: readonly KeptWords[], more: readonly KeptWords[]): readonly KeptWords[] {
  const late = more.some(({ provision, slot }) => lateAt(items, provision, slot)) ? items.slice(-1) : [];
  return [...items.slice(0, items.length - late.length), ...more, ...late];
}
