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

/** What the accepting side drops by accepting, as it was shown before the act. `items` are type names on the same provision. */
export interface GivenUp {
  readonly hunks: readonly (NamedHunk & { readonly key: SlotKey })[];
  readonly items: readonly ('add' | 'remove' | 'move' | 'label' | 'kind' | 'level')[];
}

export const NOTHING_GIVEN_UP: GivenUp = { hunks: [], items: [] };

interface Common { readonly v: 1; readonly id: string }

export type DocumentAct = Common & { readonly doc: string } & (
  | { readonly t: 'openDocument'; readonly title: string; readonly template: Template; readonly provisions: readonly Provision[] }
  | { readonly t: 'acceptAsBasis'; readonly digest: string }
  | { readonly t: 'declineBasis'; readonly reason: string }
  | { readonly t: 'takeBackBasis' }
  | { readonly t: 'accept'; readonly proposal: Proposal; readonly own: Alongside; readonly givesUp: GivenUp }
  | { readonly t: 'decline'; readonly proposal: Proposal; readonly reason: string }
  | { readonly t: 'withdraw'; readonly proposal: Proposal }
  | { readonly t: 'agree'; readonly provision: string; readonly digest: string }
  | { readonly t: 'lapse'; readonly provision: string }
  | { readonly t: 'approve'; readonly provision: string; readonly digest: string }
  | { readonly t: 'reopen'; readonly provision: string; readonly reason: string }
  | { readonly t: 'declineReopening'; readonly provision: string }
);

export type GroupAct = Common & (
  | { readonly t: 'establish'; readonly name: string; readonly delegations: readonly Delegation[] }
  | { readonly t: 'appoint'; readonly user: string; readonly role: Role; readonly delegation?: PartyId }
  | { readonly t: 'remove'; readonly user: string }
);

export type Act = DocumentAct | GroupAct;
export type ActName = Act['t'];
export type ActOf<T extends ActName> = Extract<Act, { t: T }>;

/** Kinds a template offers first when a provision is added. */
export const KIND_OF: Readonly<Record<Template, Kind>> = {
  understanding: 'paragraph', definitions: 'definition', evidence: 'evidence', metrics: 'metric', protocol: 'step',
};
