import { Alert, Button, Loader, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnSession } from '@parley/protocol';
import { request, sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { Moment, momentText } from '../ui/moment.tsx';
import { signOut } from './session.ts';

const KEY = ['sessions'];

/** Where the reader is signed in; each session can be ended. Ending this one signs this page out. */
export function SessionsDialog({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: KEY, queryFn: () => request<OwnSession[]>('GET', '/api/sessions'), staleTime: 0 });
  const end = useMutation({
    mutationFn: ({ id }: OwnSession) => request<void>('DELETE', `/api/sessions/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const error = sessions.error ?? end.error;
  return (
    <Modal opened onClose={onClose} title={message('access.sessions.title')} size="md">
      <div className="stack">
        {error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(error)}</Alert> : null}
        {sessions.data ? null : <Loader size="sm" aria-label={message('access.sessions.loading')} />}
        <ul className="sessions">
          {sessions.data?.map((session) => <SessionRow key={session.id} session={session} ending={end.isPending} onEnd={() => (session.own ? void signOut() : end.mutate(session))} />)}
        </ul>
        <p className="quiet">{message('access.sessions.explanation')}</p>
      </div>
    </Modal>
  );
}

function SessionRow({ session, ending, onEnd }: { readonly session: OwnSession; readonly ending: boolean; readonly onEnd: () => void }) {
  const { device, begunAt, seenAt, own } = session, name = device === '' ? message('access.sessions.unknown') : device;
  return (
    <li>
      <div>
        {message('access.sessions.device', { device: name, own: own ? 'yes' : 'no', b: (inside) => <strong>{inside}</strong> })}
        <div className="quiet">{message('access.sessions.times', { begunAt: <Moment at={begunAt} said="short" />, own: own ? 'yes' : 'no', seenAt: <Moment at={seenAt} said="short" /> })}</div>
      </div>
      <Button size="xs" variant="default" disabled={ending} onClick={onEnd} aria-label={own ? message('access.sessions.signOutHere') : message('access.sessions.end.name', { device: name, begunAt: momentText(begunAt, 'short') })}>{message(own ? 'ui.signOut' : 'access.sessions.end')}</Button>
    </li>
  );
}
