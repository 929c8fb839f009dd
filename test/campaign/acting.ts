import { type Actor, type DocumentAct, partyOf, previewAccept, proposalsOf, type Scenery, settlementOf, standingOf } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { digestOf, textDigest } from '@parley/text';

type Loose<A> = A extends unknown ? Omit<A, 'v' | 'id' | 'doc'> : never;
export type LooseAct = Loose<Exclude<DocumentAct, { t: 'lapse' | 'openDocument' }>>;

const some = <T>(from: readonly T[], random: () => number): T | undefined => from[Math.floor(random() * from.length)];

/** What somebody sees of a document. */
export type Sight = Pick<DocumentClient, 'actor' | 'document' | 'group' | 'text' | 'texts'>;

/** An act that what this person sees suggests; it may have moved by the time it is judged. Null: there is none for this seat. */
export function suggested(client: Sight, random: () => number): LooseAct | null {
  const { actor, document } = client;
  if (document.stage === 'drafting') return actor.role === 'head' ? { t: 'acceptAsBasis', digest: textDigest(client.text('working')) } : null;
  if (document.stage !== 'negotiation') return null;
  const scenery: Scenery = { document, rooms: client.texts(), group: client.group };
  if (actor.role === 'head') return random() < 0.6 ? answering(scenery, actor, random) : settling(scenery, actor, random);
  return actor.role === 'moderator' ? settling(scenery, actor, random) : null;
}

function answering(scenery: Scenery, actor: Actor, random: () => number): LooseAct | null {
  const open = some(proposalsOf(scenery), random), party = partyOf(actor)!;
  if (!open) return null;
  const { proposal } = open;
  if (open.parties.includes(party) && !open.either) return { t: 'withdraw', parts: [{ ...proposal, party }] };
  if (random() < 0.2) return { t: 'decline', parts: [proposal], reason: 'No.' };
  const own = random() < 0.3 ? 'alongside' : 'withdrawn';
  const preview = previewAccept(scenery, { parts: [proposal], party, own });
  return preview.ok ? preview.value.act : null;
}

function settling(scenery: Scenery, actor: Actor, random: () => number): LooseAct | null {
  const provision = some(scenery.rooms.common?.list ?? [], random);
  if (provision === undefined) return null;
  const digest = digestOf(scenery.rooms.common!.by.get(provision)!), standing = standingOf(scenery, provision);
  if (actor.role === 'moderator') return standing === 'agreed' ? { t: 'approve', provision, digest } : null;
  const { consents, reopenings } = settlementOf(scenery.document, provision), party = partyOf(actor)!;
  if (standing === 'agreed' || standing === 'approved') {
    if (reopenings[party]) return random() < 0.2 ? { t: 'takeBackReopening', provision, digest } : null;
    if (Object.keys(reopenings).length > 0 && random() < 0.7) return random() < 0.8 ? { t: 'grantReopening', provision, digest } : { t: 'declineReopening', provision, digest };
    return { t: 'askReopening', provision, digest, reason: 'Again.' };
  }
  return consents[party] && random() < 0.3 ? { t: 'takeBackConsent', consent: { on: 'provision', provision, digest } } : { t: 'agree', provision, digest };
}
