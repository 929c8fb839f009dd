import { may } from '@parley/negotiation';
import { useEffect } from 'react';
import { message } from '../ui/messages.ts';
import { HomeHeader } from './header.tsx';
import { useGroup } from './group.ts';
import { InviteForm, OpenInvitations } from './invitations.tsx';
import { ProposedSeats } from './proposed-seats.tsx';
import { Roster } from './roster.tsx';
import { useMe } from './session.ts';
import './access.css';

/** Who sits where, since when and with whose consent, and what waits for whom. Everybody reads it. */
export function PeoplePage() {
  const { actor } = useMe();
  const { group, people } = useGroup();
  // Whoever comes by a line of what waits for an answer is led to the seat.
  useEffect(() => document.getElementById(window.location.hash.slice(1))?.focus(), []);
  const invites = may(actor, 'invite', { group }).ok;
  return (
    <div className="app">
      <HomeHeader here={message('access.people.title')} />
      <main className="app-body"><div className="page">
        <h1>{message('access.people.title')}</h1>
        <p className="quiet">{message('access.people.explanation', { group: group.name })}</p>
        <div className="people-grid">
          <div className="stack"><ProposedSeats group={group} /><Roster group={group} people={people} /></div>
          <div className="stack">{invites ? <InviteForm group={group} /> : null}<OpenInvitations group={group} /></div>
        </div>
      </div></main>
    </div>
  );
}
