import type { ProposalGroup } from '@parley/negotiation';
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react';
import type { DocumentContext } from '../documents/document-context.ts';
import { Growing } from '../ui/growing.tsx';
import { heldOrder } from './held-order.ts';
import { SteadyCard, whatItShows } from './steady-card.tsx';

/** One proposal and its key in the list: the same while the proposal stands. */
export interface Listed { readonly key: string; readonly open: ProposalGroup }

/** Keys for a list: the name, and where several have one name, which of them it is. */
export function keyed(proposals: readonly ProposalGroup[]): Listed[] {
  const times = new Map<string, number>();
  return proposals.map((open) => {
    const n = times.get(open.name) ?? 0;
    times.set(open.name, n + 1);
    return { key: n === 0 ? open.name : `${open.name} ${n}`, open };
  });
}

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
  const list = keyed(proposals), keys = list.map(({ key }) => key), of = new Map(list.map(({ key, open }) => [key, open]));
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const [said, setSaid] = useState<Readonly<Record<string, string>>>({});
  const order = held ? heldOrder(held, keys).filter((key) => keys.includes(key) || !standing.has(key)) : keys;
  const hold = (): void => setHeld((before) => before ?? keys);
  const release = (): void => { setHeld(null); setSaid({}); };
  if (held && order.some((key) => !held.includes(key))) setHeld(order);
  return (
    <div
      className="proposals" onPointerEnter={hold} onFocus={hold}
      onPointerLeave={({ currentTarget }) => { if (!currentTarget.contains(document.activeElement)) release(); }}
      onBlur={(event: FocusEvent) => { if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget) && !event.currentTarget.matches(':hover')) release(); }}
    >
      <Growing items={order}>{(key) => (
        <Place key={key} open={of.get(key)} held={held !== null} said={said[key]} context={context} here={here} onAnswered={(words) => { hold(); setSaid((before) => ({ ...before, [key]: words })); }} />
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
        ? <SteadyCard open={open} here={here} context={context} shows={whatItShows(context, open)} onAnswered={onAnswered} />
        : <p className="receipt" role="status" tabIndex={-1} ref={line}>{said === undefined ? 'No longer proposed.' : `✓ ${said}`}</p>}
    </div>
  );
}
