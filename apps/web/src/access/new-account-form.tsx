import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AccountView, type NewAccount, newAccountSchema } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { sayDone } from '../ui/refusal-notice.ts';
import { heardOfGroup } from './group.ts';

const WRONG: Readonly<Record<string, string>> = {
  userName: 'A user name is 2 to 40 letters, digits, dots, hyphens or underscores.',
  displayName: 'Give the name that others will read.',
  password: 'The password needs at least 15 characters. A short sentence is a good one.',
};

/** An account is not a seat: it only lets somebody sign in. */
export function NewAccountForm() {
  const queries = useQueryClient();
  const [wrong, setWrong] = useState<string | null>(null);
  const create = useMutation({ mutationFn: (wish: NewAccount) => request<AccountView>('POST', '/api/accounts', wish), onSuccess: () => heardOfGroup(queries) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const checked = newAccountSchema.safeParse(Object.fromEntries(new FormData(form)));
    if (!checked.success) { setWrong(WRONG[String(checked.error.issues[0]?.path[0])] ?? 'Something is missing.'); return; }
    setWrong(null);
    create.mutate(checked.data, { onSuccess: () => { form.reset(); sayDone(`${checked.data.displayName} can sign in now and waits for a seat.`); } });
  };
  const sentence = wrong ?? (create.error ? sentenceOfError(create.error) : null);
  return (
    <form className="card stack" onSubmit={submit} noValidate aria-labelledby="account-title">
      <h2 id="account-title" className="section-title" style={{ margin: 0 }}>New account</h2>
      <TextInput name="displayName" label="Name" autoComplete="off" />
      <TextInput name="userName" label="User name" autoComplete="off" />
      <PasswordInput name="password" label="First password" description="At least 15 characters; hand it over in person" autoComplete="new-password" />
      {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
      <div><Button type="submit" variant="default" loading={create.isPending}>Make the account</Button></div>
    </form>
  );
}
