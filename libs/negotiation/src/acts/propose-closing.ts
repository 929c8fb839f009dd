import { documentAct } from '../act-definition.ts';
import { canClose } from '../closing.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { refuse } from '../refusal.ts';

interface ClosingProposed { readonly e: 'closingProposed'; readonly id: string; readonly reason: string }
export const closingProposed = documentEvent<ClosingProposed>('closingProposed', (state, { id, reason }, mark) => ({ ...state, closing: { ...mark, id, reason, assents: {} } }));

/** The moderator proposes to close a document in negotiation. It is closed when a head of each side has assented. */
export const proposeClosing = documentAct({
  t: 'proposeClosing', performedBy: 'people', since: 2,
  fields: ({ reason }) => ({ reason }),
  legible: {},
  right: { roles: ['moderator'], stage: 'negotiation' },
  events: [closingProposed],
  decide({ id, reason }, context) {
    const open = canClose(context);
    if (!open.ok) return open;
    return context.document.closing ? refuse('closing-pending') : outcome([{ e: 'closingProposed', id, reason }]);
  },
  says: ({ reason }) => message('proposeClosing', { reason }),
});
