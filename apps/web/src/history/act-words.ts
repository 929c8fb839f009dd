import { type ActMessage, ACTS, type GivenUp, type GroupState, type Proposal } from '@parley/negotiation';
import { nameIn, type Phrase, phrases, type PhraseValues, type Text } from '@parley/text';
import { describe } from '../proposals/describe.ts';
import { listed, message, wording } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import type { ActEntry } from './history-rows.ts';

/** How the history finds the text that a provision is named by: it may have moved, changed its label, or be gone. */
export type FindText = (id: string) => Text | undefined;

/** Names a provision by the first of some texts that has it. */
export const finder = (texts: readonly Text[]): FindText => (id) => texts.find((text) => text.by.has(id));

export const nameFound = (find: FindText, id: string): string => nameIn(find(id), id, wording);

/** What the words of an act are made with: the group, and the text that a provision is named by. */
interface Naming { readonly group: GroupState; readonly find: FindText; readonly name: (id: string) => string }

/** What an act did, as a sentence after its author's name. */
export function actWords({ act, events }: ActEntry, group: GroupState, find: FindText): Phrase[] {
  const deed = ACTS.says(act, events), valuesOf = VALUES[deed.id] as (deed: ActMessage, naming: Naming) => PhraseValues;
  return phrases(wording, `history.act.${deed.id}`, valuesOf(deed, { group, find, name: (id) => nameFound(find, id) }));
}

/** The provisions that an act concerns, each once, as its words name them; none where it concerns the whole document. */
export function placesOf({ act, events }: ActEntry): readonly string[] {
  const deed = ACTS.says(act, events);
  if ('provision' in deed) return [deed.provision];
  if ('provisions' in deed) return [...new Set(deed.provisions)];
  return 'parts' in deed ? [...new Set(deed.parts.map(({ provision }) => provision))] : [];
}

type Deed<I extends ActMessage['id']> = Extract<ActMessage, { readonly id: I }>;

const nothing = (): PhraseValues => ({});
const reasoned = ({ reason }: { readonly reason: string }): PhraseValues => ({ reasoned: reason ? 'yes' : 'no', reason });
const named = ({ provision }: { readonly provision: string }, { name }: Naming): PhraseValues => ({ name: name(provision) });
const placed = ({ provisions }: { readonly provisions: readonly string[] }, { name }: Naming): PhraseValues => ({ placed: provisions.length > 0 ? 'yes' : 'no', places: listed(provisions.map(name)) });
const whose = ({ parts: [first] }: { readonly parts: readonly Proposal[] }, { group }: Naming): PhraseValues => ({ whose: first ? 'party' : 'nobody', party: first ? partyName(group, first.party) : '' });

/** What the message of an act is given. One without values, or without a message, does not compile. */
const VALUES: { readonly [I in ActMessage['id']]: (deed: Deed<I>, naming: Naming) => PhraseValues } = {
  openDocument: nothing,
  'acceptAsBasis.first': nothing,
  'acceptAsBasis.second': nothing,
  declineBasis: reasoned,
  takeBackBasis: nothing,
  'accept.entered': acceptedParts,
  'accept.waits': acceptedParts,
  decline: (deed, naming) => ({ ...whose(deed, naming), ...reasoned(deed), parts: told(deed.parts, naming.find) }),
  withdraw: ({ parts }, { find }) => ({ parts: told(parts, find) }),
  table: placed,
  agree: named,
  'takeBackConsent.provision': named,
  'takeBackConsent.parts': (deed, naming) => ({ ...placed(deed, naming), party: partyName(naming.group, deed.party) }),
  'takeBackConsent.closing': nothing,
  lapse: named,
  lapseParts: (deed, naming) => ({ ...placed(deed, naming), party: partyName(naming.group, deed.of), accepting: listed(deed.parties.map((party) => partyName(naming.group, party))) }),
  approve: named,
  askReopening: (deed, naming) => ({ ...named(deed, naming), ...reasoned(deed) }),
  grantReopening: named,
  declineReopening: named,
  takeBackReopening: named,
  closePaper: reasoned,
  proposeClosing: reasoned,
  'assentToClosing.closed': nothing,
  'assentToClosing.waits': nothing,
  declineClosing: reasoned,
  takeBackClosing: nothing,
  followPosition: ({ to }) => ({ to }),
  makeDraft: ({ name }) => ({ name }),
  putDraftAway: nothing,
  takeDraftUp: nothing,
  lookAtPlaces: placed,
  writeNote: placed,
  removeNote: nothing,
};

/** The parts that were accepted, and what the accepting side dropped of its own by it. */
function acceptedParts(deed: Deed<'accept.entered' | 'accept.waits'>, naming: Naming): PhraseValues {
  const { parts, givesUp, formerly } = deed, dropped = formerly ? formerlyGivenUp(parts[0]!, formerly) : told(givesUp, naming.find);
  return { ...whose(deed, naming), parts: told(parts, naming.find), gaveUp: dropped.length > 0 ? 'yes' : 'no', givesUp: dropped };
}

/** "1.2: replace “24” by “48”; in 1.3: …": every part with the provision that it is in. */
const told = (parts: readonly Proposal[], find: FindText): Phrase[] => parts.reduce<Phrase[]>((before, part, i) => {
  const values = { before, place: nameFound(find, part.provision), wanted: wanted(part, find) };
  return phrases(wording, i === 0 ? 'history.parts.first' : part.provision === parts[i - 1]!.provision ? 'history.parts.samePlace' : 'history.parts.next', values);
}, []);

function wanted(proposal: Proposal, find: FindText): Phrase[] {
  const after = proposal.on === 'item' && 'after' in proposal.item ? proposal.item.after : null;
  return describe(proposal, find(proposal.provision), after === null ? undefined : find(after));
}

/** Acts of the first version name dropped items by their sort alone, all of the same provision. */
function formerlyGivenUp({ provision }: Proposal, givesUp: GivenUp): Phrase[] {
  const words = givesUp.hunks.flatMap(({ key, ...hunk }) => describe({ on: 'words', party: '', provision, key, digest: '', version: 1, hunks: [hunk] }, undefined));
  const items = givesUp.items.map((item) => message(`history.givenUp.${item}`));
  if (words.length + items.length === 0) return [];
  return phrases(wording, 'history.givenUp.formerly', { given: items.length === 0 ? 'words' : words.length === 0 ? 'items' : 'both', words, items: listed(items) });
}
