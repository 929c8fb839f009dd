import { type AcceptPreview, type OpenProposal, previewAccept, type Proposal, proposalsOf, type Scenery } from '@parley/negotiation';
import { sentenceOf } from '@parley/protocol';
import type { Alongside } from '@parley/text';
import { useState } from 'react';
import { barred, type Desk, useDesk } from '../documents/desk.ts';
import { sceneryOf } from '../sync/document.ts';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { asOne, doubles } from './field.ts';
import { useAct } from './use-act.ts';

/** What a head is asked before it signs: what comes of it, whether its own words could stand beside the others, and why it is asked at all. */
export interface Asked {
  readonly proposal: Proposal;
  readonly preview: AcceptPreview;
  readonly alongside: AcceptPreview | null;
  /** `drops`: own words go. `all`: several proposals of one field at once. `doubles`: taken alone, it would leave a word twice. */
  readonly because: 'drops' | 'all' | 'doubles';
}

export interface Accepting {
  readonly busy: boolean;
  readonly asked: Asked | null;
  readonly begin: (open: OpenProposal) => void;
  /** Accepts several proposals of one party in one field by one act, always after a look. */
  readonly beginAll: (together: readonly OpenProposal[]) => void;
  readonly confirm: (own: Alongside) => void;
  readonly cancel: () => void;
}

/** Why the reader cannot accept it now, or null. */
export function acceptRefusal(desk: Desk, open: OpenProposal): string | null {
  const refusal = barred(desk, 'accept', { party: open.parties[0]!, provision: open.provision });
  if (refusal !== null) return refusal;
  return desk.party !== null && open.outstanding.includes(desk.party) ? null : sentenceOf(open.consents[desk.party ?? ''] ? 'already-consented' : 'own-proposal');
}

/** What the same party proposes besides in the provision. */
const othersOf = (now: Scenery, open: OpenProposal): Proposal[] =>
  proposalsOf(now, open.provision).filter((other) => other.name !== open.name && other.parties.includes(open.parties[0]!)).map(({ proposal }) => proposal);

/** Accepts a proposal: at once when nothing is dropped by it and the text reads well, after a look otherwise. */
export function useAccept(): Accepting {
  const { party, client } = useDesk();
  const act = useAct();
  const [asked, setAsked] = useState<Asked | null>(null);
  const send = async (preview: AcceptPreview): Promise<void> => {
    await act.perform(preview.act);
    setAsked(null);
  };
  const look = (proposal: Proposal, all: boolean, rest: readonly Proposal[] = []): void => {
    if (party === null) return;
    const now = sceneryOf(client), common = now.rooms.common;
    const preview = previewAccept(now, { parts: [proposal], party, own: 'withdrawn' });
    if (!preview.ok) { sayRefusal(sentenceOf(preview.reason)); return; }
    const because = all ? 'all' : preview.value.act.givesUp.length > 0 ? 'drops' : doubles(common, proposal, rest) ? 'doubles' : null;
    if (because === null) { void send(preview.value); return; }
    const alongside = preview.value.alongside ? previewAccept(now, { parts: [proposal], party, own: 'alongside' }) : null;
    setAsked({ proposal, preview: preview.value, because, alongside: alongside?.ok ? alongside.value : null });
  };
  const confirm = (own: Alongside): void => {
    if (asked) void send(own === 'alongside' && asked.alongside ? asked.alongside : asked.preview);
  };
  return {
    busy: act.busy, asked, confirm, cancel: () => setAsked(null),
    begin: (open) => look(open.proposal, false, othersOf(sceneryOf(client), open)), beginAll: (together) => { const proposal = asOne(together); if (proposal) look(proposal, true); },
  };
}
