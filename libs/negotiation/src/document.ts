import type { PartyId, Text } from '@parley/text';
import type { GivenUp, Template } from './act.ts';
import type { RoomName } from './party.ts';

/** Where a document stands in its life. `absent`: no entry yet. */
export type Stage = 'absent' | 'drafting' | 'negotiation';

/** Who did it and when; `at` is the server's time in milliseconds. */
export interface Mark { readonly user: string; readonly at: number }

/** What acts have settled about one provision. */
export interface Settlement {
  readonly consents: Readonly<Record<PartyId, Mark & { readonly digest: string }>>;
  readonly approved: (Mark & { readonly digest: string }) | null;
  readonly reopening: (Mark & { readonly party: PartyId; readonly reason: string }) | null;
}

/** One delegation's consent to a proposal that needs more than one: it holds while proposal and given-up words stay as they were. */
export interface ProposalConsent extends Mark { readonly givesUp: GivenUp; readonly own: 'withdrawn' | 'alongside' }

export interface Decline extends Mark { readonly party: PartyId; readonly reason: string }

/** The state of agreement of one document: the fold of its act entries. It has no table of its own. */
export interface DocumentState {
  readonly id: string;
  readonly title: string;
  readonly template: Template;
  readonly stage: Stage;
  /** The first acceptance of the working paper; while it stands the paper is frozen. */
  readonly basis: (Mark & { readonly party: PartyId; readonly digest: string }) | null;
  readonly settled: Readonly<Record<string, Settlement>>;
  /** By proposal name and slot digest, then by delegation. */
  readonly proposalConsents: Readonly<Record<string, Readonly<Record<PartyId, ProposalConsent>>>>;
  /** By proposal name. */
  readonly declines: Readonly<Record<string, readonly Decline[]>>;
}

export const absent = (id: string): DocumentState => ({
  id, title: '', template: 'understanding', stage: 'absent', basis: null, settled: {}, proposalConsents: {}, declines: {},
});

/** The texts of a document's rooms as values. */
export type Rooms = Readonly<Partial<Record<RoomName, Text>>>;

export type DocumentEvent =
  | { readonly e: 'opened'; readonly title: string; readonly template: Template }
  | { readonly e: 'basisAccepted'; readonly party: PartyId; readonly digest: string }
  | { readonly e: 'basisReleased' }
  | { readonly e: 'negotiationBegan' }
  | { readonly e: 'proposalConsented'; readonly name: string; readonly party: PartyId; readonly givesUp: GivenUp; readonly own: 'withdrawn' | 'alongside' }
  | { readonly e: 'proposalConsentFell'; readonly name: string; readonly party: PartyId }
  | { readonly e: 'entered'; readonly name: string; readonly provision: string }
  | { readonly e: 'declined'; readonly name: string; readonly party: PartyId; readonly reason: string }
  | { readonly e: 'withdrawn'; readonly name: string; readonly provision: string }
  | { readonly e: 'consented'; readonly provision: string; readonly party: PartyId; readonly digest: string }
  | { readonly e: 'lapsed'; readonly provision: string }
  | { readonly e: 'approved'; readonly provision: string; readonly digest: string }
  | { readonly e: 'reopeningAsked'; readonly provision: string; readonly party: PartyId; readonly reason: string }
  | { readonly e: 'reopeningDeclined'; readonly provision: string }
  | { readonly e: 'reopened'; readonly provision: string };

const UNSETTLED: Settlement = { consents: {}, approved: null, reopening: null };

/** Ids are made by clients: `constructor` is one like any other. */
export const settlementOf = (state: DocumentState, provision: string): Settlement => (Object.hasOwn(state.settled, provision) ? state.settled[provision]! : UNSETTLED);

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _gone, ...rest } = record;
  return rest;
};

/** Consents hang on a proposal's name (`<name>|…`): when its words have entered or left the text, they are spent. */
const droppedConsents = (state: DocumentState, name: string): DocumentState['proposalConsents'] =>
  Object.fromEntries(Object.entries(state.proposalConsents).filter(([key]) => !key.startsWith(`${name}|`)));

/** One step of the fold: `mark` says who caused the event and when. */
export function foldDocument(state: DocumentState, event: DocumentEvent, mark: Mark): DocumentState {
  const settle = (provision: string, change: Partial<Settlement>): DocumentState =>
    ({ ...state, settled: { ...state.settled, [provision]: { ...settlementOf(state, provision), ...change } } });
  switch (event.e) {
    case 'opened': return { ...state, title: event.title, template: event.template, stage: 'drafting' };
    case 'basisAccepted': return { ...state, basis: { ...mark, party: event.party, digest: event.digest } };
    case 'basisReleased': return { ...state, basis: null };
    case 'negotiationBegan': return { ...state, basis: null, stage: 'negotiation' };
    case 'proposalConsented': {
      const others = state.proposalConsents[event.name] ?? {};
      return { ...state, proposalConsents: { ...state.proposalConsents, [event.name]: { ...others, [event.party]: { ...mark, givesUp: event.givesUp, own: event.own } } } };
    }
    case 'proposalConsentFell': {
      const rest = without(state.proposalConsents[event.name] ?? {}, event.party);
      return { ...state, proposalConsents: Object.keys(rest).length > 0 ? { ...state.proposalConsents, [event.name]: rest } : without(state.proposalConsents, event.name) };
    }
    case 'entered':
    case 'withdrawn':
      return { ...state, proposalConsents: droppedConsents(state, event.name), declines: without(state.declines, event.name) };
    case 'declined':
      return { ...state, declines: { ...state.declines, [event.name]: [...(state.declines[event.name] ?? []).filter((d) => d.party !== event.party), { ...mark, party: event.party, reason: event.reason }] } };
    case 'consented':
      return settle(event.provision, { consents: { ...settlementOf(state, event.provision).consents, [event.party]: { ...mark, digest: event.digest } } });
    case 'approved': return settle(event.provision, { approved: { ...mark, digest: event.digest } });
    case 'reopeningAsked': return settle(event.provision, { reopening: { ...mark, party: event.party, reason: event.reason } });
    case 'reopeningDeclined': return settle(event.provision, { reopening: null });
    case 'lapsed':
    case 'reopened':
      return { ...state, settled: without(state.settled, event.provision) };
  }
}
