import { type Actor, type DocumentAct, type OpenProposal, partyOf, previewAccept, proposalsOf, requestDigest, type SharedState, settlementOf, standingOf } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { digestOf, textDigest } from '@parley/text';
import { sharedStateOf } from '../support/person.ts';

type Loose<A> = A extends unknown ? Omit<A, 'v' | 'id' | 'doc'> : never;
export type LooseAct = Loose<Exclude<DocumentAct, { t: 'lapse' | 'lapseParts' | 'openDocument' }>>;

const some = <T>(from: readonly T[], random: () => number): T | undefined => from[Math.floor(random() * from.length)];

/** What somebody sees of a document. */
export type VisibleState = Pick<DocumentClient, 'actor' | 'document' | 'group' | 'text' | 'texts'>;

/** An act that what this person sees suggests; it may have moved by the time it is decided. Null: there is none for this seat. `oneByOne`: of single proposals, and none about the end of a document. */
export function suggested(client: VisibleState, random: () => number, oneByOne = false): LooseAct | null {
  const { actor, document } = client;
  if (document.stage === 'drafting') return actor.role === 'head' ? { t: 'acceptAsBasis', digest: textDigest(client.text('working')) } : null;
  if (document.stage !== 'negotiation') return null;
  const shared = sharedStateOf(client);
  const ending = !oneByOne && partyOf(actor) !== null && actor.role !== 'negotiator' && random() < (document.closing ? 0.25 : 0.1) ? closing(shared, actor, random) : null;
  if (ending) return ending;
  if (actor.role === 'head') return random() < 0.6 ? answering(shared, actor, random, oneByOne) : settling(shared, actor, random);
  return actor.role === 'moderator' ? settling(shared, actor, random) : null;
}

/** What an act answers at once: one proposal, or several of the same party, of whatever places. */
function partsOf(shared: SharedState, random: () => number, oneByOne: boolean): OpenProposal[] {
  const all = proposalsOf(shared), open = some(all, random);
  if (!open || oneByOne || random() < 0.5) return open ? [open] : [];
  return all.filter((other) => other.proposal.party === open.proposal.party && other.either === open.either && (other === open || random() < 0.6));
}

function answering(shared: SharedState, actor: Actor, random: () => number, oneByOne: boolean): LooseAct | null {
  const chosen = partsOf(shared, random, oneByOne), [open] = chosen, party = partyOf(actor)!;
  if (!open) return null;
  const parts = chosen.map(({ proposal }) => proposal);
  if (open.parties.includes(party) && !open.either) return { t: 'withdraw', parts: parts.map((part) => ({ ...part, party })) };
  if (random() < 0.2) return { t: 'decline', parts, reason: 'No.' };
  const own = random() < 0.3 ? 'alongside' : 'withdrawn';
  const preview = previewAccept(shared, { parts, party, own });
  return preview.ok ? preview.value.act : null;
}

/** What is done about the end of a document: seldom proposed, and seldom come to. */
function closing({ document }: SharedState, actor: Actor, random: () => number): LooseAct | null {
  const id = document.closing?.id, party = partyOf(actor)!, dice = random();
  if (actor.role === 'moderator') return id === undefined ? { t: 'proposeClosing', reason: 'It came to nothing.' } : dice < 0.3 ? { t: 'takeBackClosing', closing: id } : null;
  if (id === undefined) return null;
  if (document.closing!.assents[party]) return dice < 0.5 ? { t: 'takeBackConsent', consent: { on: 'closing', closing: id } } : null;
  return dice < 0.5 ? { t: 'assentToClosing', closing: id } : { t: 'declineClosing', closing: id, reason: '' };
}

function settling(shared: SharedState, actor: Actor, random: () => number): LooseAct | null {
  const provision = some(shared.rooms.common?.list ?? [], random);
  if (provision === undefined) return null;
  const digest = digestOf(shared.rooms.common!.by.get(provision)!), standing = standingOf(shared, provision);
  if (actor.role === 'moderator') return standing === 'agreed' ? { t: 'approve', provision, digest } : null;
  const { consents, reopenings } = settlementOf(shared.document, provision), party = partyOf(actor)!;
  if (standing === 'agreed' || standing === 'approved') {
    if (reopenings[party]) return random() < 0.2 ? { t: 'takeBackReopening', provision, digest, request: requestDigest(shared.document, provision, party)! } : null;
    const asking = Object.keys(reopenings)[0];
    if (asking !== undefined && random() < 0.7) return { t: random() < 0.8 ? 'grantReopening' : 'declineReopening', provision, digest, request: requestDigest(shared.document, provision, asking)! };
    return { t: 'askReopening', provision, digest, reason: 'Again.' };
  }
  return consents[party] && random() < 0.3 ? { t: 'takeBackConsent', consent: { on: 'provision', provision, digest } } : { t: 'agree', provision, digest };
}
