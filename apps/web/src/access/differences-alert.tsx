import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MessageId } from '@parley/messages';
import type { DifferencesView, InstallationView } from '@parley/protocol';
import { request } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';

type Kind = DifferencesView['differences'][number]['kind'];

const SENTENCE = {
  'kept-state': 'access.differences.keptState',
  'list-row': 'access.differences.listRow',
  'no-row': 'access.differences.noRow',
  'old-row': 'access.differences.oldRow',
} satisfies Readonly<Record<Kind, MessageId>>;

/** For administrators of the installation: where the database said something else than the record. Nothing is drawn while there is none. */
export function DifferencesAlert({ groups }: Pick<InstallationView, 'groups'>) {
  const { differences } = useQuery({ queryKey: ['differences'], queryFn: () => request<DifferencesView>('GET', '/api/health/differences') }).data ?? { differences: [] };
  if (differences.length === 0) return null;
  return (
    <Alert color="red" title={message('access.differences.title')} role="alert">
      <p>{message('access.differences.explanation')}</p>
      <ul>{differences.map(({ at, kind, group, subject }) => <li key={`${at} ${kind} ${group} ${subject}`}>{message('access.differences.line', { at: <Moment at={at} said="full" />, group: groups.find((one) => one.group === group)?.name ?? group, what: message(SENTENCE[kind]), subject, code: (inside) => <code>{inside}</code> })}</li>)}</ul>
    </Alert>
  );
}
