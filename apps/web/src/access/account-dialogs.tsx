import { Alert, Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Keys } from '@parley/protocol';
import { type FormEvent, type ReactNode, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
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
        <PasswordInput name="password" label={message('access.field.presentPassword')} autoComplete="current-password" required withAsterisk={false} data-autofocus />
        {error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(error)}</Alert> : null}
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={onClose}>{message('ui.cancel')}</Button><Button type="submit" color={stops ? 'stop' : undefined} loading={busy}>{button}</Button></div>
      </form>
    </Modal>
  );
}

/** A new recovery code in the place of the former, shown once. */
export function RecoveryCodeDialog({ onClose }: { readonly onClose: () => void }) {
  const person = useSession().person!;
  const [keys, setKeys] = useState<Keys | null>(null);
  const renew = useMutation({ mutationFn: (password: string) => request<Keys>('POST', `/api/accounts/${person.user}/recovery`, { password }), onSuccess: setKeys });
  if (keys) return <Modal opened onClose={onClose} title={message('access.keys.title')} size="sm"><KeysList keys={keys} /><p>{message('access.recoveryCode.shownOnce')}</p><Button onClick={onClose}>{message('access.recoveryCode.kept')}</Button></Modal>;
  return (
    <AskPassword title={message('access.recoveryCode.title')} button={message('access.recoveryCode.button')} onClose={onClose} onPassword={(password) => renew.mutate(password)} error={renew.error} busy={renew.isPending}>
      <p style={{ margin: 0 }}>{message('access.recoveryCode.explanation')}</p>
    </AskPassword>
  );
}

/** Ends the own account, and the seat with it. */
export function CloseAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const person = useSession().person!;
  const close = useMutation({ mutationFn: (password: string) => request<void>('POST', `/api/accounts/${person.user}/close`, { password }), onSuccess: startAfresh });
  return (
    <AskPassword title={message('access.closeAccount.title')} button={message('access.closeAccount.button')} stops onClose={onClose} onPassword={(password) => close.mutate(password)} error={close.error} busy={close.isPending}>
      <p style={{ margin: 0 }}>{message('access.closeAccount.explanation')}</p>
    </AskPassword>
  );
}
