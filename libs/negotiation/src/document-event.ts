import type { PartyId } from '@parley/text';
import type { GivenUp, Proposal, Result, Template } from './act.ts';
import { type Closing, type DocumentState, type Mark, type PartConsents, type Settlement, settlementOf } from './document.ts';

/**
 * What acts do to the state of agreement. Events are recorded: their names and fields are never renamed, and those that only the first version of the rules made are
 * folded for ever. Fields that were added later are absent in older entries.
 */
export type DocumentEvent =
  | { readonly e: 'opened'; readonly title: string; readonly template: Template }
  | { readonly e: 'basisAccepted'; readonly party: PartyId; readonly digest: string }
  | { readonly e: 'basisReleased' }
  | { readonly e: 'negotiationBegan' }
  | { readonly e: 'proposalConsented'; readonly name: string; readonly party: PartyId; readonly givesUp: GivenUp; readonly own: 'withdrawn' | 'alongside' }
  | { readonly e: 'proposalConsentFell'; readonly name: string; readonly party: PartyId }
  | {
    readonly e: 'partsConsented'; readonly key: string; readonly of: PartyId; readonly names: readonly string[]; readonly parts: readonly Proposal[]; readonly result: Result;
    readonly party: PartyId; readonly givesUp: readonly Proposal[]; readonly own: 'withdrawn' | 'alongside';
  }
  | { readonly e: 'partsConsentEnded'; readonly key: string; readonly names: readonly string[]; readonly party: PartyId }
  | { readonly e: 'entered'; readonly name: string; readonly provision: string }
  /** `version`: of compare; absent: 1. */
  | { readonly e: 'declined'; readonly name: string; readonly party: PartyId; readonly reason: string; readonly version?: number }
  | { readonly e: 'withdrawn'; readonly name: string; readonly provision: string }
  | { readonly e: 'consented'; readonly provision: string; readonly party: PartyId; readonly digest: string }
  | { readonly e: 'consentTakenBack'; readonly provision: string; readonly party: PartyId }
  | { readonly e: 'lapsed'; readonly provision: string }
  | { readonly e: 'approved'; readonly provision: string; readonly digest: string }
  | { readonly e: 'reopeningAsked'; readonly provision: string; readonly party: PartyId; readonly reason: string }
  /** `party`: whose request ends, declined or taken back; absent: the only one there was. */
  | { readonly e: 'reopeningDeclined'; readonly provision: string; readonly party?: PartyId }
  | { readonly e: 'reopened'; readonly provision: string }
  | { readonly e: 'closingProposed'; readonly id: string; readonly reason: string }
  | { readonly e: 'closingAssented'; readonly party: PartyId }
  | { readonly e: 'closingAssentEnded'; readonly party: PartyId }
  | { readonly e: 'closingEnded' }
  | { readonly e: 'closed'; readonly reason: string };

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _gone, ...rest } = record;
  return rest;
};

const only = <T>(record: Readonly<Record<string, T>>, keep: (key: string, value: T) => boolean): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key, value]) => keep(key, value)));

/** Consents and declines hang on a proposal's name: when its words have entered or left the text, they are spent. */
const spent = (state: DocumentState, name: string): DocumentState => ({
  ...state,
  proposalConsents: only(state.proposalConsents, (key) => !key.startsWith(`${name}|`)),
  partConsents: only(state.partConsents, (_key, { names }) => !names.includes(name)),
  declines: without(state.declines, name),
});

type EventOf<E extends DocumentEvent['e']> = Extract<DocumentEvent, { e: E }>;

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
    case 'partsConsented': return { ...state, partConsents: { ...state.partConsents, [event.key]: consentedToo(state.partConsents[event.key], event, mark) } };
    case 'partsConsentEnded': return { ...state, partConsents: partConsentsWithout(state, event) };
    case 'entered':
    case 'withdrawn': return spent(state, event.name);
    case 'declined':
      return { ...state, declines: { ...state.declines, [event.name]: [...(state.declines[event.name] ?? []).filter((d) => d.party !== event.party), { ...mark, party: event.party, reason: event.reason, version: event.version ?? 1 }] } };
    case 'consented':
      return settle(event.provision, { consents: { ...settlementOf(state, event.provision).consents, [event.party]: { ...mark, digest: event.digest } } });
    case 'approved': return settle(event.provision, { approved: { ...mark, digest: event.digest } });
    case 'reopeningAsked':
      return settle(event.provision, { reopenings: { ...settlementOf(state, event.provision).reopenings, [event.party]: { ...mark, reason: event.reason } } });
    case 'reopeningDeclined':
      return settle(event.provision, { reopenings: event.party === undefined ? {} : without(settlementOf(state, event.provision).reopenings, event.party) });
    // A consent can be taken back only while it is the only one: with it nothing is settled any more, as when it lapses.
    case 'consentTakenBack':
    case 'lapsed':
    case 'reopened':
      return { ...state, settled: without(state.settled, event.provision) };
    case 'closingProposed': return { ...state, closing: { ...mark, id: event.id, reason: event.reason, assents: {} } };
    case 'closingAssented': return { ...state, closing: assents(state.closing, (all) => ({ ...all, [event.party]: mark })) };
    case 'closingAssentEnded': return { ...state, closing: assents(state.closing, (all) => without(all, event.party)) };
    case 'closingEnded': return { ...state, closing: null };
    case 'closed': return { ...state, stage: 'closed', basis: null, closing: null, closed: { ...mark, reason: event.reason } };
  }
}

function consentedToo(kept: PartConsents | undefined, event: EventOf<'partsConsented'>, mark: Mark): PartConsents {
  const { of, names, parts, result, party, givesUp, own } = event;
  return { of, names, parts, result, by: { ...kept?.by, [party]: { ...mark, givesUp, own } } };
}

function partConsentsWithout(state: DocumentState, { key, party }: EventOf<'partsConsentEnded'>): DocumentState['partConsents'] {
  const kept = state.partConsents[key];
  const by = kept ? without(kept.by, party) : {};
  return kept && Object.keys(by).length > 0 ? { ...state.partConsents, [key]: { ...kept, by } } : without(state.partConsents, key);
}

const assents = (closing: Closing | null, change: (all: Closing['assents']) => Closing['assents']): Closing | null =>
  closing && { ...closing, assents: change(closing.assents) };
