import { useParams } from '@tanstack/react-router';
import { partyOf } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useCounted } from '../proposals/use-counted.ts';
import { NamesProvider, namesOf, useGroup } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import type { EditorHandle, ViewName } from '../editor/index.ts';
import { useDocumentClient, useSnapshot, useStatus } from '../sync/document.ts';
import { NoticePage, WaitingPage } from '../ui/notice-page.tsx';
import { type DocumentContext, DocumentContextProvider } from '../provisions/document-context.ts';
import { DocumentScreen } from './document-screen.tsx';
import { useStacking } from './use-stacking.ts';
import { Tray, useTray } from '../undelivered/undelivered.ts';
import { UndeliveredList } from '../undelivered/undelivered-list.tsx';
import { message, refusalSentence } from '../ui/messages.ts';

/** One document, opened. */
export function DocumentPage() {
  const { doc } = useParams({ from: '/g/$group/documents/$doc' });
  const { person, groupId } = useMe();
  const beside = useCallback((client: DocumentClient) => new Tray(client, person.user, groupId, doc), [person.user, groupId, doc]);
  const opened = useDocumentClient(person.user, groupId, doc, beside);
  return opened ? <Opened key={`${groupId} ${doc}`} client={opened.client} tray={opened.companion} /> : <WaitingPage what={message('document.page.opening')} />;
}

function Opened({ client, tray }: { readonly client: DocumentClient; readonly tray: Tray }) {
  const { people } = useGroup();
  const { groupId } = useMe();
  const now = useSnapshot(client);
  const counted = useCounted(now);
  const state = useStatus(client, (status) => (status.state === 'saving' ? 'saved' : status.state)), reason = useStatus(client, (status) => status.reason);
  const undelivered = useTray(tray);
  const [focus, setFocus] = useState<string | null>(null);
  const [view, setView] = useState<ViewName>('bracketed');
  const [stacking, setStacking] = useStacking();
  const editor = useRef<EditorHandle>(null);
  const group = now?.group;
  const names = useMemo(() => (group ? namesOf(group, people) : null), [group, people]);
  const online = state === 'saved';
  const context = useMemo((): DocumentContext | null => (now && names ? { client, groupId, now, names, party: partyOf(now.actor), online, counted, focus, setFocus, view, setView, stacking, setStacking, editor, tray } : null), [client, groupId, now, names, online, counted, focus, view, stacking, setStacking, tray]);
  if ((state === 'refused' || state === 'closed') && reason) {
    return (
      <NoticePage title={message('document.closedToYou.title')}>
        <p>{refusalSentence(reason)}</p>
        {undelivered.length > 0 ? <><p>{message('document.closedToYou.undelivered', { kept: tray.kept ? 'yes' : 'no' })}</p><UndeliveredList items={undelivered} /></> : null}
        <p>{message('document.closedToYou.ways', { reload: (inside) => <a href={window.location.href}>{inside}</a>, home: (inside) => <a href="/">{inside}</a> })}</p>
      </NoticePage>
    );
  }
  if (!context) return <WaitingPage what={message(state === 'offline' ? 'document.page.unreachable' : 'document.page.opening')} />;
  return <DocumentContextProvider value={context}><NamesProvider value={context.names}><DocumentScreen /></NamesProvider></DocumentContextProvider>;
}
