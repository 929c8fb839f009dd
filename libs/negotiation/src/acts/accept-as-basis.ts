import { type PartyId, provisionsOf, textDigest } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { documentEvent } from '../event.ts';
import { partyOrder } from '../group.ts';
import { stageOf, STAGES, step } from '../lifecycle.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { inOrder } from '../paper.ts';
import { partyOf, positionRoom, type RoomName } from '../party.ts';
import { granted, refuse } from '../refusal.ts';

interface BasisAccepted { readonly e: 'basisAccepted'; readonly party: PartyId; readonly digest: string }
export const basisAccepted = documentEvent<BasisAccepted>('basisAccepted', (state, { party, digest }, mark) => ({ ...state, basis: { ...mark, party, digest } }));

interface NegotiationBegan { readonly e: 'negotiationBegan' }
export const negotiationBegan = documentEvent<NegotiationBegan>('negotiationBegan', (state) => ({ ...state, basis: null, stage: 'negotiation' }));

/** A head accepts the working paper with this digest as basis. The first freezes it, the second begins negotiation. */
export const acceptAsBasis = documentAct({
  t: 'acceptAsBasis', performedBy: 'people', since: 1,
  fields: ({ digest }) => ({ digest }),
  legible: { digest: true },
  right: { roles: ['head'], stage: 'drafting', line: (actor, on) => (on.document?.basis?.party === partyOf(actor) ? refuse('already-consented') : granted) },
  events: [basisAccepted, negotiationBegan],
  decide({ digest }, { document, rooms, group, actor }) {
    const paper = rooms.working, from = stageOf(document);
    if (!paper || textDigest(paper) !== digest || (document.basis && document.basis.digest !== digest)) return refuse('text-moved');
    const moved = step(STAGES, from, from === 'frozen' ? 'acceptSecond' : 'acceptFirst');
    if (!moved.ok) return moved;
    const accepted: BasisAccepted = { e: 'basisAccepted', party: partyOf(actor)!, digest };
    if (moved.value === 'frozen') return outcome([accepted]);
    // Independent rooms that share nothing with the paper or with one another: a fork's update must never apply to the common text.
    const edits = inOrder(provisionsOf(paper));
    const written: RoomName[] = ['common', ...partyOrder(group).map(positionRoom)];
    return outcome([accepted, { e: 'negotiationBegan' }], written.map((room) => ({ room, edits })));
  },
  says: (_act, events) => message(events.some(({ e }) => e === 'negotiationBegan') ? 'acceptAsBasis.second' : 'acceptAsBasis.first', {}),
});
