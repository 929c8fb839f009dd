import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';

/** Messages by id: as they are written, or compiled to their elements. */
export type Catalogue = Readonly<Record<string, string | MessageFormatElement[]>>;

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = [...'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'];
const accented = (words: string): string => words.replace(/[a-z]/gi, (letter) => ACCENTED[PLAIN.indexOf(letter)]!);

/** Longer by three tenths, in brackets: what is cut off or put together from pieces shows. */
const stretched = (words: string, length: number): string => `⟦${words}${'·'.repeat(Math.ceil(length * 0.3))}⟧`;

const LITERAL = 0, SELECT = 5, PLURAL = 6, TAG = 8;

const lengthOf = (elements: readonly MessageFormatElement[]): number => elements.reduce((n, one) =>
  n + (one.type === LITERAL ? one.value.length : one.type === TAG ? lengthOf(one.children) : one.type === SELECT || one.type === PLURAL ? Math.max(...Object.values(one.options).map((o) => lengthOf(o.value))) : 0), 0);

const accentedElements = (elements: readonly MessageFormatElement[]): MessageFormatElement[] => elements.map((one): MessageFormatElement => {
  if (one.type === LITERAL) return { ...one, value: accented(one.value) };
  if (one.type === TAG) return { ...one, children: accentedElements(one.children) };
  if (one.type === SELECT || one.type === PLURAL) return { ...one, options: Object.fromEntries(Object.entries(one.options).map(([key, option]) => [key, { ...option, value: accentedElements(option.value) }])) } as MessageFormatElement;
  return one;
});

const literal = (value: string): MessageFormatElement => ({ type: LITERAL, value });

/** The catalogue of the pseudo-locale `en-XA`: every message accented, in ⟦…⟧ and three tenths longer. Takes compiled messages, and plain ones without values. */
export const pseudo = (catalogue: Catalogue): Catalogue => Object.fromEntries(Object.entries(catalogue).map(([id, message]) => [id, typeof message === 'string'
  ? stretched(accented(message), message.length)
  : [literal('⟦'), ...accentedElements(message), literal(`${'·'.repeat(Math.ceil(lengthOf(message) * 0.3))}⟧`)]]));
