import type { ProposalGroup } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { sharedStateOf } from '../sync/document.ts';
import { message } from '../ui/messages.ts';
import { AcceptRead } from './accept-read.tsx';
import { ActStep, ActSteps, type ActWay, type StepOf } from './act-steps.tsx';
import { acceptRefusal } from './answerable.ts';
import { type RequestedProposals, requestedTogether, requestedParts } from './requested-proposals.ts';
import { type AcceptShown, acceptShown } from './preview.ts';
import { useSteps } from './use-steps.ts';

const ways = ({ wish, beside, drops }: AcceptShown): ActWay[] =>
  [{ label: message(drops.length > 0 ? 'proposals.accept.givingUp' : 'proposals.accept.button'), wish }, ...(beside ? [{ label: message('proposals.accept.beside'), wish: beside }] : [])];

/** The first step of accepting: of what is open under these names at the moment it is shown. */
function accepting(asked: RequestedProposals, party: string | null): Pick<StepOf<AcceptShown>, 'title' | 'make' | 'ways' | 'children'> {
  return {
    title: message('proposals.accept.title'), ways,
    make: (client: DocumentClient) => {
      const now = sharedStateOf(client), parts = requestedParts(now, asked);
      return party !== null && parts ? acceptShown(now, parts, party) : null;
    },
    children: (shown) => <AcceptRead shown={shown} />,
  };
}

interface AcceptProps { readonly open: readonly ProposalGroup[]; readonly label: ReactNode; readonly about?: string; readonly fullWidth?: boolean; readonly onDone?: () => void }

/** Accept, in two steps: one proposal, with all that is linked in it, or all of one party in one field. */
export function AcceptSteps({ open, onDone, ...look }: AcceptProps) {
  const context = useDocumentContext();
  const refusal = open.map((group) => acceptRefusal(context, group)).find((why) => why !== null) ?? null;
  return <ActSteps {...look} {...accepting(requestedTogether(open), context.party)} refusal={refusal} {...(onDone ? { onDone } : {})} />;
}

/** The same first step for the accept key, in a dialog: the card may be out of sight. */
export function useAcceptDialog(): { readonly begin: (open: ProposalGroup) => void; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<ProposalGroup | null>(null);
  const close = (): void => setAsked(null);
  return { begin: setAsked, dialog: <Modal opened={asked !== null} onClose={close} title={message('proposals.acceptAtCaret.title')} transitionProps={{ duration: 0 }}>{asked ? <AcceptStep asked={requestedTogether([asked])} onDone={close} onEnd={close} /> : null}</Modal> };
}

interface AcceptStepProps {
  readonly asked: RequestedProposals;
  /** The keyboard's focus stays where it is. */
  readonly quiet?: boolean;
  readonly onDone: () => void;
  readonly onEnd: () => void;
  /** What is said where there is nothing to accept; without it the step ends. */
  readonly gone?: string;
}

/** The first step, open from the beginning. */
export function AcceptStep({ asked, quiet = false, onDone, onEnd, gone }: AcceptStepProps) {
  const { party } = useDocumentContext();
  const step = accepting(asked, party), steps = useSteps(step.make, true), nothing = steps.shown === null;
  useEffect(() => { if (nothing && gone === undefined) onEnd(); }, [gone, nothing, onEnd]);
  if (nothing) return gone === undefined ? null : <p role="alert" className="step-moved">{gone}</p>;
  return <ActStep steps={steps} {...step} quiet={quiet} onDone={onDone} onLeave={onEnd} />;
}
