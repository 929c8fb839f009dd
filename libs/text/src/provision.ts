import type { Slot } from './slot.ts';

/** What a provision is made of; each kind's slots are in `kinds.ts`. */
export type Kind = 'paragraph' | 'heading' | 'definition' | 'evidence' | 'metric' | 'step';

/** `"<language>:<slot>"`, for instance `"en:meaning"`. */
export type SlotKey = string;

/** A party is an opaque name here: `text` knows words, not rights. */
export type PartyId = string;

/** What an id looks like, also inside the mark `ref:<id>`. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;
export const isProvisionId = (value: unknown): value is string => typeof value === 'string' && value !== '__proto__' && ID.test(value);

/** One unit of negotiation. `id` is never reused; `label` is what the room calls it ("1.2", "2 bis"); `level` is its depth from 0. */
export interface Provision {
  readonly id: string;
  readonly kind: Kind;
  readonly label: string;
  readonly level: number;
  readonly slots: Readonly<Record<SlotKey, Slot>>;
}

/** A whole text as a value: the order, and what stands under each id. A removed provision is in neither. */
export interface Text {
  readonly list: readonly string[];
  readonly by: ReadonlyMap<string, Provision>;
}

export const EMPTY_TEXT: Text = { list: [], by: new Map() };

/** A text from provisions in order. */
export const textFrom = (provisions: readonly Provision[]): Text => ({
  list: provisions.map((p) => p.id),
  by: new Map(provisions.map((p) => [p.id, p])),
});

/** The provisions in order. */
export const provisionsOf = (text: Text): Provision[] => text.list.map((id) => text.by.get(id)!);
