/** Why a rule says no: the closed list. `protocol` says each in a sentence; a reason without a sentence does not compile. */
export const REASONS = [
  'role-forbids', 'other-delegation', 'own-proposal', 'stage-forbids', 'paper-frozen', 'provision-locked',
  'text-moved', 'not-found', 'not-clean', 'provision-open', 'not-agreed', 'already-agreed', 'already-approved', 'already-consented', 'too-many-consents',
  'answer-one-by-one', 'nothing-pending', 'reopening-pending', 'reopening-asked', 'request-changed', 'own-request', 'not-rested', 'closing-pending', 'already-assented', 'document-closed', 'group-exists', 'group-missing', 'document-exists', 'already-seated',
  'not-seated', 'already-proposed', 'already-answered', 'own-seat', 'seat-sleeps', 'not-renewed', 'link-spent', 'too-many-links', 'delegation-has-head', 'delegation-needs-head', 'last-head', 'last-administrator', 'move-not-open', 'bad-text', 'too-long', 'document-full',
  'draft-exists', 'too-many-drafts', 'draft-put-away', 'too-many-notes',
] as const;

export type Reason = (typeof REASONS)[number];

/** A refusal is a value, never an exception. */
export interface Refused { readonly ok: false; readonly reason: Reason; /** With `not-rested`: how long it still takes. */ readonly seconds?: number }
export interface Granted<T> { readonly ok: true; readonly value: T }
export type Verdict<T = void> = Granted<T> | Refused;

export const refuse = (reason: Reason, seconds?: number): Refused => (seconds === undefined ? { ok: false, reason } : { ok: false, reason, seconds });
export const grant = <T>(value: T): Granted<T> => ({ ok: true, value });
export const granted: Granted<void> = { ok: true, value: undefined };
