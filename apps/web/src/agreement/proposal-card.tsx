import { CHAIR, partyName, positionRoom, type ProposalGroup, proposalKey, type WordsProposal } from '@parley/negotiation';
import { nameIn, type PartyId, type Text } from '@parley/text';
import { useDesk } from '../documents/desk.ts';
import { PartyTag, toneOf } from '../ui/party.tsx';
import { whenSaid } from '../ui/time.ts';
import { listed } from '../ui/words.ts';
import { describe, memberName, ownershipOf, titleOf, warningsSaid, whichSlot } from './describe.ts';
import { ProposalButtons } from './proposal-buttons.tsx';
import { Resting } from './resting.tsx';
import { StillWriting } from './still-writing.tsx';
import { Wanted } from './wanted.tsx';

interface CardProps { readonly open: ProposalGroup; readonly here: boolean; readonly onAnswered: (said: string) => void }

/** One proposal: whose, where, what, and what the reader can answer. The list of these is the accessible way to answer. */
export function ProposalCard({ open, here, onAnswered }: CardProps) {
  const { now, names, party, focus, setFocus, editor } = useDesk();
  const { group } = now;
  const maker = open.parties[0]!;
  const common = now.rooms.common;
  const holder = common?.by.has(open.provision) ? common : now.rooms[positionRoom(maker)], provision = holder?.by.get(open.provision);
  const words = open.parts.map((part) => memberName(part, common, now.rooms[positionRoom(maker)])).join('; ');
  const last = now.lastEdits[positionRoom(maker)]?.[open.provision];
  const slot = open.parts.length > 1 ? null : whichSlot(open.proposal, provision);
  const go = (): void => { setFocus(open.provision); editor.current?.scrollTo(open.provision); };
  const ownership = ownershipOf(open, party);
  return (
    <article className={`card proposal ${toneOf(group, maker)} ${here ? 'in-focus' : ''}`} aria-label={`${listed(open.parties.map((p) => partyName(group, p)))}: ${words}`} data-proposal={open.name}>
      <h3>
        {open.parties.map((p) => <PartyTag key={p} group={group} party={p} own={p === party && ownership === 'own'} />)}
        <button type="button" className="place" disabled={here && focus === open.provision} onClick={go}><span className="hidden-words">Go to </span><bdi>{provision ? nameIn(holder, open.provision) : ''}</bdi>{slot ? ` · ${slot}` : ''}</button>
        {last ? <small className="quiet" title={`The last edit of ${partyName(group, maker)} in this provision`}>last edited by {names.name(last.by)} · {whenSaid(last.at, Date.now())}</small> : null}
      </h3>
      {maker === CHAIR && open.parties.length === 1 ? <p className="note">Bridging text of the chair</p> : null}
      <Parts open={open} />
      {warningsSaid(open.parts, group).map((say) => <p key={say} className="note warns"><bdi>{say}</bdi></p>)}
      <Resting open={open} />
      <StillWriting open={open} />
      <Notes open={open} />
      <ProposalButtons open={open} title={provision ? `${provision.label} ${titleOf(provision)}`.trim() : ''} onAnswered={onAnswered} />
    </article>
  );
}

/** What is proposed, once for each place; where there are several it says that they are one. */
function Parts({ open }: { readonly open: ProposalGroup }) {
  const { now } = useDesk();
  const common = now.rooms.common, own = now.rooms[positionRoom(open.proposal.party)];
  if (open.parts.length === 1) return <p className="wanted"><Wanted phrases={describe(open.parts[0]!, common, own)} /></p>;
  const others = open.provisions.slice(1).map((id) => nameIn(common?.by.has(id) ? common : own, id));
  return (
    <>
      <ul className="wanted parts">
        {open.parts.map((part, i) => <li key={i}>{part.on === 'words' ? <><span className="quiet"><bdi>{placeOf(part, common)}</bdi>: </span></> : null}<Wanted phrases={describe(part, common, own)} /></li>)}
      </ul>
      {others.length > 0 ? <p className="note">Linked with <bdi>{listed(others)}</bdi>: one proposal, answered as one.</p> : null}
    </>
  );
}

const placeOf = (part: WordsProposal, common: Text | undefined): string => [nameIn(common, part.provision), whichSlot(part, common?.by.get(part.provision))].filter(Boolean).join(' · ');

/** The reader's own party first. */
const together = (parties: readonly PartyId[], own: PartyId | null): PartyId[] => [...parties].sort((a, b) => Number(b === own) - Number(a === own));

function Notes({ open }: { readonly open: ProposalGroup }) {
  const { now, names, party } = useDesk();
  const { group } = now;
  const accepted = Object.entries(open.consents);
  const inPart = open.members.length > 1 ? open.members : [];
  return (
    <>
      {open.parties.length > 1 ? <p className="note"><b>{listed(together(open.parties, party).map((p) => (p === party ? 'We' : partyName(group, p))))} propose this.</b>{open.either ? ' Either head’s acceptance enters it in the text.' : ''}</p> : null}
      {open.contested ? <p className="note contested">Contested: other words are proposed here too.</p> : null}
      {accepted.map(([by, consent]) => <p key={by} className="note">✓ {partyName(group, by)} accepted · {names.name(consent.user)}, {whenSaid(consent.at, Date.now())}</p>)}
      {inPart.flatMap((m) => m.parties.filter((p) => !open.parties.includes(p)).map((p) => <p key={`${proposalKey(m)} ${p}`} className="note">{p === party ? 'We propose' : `${partyName(group, p)} proposes`} a part of it too: {memberName(m.proposal, now.rooms.common)}.</p>))}
      {inPart.flatMap((m) => Object.entries(m.consents).map(([by, consent]) => <p key={`${proposalKey(m)} ${by}`} className="note">✓ {partyName(group, by)} accepted a part of it · {names.name(consent.user)}, {whenSaid(consent.at, Date.now())}</p>))}
      {inPart.flatMap((m) => m.declines.filter((d) => !open.declines.some(({ party: all }) => all === d.party)).map((d) => (
        <p key={`${proposalKey(m)} ${d.party}`} className="note declined">A part of it declined by {partyName(group, d.party)} · {names.name(d.user)}, {whenSaid(d.at, Date.now())}{d.reason ? <>: “{d.reason}”</> : null}</p>
      )))}
      {open.declines.map((d) => (
        <p key={d.party} className="note declined">Declined by {partyName(group, d.party)} · {names.name(d.user)}, {whenSaid(d.at, Date.now())}{d.reason ? <>: “{d.reason}”</> : null}</p>
      ))}
    </>
  );
}
