import { CHAIR } from '@parley/negotiation';
import { useEffect } from 'react';
import { HomeHeader } from '../access/header.tsx';
import { useGroup, useWhereabouts } from '../access/group.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { toneOf } from '../ui/party.tsx';
import { AwaitingList, useAwaitedInGroup } from './awaiting-list.tsx';
import './group.css';

/** Everything that waits for the reader's party in the group, in one list (N18). */
export function AwaitingPage() {
  const { group } = useGroup(), awaited = useAwaitedInGroup();
  useWhereabouts();
  const title = !awaited ? message('group.awaiting.titleOfNobody') : message('group.awaiting.title', { party: awaited.party === CHAIR ? 'chair' : 'delegation', name: partyName(group, awaited.party) });
  useEffect(() => { document.title = message('document.screen.windowTitle', { title }); return () => { document.title = message('ui.parley'); }; }, [title]);
  return (
    <div className="app">
      <HomeHeader here={title} />
      <main className="app-body"><div className="awaiting-page">
        <h1>{title}</h1>
        {awaited && awaited.count > 0 ? <p className="quiet">{message('group.awaiting.explanation', { n: awaited.count })}</p> : null}
        <section className={`card awaiting ${toneOf(group, awaited?.party)}`} aria-label={title}>
          {awaited ? <AwaitingList waiting={awaited.waiting} seats={awaited.seats} /> : <p className="quiet" style={{ margin: 0 }}>{message('group.awaiting.answersNothing')}</p>}
        </section>
      </div></main>
    </div>
  );
}
