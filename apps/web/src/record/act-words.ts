import { type ActOf, type GroupState, type ItemProposal, partyName, type Proposal, provisionOfName } from '@parley/negotiation';
import { nameIn, type Phrase, type Text } from '@parley/text';
import { describe } from '../agreement/describe.ts';
import { listed } from '../ui/words.ts';
import type { ActEntry } from './history-rows.ts';

/** How the history finds the text that a provision is named by: it may have moved, changed its label, or be gone. */
export type FindText = (id: string) => Text | undefined;

export const nameFound = (find: FindText, id: string): string => nameIn(find(id), id);

type Recorded = ActEntry['act'];
type RecordedOf<T extends Recorded['t']> = Extract<Recorded, { t: T }>;

const said = (text: string): Phrase => ({ as: 'said', text });

/** What an act did, as a sentence after its author's name. */
export function actWords(entry: ActEntry, group: GroupState, find: FindText): Phrase[] {
  const { act, events } = entry;
  const happened = (e: ActEntry['events'][number]['e']): boolean => events.some((event) => event.e === e);
  const name = (id: string): string => nameFound(find, id);
  switch (act.t) {
    case 'openDocument': return [said('opened the document as a working paper')];
    case 'acceptAsBasis': return [said(happened('negotiationBegan') ? 'accepted the working paper as basis; negotiation began' : 'accepted the working paper as basis; it is frozen until the other head answers')];
    case 'declineBasis': return [said(`declined the working paper as basis${because(act.reason)}`)];
    case 'takeBackBasis': return [said('took the acceptance of the working paper back')];
    case 'accept': return [said(`accepted ${proposalOf(partsOf(act), group)} in `), ...told(partsOf(act), find), said(happened('entered') ? ' — entered the common text' : ' — waits for the other delegation'), ...givenUp(act, find)];
    case 'decline': return [said(`declined ${proposalOf(partsOf(act), group)} in `), ...told(partsOf(act), find), said(because(act.reason))];
    case 'withdraw': return [said('withdrew a proposal in '), ...told(partsOf(act), find)];
    case 'agree': return [said(`agreed ${name(act.provision)} ad referendum`)];
    case 'takeBackConsent': return [said(takenBack(act, events, group, name))];
    case 'lapse': return [said(`The single consent to ${name(act.provision)} lapsed: the text changed or got a bracket`)];
    case 'approve': return [said(`approved ${name(act.provision)}`)];
    case 'reopen': return [said(happened('reopened') ? reopened(name(act.provision)) : asked(name(act.provision), act.reason))];
    case 'askReopening': return [said(asked(name(act.provision), act.reason))];
    case 'grantReopening': return [said(reopened(name(act.provision)))];
    case 'declineReopening': return [said(`declined to reopen ${name(act.provision)}`)];
    case 'takeBackReopening': return [said(`took back the request to reopen ${name(act.provision)}`)];
    case 'closePaper': return [said(`closed the working paper${because(act.reason)}`)];
    case 'proposeClosing': return [said(`proposed to close the document${because(act.reason)}`)];
    case 'assentToClosing': return [said(happened('closed') ? 'assented to the closing; the document is closed' : 'assented to the closing of the document — waits for the other delegation')];
    case 'declineClosing': return [said(`declined to close the document${because(act.reason)}`)];
    case 'takeBackClosing': return [said('took back the proposal to close the document')];
  }
}

const because = (reason: string): string => (reason ? ` — “${reason}”` : '');
const asked = (name: string, reason: string): string => `asked to reopen ${name}${because(reason)}`;
const reopened = (name: string): string => `granted the reopening of ${name}; consents and approval fell away`;

/** The parts of an answer; under the first version of the rules there was one. */
const partsOf = (act: RecordedOf<'accept' | 'decline' | 'withdraw'>): readonly Proposal[] => ('parts' in act ? act.parts : [act.proposal]);

const proposalOf = ([first]: readonly Proposal[], group: GroupState): string => (first ? `${partyName(group, first.party)}’s proposal` : 'a proposal');

/** "1.2: replace “24” by “48”; 1.3: …": every part with the provision that it is in. */
const told = (parts: readonly Proposal[], find: FindText): Phrase[] =>
  parts.flatMap((part, i) => [said(`${i === 0 ? '' : part.provision === parts[i - 1]!.provision ? '; ' : '; in '}${part.provision === parts[i - 1]?.provision ? '' : `${nameFound(find, part.provision)}: `}`), ...wanted(part, find)]);

function wanted(proposal: Proposal, find: FindText): Phrase[] {
  const after = proposal.on === 'item' && 'after' in proposal.item ? proposal.item.after : null;
  return describe(proposal, find(proposal.provision), after === null ? undefined : find(after));
}

/** What the accepting side dropped of its own by it. */
function givenUp(act: RecordedOf<'accept'>, find: FindText): Phrase[] {
  const phrases = 'parts' in act ? told(act.givesUp, find) : formerlyGivenUp(act);
  return phrases.length > 0 ? [said('; its own side gave up in '), ...phrases] : [];
}

const ITEM: Readonly<Record<ItemProposal['item']['type'] | 'label' | 'kind' | 'level', string>> = {
  add: 'the provision it added', remove: 'its removal', move: 'the place it moved it to', field: 'its change', label: 'its label', kind: 'its kind', level: 'its level',
};

/** Acts of the first version name dropped items by their sort alone, all of the same provision. */
function formerlyGivenUp({ proposal, givesUp }: Extract<RecordedOf<'accept'>, { readonly proposal: Proposal }>): Phrase[] {
  const words = givesUp.hunks.flatMap(({ key, ...hunk }) => describe({ on: 'words', party: '', provision: proposal.provision, key, digest: '', version: 1, hunks: [hunk] }, undefined));
  const items = givesUp.items.map((item) => ITEM[item]);
  return [...(words.length + items.length > 0 ? [said('the same provision: ')] : []), ...words, ...(items.length > 0 ? [said(`${words.length > 0 ? '; ' : ''}${listed(items)}`)] : [])];
}

function takenBack({ consent }: ActOf<'takeBackConsent'>, events: ActEntry['events'], group: GroupState, name: (id: string) => string): string {
  if (consent.on === 'provision') return `took back the consent to ${name(consent.provision)}`;
  if (consent.on === 'closing') return 'took back the assent to the closing of the document';
  const ended = events.find((event) => event.e === 'partsConsentEnded');
  const places = [...new Set((ended?.names ?? []).map(provisionOfName))].map(name);
  return `took back the acceptance of ${partyName(group, consent.key.slice(0, consent.key.indexOf('|')))}’s proposal${places.length > 0 ? ` in ${listed(places)}` : ''}`;
}
