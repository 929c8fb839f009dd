import type { PartyId } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { proposedClosing } from '../closing.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { partyOf } from '../party.ts';
import { refuse } from '../refusal.ts';
import { closed } from './close-paper.ts';

interface ClosingAssented { readonly e: 'closingAssented'; readonly party: PartyId }
export const closingAssented = documentEvent<ClosingAssented>('closingAssented', (state, { party }, mark) =>
  ({ ...state, closing: state.closing && { ...state.closing, assents: { ...state.closing.assents, [party]: mark } } }));

/** A head assents to the closing that the act with this id proposed. */
export const assentToClosing = documentAct({
  t: 'assentToClosing', performedBy: 'people', since: 2,
  fields: ({ id }) => ({ closing: id }),
  legible: { closing: true },
  right: { roles: ['head'], stage: 'negotiation' },
  events: [closingAssented, closed],
  decide({ closing: id }, context) {
    const closing = proposedClosing(context, id), party = partyOf(context.actor)!;
    if (!closing.ok) return closing;
    const { assents, reason } = closing.value;
    if (assents[party]) return refuse('already-assented');
    const others = context.group.delegations.filter((d) => d.id !== party);
    const assented: ClosingAssented = { e: 'closingAssented', party };
    return outcome(others.every((d) => assents[d.id]) ? [assented, { e: 'closed' as const, reason }] : [assented]);
  },
  says: (_act, events) => message(events.some(({ e }) => e === 'closed') ? 'assentToClosing.closed' : 'assentToClosing.waits', {}),
});
