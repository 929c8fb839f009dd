import type { ActOfDefinition } from './act-definition.ts';
import { ActRegistry, type EventsIn, type FormerIn, type MessagesIn, type PerformedIn, type SentIn, type ServersIn } from './act-registry.ts';
import { accept } from './acts/accept.ts';
import { acceptAsBasis } from './acts/accept-as-basis.ts';
import { acceptSeat } from './acts/accept-seat.ts';
import { agree } from './acts/agree.ts';
import { appoint } from './acts/appoint.ts';
import { approve } from './acts/approve.ts';
import { askReopening } from './acts/ask-reopening.ts';
import { assentToClosing } from './acts/assent-to-closing.ts';
import { closePaper } from './acts/close-paper.ts';
import { confirmSeat } from './acts/confirm-seat.ts';
import { decline } from './acts/decline.ts';
import { declineBasis } from './acts/decline-basis.ts';
import { declineClosing } from './acts/decline-closing.ts';
import { declineReopening } from './acts/decline-reopening.ts';
import { declineSeat } from './acts/decline-seat.ts';
import { establish } from './acts/establish.ts';
import { followPosition } from './acts/follow-position.ts';
import { grantReopening } from './acts/grant-reopening.ts';
import { invite } from './acts/invite.ts';
import { keepSeat } from './acts/keep-seat.ts';
import { lapse } from './acts/lapse.ts';
import { lapseParts } from './acts/lapse-parts.ts';
import { lookAtPlaces } from './acts/look-at-places.ts';
import { makeDraft } from './acts/make-draft.ts';
import { openDocument } from './acts/open-document.ts';
import { proposeClosing } from './acts/propose-closing.ts';
import { putDraftAway } from './acts/put-draft-away.ts';
import { recoverAccount } from './acts/recover-account.ts';
import { remove } from './acts/remove.ts';
import { removeNote } from './acts/remove-note.ts';
import { renewAccount } from './acts/renew-account.ts';
import { reopen } from './acts/reopen.ts';
import { resetAccount } from './acts/reset-account.ts';
import { revokeInvitation } from './acts/revoke-invitation.ts';
import { table } from './acts/table.ts';
import { takeBackBasis } from './acts/take-back-basis.ts';
import { takeBackClosing } from './acts/take-back-closing.ts';
import { takeBackConsent } from './acts/take-back-consent.ts';
import { takeBackReopening } from './acts/take-back-reopening.ts';
import { takeDraftUp } from './acts/take-draft-up.ts';
import { takeSeat } from './acts/take-seat.ts';
import { wakeSeat } from './acts/wake-seat.ts';
import { withdraw } from './acts/withdraw.ts';
import { writeNote } from './acts/write-note.ts';
import type { Outcome } from './outcome.ts';

const ON_DOCUMENT = [
  openDocument, acceptAsBasis, declineBasis, takeBackBasis, accept, decline, withdraw, table,
  agree, takeBackConsent, lapse, lapseParts, approve, reopen, askReopening, grantReopening,
  declineReopening, takeBackReopening, closePaper, proposeClosing, assentToClosing, declineClosing, takeBackClosing,
  followPosition, makeDraft, putDraftAway, takeDraftUp, lookAtPlaces, writeNote, removeNote,
] as const;

const ON_GROUP = [
  establish, appoint, invite, revokeInvitation, takeSeat, acceptSeat, declineSeat,
  remove, keepSeat, resetAccount, renewAccount, confirmSeat, recoverAccount, wakeSeat,
] as const;

type OnDocument = (typeof ON_DOCUMENT)[number];
type OnGroup = (typeof ON_GROUP)[number];

/** The acts of the product. Everything else that knows of acts is derived from these two lists. */
export const ACTS = new ActRegistry<OnDocument, OnGroup>(ON_DOCUMENT, ON_GROUP);

/** An act on a document as it is performed under these rules. */
export type DocumentAct = PerformedIn<OnDocument>;
/** Acts as they were performed under the first version of the rules: read for ever, performed no more. */
export type FormerAct = FormerIn<OnDocument>;
/** An act on a document as the record may hold it. */
export type RecordedAct = DocumentAct | FormerAct;
/** An act on the working group, as the record may hold it. */
export type GroupAct = ActOfDefinition<OnGroup>;
/** An act on a document that people send, as it comes over the wire. */
export type SentDocumentAct = SentIn<OnDocument>;
/** An act on the working group that people send. */
export type SentGroupAct = SentIn<OnGroup>;
/** Acts on the working group that the server alone performs. */
export type ServersGroupAct = ServersIn<OnGroup>;
export type Act = DocumentAct | GroupAct;
export type ActName = Act['t'];
export type ActOf<T extends ActName> = Extract<Act, { t: T }>;

/** What acts do to the state of agreement. */
export type DocumentEvent = EventsIn<OnDocument>;
/** What acts do to the working group. */
export type GroupEvent = EventsIn<OnGroup>;
/** What an act on a document does, atomically. */
export type DocumentOutcome = Outcome<DocumentEvent>;
/** What an act on a document says that it did. */
export type ActMessage = MessagesIn<OnDocument>;

/** The version of the rules in this folder; entries name the version that decided them. */
export const RULES_VERSION = ACTS.rulesVersion;

export const decide = ACTS.decide.bind(ACTS);
export const decideGroup = ACTS.decideGroup.bind(ACTS);
export const foldDocument = ACTS.foldDocument.bind(ACTS);
export const writtenIn = ACTS.writtenIn.bind(ACTS);
export const foldGroup = ACTS.foldGroup.bind(ACTS);
