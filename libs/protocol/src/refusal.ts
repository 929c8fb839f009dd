import { type Reason, REASONS } from '@parley/negotiation';

/** What the wire itself refuses, beside what the rules refuse. */
const WIRE_REASONS = [
  'signed-out', 'seat-changed', 'wrong-password', 'bad-request', 'bad-origin', 'old-page', 'too-large', 'encoded-body', 'malformed-update',
  'foreign-update', 'out-of-step', 'begun-anew', 'not-allowed-here', 'room-full', 'user-name-taken', 'weak-password', 'guessable-password', 'wrong-token', 'set-up-done', 'access-changed',
  'wrong-recovery', 'looks-alike', 'not-saved', 'busy', 'elsewhere', 'server-error',
] as const;

export type Refusal = Reason | (typeof WIRE_REASONS)[number];
export const REFUSALS: readonly Refusal[] = [...REASONS, ...WIRE_REASONS];

interface RefusalText { readonly status: number; readonly sentence: string }
const refusalText = (status: number, sentence: string): RefusalText => ({ status, sentence });

/** Every refusal with its HTTP status and the sentence a person reads: what is the matter, and what to do. */
export const REFUSAL: Readonly<Record<Refusal, RefusalText>> = {
  'role-forbids': refusalText(403, 'Your role does not include this.'),
  'other-delegation': refusalText(403, 'Only members of that delegation can do this.'),
  'own-proposal': refusalText(403, 'This is your own proposal: the other delegation answers it.'),
  'stage-forbids': refusalText(409, 'This cannot be done at the present stage of the document.'),
  'paper-frozen': refusalText(409, 'The working paper is frozen while one head has accepted it as basis and the other has not answered.'),
  'provision-locked': refusalText(409, 'This provision is agreed and locked. It can change only after it is reopened.'),
  'text-moved': refusalText(409, 'The text has changed since you looked. Read what stands there now and decide again.'),
  'not-found': refusalText(404, 'There is nothing here that you can see.'),
  'not-clean': refusalText(409, 'There are still brackets in this provision. Only clean text can be agreed.'),
  'provision-open': refusalText(409, 'This provision still has an empty field or a literal bracket. Fill it first.'),
  'not-agreed': refusalText(409, 'Both heads have not agreed this text, so it cannot be approved.'),
  'already-agreed': refusalText(409, 'Your delegation has already agreed this text.'),
  'already-approved': refusalText(409, 'This provision is already approved.'),
  'already-consented': refusalText(409, 'Your delegation has already accepted this. It enters the text when the other delegation accepts it too.'),
  'too-many-consents': refusalText(409, 'Too much that your delegation has accepted of the Chair waits for the other delegation. Take some of it back, or wait until the other head has answered.'),
  'answer-one-by-one': refusalText(409, 'These proposals need different consents. Answer them one by one.'),
  'nothing-pending': refusalText(409, 'There is nothing waiting for this answer any more.'),
  'reopening-pending': refusalText(409, 'Your delegation has already asked to reopen this provision. The other head answers.'),
  'reopening-asked': refusalText(409, 'A head has asked to reopen this provision and has not been answered. Until then it cannot be approved.'),
  'request-changed': refusalText(409, 'This request was taken back, and what is asked now is another one. Read who asks and why, and decide again.'),
  'own-request': refusalText(403, 'Your delegation asked for this itself. The other head answers it, or you take it back.'),
  'not-rested': refusalText(409, 'These words were changed less than ten seconds ago. They can be accepted when nobody has changed them for ten seconds: wait, and read them again.'),
  'closing-pending': refusalText(409, 'The closing of this document is already proposed. The heads answer it.'),
  'already-assented': refusalText(409, 'Your delegation has already assented to the closing. The document is closed when the other delegation assents too.'),
  'document-closed': refusalText(409, 'This document is closed. Everything in it can be read, and nothing in it changes any more.'),
  'group-exists': refusalText(409, 'The working group is already established.'),
  'group-missing': refusalText(409, 'The working group has not been established yet.'),
  'document-exists': refusalText(409, 'This document is already open.'),
  'already-seated': refusalText(409, 'Whoever has a seat in the working group cannot take another one.'),
  'already-proposed': refusalText(409, 'You are already proposed for a seat. It begins when a head of each delegation has accepted it.'),
  'already-answered': refusalText(409, 'Your delegation has already done this. A head of the other delegation has to do it too.'),
  'own-seat': refusalText(403, 'Nobody does this for the own seat. Somebody else has to.'),
  'seat-sleeps': refusalText(403, 'Your account was reset, so your seat does nothing until it is confirmed. Sign in on the first page to see who can confirm it.'),
  'not-renewed': refusalText(409, 'The link to the account has not been opened yet. Ask the person to open it, and confirm the seat then.'),
  'link-spent': refusalText(410, 'This link does not open anything any more, or never did. It works once, for a day. Ask whoever gave it to you for a new one.'),
  'too-many-links': refusalText(409, 'Too many of your invitations are open. Revoke those that nobody needs.'),
  'not-seated': refusalText(404, 'This person has no seat in the working group.'),
  'delegation-has-head': refusalText(409, 'This delegation has its head, who alone appoints its members.'),
  'delegation-needs-head': refusalText(409, 'This delegation has no head yet. The administrator seats the first one.'),
  'last-head': refusalText(409, 'A delegation cannot be left without a head. Appoint another head first.'),
  'last-administrator': refusalText(409, 'The last administrator cannot be removed.'),
  'move-not-open': refusalText(409, 'This step is not possible from where things stand.'),
  'bad-text': refusalText(400, 'The text contains characters that Parley does not take. Remove control and invisible formatting characters.'),
  'too-long': refusalText(400, 'This is longer than Parley takes. Shorten it or divide it.'),
  'document-full': refusalText(409, 'A document takes half a million characters and 1,000 provisions, and this would make it longer. Take out what is not needed, or divide it into several documents.'),
  'signed-out': refusalText(401, 'You are signed out. Sign in to go on.'),
  'seat-changed': refusalText(409, 'You are now signed in as somebody else in this browser. Reload the page to go on as that person.'),
  'wrong-password': refusalText(401, 'User name or password is wrong.'),
  'bad-request': refusalText(400, 'The request was not understood. Reload the page and try again.'),
  'bad-origin': refusalText(403, 'This request did not come from Parley’s own address.'),
  'old-page': refusalText(409, 'Parley was updated. Reload the page.'),
  'too-large': refusalText(413, 'This is too much at once. Paste it in smaller parts.'),
  'encoded-body': refusalText(415, 'The body of this request is compressed. Send it as it is.'),
  'malformed-update': refusalText(400, 'The change could not be read and was not applied.'),
  'foreign-update': refusalText(403, 'The change was written in somebody else’s name and was not applied.'),
  'out-of-step': refusalText(409, 'This page was out of step with the server and is catching up.'),
  'begun-anew': refusalText(409, 'The record was begun anew after this was written, and the text as it was is no more. Copy the words, or propose them again.'),
  'not-allowed-here': refusalText(403, 'This part of the change is not allowed in this text and was not applied.'),
  'room-full': refusalText(413, 'There is no place for this in the text: it takes half a million characters and 1,000 provisions, and nobody takes more of it than is left to the others. Take out what is not needed, or go on in another document.'),
  'user-name-taken': refusalText(409, 'This user name is taken. Choose another.'),
  'weak-password': refusalText(400, 'The password needs at least 15 characters. A short sentence is a good one.'),
  'guessable-password': refusalText(400, 'This password is one of those that are tried first, or is made of the names of this group. A short sentence of your own is a good one.'),
  'wrong-token': refusalText(403, 'The token is not the one printed on the server’s console.'),
  'set-up-done': refusalText(409, 'Parley is already set up. Sign in.'),
  'access-changed': refusalText(403, 'Your access has changed. Reload the page to see what you can do now.'),
  'wrong-recovery': refusalText(401, 'User name or recovery code is wrong.'),
  'looks-alike': refusalText(409, 'In this working group a name that looks the same is somebody else’s, a delegation’s or a role’s. Add something by which people can tell them apart.'),
  'not-saved': refusalText(503, 'The server could not save this. Nothing was applied; try again.'),
  'busy': refusalText(503, 'The server is catching up. Try again in a moment.'),
  'elsewhere': refusalText(503, 'Another server is taking over this working group. Nothing was lost: try again in a moment.'),
  'server-error': refusalText(500, 'Something went wrong on the server. Nothing was applied.'),
};

/** The sentence for a refusal. */
export const sentenceOf = (refusal: Refusal): string => REFUSAL[refusal].sentence;
