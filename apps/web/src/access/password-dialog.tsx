import { Alert, Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { passwordSchema } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { sayDone } from '../ui/refusal-notice.ts';
import { useSession } from './session.ts';
import { message, refusalSentence } from '../ui/messages.ts';

/** The own password, changed with the present one. Every other page of the account is signed out. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const person = useSession().person!;
  const [weak, setWeak] = useState(false);
  const change = useMutation({ mutationFn: (wish: { current: string; password: string }) => request<void>('PATCH', `/api/accounts/${person.user}/password`, wish) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password'));
    setWeak(!passwordSchema.safeParse(password).success);
    if (!passwordSchema.safeParse(password).success) return;
    change.mutate({ current: String(form.get('current')), password }, { onSuccess: () => { onClose(); sayDone(message('access.password.changed')); } });
  };
  const sentence = weak ? refusalSentence('weak-password') : change.error ? sentenceOfError(change.error) : null;
  return (
    <Modal opened onClose={onClose} title={message('access.password.title')} size="sm">
      <form className="stack" onSubmit={submit}>
        <PasswordInput name="current" label={message('access.field.presentPassword')} autoComplete="current-password" required withAsterisk={false} data-autofocus />
        <PasswordInput name="password" label={message('access.field.newPassword')} description={message('access.field.newPassword.description')} autoComplete="new-password" required withAsterisk={false} />
        {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={onClose}>{message('ui.cancel')}</Button><Button type="submit" loading={change.isPending}>{message('access.password.button')}</Button></div>
      </form>
    </Modal>
  );
}
