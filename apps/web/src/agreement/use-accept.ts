import { type GivenUp, givenUpBy, mayStandAlongside, type OpenProposal } from '@parley/negotiation';
import { sentenceOf } from '@parley/protocol';
import type { Alongside } from '@parley/text';
import { useState } from 'react';
import { barred, type Desk, useDesk } from '../documents/desk.ts';
import { sceneryOf } from '../sync/document.ts';
import { useAct } from './use-act.ts';

/** What a head is asked before it signs: what it drops, and whether its own words could stand beside the others. */
export interface Asked { readonly open: OpenProposal; readonly givesUp: GivenUp; readonly alongside: GivenUp | null }

export interface Accepting {
  readonly busy: boolean;
  readonly asked: Asked | null;
  readonly begin: (open: OpenProposal) => void;
  readonly confirm: (own: Alongside) => void;
  readonly cancel: () => void;
}

/** Why the reader cannot accept it now, or null. */
export function acceptRefusal(desk: Desk, open: OpenProposal): string | null {
  const refusal = barred(desk, 'accept', { party: open.parties[0]!, provision: open.provision });
  if (refusal !== null) return refusal;
  return desk.party !== null && open.outstanding.includes(desk.party) ? null : sentenceOf(open.consents[desk.party ?? ''] ? 'already-consented' : 'own-proposal');
}

const nothing = (given: GivenUp): boolean => given.hunks.length === 0 && given.items.length === 0;

/** Accepts a proposal: at once when nothing is dropped by it, after a look at what is dropped otherwise. */
export function useAccept(): Accepting {
  const { party, client } = useDesk();
  const act = useAct();
  const [asked, setAsked] = useState<Asked | null>(null);
  const send = async (open: OpenProposal, own: Alongside, givesUp: GivenUp): Promise<void> => {
    await act.perform({ t: 'accept', proposal: open.proposal, own, givesUp });
    setAsked(null);
  };
  const begin = (open: OpenProposal): void => {
    if (party === null) return;
    const now = sceneryOf(client);
    const givesUp = givenUpBy(now, open.proposal, party, 'withdrawn');
    if (nothing(givesUp)) { void send(open, 'withdrawn', givesUp); return; }
    setAsked({ open, givesUp, alongside: mayStandAlongside(now, open.proposal, party) ? givenUpBy(now, open.proposal, party, 'alongside') : null });
  };
  const confirm = (own: Alongside): void => {
    if (asked) void send(asked.open, own, own === 'alongside' && asked.alongside ? asked.alongside : asked.givesUp);
  };
  return { busy: act.busy, asked, begin, confirm, cancel: () => setAsked(null) };
}
