import { type ActMessage, ACTS, type GivenUp, type GroupState, type ItemProposal, partyName, type Proposal } from '@parley/negotiation';
import { nameIn, type Phrase, type Text } from '@parley/text';
import { describe } from '../proposals/describe.ts';
import { listed } from '../ui/words.ts';
import type { ActEntry } from './history-rows.ts';

/** How the history finds the text that a provision is named by: it may have moved, changed its label, or be gone. */
export type FindText = (id: string) => Text | undefined;

export const nameFound = (find: FindText, id: string): string => nameIn(find(id), id);

/** What the words of an act are made with: the group, and the text that a provision is named by. */
interface Naming { readonly group: GroupState; readonly find: FindText; readonly name: (id: string) => string }

const said = (text: string): Phrase => ({ as: 'said', text });

/** What an act did, as a sentence after its author's name. */
export function actWords({ act, events }: ActEntry, group: GroupState, find: FindText): Phrase[] {
  const message = ACTS.says(act, events), words = WORDS[message.id] as (values: ActMessage, naming: Naming) => string | Phrase[];
  const phrases = words(message, { group, find, name: (id) => nameFound(find, id) });
  return typeof phrases === 'string' ? [said(phrases)] : phrases;
}

type Values<I extends ActMessage['id']> = Extract<ActMessage, { readonly id: I }>;

/** The words of every message of an act. One without words does not compile. */
const WORDS: { readonly [I in ActMessage['id']]: (values: Values<I>, naming: Naming) => string | Phrase[] } = {
  openDocument: () => 'opened the document as a working paper',
  'acceptAsBasis.first': () => 'accepted the working paper as basis; it is frozen until the other head answers',
  'acceptAsBasis.second': () => 'accepted the working paper as basis; negotiation began',
  declineBasis: ({ reason }) => `declined the working paper as basis${because(reason)}`,
  takeBackBasis: () => 'took the acceptance of the working paper back',
  'accept.entered': (values, naming) => acceptedWords(values, ' — entered the common text', naming),
  'accept.waits': (values, naming) => acceptedWords(values, ' — waits for the other delegation', naming),
  decline: ({ parts, reason }, { group, find }) => [said(`declined ${proposalOf(parts, group)} in `), ...told(parts, find), said(because(reason))],
  withdraw: ({ parts }, { find }) => [said('withdrew a proposal in '), ...told(parts, find)],
  agree: ({ provision }, { name }) => `agreed ${name(provision)} ad referendum`,
  'takeBackConsent.provision': ({ provision }, { name }) => `took back the consent to ${name(provision)}`,
  'takeBackConsent.parts': ({ party, provisions }, { group, name }) => `took back the acceptance of ${partyName(group, party)}’s proposal${provisions.length > 0 ? ` in ${listed(provisions.map(name))}` : ''}`,
  'takeBackConsent.closing': () => 'took back the assent to the closing of the document',
  lapse: ({ provision }, { name }) => `The single consent to ${name(provision)} lapsed: the text changed or got a bracket`,
  lapseParts: ({ of, parties, provisions }, { group, name }) =>
    `The acceptance of ${partyName(group, of)}’s proposal${provisions.length > 0 ? ` in ${listed(provisions.map(name))}` : ''} by ${listed(parties.map((party) => partyName(group, party)))} lapsed: the proposal, what the text would read, or what that side would give up is no longer the same`,
  approve: ({ provision }, { name }) => `approved ${name(provision)}`,
  askReopening: ({ provision, reason }, { name }) => `asked to reopen ${name(provision)}${because(reason)}`,
  grantReopening: ({ provision }, { name }) => `granted the reopening of ${name(provision)}; consents and approval fell away`,
  declineReopening: ({ provision }, { name }) => `declined to reopen ${name(provision)}`,
  takeBackReopening: ({ provision }, { name }) => `took back the request to reopen ${name(provision)}`,
  closePaper: ({ reason }) => `closed the working paper${because(reason)}`,
  proposeClosing: ({ reason }) => `proposed to close the document${because(reason)}`,
  'assentToClosing.closed': () => 'assented to the closing; the document is closed',
  'assentToClosing.waits': () => 'assented to the closing of the document — waits for the other delegation',
  declineClosing: ({ reason }) => `declined to close the document${because(reason)}`,
  takeBackClosing: () => 'took back the proposal to close the document',
};

function because(reason: string): string {
  return reason ? ` — “${reason}”` : '';
}

type Accepted = Values<'accept.entered' | 'accept.waits'>;

const acceptedWords = ({ parts, givesUp, formerly }: Accepted, outcome: string, { group, find }: Naming): Phrase[] =>
  [said(`accepted ${proposalOf(parts, group)} in `), ...told(parts, find), said(outcome), ...dropped(formerly ? formerlyGivenUp(parts[0]!, formerly) : told(givesUp, find))];

const proposalOf = ([first]: readonly Proposal[], group: GroupState): string => (first ? `${partyName(group, first.party)}’s proposal` : 'a proposal');

/** "1.2: replace “24” by “48”; 1.3: …": every part with the provision that it is in. */
const told = (parts: readonly Proposal[], find: FindText): Phrase[] =>
  parts.flatMap((part, i) => [said(`${i === 0 ? '' : part.provision === parts[i - 1]!.provision ? '; ' : '; in '}${part.provision === parts[i - 1]?.provision ? '' : `${nameFound(find, part.provision)}: `}`), ...wanted(part, find)]);

function wanted(proposal: Proposal, find: FindText): Phrase[] {
  const after = proposal.on === 'item' && 'after' in proposal.item ? proposal.item.after : null;
  return describe(proposal, find(proposal.provision), after === null ? undefined : find(after));
}

/** What the accepting side dropped of its own by it. */
const dropped = (phrases: Phrase[]): Phrase[] => (phrases.length > 0 ? [said('; its own side gave up in '), ...phrases] : []);

const ITEM: Readonly<Record<ItemProposal['item']['type'] | 'label' | 'kind' | 'level', string>> = {
  add: 'the provision it added', remove: 'its removal', move: 'the place it moved it to', field: 'its change', label: 'its label', kind: 'its kind', level: 'its level',
};

/** Acts of the first version name dropped items by their sort alone, all of the same provision. */
function formerlyGivenUp({ provision }: Proposal, givesUp: GivenUp): Phrase[] {
  const words = givesUp.hunks.flatMap(({ key, ...hunk }) => describe({ on: 'words', party: '', provision, key, digest: '', version: 1, hunks: [hunk] }, undefined));
  const items = givesUp.items.map((item) => ITEM[item]);
  return [...(words.length + items.length > 0 ? [said('the same provision: ')] : []), ...words, ...(items.length > 0 ? [said(`${words.length > 0 ? '; ' : ''}${listed(items)}`)] : [])];
}
