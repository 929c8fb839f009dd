import { compareProvisions, isOpen, type PartyId, provisionsOf } from '@parley/text';
import { settlementOf } from './document.ts';
import { CHAIR } from './party.ts';
import { isDelegation, isLocked } from './policy.ts';
import { awaits, proposalsOf } from './proposals.ts';
import { positionsOf, type Scenery } from './scene.ts';

/** How a provision stands (DESIGN 1). Approved and agreed are folded from acts; the rest is computed from the texts. */
export type Standing = 'approved' | 'agreed' | 'clean' | 'bracketed' | 'open';
export const STANDINGS: readonly Standing[] = ['approved', 'agreed', 'clean', 'bracketed', 'open'];

/**
 * True when some party proposes other words, another kind, or the removal of this provision. Label, level and place are not in the digest of a
 * consent, so a proposal about them is no bracket in the provision.
 */
export function isBracketed(scenery: Scenery, provision: string): boolean {
  const common = scenery.rooms.common;
  if (!common) return false;
  return positionsOf(scenery).some(({ text }) => {
    const ours = common.by.get(provision), theirs = text.by.get(provision);
    if (!theirs || theirs.kind !== ours?.kind) return true;
    return [...compareProvisions(ours, theirs).values()].some((hunks) => hunks.length > 0);
  });
}

/** The standing of one provision of the common text; null when the common text has no such provision. */
export function standingOf(scenery: Scenery, provision: string): Standing | null {
  const common = scenery.rooms.common?.by.get(provision);
  if (!common) return null;
  if (settlementOf(scenery.document, provision).approved) return 'approved';
  if (isLocked(scenery.document, provision)) return 'agreed';
  if (isBracketed(scenery, provision)) return 'bracketed';
  return isOpen(common) ? 'open' : 'clean';
}

/** How many provisions of the common text (while drafting, of the working paper: all of them open) have each standing. */
export function progressOf(scenery: Scenery): Readonly<Record<Standing, number>> {
  const count: Record<Standing, number> = { approved: 0, agreed: 0, clean: 0, bracketed: 0, open: 0 };
  const { common, working } = scenery.rooms;
  if (!common) return { ...count, open: working ? working.list.length : 0 };
  for (const { id } of provisionsOf(common)) count[standingOf(scenery, id)!] += 1;
  return count;
}

/** What waits for a party's answer: what it declined or consented to already waits no longer. */
export interface Waiting { readonly proposals: number; readonly toAgree: number; readonly reopenings: number; readonly basis: boolean; readonly toApprove: number; readonly closing: boolean }

/** What waits for `party` in this document. */
export function awaitingOf(scenery: Scenery, party: PartyId): Waiting {
  const { document } = scenery;
  const basis = document.stage === 'drafting' && document.basis !== null && document.basis.party !== party && isDelegation(party);
  if (document.stage !== 'negotiation') return { proposals: 0, toAgree: 0, reopenings: 0, basis, toApprove: 0, closing: false };
  const settled = Object.entries(document.settled);
  if (party === CHAIR) {
    return { proposals: 0, toAgree: 0, reopenings: 0, basis, closing: false, toApprove: settled.filter(([id, s]) => isLocked(document, id) && !s.approved).length };
  }
  return {
    proposals: proposalsOf(scenery).filter((p) => awaits(p, party)).length,
    toAgree: settled.filter(([id, s]) => !isLocked(document, id) && Object.keys(s.consents).length > 0 && !s.consents[party]).length,
    reopenings: settled.filter(([, s]) => Object.keys(s.reopenings).some((asking) => asking !== party)).length,
    basis, toApprove: 0, closing: document.closing !== null && !document.closing.assents[party],
  };
}

/** Of the touched provisions, those whose single consent no longer stands on clean text: the server lets them lapse in the same turn. */
export function lapsing(scenery: Scenery, touched: Iterable<string>): string[] {
  return [...touched].filter((id) => {
    const consents = Object.keys(settlementOf(scenery.document, id).consents);
    return consents.length === 1 && standingOf(scenery, id) !== 'clean';
  });
}
