import type { MessageId, Wording } from './english.ts';

/** Stands on both sides of a piece's number. No character: where words of somebody have it, it is left out. */
const APART = '\uFFFF';

/** A message whose values that are no words stay what they are, between the words around them, in the order of the reader's language. */
export function pieces<T extends object>(wording: Wording, id: MessageId, values: Readonly<Record<string, string | number | T>>): (string | T)[] {
  const held: T[] = [];
  const words = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? `${APART}${held.push(value) - 1}${APART}` : typeof value === 'string' ? value.replaceAll(APART, '') : value]));
  return wording.message(id, words).split(APART).flatMap((part, i): (string | T)[] => (i % 2 === 1 ? [held[Number(part)]!] : part === '' ? [] : [part]));
}
