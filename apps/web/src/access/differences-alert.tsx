import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DifferencesView, InstallationView } from '@parley/protocol';
import { request } from '../sync/request.ts';
import { Moment } from '../ui/moment.tsx';

type Kind = DifferencesView['differences'][number]['kind'];

const SENTENCE: Readonly<Record<Kind, string>> = {
  'kept-state': 'A stored state of this document had been altered.',
  'list-row': 'What the lists say of this document had been altered.',
  'no-row': 'This document had been removed from the lists.',
  'old-row': 'What the lists say of this document had been replaced by something older.',
};

/** For administrators of the installation: where the database said something else than the record. Nothing is drawn while there is none. */
export function DifferencesAlert({ groups }: Pick<InstallationView, 'groups'>) {
  const { differences } = useQuery({ queryKey: ['differences'], queryFn: () => request<DifferencesView>('GET', '/api/health/differences') }).data ?? { differences: [] };
  if (differences.length === 0) return null;
  return (
    <Alert color="red" title="The database differed from the record" role="alert">
      <p>Somebody who can write in the database changed what stands beside the record, or it was damaged. Nothing of it was believed: everybody reads what the record says. Find out who has access to the database.</p>
      <ul>{differences.map(({ at, kind, group, subject }) => <li key={`${at} ${kind} ${group} ${subject}`}><Moment at={at} said="full" />, {groups.find((one) => one.group === group)?.name ?? group}: {SENTENCE[kind]} <code>{subject}</code></li>)}</ul>
    </Alert>
  );
}
