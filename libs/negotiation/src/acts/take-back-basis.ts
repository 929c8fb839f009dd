import { documentAct } from '../act-definition.ts';
import { basisPending, releasing } from '../basis.ts';
import { message } from '../message.ts';
import { refuse } from '../refusal.ts';
import { hasMoved } from '../seen.ts';
import { basisReleased } from './decline-basis.ts';

/** A head takes its side's acceptance of the working paper back. `digest`: of the paper that it was given to; absent: whichever it is. */
export const takeBackBasis = documentAct({
  t: 'takeBackBasis', performedBy: 'people', since: 3,
  fields: ({ digestOrOlder }) => ({ digest: digestOrOlder }),
  legible: { digest: true },
  right: { roles: ['head'], stage: 'drafting', line: basisPending('own') },
  events: [basisReleased],
  decide: ({ digest }, context) => (hasMoved(digest, context.document.basis?.digest ?? null) ? refuse('text-moved') : releasing(context)),
  says: () => message('takeBackBasis', {}),
});
