import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { PlainHeader } from './header.tsx';
import { message } from '../ui/messages.ts';
import { WaitingPage } from '../ui/notice-page.tsx';
import { groupOf } from './former-address.ts';
import { NoSeat } from './no-seat.tsx';
import { roleName } from './roles.ts';
import { useSession } from './session.ts';
import './access.css';

/** Where somebody begins: in the one group that they have a place in, or with the list of them. */
export function GroupsPage() {
  const { person, places, administrator } = useSession();
  const [only] = places;
  if (!only && administrator) return <Navigate to="/installation" replace />;
  if (!only) return <NoSeat person={person!} group={null} waiting={null} />;
  if (places.length === 1) return <Navigate to="/g/$group" params={{ group: only.group }} replace />;
  return (
    <div className="app">
      <PlainHeader here={message('access.groups.title')} />
      <main className="app-body"><div className="page">
        <h1>{message('access.groups.title')}</h1>
        <p className="quiet">{message('access.groups.explanation')}</p>
        <ul className="group-list">
          {places.map(({ group, name, role, state }) => <li key={group} className="card"><h2><Link to="/g/$group" params={{ group }}>{name}</Link></h2><p className="quiet">{message('access.groups.place', { role: roleName(role), state })}</p></li>)}
        </ul>
      </div></main>
    </div>
  );
}

/** An address of before there were several groups leads to where it is now, or to the list of groups. */
export function FormerAddress({ rest }: { readonly rest: string }) {
  const { places } = useSession();
  const { history } = useRouter();
  const { data: group } = useQuery({ queryKey: ['former-address', rest], queryFn: () => groupOf(rest, places), retry: false });
  useEffect(() => {
    if (group !== undefined) history.replace(group === null ? '/' : `/g/${group}/${rest}${window.location.search}${window.location.hash}`);
  }, [history, group, rest]);
  return <WaitingPage what={message('ui.opening')} />;
}
