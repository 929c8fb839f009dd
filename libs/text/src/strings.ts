/**
 * Which characters may stand in a slot or a label (YJS 0.3 step 4). A negotiated text must not contain what its readers cannot see:
 * the same words must be the same characters on both sides, and nothing may reorder them on the screen.
 *
 * Forbidden: lone surrogates and U+FFFD (a pair cut in half), control characters and line breaks of every kind, the bidi embeddings,
 * overrides and isolates, the invisible U+200B, U+2060, U+FEFF, interlinear annotation, noncharacters of the first plane, and the
 * invisible tag characters, in which a whole hidden sentence fits.
 * Allowed: all letters of all scripts, U+200C and U+200D (Persian, Indic scripts, emoji), the marks U+200E, U+200F and U+061C.
 */
const FORBIDDEN =
  '\\u0000-\\u001F\\u007F-\\u009F\\u200B\\u2028\\u2029\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uD800-\\uDFFF\\uFDD0-\\uFDEF\\uFEFF\\uFFF9-\\uFFFB\\uFFFD-\\uFFFF\\u{E0000}-\\u{E007F}';
const ANY_FORBIDDEN = new RegExp(`[${FORBIDDEN}]`, 'u');
const ALL_FORBIDDEN = new RegExp(`[${FORBIDDEN}]`, 'gu');
const BREAKS = /\r\n|[\t-\r\u0085\u2028\u2029]/g;

/** Nothing forbidden in it. The `u` flag makes a surrogate match only when it stands alone. */
export const isCleanText = (text: string): boolean => !ANY_FORBIDDEN.test(text);

/** What paste and import should put in: every line break or tab becomes one space, everything else that is forbidden goes. */
export const cleanText = (input: string): string =>
  isCleanText(input) ? input : input.replace(BREAKS, ' ').replace(ALL_FORBIDDEN, '');
