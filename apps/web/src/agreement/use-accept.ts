import { type GivenUp, givenUpBy, mayStandAlongside, type OpenProposal, type Proposal, proposalsOf, type Scenery } from '@parley/negotiation';
import { sentenceOf } from '@parley/protocol';
import type { Alongside } from '@parley/text';
import { useState } from 'react';
import { barred, type Desk, useDesk } from '../documents/desk.ts';
import { sceneryOf } from '../sync/document.ts';
import { asOne, doubles } from './field.ts';
import { useAct } from './use-act.ts';

/** What a head is asked before it signs: what it drops, whether its own words could stand beside the others, and why it is asked at all. */
export interface Asked {
  readonly proposal: Proposal;
  readonly givesUp: GivenUp;
  readonly alongside: GivenUp | null;
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

const nothing = (given: GivenUp): boolean => given.hunks.length === 0 && given.items.length === 0;

/** Accepts a proposal: at once when nothing is dropped by it and the text reads well, after a look otherwise. */
export function useAccept(): Accepting {
  const { party, client } = useDesk();
  const act = useAct();
  const [asked, setAsked] = useState<Asked | null>(null);
  const send = async (proposal: Proposal, own: Alongside, givesUp: GivenUp): Promise<void> => {
    await act.perform({ t: 'accept', proposal, own, givesUp });
    setAsked(null);
  };
  const look = (proposal: Proposal, all: boolean, rest: readonly Proposal[] = []): void => {
    if (party === null) return;
    const now = sceneryOf(client);
    const givesUp = givenUpBy(now, proposal, party, 'withdrawn'), common = now.rooms.common;
    const because = all ? 'all' : !nothing(givesUp) ? 'drops' : doubles(common, proposal, rest) ? 'doubles' : null;
    if (because === null) { void send(proposal, 'withdrawn', givesUp); return; }
    setAsked({ proposal, givesUp, because, alongside: mayStandAlongside(now, proposal, party) ? givenUpBy(now, proposal, party, 'alongside') : null });
  };
  const confirm = (own: Alongside): void => {
    if (asked) void send(asked.proposal, own, own === 'alongside' && asked.alongside ? asked.alongside : asked.givesUp);
  };
  return {
    busy: act.busy, asked, confirm, cancel: () => setAsked(null),
    begin: (open) => look(open.proposal, false, othersOf(sceneryOf(client), open)), beginAll: (together) => { const proposal = asOne(together); if (proposal) look(proposal, true); },
  };
}
