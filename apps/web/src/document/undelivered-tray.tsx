import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { KeptWords } from '../sync/device.ts';
import { ActButton } from '../ui/act-button.tsx';
import { count } from '../ui/words.ts';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { NOT_KEPT, useTray } from '../undelivered/undelivered.ts';
import { UndeliveredList } from '../undelivered/undelivered-list.tsx';
import { refusalSentence } from '../ui/messages.ts';

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
      <button type="button" className="pill stops" onClick={() => setOpen(true)}>Not delivered: {count(items.length, 'passage')}</button>
      <Drawer opened={open} onClose={() => setOpen(false)} position="right" title="Not delivered">
        <p className="quiet">
          These words of yours did not reach the text. {tray.kept ? 'They are kept on this device until you dismiss them.' : NOT_KEPT}
        </p>
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
  const refusal = room !== null ? barred(context, 'write', { room }) : now.document.closed ? refusalSentence('document-closed') : 'You do not write in this document now.';
  const there = room !== null && item.provision !== '' && now.rooms[room]?.by.has(item.provision) === true && barred(context, 'write', { room, provision: item.provision }) === null;
  const again = (): void => {
    if (!editor.current?.putBack(item.provision, item.slot, item.words)) return setRefused(true);
    tray.dismiss(item.id);
    onDone();
  };
  const drafting = now.document.stage === 'drafting';
  return (
    <>
      {refused ? <p role="alert" className="step-moved">This view of the text cannot be written in. Choose “Bracketed” and try again.</p> : null}
      <ActButton refusal={refusal} onClick={again}>{there ? (drafting ? 'Put it in again' : 'Propose it again') : drafting ? 'Put it in as a new provision' : 'Propose it as a new provision'}</ActButton>
    </>
  );
}
