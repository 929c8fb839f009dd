import { CHAIR, positionRoom, type ProposalGroup } from '@parley/negotiation';
import { nameIn, type Phrase, phrasesText } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { listed, message, wording } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { PartyTag, toneOf } from '../ui/party.tsx';
import { describe, inRow, ownershipOf, placeName, warningsSaid, whichSlot } from './describe.ts';
import { ProposalButtons } from './proposal-buttons.tsx';
import { ProposalNotes } from './proposal-notes.tsx';
import { Resting } from './resting.tsx';
import { StillWriting } from './still-writing.tsx';
import { Wanted } from './wanted.tsx';

interface CardProps { readonly open: ProposalGroup; readonly here: boolean; readonly onAnswered: (said: string) => void }

/** One proposal: whose, where, what, and what the reader can answer. The list of these is the accessible way to answer. */
export function ProposalCard({ open, here, onAnswered }: CardProps) {
  const { now, names, party, focus, setFocus, editor } = useDocumentContext();
  const { group } = now;
  const maker = open.parties[0]!;
  const common = now.rooms.common;
  const holder = common?.by.has(open.provision) ? common : now.rooms[positionRoom(maker)], provision = holder?.by.get(open.provision);
  const wanted = open.parts.map((part) => describe(part, common, now.rooms[positionRoom(maker)])), words = inRow(wanted.map(phrasesText));
  const last = now.lastEdits[positionRoom(maker)]?.[open.provision];
  const slot = open.parts.length > 1 ? null : whichSlot(open.proposal, provision);
  const go = (): void => { setFocus(open.provision); editor.current?.scrollTo(open.provision); };
  const ownership = ownershipOf(open, party);
  return (
    <article className={`card proposal ${toneOf(group, maker)} ${here ? 'in-focus' : ''}`} aria-label={message('proposals.card.name', { parties: listed(open.parties.map((p) => partyName(group, p))), what: words })} data-proposal={open.name}>
      <h3>
        {open.parties.map((p) => <PartyTag key={p} group={group} party={p} own={p === party && ownership === 'own'} />)}
        <button type="button" className="place" disabled={here && focus === open.provision} onClick={go}>
          {message(slot ? 'proposals.card.goToField' : 'proposals.card.goTo', { hidden: (inside) => <span className="hidden-words">{inside}</span>, place: <bdi>{provision ? nameIn(holder, open.provision, wording) : ''}</bdi>, field: slot })}
        </button>
        {last ? <small className="quiet" title={message('proposals.card.lastEdit.title', { party: partyName(group, maker) })}>{message('proposals.card.lastEdit', { name: names.name(last.by), at: <Moment at={last.at} /> })}</small> : null}
      </h3>
      {maker === CHAIR && open.parties.length === 1 ? <p className="note">{message('proposals.card.bridging')}</p> : null}
      <Parts open={open} wanted={wanted} />
      {warningsSaid(open.parts, group).map((say) => <p key={say} className="note warns"><bdi>{say}</bdi></p>)}
      <Resting open={open} />
      <StillWriting open={open} />
      <ProposalNotes open={open} />
      <ProposalButtons open={open} title={provision ? nameIn(holder, open.provision, wording) : ''} onAnswered={onAnswered} />
    </article>
  );
}

/** What is proposed, once for each place; where there are several it says that they are one. `wanted`: in words, part by part. */
function Parts({ open, wanted }: { readonly open: ProposalGroup; readonly wanted: readonly (readonly Phrase[])[] }) {
  const { now } = useDocumentContext();
  const common = now.rooms.common, own = now.rooms[positionRoom(open.proposal.party)];
  if (open.parts.length === 1) return <p className="wanted"><Wanted phrases={wanted[0]!} /></p>;
  const others = open.provisions.slice(1).map((id) => nameIn(common?.by.has(id) ? common : own, id, wording));
  return (
    <>
      <ul className="wanted parts">
        {open.parts.map((part, i) => <li key={i}>{part.on === 'words' ? message('proposals.card.partAt', { quiet: (inside) => <span className="quiet">{inside}</span>, place: <bdi>{placeName(common, part.provision, part.key)}</bdi>, what: <Wanted phrases={wanted[i]!} /> }) : <Wanted phrases={wanted[i]!} />}</li>)}
      </ul>
      {others.length > 0 ? <p className="note">{message('proposals.card.linked', { bdi: (inside) => <bdi>{inside}</bdi>, places: listed(others) })}</p> : null}
    </>
  );
}
