import type { Actor, Delegation, DocumentEvent, DocumentState, GroupAct, GroupEvent, GroupState, RecordedAct, RoomName, Role, Template } from '@parley/negotiation';
import type { Provision } from '@parley/text';
import type { Refusal } from './refusal.ts';

/** Header in which every request names the seat its page was loaded for; another seat in the cookie is refused as `seat-changed`. */
export const SEAT_HEADER = 'x-parley-seat';

/** The body of every refused request. `who`: the display name of the person now signed in, with `seat-changed`. `seconds`: how long it still takes, with `not-rested`. */
export interface RefusalBody { readonly refusal: Refusal; readonly sentence: string; readonly who?: string; readonly detail?: string; readonly seconds?: number }

/** POST /api/groups/:group/links/look: what a link opens, for whoever holds it. */
export type LinkView =
  | { readonly opens: 'seat'; readonly group: string; readonly role: Role; readonly delegation: string | null; readonly by: string }
  | { readonly opens: 'account'; readonly group: string; readonly userName: string; readonly name: string };

/** What an account shows its owner once: how to sign in, and what makes it anew without anybody. */
export interface Keys { readonly userName: string; readonly recoveryCode: string }

/** Why somebody signed in cannot work yet. */
export type SeatWait =
  | { readonly for: 'acceptance'; readonly role: Role; readonly accepted: readonly string[]; readonly missing: readonly string[] }
  | {
    readonly for: 'confirmation'; readonly role: Role; readonly delegation: string | null; readonly since: number; readonly by: string;
    readonly wakesAt: number | null; readonly confirmed: readonly string[];
  };

/** A person as everybody in the group may know them. */
export interface Person { readonly user: string; readonly name: string; readonly role?: Role; readonly delegation?: string }

/** A person's place in a group. `name`: the group's. `asleep`: the account was reset and nobody has confirmed it; `proposed`: heads have yet to accept it. */
export interface GroupSeat { readonly group: string; readonly name: string; readonly role: Role; readonly delegation: string | null; readonly state: 'seated' | 'asleep' | 'proposed' }

/** GET /api/session: who this browser is, and what the sign-in page offers. */
export interface SessionView {
  readonly person: Person | null;
  /** Of the installation: its accounts and groups. */
  readonly administrator: boolean;
  /** By which the person signs in: told to nobody else. */
  readonly userName: string | null;
  /** By the groups' names. */
  readonly places: readonly GroupSeat[];
  /** True until the first administrator exists. */
  readonly setUpNeeded: boolean;
  /** The demo's cast, one click each; null when the demo is off. */
  readonly cast: readonly Person[] | null;
}

/** GET /api/groups/:group/seat, for whoever has a place there. `actor`: null while the seat sleeps or is proposed: nothing is read then. */
export interface SeatView { readonly name: string; readonly actor: Actor | null; readonly waiting: SeatWait | null }

/** GET /api/installation, for its administrators: who has an account and where they sit, and which groups there are. */
export interface InstallationView {
  readonly accounts: readonly { readonly user: string; readonly name: string; readonly administrator: boolean; readonly begunAt: number; readonly closed: boolean; readonly places: readonly GroupSeat[] }[];
  readonly groups: readonly { readonly group: string; readonly name: string }[];
}

/** GET /api/sessions: where the asker is signed in. `own`: here. Times in milliseconds since 1970. */
export interface OwnSession { readonly id: string; readonly device: string; readonly begunAt: number; readonly seenAt: number; readonly own: boolean }

/** Provisions by standing: each provision is counted once, in the first that fits from the left. */
export interface Progress { readonly approved: number; readonly agreed: number; readonly clean: number; readonly bracketed: number; readonly open: number }

/** What waits for one party's answer in a document. */
export interface Awaiting { readonly proposals: number; readonly toAgree: number; readonly reopenings: number; readonly basis: boolean; readonly toApprove: number; readonly closing: boolean }

/** How many acts of others a person has not said to have read. `more`: those are the last ones, and there may be more before them. */
export interface Unread { readonly acts: number; readonly more: boolean }

export interface DocumentRowView {
  readonly id: string; readonly title: string; readonly template: Template; readonly stage: DocumentState['stage'];
  readonly provisions: number; readonly progress: Progress; readonly openedAt: number;
  /** Milliseconds since 1970, to ten seconds. */
  readonly lastAt: number;
  /** For the reader's own party; null for those who answer nothing. */
  readonly awaiting: Awaiting | null;
  /** The reader's own, and told to nobody else. */
  readonly unread: Unread;
  /** Who is in the document now. */
  readonly here: readonly string[];
}

/** GET /api/groups/:group */
export interface GroupView { readonly group: GroupState; readonly people: readonly Person[]; readonly documents: readonly DocumentRowView[]; readonly here: readonly string[] }

/**
 * GET /api/health/differences, for the administrator: where the database said something else than the record, newest first. `group`: its id; `subject`: the document's. Nothing of
 * it was believed; all of it was made again from the record.
 */
export interface DifferencesView {
  readonly differences: readonly { readonly at: number; readonly kind: 'kept-state' | 'list-row' | 'no-row' | 'old-row'; readonly group: string; readonly subject: string }[];
}

/** Answer of POST …/acts: the entry under which the act stands. The same act id again gives the same entry. */
export interface Performed { readonly entry: number }

/** GET /api/groups/:group/documents/:id/history?after=&limit= : entries in order, without texts. */
export type HistoryEntry = { readonly index: number; readonly at: number; readonly by: string } & (
  | { readonly kind: 'update'; readonly room: RoomName; readonly touched: readonly string[] }
  /** `rules`: the version of the rules that decided it; of an older one than a reader's own the outcome is taken as it stands. */
  | { readonly kind: 'act'; readonly act: RecordedAct; readonly rules: number; readonly events: readonly DocumentEvent[] }
);
export interface HistoryView { readonly entries: readonly HistoryEntry[]; readonly more: boolean }

/**
 * GET /api/groups/:group/documents/:id/unread?after=&limit= : acts of others that the reader has not said to have read, in order; of acts alone, never of what was typed. `upTo`: the last entry
 * that was looked at for it, the reader's own acts included; what comes after it is in no answer yet.
 */
export interface UnreadView { readonly entries: readonly (HistoryEntry & { readonly kind: 'act' })[]; readonly more: boolean; readonly upTo: number }

/** GET /api/groups/:group/history: acts of the working group itself. */
export interface GroupHistoryView { readonly entries: readonly { readonly index: number; readonly at: number; readonly by: string; readonly act: GroupAct; readonly events: readonly GroupEvent[] }[] }

/** GET /api/groups/:group/documents/:id/at/:index : every room as it was right after that entry. */
export interface InstantView {
  readonly index: number; readonly at: number; readonly document: DocumentState;
  readonly rooms: Readonly<Partial<Record<RoomName, readonly Provision[]>>>;
  readonly delegations: readonly Delegation[];
}
