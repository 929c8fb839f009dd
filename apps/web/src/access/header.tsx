import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useGroup } from './group.ts';
import { seatInShort, seatName } from './roles.ts';
import { SeatNotices } from './seat-notices.tsx';
import { signOut, useMe, useSession } from './session.ts';
import { KeyHelp } from '../ui/key-help.tsx';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { partyOfPerson, PersonMark } from '../ui/party.tsx';
import '../ui/shell.css';

const SeatNewsStrip = lazy(async () => ({ default: (await import('./seat-news-strip.tsx')).SeatNewsStrip }));
const SessionsDialog = lazy(async () => ({ default: (await import('./sessions-dialog.tsx')).SessionsDialog }));
const RecoveryCodeDialog = lazy(async () => ({ default: (await import('./account-dialogs.tsx')).RecoveryCodeDialog }));
const CloseAccountDialog = lazy(async () => ({ default: (await import('./account-dialogs.tsx')).CloseAccountDialog }));
const PasswordDialog = lazy(async () => ({ default: (await import('./password-dialog.tsx')).PasswordDialog }));

interface HeaderProps { readonly crumbs: ReactNode; readonly children?: ReactNode; /** Of a page around the documents. */ readonly around?: boolean }

/** The line on top of every page: where one is, and who one is. */
export function Header({ crumbs, children, around = false }: HeaderProps) {
  return (
    <header className="app-header">
      <div className="header-row">
        <Way>{crumbs}</Way>
        {children ?? <span className="grow" />}
        <MyMenu />
      </div>
      <SeatNotices />
      <Suspense><SeatNewsStrip beginnings={around} /></Suspense>
    </header>
  );
}

/** The header of the pages around the documents. */
export function HomeHeader({ here }: { readonly here?: string }) {
  const { groupId } = useMe();
  const { group } = useGroup();
  return (
    <Header around crumbs={here === undefined ? <li><span aria-current="page">{group.name}</span></li> : <><li><Link to="/g/$group" params={{ group: groupId }}>{group.name}</Link></li><li><span aria-current="page">{here}</span></li></>} />
  );
}

/** The header of pages that are of no group. */
export function PlainHeader({ here }: { readonly here: string }) {
  const { person } = useSession();
  return (
    <header className="app-header">
      <div className="header-row">
        <Way><li><span aria-current="page">{here}</span></li></Way>
        <span className="grow" />
        <AccountMenu target={<span>{person?.name}</span>}><Elsewhere /></AccountMenu>
      </div>
    </header>
  );
}

/** The way from the first page to this one. */
function Way({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <Link to="/" className="brand" aria-label={message('access.header.home')}><i aria-hidden="true" /><span className="brand-name">{message('ui.parley')}</span></Link>
      <nav className="way" aria-label={message('access.header.whereYouAre')}><ol className="crumbs">{children}</ol></nav>
    </>
  );
}

/** The ways to pages that are of no group, for whoever has any there. */
function Elsewhere() {
  const { places, administrator } = useSession();
  return (
    <>
      {places.length > 1 ? <Menu.Item component={Link} to="/">{message('access.groups.title')}</Menu.Item> : null}
      {administrator ? <Menu.Item component={Link} to="/installation">{message('access.installation.title')}</Menu.Item> : null}
    </>
  );
}

function MyMenu() {
  const { person, actor, groupId } = useMe();
  const { group } = useGroup();
  const [keys, setKeys] = useState(false);
  const party = partyOfPerson(person);
  return (
    <>
      <AccountMenu target={<><PersonMark person={person} group={group} named /><span className="my-name">{person.name}</span>{actor.role === 'server' ? null : <><span className="hidden-words">{message('access.header.parts')}</span><span className="my-seat">{seatInShort(actor.role, party ? partyName(group, party) : null)}</span></>}</>}>
        <Menu.Label>{actor.role === 'server' ? '' : seatName({ ...actor, role: actor.role }, group)}</Menu.Label>
        <Menu.Item renderRoot={(props) => <Link to="/g/$group/people" params={{ group: groupId }} {...props} />}>{message('access.people.title')}</Menu.Item>
        <Elsewhere />
        {actor.role === 'administrator' ? null : <Menu.Item onClick={() => setKeys(true)}>{message('access.menu.keys')}</Menu.Item>}
      </AccountMenu>
      <KeyHelp opened={keys} onClose={() => setKeys(false)} />
    </>
  );
}

/** What somebody does with the own account, and before that what is passed in. */
function AccountMenu({ target, children }: { readonly target: ReactNode; readonly children: ReactNode }) {
  const [shown, setShown] = useState<'password' | 'sessions' | 'recovery' | 'closing' | null>(null);
  const close = (): void => setShown(null);
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target><button type="button" className="me">{message('access.menu.name', { me: target, hidden: (inside) => <span className="hidden-words">{inside}</span> })}</button></Menu.Target>
        <Menu.Dropdown>
          {children}
          <Menu.Item onClick={() => setShown('password')}>{message('access.menu.changePassword')}</Menu.Item>
          <Menu.Item onClick={() => setShown('sessions')}>{message('access.menu.sessions')}</Menu.Item>
          <Menu.Item onClick={() => setShown('recovery')}>{message('access.menu.recoveryCode')}</Menu.Item>
          <Menu.Item onClick={() => setShown('closing')}>{message('access.menu.closeAccount')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void signOut()}>{message('ui.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {shown === 'recovery' ? <Suspense><RecoveryCodeDialog onClose={close} /></Suspense> : null}
      {shown === 'closing' ? <Suspense><CloseAccountDialog onClose={close} /></Suspense> : null}
      {shown === 'password' ? <Suspense><PasswordDialog onClose={close} /></Suspense> : null}
      {shown === 'sessions' ? <Suspense><SessionsDialog onClose={close} /></Suspense> : null}
    </>
  );
}
