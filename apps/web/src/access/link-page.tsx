import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { MessageId } from '@parley/messages';
import { displayNameSchema, type Keys, type LinkView, passwordSchema, userNameSchema } from '@parley/protocol';
import { type FormEvent, type ReactNode, useState } from 'react';
import { inGroup, request, sentenceOfError } from '../sync/request.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { NoticePage, WaitingPage } from '../ui/notice-page.tsx';
import { KeysShown } from './keys-shown.tsx';
import { secretHere } from './link-address.ts';
import { rolePurpose, seatCalled } from './roles.ts';
import { signOut, startAfresh, useSession } from './session.ts';
import { SignInForm } from './sign-in-page.tsx';
import './access.css';
import { message, refusalSentence } from '../ui/messages.ts';

type Seat = Extract<LinkView, { opens: 'seat' }>;
type Reset = Extract<LinkView, { opens: 'account' }>;
interface Opening { readonly group: string; readonly secret: string; readonly onBegun: (keys: Keys) => void }

/** A link that was made when its address named no group: it is looked for, and goes on where it belongs. */
export function FormerLinkPage() {
  const [secret] = useState(secretHere);
  const found = useQuery({ queryKey: ['link', secret], enabled: secret !== null, retry: false, queryFn: () => request<{ group: string }>('POST', '/api/links/group', { secret }) });
  if (found.data) return <LinkPage group={found.data.group} />;
  if (secret === null || found.error) return <SpentLink error={found.error} />;
  return <WaitingPage what={message('ui.openingLink')} />;
}

function SpentLink({ error }: { readonly error: unknown }) {
  return <NoticePage title={message('access.link.spent.title')}><p>{error ? sentenceOfError(error) : refusalSentence('link-spent')}</p><Button variant="default" onClick={startAfresh}>{message('access.link.toFirstPage')}</Button></NoticePage>;
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
  if (!link.data) return <WaitingPage what={message('ui.openingLink')} />;
  const opening = { group, secret, onBegun: setKeys };
  return link.data.opens === 'seat' ? <SeatOffered link={link.data} {...opening} /> : <AccountReset link={link.data} {...opening} />;
}

function SeatOffered({ link, ...opening }: Opening & { readonly link: Seat }) {
  const { person } = useSession();
  const [known, setKnown] = useState(false);
  return (
    <NoticePage title={link.group}>
      <p>{message('access.link.invited', { by: link.by, seat: seatCalled(link.role, link.delegation), purpose: rolePurpose(link.role), neutral: link.delegation === null ? 'yes' : 'no', b: (inside) => <b>{inside}</b> })}</p>
      {person ? <TakeAs name={person.name} group={opening.group} secret={opening.secret} /> : known ? <SignInForm /> : <NewAccount {...opening} />}
      {person ? null : <p style={{ margin: '16px 0 0' }}><button type="button" className="plain-link" onClick={() => setKnown(!known)}>{message(known ? 'access.link.beginInstead' : 'access.link.haveAccount')}</button></p>}
    </NoticePage>
  );
}

function TakeAs({ name, group, secret }: { readonly name: string; readonly group: string; readonly secret: string }) {
  const take = useMutation({ mutationFn: () => request<void>('POST', inGroup(group, 'links/take'), { secret }), onSuccess: () => window.location.assign(`/g/${group}`) });
  return (
    <div className="stack">
      <p style={{ margin: 0 }}>{message('access.link.signedInAs', { name, b: (inside) => <b>{inside}</b> })}</p>
      {take.error ? <Alert color="stop" role="alert" variant="light">{sentenceOfError(take.error)}</Alert> : null}
      <div className="row"><ConfirmButton busy={take.isPending} onPerform={() => take.mutate()}>{message('access.link.takeSeat')}</ConfirmButton><Button variant="default" onClick={() => void signOut()}>{message('ui.signOut')}</Button></div>
    </div>
  );
}

const WRONG: readonly (readonly [name: string, schema: { safeParse: (value: unknown) => { success: boolean } }, sentence: MessageId])[] = [
  ['displayName', displayNameSchema, 'access.wrong.displayName'],
  ['userName', userNameSchema.max(32), 'access.wrong.userName'],
  ['password', passwordSchema, 'refusal.weak-password'],
];

/** The form of a link: its fields are held to the schemas, and what it comes to is shown once. */
function OpeningForm({ group, secret, onBegun, children, fields, label }: Opening & { readonly children: ReactNode; readonly fields: readonly string[]; readonly label: string }) {
  const [wrong, setWrong] = useState<MessageId | null>(null);
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
  const sentence = wrong ? message(wrong) : (open.error ? sentenceOfError(open.error) : null);
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {children}
      <PasswordInput name="password" label={message('access.field.password')} description={message('access.link.password.description')} autoComplete="new-password" />
      {sentence ? <Alert color="stop" role="alert" variant="light">{sentence}</Alert> : null}
      <Button type="submit" loading={open.isPending}>{label}</Button>
    </form>
  );
}

function NewAccount(opening: Opening) {
  return (
    <OpeningForm {...opening} fields={['displayName', 'userName', 'password']} label={message('access.link.beginAccount')}>
      <TextInput name="displayName" label={message('access.link.name')} description={message('access.link.name.description')} autoComplete="name" />
      <TextInput name="userName" label={message('access.field.userName')} description={message('access.link.userName.description')} autoComplete="username" />
    </OpeningForm>
  );
}

function AccountReset({ link, ...opening }: Opening & { readonly link: Reset }) {
  return (
    <NoticePage title={message('access.link.reset.title', { name: link.name })}>
      <p>{message('access.link.reset.explanation', { group: link.group, userName: link.userName, b: (inside) => <b>{inside}</b> })}</p>
      <OpeningForm {...opening} fields={['password']} label={message('access.link.reset.button')}><input type="hidden" autoComplete="username" value={link.userName} /></OpeningForm>
    </NoticePage>
  );
}
