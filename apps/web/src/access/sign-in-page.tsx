import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Person, SessionView } from '@parley/protocol';
import type { FormEvent } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { Cast } from './cast.tsx';
import { startAfresh } from './session.ts';
import './access.css';

interface Credentials { readonly userName: string; readonly password: string }

/** Shown instead of any page while nobody is signed in; the address stays, so that a link leads on after signing in. */
export function SignInPage({ cast }: { readonly cast: readonly Person[] | null }) {
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => request<SessionView>('POST', '/api/session', credentials),
    onSuccess: () => window.location.reload(),
  });
  const asCast = useMutation({
    mutationFn: (user: string) => request<SessionView>('POST', '/api/session/demo', { user }),
    onSuccess: startAfresh,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ userName: String(form.get('userName')), password: String(form.get('password')) });
  };
  const error = signIn.error ?? asCast.error;
  return (
    <main className={`sign-in ${cast ? 'with-cast' : ''}`}>
      <section className="entrance" aria-labelledby="sign-in-title">
        <p className="brand"><i aria-hidden="true" />Parley</p>
        <h1 id="sign-in-title">Sign in</h1>
        <form onSubmit={submit} className="stack">
          <TextInput name="userName" label="User name" autoComplete="username" required withAsterisk={false} size="sm" />
          <PasswordInput name="password" label="Password" autoComplete="current-password" required withAsterisk={false} size="sm" />
          {error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(error)}</Alert> : null}
          <Button type="submit" loading={signIn.isPending} fullWidth>Sign in</Button>
        </form>
      </section>
      {cast ? <Cast cast={cast} onChoose={(user) => asCast.mutate(user)} busy={asCast.isPending ? asCast.variables : null} /> : null}
    </main>
  );
}
