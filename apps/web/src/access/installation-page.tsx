import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MessageId } from '@parley/messages';
import { type InstallationView, type NewGroup, newGroupSchema } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { NotFoundPage } from './error-page.tsx';
import { PlainHeader } from './header.tsx';
import { AccountList } from './account-list.tsx';
import { DifferencesAlert } from './differences-alert.tsx';
import { GROUP_WRONG, GroupFields, readGroup, SAME_CODES, sameCodes } from './group-fields.tsx';
import { useSession } from './session.ts';
import './access.css';

export const INSTALLATION_KEY = ['installation'] as const;

/** For administrators of the installation: its groups, its accounts, its health. What is in a group is not shown. */
export function InstallationPage() {
  const { administrator, places } = useSession();
  const { data, error } = useQuery({ queryKey: INSTALLATION_KEY, enabled: administrator, queryFn: () => request<InstallationView>('GET', '/api/installation') });
  if (!administrator) return <NotFoundPage />;
  const seated = new Set(places.map(({ group }) => group));
  return (
    <div className="app">
      <PlainHeader here={message('access.installation.title')} />
      <main className="app-body"><div className="page">
        <h1>{message('access.installation.title')}</h1>
        <p className="quiet">{message('access.installation.explanation')}</p>
        <DifferencesAlert groups={data?.groups ?? []} />
        {error ? <Alert color="stop" role="alert">{sentenceOfError(error)}</Alert> : null}
        <div className="people-grid">
          <AccountList accounts={data?.accounts ?? []} />
          <div className="stack">
            <section className="card" aria-labelledby="groups-title"><h2 id="groups-title" className="section-title">{message('access.groups.title')}</h2>
              <ul className="seat-list">{(data?.groups ?? []).map(({ group, name }) => <li key={group}>{seated.has(group) ? <Link to="/g/$group/people" params={{ group }}>{name}</Link> : name}</li>)}</ul>
            </section>
            <GroupForm />
          </div>
        </div>
      </div></main>
    </div>
  );
}

/** Makes a group. Whoever does is its first administrator, and the page is loaded anew to know it. */
function GroupForm() {
  const queries = useQueryClient();
  const [wrong, setWrong] = useState<MessageId | null>(null);
  const make = useMutation({
    mutationFn: (wish: NewGroup) => request<{ group: string }>('POST', '/api/groups', wish),
    onSuccess: ({ group }) => { void queries.invalidateQueries({ queryKey: INSTALLATION_KEY }); window.location.assign(`/g/${group}/people`); },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wish = readGroup(new FormData(event.currentTarget));
    const fault = !newGroupSchema.safeParse(wish).success ? GROUP_WRONG : sameCodes(wish) ? SAME_CODES : null;
    setWrong(fault);
    if (fault === null) make.mutate(wish);
  };
  const sentence = wrong ? message(wrong) : (make.error ? sentenceOfError(make.error) : null);
  return (
    <form className="stack" onSubmit={submit} noValidate aria-label={message('access.installation.makeGroup')}>
      <GroupFields />
      {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
      <div><Button type="submit" loading={make.isPending}>{message('access.installation.makeGroup.button')}</Button></div>
    </form>
  );
}
