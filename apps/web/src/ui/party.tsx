import { CHAIR, codeOf, type GroupState } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import type { Person } from '@parley/protocol';
import { message } from './messages.ts';
import { partyName } from './naming.ts';
import { initials } from './words.ts';

/** The class that gives a party its colour. The colour never stands without the party's code or name. */
export function toneOf(group: GroupState, party: PartyId | null | undefined): string {
  if (party === CHAIR) return 'tone-chair';
  const at = group.delegations.findIndex((d) => d.id === party);
  return at === 0 ? 'tone-a' : at === 1 ? 'tone-b' : 'tone-none';
}

/** The party somebody writes for, as far as the group knows. */
export const partyOfPerson = (person: Person | undefined): PartyId | null =>
  person?.role === 'moderator' ? CHAIR : (person?.delegation ?? null);

interface PartyProps { readonly group: GroupState; readonly party: PartyId; readonly own?: boolean }

export function PartyTag({ group, party, own = false }: PartyProps) {
  return <span className={`tag ${toneOf(group, party)}`}>{own ? message('ui.party.ours', { party: partyName(group, party) }) : partyName(group, party)}</span>;
}

export function PartyCode({ group, party }: PartyProps) {
  return <span className={`code ${toneOf(group, party)}`} title={partyName(group, party)}>{codeOf(group, party)}</span>;
}

interface MarkProps { readonly person: Person; readonly group: GroupState; readonly named?: boolean }

/** A person as a round mark in the colour of the delegation; the name is its label, unless it stands beside it anyway (`named`). */
export function PersonMark({ person, group, named = false }: MarkProps) {
  const party = partyOfPerson(person);
  const where = party ? message('ui.person.where', { name: person.name, party: partyName(group, party) }) : person.name;
  if (named) return <span className={`mark ${toneOf(group, party)}`} aria-hidden="true" data-initials={initials(person.name)} title={where} />;
  return <span className={`mark ${toneOf(group, party)}`} role="img" aria-label={where} title={where}>{initials(person.name)}</span>;
}
