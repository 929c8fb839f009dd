import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KeptWords } from '../sync/device.ts';
import { Moment } from '../ui/moment.tsx';
import { slotName } from '../ui/naming.ts';
import { LATE } from './late-words.ts';
import './undelivered.css';

interface ListProps {
  readonly items: readonly KeptWords[];
  readonly onDismiss?: (id: string) => void;
  /** What people of the group are called, where the page knows it. */
  readonly nameOf?: ((user: string) => string) | undefined;
  /** What else can be done with a passage. */
  readonly children?: (item: KeptWords) => ReactNode;
}

/** Where words were meant to go, as a sentence; empty where nobody knows. */
function meantFor({ provision, name, slot }: KeptWords): string {
  if (!provision) return '';
  return `Meant for ${name || 'a provision that is not there any more'}${slot.endsWith(':text') ? '' : `, ${slotName(slot)}`}. `;
}

/** Why they are here: a document that was closed says by whom and when, everything else its sentence. */
function Why({ item: { why, closed }, nameOf }: { readonly item: KeptWords; readonly nameOf: ListProps['nameOf'] }) {
  if (!closed) return why;
  const by = <>closed{nameOf ? ` by ${nameOf(closed.user)}` : ''}, <Moment at={closed.at} said="short" /></>;
  return <>{why === LATE ? <>You typed them after the document had been {by}.</> : <>The document was {by}, before they had reached it.</>} Nobody writes in it any more: copy them where they are needed.</>;
}

/** Words that were not delivered, to be copied or used again. */
export function UndeliveredList({ items, onDismiss, nameOf, children }: ListProps) {
  return (
    <ul className="stack undelivered" aria-label="Words that were not delivered">
      {items.map((item) => (
        <li key={item.id} className="card">
          <p className="serif passage">“{item.words}”</p>
          <p className="quiet">{meantFor(item)}<Why item={item} nameOf={nameOf} /></p>
          <div className="row">
            {children?.(item)}
            <CopyButton value={item.words}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
            {onDismiss ? <Button variant="subtle" onClick={() => onDismiss(item.id)}>Dismiss</Button> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
