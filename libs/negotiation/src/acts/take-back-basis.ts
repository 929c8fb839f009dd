import { documentAct } from '../act-definition.ts';
import { basisPending, releasing } from '../basis.ts';
import { message } from '../message.ts';
import { basisReleased } from './decline-basis.ts';

/** A head takes the acceptance of the working paper back. */
export const takeBackBasis = documentAct({
  t: 'takeBackBasis', performedBy: 'people', since: 1,
  fields: () => ({}),
  legible: {},
  right: { roles: ['head'], stage: 'drafting', line: basisPending('own') },
  events: [basisReleased],
  decide: (_act, scene) => releasing(scene),
  says: () => message('takeBackBasis', {}),
});
