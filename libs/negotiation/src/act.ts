import type { Alongside, Kind, PartyId, Provision, Slot, SlotKey } from '@parley/text';
import type { Delegation, Role } from './party.ts';

/** What a document is mainly made of; decides what its new provisions are. */
export const TEMPLATES = ['understanding', 'definitions', 'evidence', 'metrics', 'protocol'] as const;
export type Template = (typeof TEMPLATES)[number];

/** A hunk by its own words, so that a replay needs no diff to know what was meant. Offsets are in the common slot. */
export interface NamedHunk { readonly from: number; readonly to: number; readonly removed: Slot; readonly inserted: Slot }

/** Hunks of one slot of one party, against the common slot with this digest, as cut by this version of compare. */
export interface WordsProposal {
  readonly on: 'words';
  readonly party: PartyId;
  readonly provision: string;
  readonly key: SlotKey;
  readonly digest: string;
  readonly version: number;
  readonly hunks: readonly NamedHunk[];
}

/** A proposal about a whole provision. `digest`: of the provision added or removed; the empty string for the others. */
export interface ItemProposal {
  readonly on: 'item';
  readonly party: PartyId;
  readonly provision: string;
  readonly version: number;
  readonly item:
    | { readonly type: 'add'; readonly after: string | null; readonly provision: Provision }
    | { readonly type: 'remove'; readonly digest: string }
    | { readonly type: 'move'; readonly after: string | null }
    | { readonly type: 'field'; readonly field: 'label' | 'kind' | 'level'; readonly from: string | number; readonly to: string | number };
}

export type Proposal = WordsProposal | ItemProposal;

/** What an acceptance of the first version of the rules names as dropped by it. `items` are type names on the same provision. */
export interface GivenUp {
  readonly hunks: readonly (NamedHunk & { readonly key: SlotKey })[];
  readonly items: readonly ('add' | 'remove' | 'move' | 'label' | 'kind' | 'level')[];
}

/**
 * What every place that an acceptance touches will read in the common text: named in the act, and refused as `text-moved` when it would read otherwise.
 * `digest`: `digestOf` the provision; null where it goes. `order`: `orderDigest` of the common text when a part is an item, else null.
 */
export interface Result { readonly provisions: readonly { readonly provision: string; readonly digest: string | null }[]; readonly order: string | null }

/**
 * The text of the provision that an act was shown with (`digestOf`). Every act that is sent carries it; in the record it is absent where the act is older than this rule,
 * and then nothing is concluded from it.
 */
interface Seen { readonly digest?: string }

/** A consent that can be taken back: to the clean text of a provision, to parts that wait for the other delegation (`key`: in `DocumentState.partConsents`), to the closing of the document. */
export type GivenConsent =
  | { readonly on: 'provision'; readonly provision: string } & Seen
  | { readonly on: 'parts'; readonly key: string }
  | { readonly on: 'closing'; readonly closing: string };

interface Common { readonly v: 1; readonly id: string }
type OnDocument = Common & { readonly doc: string };

/** Acts as they were performed under the first version of the rules: read for ever, performed no more. */
export type FormerAct = OnDocument & (
  | { readonly t: 'accept'; readonly proposal: Proposal; readonly own: Alongside; readonly givesUp: GivenUp }
  | { readonly t: 'decline'; readonly proposal: Proposal; readonly reason: string }
  | { readonly t: 'withdraw'; readonly proposal: Proposal }
  | { readonly t: 'reopen'; readonly provision: string; readonly reason: string }
);

export type DocumentAct = OnDocument & (
  | { readonly t: 'openDocument'; readonly title: string; readonly template: Template; readonly provisions: readonly Provision[] }
  | { readonly t: 'acceptAsBasis'; readonly digest: string }
  /** `digest`: of the working paper, as in `acceptAsBasis`. */
  | { readonly t: 'declineBasis'; readonly reason: string } & Seen
  | { readonly t: 'takeBackBasis' }
  /** `parts`: of one party. `givesUp`: proposals of the acting side as they stand, at least what it contests the parts with. `result`: as it was shown. */
  | { readonly t: 'accept'; readonly parts: readonly Proposal[]; readonly own: Alongside; readonly givesUp: readonly Proposal[]; readonly result: Result }
  | { readonly t: 'decline'; readonly parts: readonly Proposal[]; readonly reason: string }
  | { readonly t: 'withdraw'; readonly parts: readonly Proposal[] }
  | { readonly t: 'agree'; readonly provision: string; readonly digest: string }
  | { readonly t: 'takeBackConsent'; readonly consent: GivenConsent }
  | { readonly t: 'lapse'; readonly provision: string }
  | { readonly t: 'approve'; readonly provision: string; readonly digest: string }
  | { readonly t: 'askReopening'; readonly provision: string; readonly reason: string } & Seen
  | { readonly t: 'grantReopening'; readonly provision: string } & Seen
  | { readonly t: 'declineReopening'; readonly provision: string } & Seen
  | { readonly t: 'takeBackReopening'; readonly provision: string } & Seen
  /** A working paper that came to nothing: by the moderator alone. */
  | { readonly t: 'closePaper'; readonly reason: string }
  /** A document in negotiation is closed when a head of each side has assented. `closing`: the id of the act that proposed it. */
  | { readonly t: 'proposeClosing'; readonly reason: string }
  | { readonly t: 'assentToClosing'; readonly closing: string }
  | { readonly t: 'declineClosing'; readonly closing: string; readonly reason: string }
  | { readonly t: 'takeBackClosing'; readonly closing: string }
);

/** An act on a document as the record may hold it. */
export type RecordedAct = DocumentAct | FormerAct;

/**
 * `link` is the SHA-256 of a one-time secret that its maker hands over; the secret itself is in no act. What the server performs for whoever showed it, or by the
 * clock, names that person as `user`: `takeSeat`, `renewAccount`, `recoverAccount`, `wakeSeat`. `confirmSeat` names the reset that it is about by its link. `appoint` is in records from before invitations, and is performed no more.
 */
export type GroupAct = Common & (
  | { readonly t: 'establish'; readonly name: string; readonly delegations: readonly Delegation[] }
  | { readonly t: 'appoint'; readonly user: string; readonly role: Role; readonly delegation?: PartyId }
  | { readonly t: 'invite'; readonly link: string; readonly role: Role; readonly delegation?: PartyId }
  | { readonly t: 'revokeInvitation'; readonly link: string }
  | { readonly t: 'takeSeat'; readonly link: string; readonly user: string }
  | { readonly t: 'acceptSeat'; readonly user: string; readonly role: Role }
  | { readonly t: 'declineSeat'; readonly user: string }
  | { readonly t: 'remove'; readonly user: string }
  | { readonly t: 'keepSeat'; readonly user: string }
  | { readonly t: 'resetAccount'; readonly user: string; readonly link: string }
  | { readonly t: 'renewAccount'; readonly user: string; readonly link: string }
  | { readonly t: 'confirmSeat'; readonly user: string; readonly link: string }
  | { readonly t: 'recoverAccount'; readonly user: string }
  | { readonly t: 'wakeSeat'; readonly user: string }
);

export type Act = DocumentAct | GroupAct;
export type ActName = Act['t'];
export type ActOf<T extends ActName> = Extract<Act, { t: T }>;

/** Kinds a template offers first when a provision is added. */
export const KIND_OF: Readonly<Record<Template, Kind>> = {
  understanding: 'paragraph', definitions: 'definition', evidence: 'evidence', metrics: 'metric', protocol: 'step',
};
