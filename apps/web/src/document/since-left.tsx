import { Drawer } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useGroup } from '../access/group.ts';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { numbered } from '../ui/words.ts';

const UnreadList = lazy(async () => ({ default: (await import('../history/unread-list.tsx')).UnreadList }));

/** The address of a document with the list open: the list of documents leads there, and whoever comes back from an instant finds it open. */
const OPEN = 'since-you-left';

/** What others did since the reader said the last time that he has read: how much above the text, and the list of it in a drawer. */
export function SinceLeft() {
  const { now } = useDocumentContext(), doc = now.document.id;
  const unread = useGroup().documents.find(({ id }) => id === doc)?.unread;
  const open = useLocation({ select: ({ hash }) => hash === OPEN }), navigate = useNavigate();
  const [opened, setOpened] = useState(0), [marked, setMarked] = useState(false);
  const show = (): void => { setOpened((n) => n + 1); setMarked(false); void navigate({ to: '.', hash: OPEN, replace: true }); };
  const close = (): void => void navigate({ to: '.', hash: '', replace: true });
  const read = (): void => { setMarked(true); close(); };
  // The button that opened the list goes with what it counted.
  useEffect(() => {
    if (marked && !open) document.getElementById('text')?.focus();
  }, [marked, open]);
  return (
    <>
      {unread && (unread.acts > 0 || unread.more)
        ? <p className="since-left"><button type="button" onClick={show} aria-haspopup="dialog">{message('document.sinceLeft.button', { n: unread.acts, shown: numbered(unread.acts), more: unread.more ? 'yes' : 'no' })}</button></p> : null}
      <Drawer opened={open} onClose={close} returnFocus={!marked} position="right" size="md" title={message('document.sinceLeft.title')}>
        <Suspense><UnreadList doc={doc} opened={opened} texts={Object.values(now.rooms).filter((text) => text !== undefined)} onRead={read} /></Suspense>
      </Drawer>
    </>
  );
}
