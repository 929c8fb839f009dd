import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Keys, SetUp } from '@parley/protocol';
import { setUpSchema } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { GROUP_WRONG, GroupFields, readGroup, SAME_CODES, sameCodes } from './group-fields.tsx';
import { KeysShown } from './keys-shown.tsx';
import './access.css';

const WRONG: Readonly<Record<string, string>> = {
  userName: 'A user name is 2 to 40 letters, digits, dots, hyphens or underscores.',
  displayName: 'Give the name that others will read.',
  password: 'The password needs at least 15 characters. A short sentence is a good one.',
  token: 'Copy the token from the server’s console.',
  group: GROUP_WRONG,
};

function readForm(form: FormData): SetUp {
  const field = (name: string): string => String(form.get(name) ?? '').trim();
  return {
    token: field('token'), userName: field('userName'), displayName: field('displayName'), password: String(form.get('password') ?? ''),
    group: readGroup(form),
  };
}

/** The first page of a new server: the first administrator, the working group and its two delegations. */
export function SetUpPage() {
  const [wrong, setWrong] = useState<string | null>(null);
  const setUp = useMutation({ mutationFn: (wish: SetUp) => request<Keys>('POST', '/api/setup', wish) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wish = readForm(new FormData(event.currentTarget));
    const checked = setUpSchema.safeParse(wish);
    const issue = checked.error?.issues[0];
    if (issue) { setWrong(WRONG[String(issue.path[0])] ?? 'Something is missing.'); return; }
    if (sameCodes(wish.group)) { setWrong(SAME_CODES); return; }
    setWrong(null);
    setUp.mutate(wish);
  };
  if (setUp.data) return <KeysShown keys={setUp.data} />;
  const sentence = wrong ?? (setUp.error ? sentenceOfError(setUp.error) : null);
  return (
    <main className="page set-up">
      <p className="brand"><i aria-hidden="true" />Parley</p>
      <h1>Set up this server</h1>
      <p className="quiet">Done once. The administrator invites the first head of each delegation by a link and proposes the neutral seats; from then on a head alone invites the own members.</p>
      <form className="stack" onSubmit={submit} noValidate>
        <fieldset className="card"><legend>Token</legend>
          <TextInput name="token" label="One-time token" description="Printed on the server’s console when it started" autoComplete="off" required withAsterisk={false} />
        </fieldset>
        <AdministratorFields />
        <GroupFields />
        {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
        <div><Button type="submit" loading={setUp.isPending}>Set up</Button></div>
      </form>
    </main>
  );
}

function AdministratorFields() {
  return (
    <fieldset className="card"><legend>Your account, as administrator</legend>
      <div className="fields">
        <TextInput name="displayName" label="Name" autoComplete="name" required withAsterisk={false} />
        <TextInput name="userName" label="User name" autoComplete="username" required withAsterisk={false} />
        <PasswordInput className="wide" name="password" label="Password" description="At least 15 characters; a short sentence is a good one" autoComplete="new-password" required withAsterisk={false} />
      </div>
    </fieldset>
  );
}
