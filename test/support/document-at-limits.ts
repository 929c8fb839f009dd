import { applyEdits, AUTHENTIC_LANGUAGE, type Edit, plainSlot, type Provision, PROVISION_LIMIT, provisionsOf, slotOf, type SlotKey, type Text, textFrom, textOf, WORDS_LIMIT } from '@parley/text';
import { seeded } from '../../libs/text/test-support/seeded.ts';

const KEY: SlotKey = `${AUTHENTIC_LANGUAGE}:text`;

const SENTENCES = [
  'Each side shall acknowledge a request within 24 hours after receipt and shall give a first substantive reply within 15 days.',
  'A request may be refused if its execution would prejudice the sovereignty of the requested side; the refusal shall state its grounds.',
  'The competent authority shall preserve data for 90 days and shall inform the requesting side without delay.',
  'A claim shall contain the time, the place and the technical indicators of the conduct, and the evidence for each of them.',
  'The two sides will review the implementation of this Understanding six months after its date, on the basis of the indicators in the Annex.',
  'Nothing in this article prevents the other side from asking for further particulars, or from offering them of its own accord.',
];
const PHRASES = ['promptly and in writing', 'as soon as it can', 'through the channel named in the Annex', 'to the extent that its law permits'];

/** Exactly `length` characters of sentences, beginning with another one for each `n`. */
function words(n: number, length: number): string {
  let all = `(${n + 1})`;
  for (let i = n; all.length < length; i++) all += ` ${SENTENCES[i % SENTENCES.length]!}`;
  return `${all.slice(0, length - 1).trimEnd().padEnd(length - 1, '.')}.`;
}

/** A working paper that is as large as a room may be: 1,000 provisions with 500,000 characters. */
export function paperAtLimits(provisions = PROVISION_LIMIT, characters = WORDS_LIMIT): Provision[] {
  const length = Math.floor(characters / provisions);
  return Array.from({ length: provisions }, (_, n) => ({ id: `p${n}`, kind: 'paragraph', label: `${n + 1}`, level: 0, slots: { [KEY]: plainSlot(words(n, length)) } }));
}

/**
 * What a side would change in it: a phrase in every provision, never longer than what it stands for; besides, every fortieth is removed and every fiftieth moved. Another `seed` is another side.
 */
export function changesAtLimits(text: Text, seed: number): Edit[] {
  const random = seeded(seed), moves = text.list.length > 100;
  return provisionsOf(text).flatMap((provision, n): Edit[] => {
    const before = textOf(slotOf(provision, KEY)), phrase = PHRASES[Math.floor(random() * PHRASES.length)]!, from = Math.floor(random() * (before.length - 60));
    const edits: Edit[] = [{ do: 'splice', id: provision.id, key: KEY, from, to: from + 50, insert: plainSlot(phrase) }];
    if (n % 40 === seed % 40) edits.push({ do: 'remove', id: provision.id });
    else if (moves && n % 50 === seed % 50) edits.push({ do: 'move', id: provision.id, after: text.list[(n + 7) % text.list.length]! });
    return edits;
  });
}

/** As many short provisions as a room has place for besides `there`, added behind its last one: a side's list as long as it can be. */
export const additionsAtLimits = (there: Text, side: string): Edit[] =>
  Array.from({ length: PROVISION_LIMIT - there.list.length }, (_, n) => ({
    do: 'add', after: n === 0 ? there.list.at(-1) ?? null : `${side}${n - 1}`,
    provision: { id: `${side}${n}`, kind: 'paragraph', label: `${there.list.length + n + 1}`, level: 0, slots: { [KEY]: plainSlot(words(n, 80)) } },
  }));

/** A document at its limits as values: the common text, and the positions of two sides that have changed every provision of it. */
export function textsAtLimits(): { readonly common: Text; readonly positions: readonly [Text, Text] } {
  const common = textFrom(paperAtLimits());
  return { common, positions: [applyEdits(common, changesAtLimits(common, 11)), applyEdits(common, changesAtLimits(common, 29))] };
}

/** A short common text, and the positions of two sides: one has added as many provisions as there is place for, the other nothing. */
export function listAtLimits(): { readonly common: Text; readonly positions: readonly [Text, Text] } {
  const common = textFrom(paperAtLimits(10, 5_000));
  return { common, positions: [applyEdits(common, additionsAtLimits(common, 'a')), common] };
}
