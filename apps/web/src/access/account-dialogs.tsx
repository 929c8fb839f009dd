import { Alert, Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Keys } from '@parley/protocol';
import { type FormEvent, type ReactNode, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { KeysList } from './keys-shown.tsx';
import { startAfresh, useSession } from './session.ts';

interface AskProps { readonly title: string; readonly children: ReactNode; readonly button: string; readonly stops?: boolean; readonly onClose: () => void; readonly onPassword: (password: string) => void; readonly error: Error | null; readonly busy: boolean }

/** Something about the own account that needs the present password. */
function AskPassword({ title, children, button, stops = false, onClose, onPassword, error, busy }: AskProps) {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onPassword(String(new FormData(event.currentTarget).get('password')));
  };
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <form className="stack" onSubmit={submit}>
        {children}
        <PasswordInput name="password" label="Present password" autoComplete="current-password" required withAsterisk={false} data-autofocus />
        {error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(error)}</Alert> : null}
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" color={stops ? 'stop' : undefined} loading={busy}>{button}</Button></div>
      </form>
    </Modal>
  );
}

/** A new recovery code in the place of the former, shown once. */
export function RecoveryCodeDialog({ onClose }: { readonly onClose: () => void }) {
  const person = useSession().person!;
  const [keys, setKeys] = useState<Keys | null>(null);
  const renew = useMutation({ mutationFn: (password: string) => request<Keys>('POST', `/api/accounts/${person.user}/recovery`, { password }), onSuccess: setKeys });
  if (keys) return <Modal opened onClose={onClose} title="Keep this" size="sm"><KeysList keys={keys} /><p>The code is shown this once, and the former one holds no longer.</p><Button onClick={onClose}>I have kept it</Button></Modal>;
  return (
    <AskPassword title="A new recovery code" button="Make a code" onClose={onClose} onPassword={(password) => renew.mutate(password)} error={renew.error} busy={renew.isPending}>
      <p style={{ margin: 0 }}>With a recovery code you get back into your account without anybody. A new one takes the place of the one you have.</p>
    </AskPassword>
  );
}

/** Ends the own account, and the seat with it. */
export function CloseAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const person = useSession().person!;
  const close = useMutation({ mutationFn: (password: string) => request<void>('POST', `/api/accounts/${person.user}/close`, { password }), onSuccess: startAfresh });
  return (
    <AskPassword title="Close your account?" button="Close it for good" stops onClose={onClose} onPassword={(password) => close.mutate(password)} error={close.error} busy={close.isPending}>
      <p style={{ margin: 0 }}>Your seat ends, and nobody can sign in with this account again. What you wrote stays on the record under your name.</p>
    </AskPassword>
  );
}
