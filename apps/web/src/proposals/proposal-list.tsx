import type { ProposalGroup } from '@parley/negotiation';
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react';
import type { DocumentContext } from '../provisions/document-context.ts';
import { Growing } from '../ui/growing.tsx';
import { message } from '../ui/messages.ts';
import { heldOrder } from './held-order.ts';
import { MemoCard, shownBy } from './memo-card.tsx';

interface ListProps {
  readonly proposals: readonly ProposalGroup[];
  /** The names of all that stand in the document: what went to another list leaves nothing here. */
  readonly standing: ReadonlySet<string>;
  readonly context: DocumentContext;
  readonly here: boolean;
}

/**
 * Proposals as cards. While the pointer is over them or the focus in them, nothing moves: what is answered or gone leaves a line in its place, as high as the card
 * was, so that no other button comes to stand where one was pressed (N5).
 */
export function ProposalList({ proposals, standing, context, here }: ListProps) {
  const names = proposals.map(({ name }) => name), of = new Map(proposals.map((open) => [open.name, open]));
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const [said, setSaid] = useState<Readonly<Record<string, string>>>({});
  const order = held ? heldOrder(held, names).filter((name) => names.includes(name) || !standing.has(name)) : names;
  const hold = (): void => setHeld((before) => before ?? names);
  const release = (): void => { setHeld(null); setSaid({}); };
  if (held && order.some((name) => !held.includes(name))) setHeld(order);
  return (
    <div
      className="proposals" onPointerEnter={hold} onFocus={hold}
      onPointerLeave={({ currentTarget }) => { if (!currentTarget.contains(document.activeElement)) release(); }}
      onBlur={(event: FocusEvent) => { if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget) && !event.currentTarget.matches(':hover')) release(); }}
    >
      <Growing items={order}>{(name) => (
        <Place key={name} open={of.get(name)} held={held !== null} said={said[name]} context={context} here={here} onAnswered={(words) => { hold(); setSaid((before) => ({ ...before, [name]: words })); }} />
      )}</Growing>
    </div>
  );
}

interface PlaceProps { readonly open: ProposalGroup | undefined; readonly held: boolean; readonly said: string | undefined; readonly context: DocumentContext; readonly here: boolean; readonly onAnswered: (said: string) => void }

/** The place of one card; when the card is gone, of the line that it leaves. `held`: nothing moves now. */
function Place({ open, held, said, context, here, onAnswered }: PlaceProps) {
  const box = useRef<HTMLDivElement>(null), line = useRef<HTMLParagraphElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    box.current!.style.minHeight = open ? '' : `${height.current}px`;
    // Asked only while nothing may move: the answer makes the browser lay out the page.
    if (open && held) height.current = box.current!.offsetHeight;
  });
  const answered = !open && said !== undefined;
  useLayoutEffect(() => { if (answered) line.current?.focus({ preventScroll: true }); }, [answered]);
  return (
    <div ref={box}>
      {open
        ? <MemoCard open={open} here={here} context={context} shows={shownBy(context, open)} onAnswered={onAnswered} />
        : <p className="receipt" role="status" tabIndex={-1} ref={line}>{said === undefined ? message('proposals.list.gone') : message('proposals.list.answered', { said })}</p>}
    </div>
  );
}
