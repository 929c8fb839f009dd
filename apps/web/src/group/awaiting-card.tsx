import { Link } from '@tanstack/react-router';
import { CHAIR } from '@parley/negotiation';
import { useGroup } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { toneOf } from '../ui/party.tsx';
import { AwaitingList, useAwaitedInGroup } from './awaiting-list.tsx';

/** So many documents stand beside the list of them; the others on a page of their own. */
const SHOWN = 6;

/** What waits for the reader's own party, over all documents. */
export function AwaitingCard() {
  const { groupId } = useMe(), { group } = useGroup(), awaited = useAwaitedInGroup();
  if (!awaited) return null;
  const { party, waiting, seats, count } = awaited;
  return (
    <section className={`card awaiting ${toneOf(group, party)}`} aria-labelledby="awaiting-title">
      <h2 id="awaiting-title" className="section-title">{message('group.awaiting.title', { party: party === CHAIR ? 'chair' : 'delegation', name: partyName(group, party) })}</h2>
      <AwaitingList waiting={waiting} seats={seats} most={SHOWN} />
      {count > 0 ? <p className="awaiting-all"><Link to="/g/$group/awaiting" params={{ group: groupId }}>{message('group.awaiting.all', { n: count })}</Link></p> : null}
    </section>
  );
}
