import { formerAnswers, isLocked, positionRoom, type ProposalGroup } from '@parley/negotiation';
import { memo } from 'react';
import { type DocumentContext, DocumentContextProvider } from '../provisions/document-context.ts';
import { ProposalCard } from './proposal-card.tsx';
import { formerAnswersAt } from './proposal-notes.tsx';

interface MemoCardProps {
  readonly open: ProposalGroup;
  readonly here: boolean;
  readonly context: DocumentContext;
  /** Everything the card shows or decides by, as one word: while it is the same, the card is not drawn again. */
  readonly shows: string;
  /** An act on it was performed: what the place of the card says from then on. */
  readonly onAnswered: (said: string) => void;
}

/**
 * A proposal card that somebody's typing elsewhere does not redraw: with a hundred proposals open, drawing all of them anew would cost more than all
 * the rest of a key press. Below it the document context is the one of the last drawing, so what is done by a button looks at the client itself, never at `now`.
 */
export const MemoCard = memo(
  ({ open, here, context, onAnswered }: MemoCardProps) => <DocumentContextProvider value={context}><ProposalCard open={open} here={here} onAnswered={onAnswered} /></DocumentContextProvider>,
  (before, after) => before.shows === after.shows && before.here === after.here,
);
MemoCard.displayName = 'MemoCard';

const MINUTE = 60_000;

/** What `MemoCard` is compared by: the proposal, its answers, its provision, the reader's rights there, and the minute (cards say how long ago). */
export function shownBy({ now, party, online, focus, client, names }: DocumentContext, open: ProposalGroup): string {
  const room = positionRoom(open.parties[0]!);
  const provision = now.rooms.common?.by.get(open.provision) ?? now.rooms[room]?.by.get(open.provision);
  const last = now.lastEdits[room]?.[open.provision];
  const { actor, document } = now;
  return JSON.stringify([
    open.parties, open.outstanding, open.either, open.contested, open.consents, open.within.map(({ names, by }) => [names, by]), open.declines, open.provisions, formerAnswersAt(open, (id) => formerAnswers(now, id)), open.members.map((m) => [m.name, m.parties, m.consents, m.declines]),
    open.parts.map((part) => (part.on === 'words' ? part.digest : '')),
    provision?.label, provision?.kind, provision && Object.values(provision.slots)[0]?.[0]?.t.slice(0, 80), last?.by, last?.at, last && names.name(last.by),
    open.provisions.map((id) => isLocked(document, id)), document.stage, actor.role, actor.delegation, online, focus === open.provision, client.ownRoom,
    party === null || (now.rooms[positionRoom(party)]?.by.has(open.provision) ?? false), Math.floor(Date.now() / MINUTE),
  ]);
}
