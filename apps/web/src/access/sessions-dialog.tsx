import { Alert, Button, Loader, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnSession } from '@parley/protocol';
import { request, sentenceOfError } from '../sync/request.ts';
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
    <Modal opened onClose={onClose} title="Where you are signed in" size="md">
      <div className="stack">
        {error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(error)}</Alert> : null}
        {sessions.data ? null : <Loader size="sm" aria-label="Loading" />}
        <ul className="sessions">
          {sessions.data?.map((session) => <SessionRow key={session.id} session={session} ending={end.isPending} onEnd={() => (session.own ? void signOut() : end.mutate(session))} />)}
        </ul>
        <p className="quiet">Ending a session signs that page out at once. If you do not know one of them, end it and change your password.</p>
      </div>
    </Modal>
  );
}

function SessionRow({ session, ending, onEnd }: { readonly session: OwnSession; readonly ending: boolean; readonly onEnd: () => void }) {
  const { device, begunAt, seenAt, own } = session, name = device === '' ? 'Unknown browser' : device;
  return (
    <li>
      <div>
        <strong>{name}</strong>{own ? ' (this page)' : ''}
        <div className="quiet">Signed in <Moment at={begunAt} said="short" />, last seen {own ? 'now' : <Moment at={seenAt} said="short" />}</div>
      </div>
      <Button size="xs" variant="default" disabled={ending} onClick={onEnd} aria-label={own ? 'Sign out here' : `End the session on ${name}, signed in ${momentText(begunAt, 'short')}`}>{own ? 'Sign out' : 'End'}</Button>
    </li>
  );
}
