import { Button, CopyButton, Drawer } from '@mantine/core';
import { useState } from 'react';
import { nameOf, slotName } from '../agreement/describe.ts';
import { count } from '../ui/words.ts';
import { useDesk } from './desk.ts';
import type { Undelivered } from './undelivered.ts';

/** A pill in the header while words wait to be picked up, and the drawer that lists them. */
export function UndeliveredTray({ undelivered }: { readonly undelivered: Undelivered }) {
  const { client } = useDesk();
  const [open, setOpen] = useState(false);
  if (undelivered.items.length === 0) return null;
  const named = (provision: string): string => {
    const found = Object.values(client.texts()).map((text) => text?.by.get(provision)).find(Boolean);
    return found ? nameOf(found) : 'a provision that is not there any more';
  };
  return (
    <>
      <button type="button" className="pill stops" onClick={() => setOpen(true)}>Not delivered: {count(undelivered.items.length, 'passage')}</button>
      <Drawer opened={open} onClose={() => setOpen(false)} position="right" title="Not delivered">
        <p className="quiet">These words of yours did not reach the text. Copy what you want to use again.</p>
        <UndeliveredList undelivered={undelivered} named={named} />
      </Drawer>
    </>
  );
}

interface ListProps { readonly undelivered: Undelivered; readonly named?: (provision: string) => string }

export function UndeliveredList({ undelivered, named }: ListProps) {
  return (
    <ul className="stack" style={{ listStyle: 'none', padding: 0 }} aria-label="Words that were not delivered">
      {undelivered.items.map((item) => (
        <li key={item.id} className="card">
          <p className="serif" style={{ margin: '0 0 6px', fontSize: '0.95rem' }}>“{item.words}”</p>
          <p className="quiet" style={{ margin: '0 0 8px' }}>{item.provision && named ? `Meant for ${named(item.provision)}${item.slot.endsWith(':text') ? '' : `, ${slotName(item.slot)}`}. ` : ''}{item.why}</p>
          <div className="row">
            <CopyButton value={item.words}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
            <Button variant="subtle" onClick={() => undelivered.dismiss(item.id)}>Dismiss</Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
