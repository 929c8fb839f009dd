import type { PartyId } from '@parley/text';
import type { DocumentState, PartConsents } from './document.ts';
import { provisionOfName } from './names.ts';
import type { Prepared } from './preview.ts';
import { granted, refuse, type Verdict } from './refusal.ts';

/** So many acceptances of one delegation may wait for the other's. */
export const WAITING_CONSENTS = 200;
/** So many characters they may have together, as they are kept and sent to everybody who opens the document. */
export const WAITING_CHARACTERS = 1_000_000;
/** So many hunks and items of one provision they may name together: whoever types there waits while all are looked at. */
export const WAITING_IN_PROVISION = 200;

const kept = (part: Pick<PartConsents, 'parts' | 'names'>, givesUp: Prepared['givesUp']): number => JSON.stringify([part.parts, part.names, givesUp]).length;

/** Whether one more acceptance of `party` may wait. One that is alone, in its document or in a provision, always may: its act is bounded by itself. */
export function mayWait({ partConsents }: DocumentState, party: PartyId, more: Prepared): Verdict {
  const waiting = Object.values(partConsents).filter(({ by }) => by[party] !== undefined);
  if (waiting.length === 0) return granted;
  const characters = waiting.reduce((sum, one) => sum + kept(one, one.by[party]!.givesUp), kept(more, more.givesUp));
  const enough = waiting.length < WAITING_CONSENTS && characters <= WAITING_CHARACTERS && !isCrowded(waiting, more.names);
  return enough ? granted : refuse('too-many-consents');
}

/** Whether in some provision more would be waited for than may be. */
function isCrowded(waiting: readonly PartConsents[], names: readonly string[]): boolean {
  const before = countsOf(waiting.flatMap((one) => one.names));
  return [...countsOf(names)].some(([provision, count]) => before.has(provision) && before.get(provision)! + count > WAITING_IN_PROVISION);
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const provision of names.map(provisionOfName)) counts.set(provision, (counts.get(provision) ?? 0) + 1);
  return counts;
}
