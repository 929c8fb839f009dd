import { EMPTY_SLOT, equalSlots, lengthOf, textOf } from './slot.ts';
import type { Kind, Provision, SlotKey } from './provision.ts';

/** The language of the negotiated text, of which there is one so far. The language of the screen is another matter. */
export const AUTHENTIC_LANGUAGE = 'en';

/** The slots of each kind, in reading order. The first one names the provision in outlines. */
export const SLOTS: Readonly<Record<Kind, readonly string[]>> = {
  paragraph: ['text'],
  heading: ['text'],
  definition: ['term', 'meaning'],
  evidence: ['claim', 'contents', 'standard'],
  metric: ['measure', 'unit', 'baseline', 'target', 'period', 'source', 'verifier'],
  step: ['actor', 'towards', 'limit', 'channel', 'content', 'refusal', 'escalation'],
};

export const KINDS = Object.keys(SLOTS) as Kind[];

/** The keys under which a provision of `kind` keeps its slots, in reading order. */
export const slotKeys = (kind: Kind): SlotKey[] => SLOTS[kind].map((name) => `${AUTHENTIC_LANGUAGE}:${name}`);

/** The slot of `provision` under `key`; empty when nothing was written there. */
export const slotOf = (provision: Provision | undefined, key: SlotKey) => provision?.slots[key] ?? EMPTY_SLOT;

const BRACKET = /[[\]［］【】]/;

/** Whether a bracket is written in the words themselves: a placeholder, options that are not decided. */
export const hasLiteralBracket = (provision: Provision): boolean => slotKeys(provision.kind).some((key) => BRACKET.test(textOf(slotOf(provision, key))));

/** True when the provision still waits for words: an empty slot, or a literal bracket. */
export const isOpen = (provision: Provision): boolean =>
  slotKeys(provision.kind).some((key) => lengthOf(slotOf(provision, key)) === 0) || hasLiteralBracket(provision);

/** Whether two values say the same of one provision: label, kind, level and the words of its kind. */
export const sameProvision = (a: Provision, b: Provision): boolean =>
  a === b || (a.id === b.id && a.label === b.label && a.kind === b.kind && a.level === b.level
    && slotKeys(a.kind).every((key) => equalSlots(slotOf(a, key), slotOf(b, key))));
