import type { PartyId } from '@parley/text';
import type { DocumentState } from './document.ts';
import { provisionOfName } from './proposal-names.ts';
import type { Prepared } from './preview.ts';
import { granted, refuse, type Verdict } from './refusal.ts';

/** So many acceptances of one delegation may wait for the other's. */
export const WAITING_CONSENTS = 200;
/** So many characters they may have together, as they are kept and sent to everybody who opens the document. */
export const WAITING_CHARACTERS = 1_000_000;
/** So many items they may name together, with what is given up for them: all are looked at when somebody changes the order. */
export const WAITING_ITEMS = 200;
/** So many hunks and items of one provision they may name together, with what is given up for them: whoever types there waits while all are looked at. */
export const WAITING_IN_PROVISION = 200;

type Given = Pick<Prepared, 'parts' | 'names' | 'givesUp'>;
const characters = ({ parts, names, givesUp }: Given): number => JSON.stringify([parts, names, givesUp]).length;
const items = ({ parts, givesUp }: Given): number => [...parts, ...givesUp].filter(({ on }) => on === 'item').length;

/** Whether one more acceptance of `party` may wait. One that is alone, in its document, in a provision, or among those with items, always may: its act is bounded by itself. */
export function mayWait({ partConsents }: DocumentState, party: PartyId, more: Prepared): Verdict {
  const waiting = Object.values(partConsents).filter(({ by }) => by[party] !== undefined);
  if (waiting.length === 0) return granted;
  const given = waiting.map((one) => ({ ...one, givesUp: one.by[party]!.givesUp })), sum = (count: (one: Given) => number): number => given.reduce((all, one) => all + count(one), count(more));
  const enough = waiting.length < WAITING_CONSENTS && sum(characters) <= WAITING_CHARACTERS && (items(more) === 0 || given.every((one) => items(one) === 0) || sum(items) <= WAITING_ITEMS) && !isCrowded(given, more);
  return enough ? granted : refuse('too-many-consents');
}

/** Whether in some provision more would be waited for than may be. */
function isCrowded(waiting: readonly Given[], more: Given): boolean {
  const before = countsOf(waiting.flatMap(placesOf));
  return [...countsOf(placesOf(more))].some(([provision, count]) => before.has(provision) && before.get(provision)! + count > WAITING_IN_PROVISION);
}

/** The provision of each hunk and item. */
const placesOf = ({ names, givesUp }: Given): string[] =>
  [...names.map(provisionOfName), ...givesUp.flatMap((own) => (own.on === 'words' ? own.hunks.map(() => own.provision) : [own.provision]))];

function countsOf(places: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const provision of places) counts.set(provision, (counts.get(provision) ?? 0) + 1);
  return counts;
}
