import { documentAct } from '../act-definition.ts';
import { basisPending, releasing } from '../basis.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { refuse } from '../refusal.ts';
import { hasMoved } from '../seen.ts';

interface BasisReleased { readonly e: 'basisReleased' }
export const basisReleased = documentEvent<BasisReleased>('basisReleased', (state) => ({ ...state, basis: null }));

/** The other head declines the working paper as basis. `digest`: of the paper, as in `acceptAsBasis`. */
export const declineBasis = documentAct({
  t: 'declineBasis', performedBy: 'people', since: 1,
  fields: ({ digest, reason }) => ({ digest, reason }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder }),
  legible: { digest: true },
  right: { roles: ['head'], stage: 'drafting', line: basisPending('another') },
  events: [basisReleased],
  decide({ digest }, context) {
    const { basis } = context.document;
    return basis && hasMoved(digest, basis.digest) ? refuse('text-moved') : releasing(context);
  },
  says: ({ reason }) => message('declineBasis', { reason }),
});
