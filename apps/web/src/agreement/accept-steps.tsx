import { type OpenProposal, proposalsOf } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useDesk } from '../documents/desk.ts';
import { sceneryOf } from '../sync/document.ts';
import { AcceptRead } from './accept-read.tsx';
import { ActStep, ActSteps, type ActWay, type StepOf } from './act-steps.tsx';
import { acceptRefusal } from './answerable.ts';
import { type AcceptShown, acceptShown } from './preview.ts';
import { useSteps } from './use-steps.ts';

const ways = ({ wish, beside, drops }: AcceptShown): ActWay[] =>
  [{ label: drops.length > 0 ? 'Accept and give ours up' : 'Accept', wish }, ...(beside ? [{ label: 'Accept, keep ours beside it', wish: beside }] : [])];

/** The first step of accepting: of what is open under these names at the moment it is shown. */
function accepting(open: readonly OpenProposal[], party: string | null): Pick<StepOf<AcceptShown>, 'title' | 'make' | 'ways' | 'children'> {
  const names = open.map(({ name }) => name), provision = open[0]!.provision;
  return {
    title: 'If you accept, the text reads', ways,
    make: (client: DocumentClient) => {
      const now = sceneryOf(client), found = proposalsOf(now, provision).filter((p) => names.includes(p.name));
      return party !== null && found.length >= names.length ? acceptShown(now, found, party) : null;
    },
    children: (shown) => <AcceptRead shown={shown} />,
  };
}

interface AcceptProps { readonly open: readonly OpenProposal[]; readonly label: ReactNode; readonly about?: string; readonly fullWidth?: boolean; readonly onDone?: () => void }

/** Accept, in two steps: one proposal, or all of one party in one field. */
export function AcceptSteps({ open, onDone, ...look }: AcceptProps) {
  const desk = useDesk();
  return <ActSteps {...look} {...accepting(open, desk.party)} refusal={acceptRefusal(desk, open[0]!)} {...(onDone ? { onDone } : {})} />;
}

/** The same first step for the accept key, in a dialog: the card may be out of sight. */
export function useAcceptDialog(): { readonly begin: (open: OpenProposal) => void; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<OpenProposal | null>(null);
  const close = (): void => setAsked(null);
  return { begin: setAsked, dialog: <Modal opened={asked !== null} onClose={close} title="Accept the proposal at the caret?" transitionProps={{ duration: 0 }}>{asked ? <AtCaret open={asked} onEnd={close} /> : null}</Modal> };
}

function AtCaret({ open, onEnd }: { readonly open: OpenProposal; readonly onEnd: () => void }) {
  const { party } = useDesk();
  const step = accepting([open], party), steps = useSteps(step.make, true), gone = steps.shown === null;
  useEffect(() => { if (gone) onEnd(); }, [gone, onEnd]);
  return <ActStep steps={steps} {...step} onDone={onEnd} onLeave={onEnd} />;
}
