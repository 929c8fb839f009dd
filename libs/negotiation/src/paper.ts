import { type Edit, isCleanText, isProvisionId, lengthOf, type Provision, SLOT_LIMIT, slotKeys } from '@parley/text';
import { granted, refuse, type Verdict } from './refusal.ts';

/** What puts these provisions into an empty room. */
export const inOrder = (provisions: readonly Provision[]): Edit[] =>
  provisions.map((provision, i) => ({ do: 'add', provision, after: provisions[i - 1]?.id ?? null }));

/** Text that Parley takes: an id that a room can hold, known slots only, well-formed clean words within the limits. */
export function takesText(provision: Provision): Verdict {
  if (!isProvisionId(provision.id)) return refuse('bad-text');
  const keys = slotKeys(provision.kind);
  for (const [key, slot] of Object.entries(provision.slots)) {
    if (!keys.includes(key) || !slot.every(({ t }) => isCleanText(t))) return refuse('bad-text');
    if (lengthOf(slot) > SLOT_LIMIT) return refuse('too-long');
  }
  return isCleanText(provision.label) ? granted : refuse('bad-text');
}
