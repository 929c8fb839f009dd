import { useQuery } from '@tanstack/react-query';
import { may } from '@parley/negotiation';
import type { AccountView } from '@parley/protocol';
import { request } from '../sync/request.ts';
import { HomeHeader } from '../ui/header.tsx';
import { AppointForm } from './appoint-form.tsx';
import { DifferencesAlert } from './differences-alert.tsx';
import { ACCOUNTS_KEY, useGroup } from './group.ts';
import { NewAccountForm } from './new-account-form.tsx';
import { ResetForm } from './reset-form.tsx';
import { Roster } from './roster.tsx';
import { useMe } from './session.ts';
import './access.css';

/** Who sits where. Everybody reads it; the administrator makes accounts and first seats, a head appoints and removes the own members. */
export function PeoplePage() {
  const { actor, person } = useMe();
  const { group, people } = useGroup();
  const mayList = may(actor, 'listCandidates', { group }).ok;
  const accounts = useQuery({
    queryKey: ACCOUNTS_KEY, enabled: mayList, queryFn: () => request<readonly AccountView[]>('GET', '/api/accounts'),
  }).data ?? [];
  const unseated = accounts.filter((a) => a.role === undefined);
  const mayManage = may(actor, 'manageAccounts', { group }).ok;
  return (
    <div className="app">
      <HomeHeader here="People" />
      <main className="app-body"><div className="page">
        <h1>People</h1>
        {mayManage ? <DifferencesAlert /> : null}
        <p className="quiet">{group.name}. Every appointment and removal is an act on the record.</p>
        <div className="people-grid" style={mayList ? undefined : { gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Roster group={group} people={people} />
          {mayList ? (
            <div className="stack">
              <AppointForm group={group} candidates={unseated} />
              {mayManage ? <><NewAccountForm /><ResetForm accounts={accounts.filter((a) => a.user !== person.user)} /></> : null}
            </div>
          ) : null}
        </div>
      </div></main>
    </div>
  );
}
