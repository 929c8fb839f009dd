import type { PartyId, SlotKey, Text } from '@parley/text';
import type { GivenUp, Proposal, Result } from './proposal.ts';
import type { RoomName } from './party.ts';
import type { Template } from './template.ts';

/** Where a document stands in its life. `absent`: no entry yet. `closed`: it came to nothing; it is read, and nobody writes in it. */
export type Stage = 'absent' | 'drafting' | 'negotiation' | 'closed';

/** Who did it and when; `at` is the server's time in milliseconds. */
export interface Attribution { readonly user: string; readonly at: number }

/** What acts have settled about one provision. `reopenings`: asked and not answered, by the delegation that asks. */
export interface Settlement {
  readonly consents: Readonly<Record<PartyId, Attribution & { readonly digest: string }>>;
  readonly approved: (Attribution & { readonly digest: string }) | null;
  readonly reopenings: Readonly<Record<PartyId, Attribution & { readonly reason: string }>>;
}

/** One delegation's consent to parts that need more than one: it holds while parts, result and given-up words stay as they were. */
export interface PartConsent extends Attribution { readonly givesUp: readonly Proposal[]; readonly own: 'withdrawn' | 'alongside' }

/** The consents to exactly these parts of one party, and to what the text will read by them. `names`: of the parts. */
export interface PartConsents {
  readonly of: PartyId;
  readonly names: readonly string[];
  readonly parts: readonly Proposal[];
  readonly result: Result;
  readonly by: Readonly<Record<PartyId, PartConsent>>;
}

/** A consent to a proposal under the first version of the rules. It is shown, and counts for nothing any more. */
export interface FormerConsent extends Attribution { readonly givesUp: GivenUp; readonly own: 'withdrawn' | 'alongside' }

/** `version`: of the compare that cut what was declined. */
export interface Decline extends Attribution { readonly party: PartyId; readonly reason: string; readonly version: number }

/** The closing that the moderator has proposed, by the act with this id. */
export interface Closing extends Attribution { readonly id: string; readonly reason: string; readonly assents: Readonly<Record<PartyId, Attribution>> }

/** A place of a draft that its party and its position have both changed, otherwise: words of one slot, or, without a key, the provision as a whole or its place, label, kind or level. */
export interface MarkedPlace { readonly provision: string; readonly key?: SlotKey }

/**
 * A private draft. `name`: empty for the working draft. `followed`: the entry of the shared log up to which it has followed its position. `marked`: what is to be looked at before it is tabled with
 * everything else. `away`: it was put away: it is read, and neither written nor brought to the position.
 */
export interface Draft { readonly name: string; readonly followed: number; readonly marked: readonly MarkedPlace[]; readonly away: boolean }

export const NOTE_LEVELS = ['must', 'should', 'free'] as const;
export type NoteLevel = (typeof NOTE_LEVELS)[number];

/** What a party notes for itself: a red line, or an instruction of its capital. Of a provision, or (null) of the whole document. */
export interface Note extends Attribution { readonly provision: string | null; readonly level: NoteLevel; readonly text: string }

/** The state of agreement of one document: the fold of its act entries. It has no table of its own. */
export interface DocumentState {
  readonly id: string;
  readonly title: string;
  readonly template: Template;
  readonly stage: Stage;
  /** The first acceptance of the working paper; while it stands the paper is frozen. */
  readonly basis: (Attribution & { readonly party: PartyId; readonly digest: string }) | null;
  readonly settled: Readonly<Record<string, Settlement>>;
  /** By `consentKey`. */
  readonly partConsents: Readonly<Record<string, PartConsents>>;
  /** Of the first version of the rules. By proposal name and slot digest, then by delegation. */
  readonly proposalConsents: Readonly<Record<string, Readonly<Record<PartyId, FormerConsent>>>>;
  /** By proposal name. */
  readonly declines: Readonly<Record<string, readonly Decline[]>>;
  readonly closing: Closing | null;
  readonly closed: (Attribution & { readonly reason: string }) | null;
  /** By id: the drafts of the party in whose private log this was folded; of what all share there are none. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** By id: the notes of that party. */
  readonly notes: Readonly<Record<string, Note>>;
}

export const absent = (id: string): DocumentState => ({
  id, title: '', template: 'understanding', stage: 'absent', basis: null, settled: {}, partConsents: {}, proposalConsents: {}, declines: {}, closing: null, closed: null, drafts: {}, notes: {},
});

/** The texts of a document's rooms as values. */
export type Rooms = Readonly<Partial<Record<RoomName, Text>>>;

const UNSETTLED: Settlement = { consents: {}, approved: null, reopenings: {} };

/** Ids are made by clients: `constructor` is one like any other. */
export const settlementOf = (state: DocumentState, provision: string): Settlement => (Object.hasOwn(state.settled, provision) ? state.settled[provision]! : UNSETTLED);

/** True once both delegations have agreed: nobody writes there until it is reopened. */
export function isLocked(document: DocumentState, provision: string): boolean {
  return Object.keys(settlementOf(document, provision).consents).length >= 2;
}

/** The provisions nobody may write in now. */
export const lockedProvisions = (document: DocumentState): Set<string> => new Set(Object.keys(document.settled).filter((id) => isLocked(document, id)));
