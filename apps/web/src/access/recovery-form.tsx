import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type Keys, passwordSchema, type Recover } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { message, refusalSentence } from '../ui/messages.ts';

/** For somebody who lost the password and has the recovery code: it needs nobody else. */
export function RecoveryForm({ onRecovered }: { readonly onRecovered: (keys: Keys) => void }) {
  const [weak, setWeak] = useState(false);
  const recover = useMutation({ mutationFn: (wish: Recover) => request<Keys>('POST', '/api/recovery', wish), onSuccess: onRecovered });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wish = { userName: String(form.get('userName')), code: String(form.get('code')), password: String(form.get('password')) };
    setWeak(!passwordSchema.safeParse(wish.password).success);
    if (passwordSchema.safeParse(wish.password).success) recover.mutate(wish);
  };
  const sentence = weak ? refusalSentence('weak-password') : recover.error ? sentenceOfError(recover.error) : null;
  return (
    <form onSubmit={submit} className="stack">
      <TextInput name="userName" label={message('access.field.userName')} autoComplete="username" required withAsterisk={false} size="sm" />
      <TextInput name="code" label={message('access.field.recoveryCode')} description={message('access.recovery.code.description')} autoComplete="off" required withAsterisk={false} size="sm" />
      <PasswordInput name="password" label={message('access.field.newPassword')} description={message('access.field.newPassword.description')} autoComplete="new-password" required withAsterisk={false} size="sm" />
      {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
      <Button type="submit" loading={recover.isPending} fullWidth>{message('access.recovery.button')}</Button>
    </form>
  );
}
