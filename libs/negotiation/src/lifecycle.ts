import type { DocumentState, Stage } from './document.ts';
import { isLocked, settlementOf } from './document.ts';
import { grant, refuse, type Verdict } from './refusal.ts';

/** A life cycle is a table: from where, by which move, to where. `step` reads it; nothing else decides a passage. */
export type Cycle<State extends string, Move extends string> = Readonly<Record<State, Readonly<Partial<Record<Move, State>>>>>;

/** The passage by `move` from `from`, or `move-not-open`. */
export function step<State extends string, Move extends string>(cycle: Cycle<State, Move>, from: State, move: Move): Verdict<State> {
  const to = cycle[from][move];
  return to === undefined ? refuse('move-not-open') : grant(to);
}

export type StageMove = 'open' | 'acceptFirst' | 'release' | 'acceptSecond' | 'close';
export type StageState = Stage | 'frozen';

/** A document's stages. `frozen`: drafting, while one head has accepted the paper and the other has not answered. */
export const STAGES: Cycle<StageState, StageMove> = {
  absent: { open: 'drafting' },
  drafting: { acceptFirst: 'frozen', close: 'closed' },
  frozen: { release: 'drafting', acceptSecond: 'negotiation', close: 'closed' },
  negotiation: { close: 'closed' },
  closed: {},
};

export const stageOf = (document: DocumentState): StageState => (document.stage === 'drafting' && document.basis ? 'frozen' : document.stage);

export type SettlementMove = 'consentFirst' | 'consentSecond' | 'takeBack' | 'lapse' | 'approve' | 'askReopening' | 'endReopening' | 'grantReopening';
/** `-asked`: one delegation has asked for reopening; `-both-asked`: each has, and none has granted. */
export type SettlementState = 'unsettled' | 'consented' | 'agreed' | 'approved' | 'agreed-asked' | 'agreed-both-asked' | 'approved-asked' | 'approved-both-asked';

/** What acts settle about a provision. While a reopening is asked, consents and approval still stand. */
export const SETTLEMENTS: Cycle<SettlementState, SettlementMove> = {
  unsettled: { consentFirst: 'consented' },
  consented: { consentSecond: 'agreed', takeBack: 'unsettled', lapse: 'unsettled' },
  agreed: { approve: 'approved', askReopening: 'agreed-asked' },
  approved: { askReopening: 'approved-asked' },
  'agreed-asked': { askReopening: 'agreed-both-asked', endReopening: 'agreed', grantReopening: 'unsettled' },
  'agreed-both-asked': { endReopening: 'agreed-asked', grantReopening: 'unsettled' },
  'approved-asked': { askReopening: 'approved-both-asked', endReopening: 'approved', grantReopening: 'unsettled' },
  'approved-both-asked': { endReopening: 'approved-asked', grantReopening: 'unsettled' },
};

/** Where the settlement of one provision stands. */
export function settlementStateOf(document: DocumentState, provision: string): SettlementState {
  const { consents, approved, reopenings } = settlementOf(document, provision);
  const asked = (['', '-asked', '-both-asked'] as const)[Math.min(2, Object.keys(reopenings).length)]!;
  if (approved) return `approved${asked}`;
  if (isLocked(document, provision)) return `agreed${asked}`;
  return Object.keys(consents).length > 0 ? 'consented' : 'unsettled';
}
