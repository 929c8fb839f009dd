import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { displayNameSchema, type Keys, type LinkView, passwordSchema, userNameSchema } from '@parley/protocol';
import { type FormEvent, type ReactNode, useState } from 'react';
import { inGroup, request, sentenceOfError } from '../sync/request.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { NoticePage, WaitingPage } from '../ui/notice-page.tsx';
import { KeysShown } from './keys-shown.tsx';
import { secretHere } from './link.ts';
import { ROLE_NAME, ROLE_PURPOSE } from './roles.ts';
import { signOut, startAfresh, useSession } from './session.ts';
import { SignInForm } from './sign-in-page.tsx';
import './access.css';
import { refusalSentence } from '../ui/messages.ts';

type Seat = Extract<LinkView, { opens: 'seat' }>;
type Reset = Extract<LinkView, { opens: 'account' }>;
interface Opening { readonly group: string; readonly secret: string; readonly onBegun: (keys: Keys) => void }

/** A link that was made when its address named no group: it is looked for, and goes on where it belongs. */
export function FormerLinkPage() {
  const [secret] = useState(secretHere);
  const found = useQuery({ queryKey: ['link', secret], enabled: secret !== null, retry: false, queryFn: () => request<{ group: string }>('POST', '/api/links/group', { secret }) });
  if (found.data) return <LinkPage group={found.data.group} />;
  if (secret === null || found.error) return <SpentLink error={found.error} />;
  return <WaitingPage what="Opening the link…" />;
}

function SpentLink({ error }: { readonly error: unknown }) {
  return <NoticePage title="This link opens nothing"><p>{error ? sentenceOfError(error) : refusalSentence('link-spent')}</p><Button variant="default" onClick={startAfresh}>To the first page</Button></NoticePage>;
}

/** What a one-time link opens: a seat, for which somebody begins an account or uses the own one, or an account that was reset. */
export function LinkPage({ group }: { readonly group: string }) {
  const [secret] = useState(secretHere);
  const [keys, setKeys] = useState<Keys | null>(null);
  const link = useQuery({
    queryKey: ['link', group, secret], enabled: secret !== null && keys === null, staleTime: Number.POSITIVE_INFINITY, retry: false,
    queryFn: () => request<LinkView>('POST', inGroup(group, 'links/look'), { secret }),
  });
  if (keys) return <KeysShown keys={keys} later={link.data?.opens === 'account'} />;
  if (secret === null || link.error) return <SpentLink error={link.error} />;
  if (!link.data) return <WaitingPage what="Opening the link…" />;
  const opening = { group, secret, onBegun: setKeys };
  return link.data.opens === 'seat' ? <SeatOffered link={link.data} {...opening} /> : <AccountReset link={link.data} {...opening} />;
}

function SeatOffered({ link, ...opening }: Opening & { readonly link: Seat }) {
  const { person } = useSession();
  const [known, setKnown] = useState(false);
  return (
    <NoticePage title={link.group}>
      <p>{link.by} invites you to this working group as <b>{ROLE_NAME[link.role]}{link.delegation === null ? '' : `, ${link.delegation}`}</b>: {ROLE_PURPOSE[link.role]}.{link.delegation === null ? ' The seat begins when a head of each delegation has accepted you.' : ''}</p>
      {person ? <TakeAs name={person.name} group={opening.group} secret={opening.secret} /> : known ? <SignInForm /> : <NewAccount {...opening} />}
      {person ? null : <p style={{ margin: '16px 0 0' }}><button type="button" className="plain-link" onClick={() => setKnown(!known)}>{known ? 'Begin an account instead' : 'I have an account already'}</button></p>}
    </NoticePage>
  );
}

function TakeAs({ name, group, secret }: { readonly name: string; readonly group: string; readonly secret: string }) {
  const take = useMutation({ mutationFn: () => request<void>('POST', inGroup(group, 'links/take'), { secret }), onSuccess: () => window.location.assign(`/g/${group}`) });
  return (
    <div className="stack">
      <p style={{ margin: 0 }}>You are signed in as <b>{name}</b>. If that is not you, sign out and open the link again.</p>
      {take.error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(take.error)}</Alert> : null}
      <div className="row"><ConfirmButton busy={take.isPending} onPerform={() => take.mutate()}>Take the seat</ConfirmButton><Button variant="default" onClick={() => void signOut()}>Sign out</Button></div>
    </div>
  );
}

const WRONG: readonly (readonly [name: string, schema: { safeParse: (value: unknown) => { success: boolean } }, sentence: string])[] = [
  ['displayName', displayNameSchema, 'Give the name that others will read.'],
  ['userName', userNameSchema.max(32), 'A user name is 2 to 32 letters, digits, dots, hyphens or underscores.'],
  ['password', passwordSchema, refusalSentence('weak-password')],
];

/** The form of a link: its fields are held to the schemas, and what it comes to is shown once. */
function OpeningForm({ group, secret, onBegun, children, fields, label }: Opening & { readonly children: ReactNode; readonly fields: readonly string[]; readonly label: string }) {
  const [wrong, setWrong] = useState<string | null>(null);
  const open = useMutation({ mutationFn: (wish: object) => request<Keys>('POST', inGroup(group, 'links/open'), { secret, ...wish }), onSuccess: onBegun });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string): string => String(form.get(name) ?? '');
    const fault = WRONG.find(([name, schema]) => fields.includes(name) && !schema.safeParse(value(name)).success);
    setWrong(fault ? fault[2] : null);
    if (fault) return;
    open.mutate({ password: value('password'), ...(fields.includes('userName') && { person: { userName: value('userName'), displayName: value('displayName') } }) });
  };
  const sentence = wrong ?? (open.error ? sentenceOfError(open.error) : null);
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {children}
      <PasswordInput name="password" label="Password" description="You choose it, and nobody else knows it. At least 15 characters; a short sentence is a good one" autoComplete="new-password" />
      {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
      <Button type="submit" loading={open.isPending}>{label}</Button>
    </form>
  );
}

function NewAccount(opening: Opening) {
  return (
    <OpeningForm {...opening} fields={['displayName', 'userName', 'password']} label="Begin the account">
      <TextInput name="displayName" label="Your name" description="As everybody in the working group will read it" autoComplete="name" />
      <TextInput name="userName" label="User name" description="For signing in; four characters are added to it" autoComplete="username" />
    </OpeningForm>
  );
}

function AccountReset({ link, ...opening }: Opening & { readonly link: Reset }) {
  return (
    <NoticePage title={`A new password for ${link.name}`}>
      <p>Your account in {link.group} was reset. Your user name is <b>{link.userName}</b>. When you have chosen a password, your seat waits until it is confirmed; both delegations are told.</p>
      <OpeningForm {...opening} fields={['password']} label="Set the password"><input type="hidden" autoComplete="username" value={link.userName} /></OpeningForm>
    </NoticePage>
  );
}
