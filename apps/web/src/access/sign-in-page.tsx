import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Keys, Person, SessionView } from '@parley/protocol';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { Cast } from './cast.tsx';
import { KeysShown } from './keys-shown.tsx';
import { startAfresh } from './session.ts';
import './access.css';

const RecoveryForm = lazy(async () => ({ default: (await import('./recovery-form.tsx')).RecoveryForm }));

interface Credentials { readonly userName: string; readonly password: string }

/** Shown instead of any page while nobody is signed in; the address stays, so that a link leads on after signing in. */
export function SignInPage({ cast }: { readonly cast: readonly Person[] | null }) {
  const [recovering, setRecovering] = useState(false);
  const [keys, setKeys] = useState<Keys | null>(null);
  const asCast = useMutation({
    mutationFn: (user: string) => request<SessionView>('POST', '/api/session/demo', { user }),
    onSuccess: startAfresh,
  });
  if (keys) return <KeysShown keys={keys} />;
  return (
    <main className={`sign-in ${cast ? 'with-cast' : ''}`}>
      <section className="entrance" aria-labelledby="sign-in-title">
        <p className="brand"><i aria-hidden="true" />{message('ui.parley')}</p>
        <h1 id="sign-in-title">{message(recovering ? 'access.signIn.recoverTitle' : 'access.signIn.title')}</h1>
        {recovering ? <Suspense><RecoveryForm onRecovered={setKeys} /></Suspense> : <SignInForm />}
        {asCast.error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(asCast.error)}</Alert> : null}
        <p style={{ margin: '16px 0 0' }}><button type="button" className="plain-link" onClick={() => setRecovering(!recovering)}>{message(recovering ? 'access.signIn.withPassword' : 'access.signIn.withRecoveryCode')}</button></p>
      </section>
      {cast ? <Cast cast={cast} onChoose={(user) => asCast.mutate(user)} busy={asCast.isPending ? asCast.variables : null} /> : null}
    </main>
  );
}

/** By user name and password; the page is then loaded anew. */
export function SignInForm() {
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => request<SessionView>('POST', '/api/session', credentials),
    onSuccess: () => window.location.reload(),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ userName: String(form.get('userName')), password: String(form.get('password')) });
  };
  return (
    <form onSubmit={submit} className="stack">
      <TextInput name="userName" label={message('access.field.userName')} autoComplete="username" required withAsterisk={false} size="sm" />
      <PasswordInput name="password" label={message('access.field.password')} autoComplete="current-password" required withAsterisk={false} size="sm" />
      {signIn.error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(signIn.error)}</Alert> : null}
      <Button type="submit" loading={signIn.isPending} fullWidth>{message('access.signIn.button')}</Button>
    </form>
  );
}
