import { type ProposalGroup, REST_MS, secondsOfRest } from '@parley/negotiation';
import { useEffect, useState } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { actContextOf } from '../sync/document.ts';
import { message } from '../ui/messages.ts';

/** How long words have to rest yet, by this browser's clock; the server decides by its own. */
export function useRest(open: ProposalGroup): number {
  const { client } = useDocumentContext();
  const [, again] = useState(0);
  const context = actContextOf(client);
  const seconds = Math.min(REST_MS / 1_000, secondsOfRest(context, open.parts, context.typedAt, context.at));
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => again((n) => n + 1), 1_000);
    return () => clearTimeout(timer);
  });
  return seconds;
}

/** Says when words that were typed just now can be accepted. */
export function Resting({ open }: { readonly open: ProposalGroup }) {
  const seconds = useRest(open);
  return seconds > 0 ? <p className="note">{message('proposals.resting', { n: seconds })}</p> : null;
}
