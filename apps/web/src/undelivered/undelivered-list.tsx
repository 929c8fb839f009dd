import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KeptWords } from '../sync/local-database.ts';
import { message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { slotName } from '../ui/naming.ts';
import { isLate, whySaid } from './late-words.ts';
import './undelivered.css';

interface ListProps {
  readonly items: readonly KeptWords[];
  readonly onDismiss?: (id: string) => void;
  /** What people of the group are called, where the page knows it. */
  readonly nameOf?: ((user: string) => string) | undefined;
  /** What else can be done with a passage. */
  readonly children?: (item: KeptWords) => ReactNode;
}

/** Where words were meant to go, where somebody knows, and why they are here. */
function About({ item, nameOf }: { readonly item: KeptWords; readonly nameOf: ListProps['nameOf'] }) {
  const { provision, name, slot } = item, why = <Why item={item} nameOf={nameOf} />;
  if (!provision) return why;
  return message('undelivered.meantFor', { named: name ? 'yes' : 'no', name, field: slot.endsWith(':text') ? 'no' : 'yes', slot: slotName(slot), why });
}

/** Why they are here: a document that was closed says by whom and when, everything else its sentence. */
function Why({ item, nameOf }: { readonly item: KeptWords; readonly nameOf: ListProps['nameOf'] }) {
  const { closed } = item;
  if (!closed) return whySaid(item);
  return message(isLate(item) ? 'undelivered.closed.late' : 'undelivered.closed.before', { named: nameOf ? 'yes' : 'no', name: nameOf?.(closed.user) ?? '', at: <Moment at={closed.at} said="short" /> });
}

/** Words that were not delivered, to be copied or used again. */
export function UndeliveredList({ items, onDismiss, nameOf, children }: ListProps) {
  return (
    <ul className="stack undelivered" aria-label={message('undelivered.list')}>
      {items.map((item) => (
        <li key={item.id} className="card">
          <p className="serif passage">{message('undelivered.passage', { words: item.words })}</p>
          <p className="quiet"><About item={item} nameOf={nameOf} /></p>
          <div className="row">
            {children?.(item)}
            <CopyButton value={item.words}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{message(copied ? 'ui.copied' : 'ui.copy')}</Button>}</CopyButton>
            {onDismiss ? <Button variant="subtle" onClick={() => onDismiss(item.id)}>{message('undelivered.dismiss')}</Button> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
