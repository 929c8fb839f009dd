import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { KeptWords } from '../sync/local-database.ts';
import { ActButton } from '../ui/act-button.tsx';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { useTray } from '../undelivered/undelivered.ts';
import { UndeliveredList } from '../undelivered/undelivered-list.tsx';
import { message, refusalSentence } from '../ui/messages.ts';

/** A pill in the header while words wait to be picked up, and the drawer that lists them. */
export function UndeliveredTray() {
  const { names, tray } = useDocumentContext(), items = useTray(tray);
  const [open, setOpen] = useState(false);
  if (items.length === 0) return null;
  const dismiss = (id: string): void => {
    if (items.length === 1) setOpen(false);
    tray.dismiss(id);
  };
  return (
    <>
      <button type="button" className="pill stops" onClick={() => setOpen(true)}>{message('document.tray.button', { n: items.length })}</button>
      <Drawer opened={open} onClose={() => setOpen(false)} position="right" title={message('document.tray.title')}>
        <p className="quiet">{message('document.tray.explanation', { kept: tray.kept ? 'yes' : 'no' })}</p>
        <UndeliveredList items={items} onDismiss={dismiss} nameOf={names.name}>{(item) => <ProposeAgain item={item} onDone={() => setOpen(false)} />}</UndeliveredList>
      </Drawer>
    </>
  );
}

interface ProposeProps { readonly item: KeptWords; readonly onDone: () => void }

/** Puts the words into the own text once more: where they were meant to go, or, where nobody writes any more, in a provision of their own behind it. */
function ProposeAgain({ item, onDone }: ProposeProps) {
  const context = useDocumentContext();
  const { client, editor, now, tray } = context;
  const room = client.ownRoom;
  const [refused, setRefused] = useState(false);
  const refusal = room !== null ? barred(context, 'write', { room }) : now.document.closed ? refusalSentence('document-closed') : message('document.tray.notWriting');
  const there = room !== null && item.provision !== '' && now.rooms[room]?.by.has(item.provision) === true && barred(context, 'write', { room, provision: item.provision }) === null;
  const again = (): void => {
    if (!editor.current?.putBack(item.provision, item.slot, item.words)) return setRefused(true);
    tray.dismiss(item.id);
    onDone();
  };
  const drafting = now.document.stage === 'drafting';
  return (
    <>
      {refused ? <p role="alert" className="step-moved">{message('document.tray.wrongView')}</p> : null}
      <ActButton refusal={refusal} onClick={again}>{message(there ? (drafting ? 'document.tray.putAgain' : 'document.tray.proposeAgain') : drafting ? 'document.tray.putNew' : 'document.tray.proposeNew')}</ActButton>
    </>
  );
}
