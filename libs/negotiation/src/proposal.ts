import type { PartyId, Provision, Slot, SlotKey } from '@parley/text';

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

/** A proposal about a whole provision. `digest`: of the provision removed. */
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

/** What tells of a proposal which text it is about: that is legible, its words are not. */
export const PART_PLACE = { on: true, party: true, provision: true, key: true } as const;
/** As acts of the first version of the rules have it. */
export const FORMER_PART_PLACE = { ...PART_PLACE, digest: true, version: true } as const;

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
