import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { MessageId } from '@parley/messages';
import type { Keys, SetUp } from '@parley/protocol';
import { setUpSchema } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { GROUP_WRONG, GroupFields, readGroup, SAME_CODES, sameCodes } from './group-fields.tsx';
import { KeysShown } from './keys-shown.tsx';
import './access.css';

const WRONG: Readonly<Record<string, MessageId>> = {
  userName: 'access.setUp.wrong.userName',
  displayName: 'access.wrong.displayName',
  password: 'refusal.weak-password',
  token: 'access.setUp.wrong.token',
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
  const [wrong, setWrong] = useState<MessageId | null>(null);
  const setUp = useMutation({ mutationFn: (wish: SetUp) => request<Keys>('POST', '/api/setup', wish) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wish = readForm(new FormData(event.currentTarget));
    const checked = setUpSchema.safeParse(wish);
    const issue = checked.error?.issues[0];
    if (issue) { setWrong(WRONG[String(issue.path[0])] ?? 'access.setUp.wrong.other'); return; }
    if (sameCodes(wish.group)) { setWrong(SAME_CODES); return; }
    setWrong(null);
    setUp.mutate(wish);
  };
  if (setUp.data) return <KeysShown keys={setUp.data} />;
  const sentence = wrong ? message(wrong) : (setUp.error ? sentenceOfError(setUp.error) : null);
  return (
    <main className="page set-up">
      <p className="brand"><i aria-hidden="true" />{message('ui.parley')}</p>
      <h1>{message('access.setUp.title')}</h1>
      <p className="quiet">{message('access.setUp.explanation')}</p>
      <form className="stack" onSubmit={submit} noValidate>
        <fieldset className="card"><legend>{message('access.setUp.token')}</legend>
          <TextInput name="token" label={message('access.setUp.token.field')} description={message('access.setUp.token.description')} autoComplete="off" required withAsterisk={false} />
        </fieldset>
        <AdministratorFields />
        <GroupFields />
        {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
        <div><Button type="submit" loading={setUp.isPending}>{message('access.setUp.button')}</Button></div>
      </form>
    </main>
  );
}

function AdministratorFields() {
  return (
    <fieldset className="card"><legend>{message('access.setUp.account')}</legend>
      <div className="fields">
        <TextInput name="displayName" label={message('access.setUp.name')} autoComplete="name" required withAsterisk={false} />
        <TextInput name="userName" label={message('access.field.userName')} autoComplete="username" required withAsterisk={false} />
        <PasswordInput className="wide" name="password" label={message('access.field.password')} description={message('access.setUp.password.description')} autoComplete="new-password" required withAsterisk={false} />
      </div>
    </fieldset>
  );
}
