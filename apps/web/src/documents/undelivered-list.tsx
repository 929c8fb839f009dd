import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KeptWords } from '../sync/device.ts';
import { slotName } from '../ui/naming.ts';

interface ListProps {
  readonly items: readonly KeptWords[];
  readonly onDismiss?: (id: string) => void;
  /** What else can be done with a passage. */
  readonly children?: (item: KeptWords) => ReactNode;
}

/** Where words were meant to go, as a sentence; empty where nobody knows. */
function meantFor({ provision, name, slot }: KeptWords): string {
  if (!provision) return '';
  return `Meant for ${name || 'a provision that is not there any more'}${slot.endsWith(':text') ? '' : `, ${slotName(slot)}`}. `;
}

/** Words that were not delivered, to be copied or used again. */
export function UndeliveredList({ items, onDismiss, children }: ListProps) {
  return (
    <ul className="stack undelivered" aria-label="Words that were not delivered">
      {items.map((item) => (
        <li key={item.id} className="card">
          <p className="serif passage">“{item.words}”</p>
          <p className="quiet">{meantFor(item)}{item.why}</p>
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
