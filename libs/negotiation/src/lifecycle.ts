import type { DocumentState, Stage } from './document.ts';
import { settlementOf } from './document.ts';
import { isLocked } from './policy.ts';
import { grant, refuse, type Verdict } from './refusal.ts';

/** A life cycle is a table: from where, by which move, to where. `step` reads it; nothing else decides a passage. */
export type Cycle<State extends string, Move extends string> = Readonly<Record<State, Readonly<Partial<Record<Move, State>>>>>;

/** The passage by `move` from `from`, or `move-not-open`. */
export function step<State extends string, Move extends string>(cycle: Cycle<State, Move>, from: State, move: Move): Verdict<State> {
  const to = cycle[from][move];
  return to === undefined ? refuse('move-not-open') : grant(to);
}

export type StageMove = 'open' | 'acceptFirst' | 'release' | 'acceptSecond';
export type StageState = Stage | 'frozen';

/** A document's stages (DESIGN 1). `frozen`: drafting, while one head has accepted the paper and the other has not answered. */
export const STAGES: Cycle<StageState, StageMove> = {
  absent: { open: 'drafting' },
  drafting: { acceptFirst: 'frozen' },
  frozen: { release: 'drafting', acceptSecond: 'negotiation' },
  negotiation: {},
};

export const stageOf = (document: DocumentState): StageState => (document.stage === 'drafting' && document.basis ? 'frozen' : document.stage);

export type SettlementMove = 'consentFirst' | 'consentSecond' | 'lapse' | 'approve' | 'askReopening' | 'declineReopening' | 'grantReopening';
export type SettlementState = 'unsettled' | 'consented' | 'agreed' | 'approved' | 'agreed-reopening' | 'approved-reopening';

/** What acts settle about a provision. While a reopening is asked, consents and approval still stand. */
export const SETTLEMENTS: Cycle<SettlementState, SettlementMove> = {
  unsettled: { consentFirst: 'consented' },
  consented: { consentSecond: 'agreed', lapse: 'unsettled' },
  agreed: { approve: 'approved', askReopening: 'agreed-reopening' },
  approved: { askReopening: 'approved-reopening' },
  'agreed-reopening': { declineReopening: 'agreed', grantReopening: 'unsettled' },
  'approved-reopening': { declineReopening: 'approved', grantReopening: 'unsettled' },
};

/** Where the settlement of one provision stands. */
export function settlementStateOf(document: DocumentState, provision: string): SettlementState {
  const { consents, approved, reopening } = settlementOf(document, provision);
  if (approved) return reopening ? 'approved-reopening' : 'approved';
  if (isLocked(document, provision)) return reopening ? 'agreed-reopening' : 'agreed';
  return Object.keys(consents).length > 0 ? 'consented' : 'unsettled';
}
