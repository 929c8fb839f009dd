import type { Hunk } from './compare.ts';
import type { Item } from './list.ts';
import type { SlotKey } from './provision.ts';

/** One hunk or one item of what a position proposes. */
export type LinkPart =
  | { readonly on: 'words'; readonly provision: string; readonly key: SlotKey; readonly hunk: Hunk }
  | { readonly on: 'item'; readonly item: Item };
