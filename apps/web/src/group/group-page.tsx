import { Link } from '@tanstack/react-router';
import { may, STANDINGS } from '@parley/negotiation';
import { lazy } from 'react';
import { useGroup, useGroupNames, useWhereabouts } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { HomeHeader } from '../access/header.tsx';
import { listed, message } from '../ui/messages.ts';
import { PersonMark } from '../ui/party.tsx';
import { standingName } from '../ui/progress.tsx';
import { AwaitingCard } from './awaiting-card.tsx';
import { DocumentRow } from './document-row.tsx';
import './group.css';

const PeoplePage = lazy(async () => ({ default: (await import('../access/people-page.tsx')).PeoplePage }));

/** Where a seat in a group begins: the documents for those who read them, the people for the administrator. */
export function GroupPage() {
  const { actor } = useMe();
  return actor.role === 'administrator' ? <PeoplePage /> : <Documents />;
}

function Documents() {
  const { actor, groupId } = useMe();
  const { group, documents } = useGroup();
  useWhereabouts();
  const mayOpen = may(actor, 'openDocument', { group }).ok;
  const total = (standing: (typeof STANDINGS)[number]): number => documents.reduce((n, d) => n + (d.stage === 'negotiation' ? d.progress[standing] : 0), 0);
  return (
    <div className="app">
      <HomeHeader />
      <main className="app-body"><div className="home">
        <div>
          <h1>{group.name}</h1>
          <p className="quiet">{message('group.home.rule', { delegations: listed(group.delegations.map(({ name, code }) => message('group.home.delegation', { name, code }))) })}</p>
          <dl className="counts">
            {STANDINGS.map((s) => <div key={s} className="card"><dt className="section-title">{standingName(s)}</dt><dd><span className="big">{total(s)}</span></dd></div>)}
          </dl>
          <section className="card" aria-labelledby="documents-title">
            <div className="row" style={{ justifyContent: 'space-between' }}>
              <h2 id="documents-title" className="section-title" style={{ margin: 0 }}>{message('group.home.documents')}</h2>
              {mayOpen ? <Link to="/g/$group/open" params={{ group: groupId }} className="header-link">{message('group.home.openDocument')}</Link> : null}
            </div>
            {documents.length === 0 ? <p className="quiet">{message('group.home.noDocument', { mayOpen: mayOpen ? 'yes' : 'no' })}</p> : documents.map((d) => <DocumentRow key={d.id} row={d} />)}
          </section>
        </div>
        <aside className="stack" aria-label={message('group.home.aside')}>
          <AwaitingCard />
          <HereCard />
        </aside>
      </div></main>
    </div>
  );
}

function HereCard() {
  const { person } = useMe();
  const here = useGroup().here.filter((user) => user !== person.user);
  const names = useGroupNames();
  return (
    <section className="card" aria-labelledby="here-title">
      <h2 id="here-title" className="section-title">{message('group.home.here')}</h2>
      {here.length === 0 ? <p className="quiet" style={{ margin: 0 }}>{message('group.home.nobodyElse')}</p> : (
        <ul className="here">{here.map((user) => <li key={user}><PersonMark person={names.person(user)} group={names.group} named /><span>{names.name(user)}</span></li>)}</ul>
      )}
    </section>
  );
}
