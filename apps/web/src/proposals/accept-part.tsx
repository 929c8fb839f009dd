import { Button, Checkbox, Modal } from '@mantine/core';
import { type OpenProposal, type ProposalGroup } from '@parley/negotiation';
import { nameIn, type Text } from '@parley/text';
import { useState } from 'react';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { ActButton } from '../ui/act-button.tsx';
import { message, wording } from '../ui/messages.ts';
import { AcceptStep } from './accept-steps.tsx';
import { describe, memberName } from './describe.ts';
import { useInterrupted } from './interrupted.ts';
import { Wanted } from './wanted.tsx';

interface PartProps { readonly group: ProposalGroup; readonly about: string; readonly common: Text | undefined; readonly own: Text | undefined; readonly onDone?: () => void }

/** Accepting a part of what is proposed together: on purpose, in a dialog, with the whole text as it would then read (N12). */
export function AcceptPart({ about, ...group }: PartProps) {
  const context = useDocumentContext();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const close = (): void => { setOpen(false); setChosen([]); };
  useInterrupted(open && chosen.length === 0);
  return (
    <>
      <ActButton variant="default" onClick={() => setOpen(true)} refusal={barred(context, 'accept', { party: group.group.proposal.party, provision: group.group.provision })} about={about}>{message('proposals.acceptPart.button')}</ActButton>
      <Modal opened={open} onClose={close} title={message('proposals.acceptPart.title')}>{open ? <Parts {...group} chosen={chosen} onChoose={setChosen} onEnd={close} /> : null}</Modal>
    </>
  );
}

interface PartsProps extends Omit<PartProps, 'about'> { readonly chosen: readonly string[]; readonly onChoose: (chosen: readonly string[]) => void; readonly onEnd: () => void }

/** Which parts: none is chosen before somebody has. */
function Parts({ group, common, own, chosen, onChoose, onDone, onEnd }: PartsProps) {
  const members = group.members.filter((m) => chosen.includes(m.name));
  const tick = (key: string): void => onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <div className="stack">
      <p style={{ margin: 0 }}>{message('proposals.acceptPart.explanation')}</p>
      <ul className="choice-list">
        {group.members.map((m) => <Tick key={m.name} {...{ common, own }} part={m} place={group.provisions.length > 1} ticked={chosen.includes(m.name)} onTick={() => tick(m.name)} />)}
      </ul>
      {members.length > 0
        ? <AcceptStep key={chosen.join(' ')} asked={{ of: group.proposal.party, members }} quiet onDone={() => { onDone?.(); onEnd(); }} onEnd={onEnd} gone={message('proposals.acceptPart.gone')} />
        : <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={onEnd}>{message('ui.cancel')}</Button></div>}
    </div>
  );
}

interface TickProps extends Pick<PartProps, 'common' | 'own'> { readonly part: OpenProposal; readonly place: boolean; readonly ticked: boolean; readonly onTick: () => void }

function Tick({ part: { proposal, provision }, place, common, own, ticked, onTick }: TickProps) {
  const at = place ? nameIn(common?.by.has(provision) ? common : own, provision, wording) : '', words = memberName(proposal, common, own), wanted = <Wanted phrases={describe(proposal, common, own)} />;
  const label = at ? message('proposals.acceptPart.partAt', { at: (inside) => <b><bdi>{inside}</bdi></b>, place: at, what: wanted }) : wanted;
  return <li><Checkbox checked={ticked} onChange={onTick} label={label} aria-label={at ? message('proposals.acceptPart.partAtName', { place: at, what: words }) : words} /></li>;
}
