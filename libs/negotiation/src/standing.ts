import { compareProvisions, isOpen, provisionsOf } from '@parley/text';
import { isLocked, settlementOf } from './document.ts';
import { partyOrder } from './group.ts';
import { positionRoom } from './party.ts';
import type { SharedState } from './act-context.ts';

/** How a provision stands. Approved and agreed are folded from acts; the rest is computed from the texts. */
export type Standing = 'approved' | 'agreed' | 'clean' | 'bracketed' | 'open';
export const STANDINGS: readonly Standing[] = ['approved', 'agreed', 'clean', 'bracketed', 'open'];

/**
 * True when some party proposes other words, another kind, or the removal of this provision. Label, level and place are not in the digest of a
 * consent, so a proposal about them is no bracket in the provision.
 */
export function isBracketed(shared: SharedState, provision: string): boolean {
  const common = shared.rooms.common;
  if (!common) return false;
  const ours = common.by.get(provision);
  return partyOrder(shared.group).some((party) => {
    const text = shared.rooms[positionRoom(party)];
    if (!text) return false;
    const theirs = text.by.get(provision);
    return !theirs || theirs.kind !== ours?.kind || compareProvisions(ours, theirs).size > 0;
  });
}

/** The standing of one provision of the common text; null when the common text has no such provision. */
export function standingOf(shared: SharedState, provision: string): Standing | null {
  const common = shared.rooms.common?.by.get(provision);
  if (!common) return null;
  if (settlementOf(shared.document, provision).approved) return 'approved';
  if (isLocked(shared.document, provision)) return 'agreed';
  if (isBracketed(shared, provision)) return 'bracketed';
  return isOpen(common) ? 'open' : 'clean';
}

/** How many provisions of the common text (while drafting, of the working paper: all of them open) have each standing. */
export function progressOf(shared: SharedState, standing = (id: string) => standingOf(shared, id)): Readonly<Record<Standing, number>> {
  const count: Record<Standing, number> = { approved: 0, agreed: 0, clean: 0, bracketed: 0, open: 0 };
  const { common, working } = shared.rooms;
  if (!common) return { ...count, open: working ? working.list.length : 0 };
  for (const { id } of provisionsOf(common)) count[standing(id)!] += 1;
  return count;
}

/** Of the touched provisions, those whose single consent no longer stands on clean text: the server lets them lapse in the same commit. */
export function lapsing(shared: SharedState, touched: Iterable<string>): string[] {
  return [...touched].filter((id) => {
    const consents = Object.keys(settlementOf(shared.document, id).consents);
    return consents.length === 1 && standingOf(shared, id) !== 'clean';
  });
}
