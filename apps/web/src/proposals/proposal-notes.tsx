import { type FormerAnswer, formerAnswers, type Attribution, type ProposalGroup } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { listed, message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { memberName } from './describe.ts';

interface NotesProps { readonly open: ProposalGroup }

/** The reader's own party first. */
const together = (parties: readonly PartyId[], own: PartyId | null): PartyId[] => [...parties].sort((a, b) => Number(b === own) - Number(a === own));

/** What there is to know of a proposal besides its words: who else proposes it, what stands against it, and every answer that was given. */
export function ProposalNotes({ open }: NotesProps) {
  const { now, party } = useDocumentContext();
  const we = (p: PartyId): string => (p === party ? message('proposals.notes.we') : partyName(now.group, p));
  return (
    <>
      {open.parties.length > 1 ? <p className="note">{message(open.either ? 'proposals.notes.togetherEither' : 'proposals.notes.together', { b: (inside) => <b>{inside}</b>, parties: listed(together(open.parties, party).map(we)) })}</p> : null}
      {open.contested ? <p className="note contested">{message('proposals.notes.contested')}</p> : null}
      <Accepted open={open} />
      <Declined open={open} />
      <Former open={open} />
    </>
  );
}

/** "✓ Azure accepted · Ada Azure, 14:02 CET". */
function Answer({ party, mark, accepted = false, children }: { readonly party: PartyId; readonly mark: Attribution & { readonly reason?: string }; readonly accepted?: boolean; readonly children: (name: string) => string }) {
  const { now, names } = useDocumentContext();
  const said = children(partyName(now.group, party)), { reason = '' } = mark;
  return (
    <p className={accepted ? 'note' : 'note declined'}>
      {message('proposals.notes.answer', { said, name: names.name(mark.user), at: <Moment at={mark.at} />, because: reason ? 'yes' : 'no', bdi: (inside) => <bdi>{inside}</bdi>, reason })}
    </p>
  );
}

function Accepted({ open }: NotesProps) {
  const { now, party } = useDocumentContext();
  const parts = open.members.length > 1 ? open.members : [];
  return (
    <>
      {Object.entries(open.consents).map(([by, mark]) => <Answer key={by} party={by} mark={mark} accepted>{(name) => message('proposals.notes.accepted', { party: name })}</Answer>)}
      {open.within.flatMap((set) => Object.entries(set.by).map(([by, mark]) => <Answer key={`${by} ${set.names.join(' ')}`} party={by} mark={mark} accepted>{(name) => message('proposals.notes.acceptedWithin', { party: name })}</Answer>))}
      {parts.flatMap((m) => m.parties.filter((p) => !open.parties.includes(p)).map((p) => <p key={`${m.name} ${p}`} className="note">{message(p === party ? 'proposals.notes.partToo.we' : 'proposals.notes.partToo', { party: partyName(now.group, p), what: memberName(m.proposal, now.rooms.common) })}</p>))}
      {parts.flatMap((m) => Object.entries(m.consents).map(([by, mark]) => <Answer key={`${m.name} ${by}`} party={by} mark={mark} accepted>{(name) => message('proposals.notes.acceptedPart', { party: name })}</Answer>))}
    </>
  );
}

function Declined({ open }: NotesProps) {
  const parts = open.members.length > 1 ? open.members : [];
  return (
    <>
      {parts.flatMap((m) => m.declines.filter((d) => !open.declines.some(({ party }) => party === d.party)).map((d) => <Answer key={`${m.name} ${d.party}`} party={d.party} mark={d}>{(name) => message('proposals.notes.declinedPart', { party: name })}</Answer>))}
      {open.declines.map((d) => <Answer key={d.party} party={d.party} mark={d}>{(name) => message('proposals.notes.declined', { party: name })}</Answer>)}
    </>
  );
}

/** Answers from under earlier rules in the fields that the proposal is in: they count for nothing any more, and nobody is to think that none was given. */
function Former({ open }: NotesProps) {
  const { now } = useDocumentContext();
  return formerAnswersAt(open, (provision) => formerAnswers(now, provision)).map((former) => (
    <Answer key={`${former.said} ${former.name} ${former.party}`} party={former.party} mark={former}>
      {(name) => message(former.said === 'declined' ? 'proposals.notes.declinedFormerly' : 'proposals.notes.acceptedFormerly', { party: name })}
    </Answer>
  ));
}

/** Of the former answers in each provision of a proposal those that were given in one of its fields. */
export function formerAnswersAt({ parts }: Pick<ProposalGroup, 'parts'>, of: (provision: string) => readonly FormerAnswer[]): FormerAnswer[] {
  const places = new Set(parts.map((part) => `${part.provision}/${part.on === 'words' ? part.key : part.item.type === 'field' ? part.item.field : part.item.type}/`));
  return [...new Set(parts.map(({ provision }) => provision))].flatMap(of).filter(({ name }) => [...places].some((place) => name.startsWith(place)));
}
