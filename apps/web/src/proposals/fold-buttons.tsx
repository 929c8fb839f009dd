import type { GroupState, OpenProposal } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { longLists } from './party-folds.ts';

interface FoldProps { readonly all: readonly OpenProposal[]; readonly group: GroupState; readonly folded: ReadonlySet<PartyId>; readonly onToggle: (party: PartyId) => void }

/** For each party whose list of proposals is long: a button that folds it away or shows it again, and says how long it is. */
export function FoldButtons({ all, group, folded, onToggle }: FoldProps) {
  const long = longLists(all);
  if (long.length === 0) return null;
  return (
    <div className="folds">
      {long.map(({ party, count: n }) => {
        const away = folded.has(party);
        return <button key={party} type="button" className="fold" aria-expanded={!away} onClick={() => onToggle(party)}>{message(away ? 'proposals.fold.show' : 'proposals.fold.away', { n, party: partyName(group, party) })}</button>;
      })}
    </div>
  );
}
