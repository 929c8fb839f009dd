import { Alert, Button, NativeSelect, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type AccountView, passwordSchema, sentenceOf } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { sayDone } from '../ui/refusal-notice.ts';

/** For somebody who lost the password: the administrator gives a new one, and every page of that account is signed out. */
export function ResetForm({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const [weak, setWeak] = useState(false);
  const reset = useMutation({ mutationFn: (wish: { user: string; password: string }) => request<void>('PATCH', `/api/accounts/${wish.user}/password`, { password: wish.password }) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const wish = { user: String(data.get('user')), password: String(data.get('password')) };
    setWeak(!passwordSchema.safeParse(wish.password).success);
    if (!passwordSchema.safeParse(wish.password).success) return;
    reset.mutate(wish, { onSuccess: () => { form.reset(); sayDone('The new password holds from now on.'); } });
  };
  const sentence = weak ? sentenceOf('weak-password') : reset.error ? sentenceOfError(reset.error) : null;
  return (
    <form className="card stack" onSubmit={submit} noValidate aria-labelledby="reset-title">
      <h2 id="reset-title" className="section-title" style={{ margin: 0 }}>A new password for somebody</h2>
      <NativeSelect name="user" label="Account" data={accounts.map((a) => ({ value: a.user, label: `${a.name} (${a.userName})` }))} />
      <PasswordInput name="password" label="New password" autoComplete="new-password" />
      {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
      <div><Button type="submit" variant="default" loading={reset.isPending}>Set the password</Button></div>
    </form>
  );
}
