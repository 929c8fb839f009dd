import { type Catalogue, english, type MessageId, type RefusalId, type Wording } from '@parley/messages';
import type { ReactNode } from 'react';
import { createIntl, createIntlCache, type IntlShape } from 'react-intl';

const cache = createIntlCache();
const speaking = (locale: string, catalogue: Catalogue): IntlShape =>
  createIntl({ locale, defaultLocale: locale, messages: catalogue as Record<string, string>, onError: (error) => { throw error; } }, cache);

let intl = speaking('en-GB', english);
let lists = new Intl.ListFormat('en-GB');

/** The language of the whole page, chosen before it is drawn: what is drawn already keeps its words. */
export function setLanguage(locale: string, catalogue: Catalogue): void {
  intl = speaking(locale, catalogue);
  lists = new Intl.ListFormat(locale);
}

/** The language tag that dates and numbers are written by. */
export const language = (): string => intl.locale;

/** What is put in a message: words and numbers, in a page also elements, and for `<b>…</b>` what draws it. */
type Words = Readonly<Record<string, string | number>>;
type Parts = Readonly<Record<string, ReactNode | ((inside: ReactNode[]) => ReactNode)>>;

/**
 * A sentence of `@parley/messages` in the page's language. Called while something is drawn or done, never while a module is loaded: the language is chosen after that. Throws
 * where a value that the message has is not given.
 */
export function message(id: MessageId, values?: Words): string;
export function message(id: MessageId, values: Parts): ReactNode;
export function message(id: MessageId, values?: Parts): ReactNode {
  return intl.formatMessage({ id }, values as Words);
}

/** What a refusal says: what is the matter, and what to do. */
export const refusalSentence = (refusal: RefusalId): string => message(`refusal.${refusal}`);

/** "Azure", "Azure and Ochre", "Azure, Ochre and Chair". */
export const listed = (names: readonly string[]): string => lists.format(names);

/** The page's language, for what `@parley/text` puts in words. */
export const wording: Wording = { message, listed };
