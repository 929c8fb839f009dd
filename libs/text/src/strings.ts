/**
 * Which characters may stand in a slot or a label, a title or a reason (rules RT1.. in SPEC-ROOM.md). A negotiated text must not contain what its
 * readers cannot see: the same words must be the same characters on both sides, and nothing may reorder them on the screen.
 */
const FORBIDDEN = [
  '\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029', // control characters, line breaks
  '\\uD800-\\uDFFF', // half a character, which becomes U+FFFD
  '\\u202A-\\u202E\\u2066-\\u2069', // bidi embeddings, overrides, isolates
  '\\u200B\\u2060-\\u2065\\u206A-\\u206F\\uFEFF\\u180E', // no width, no visible effect
  '\\u115F\\u1160\\u3164\\uFFA0\\u17B4\\u17B5\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}', // letters and marks that cannot be seen
  '\\uFFF0-\\uFFFD\\u{E0000}-\\u{E00FF}\\u{E01F0}-\\u{E0FFF}', // annotation, tags, in which a whole hidden sentence fits
  '\\uFDD0-\\uFDEF', ...Array.from({ length: 17 }, (_, plane) => `\\u{${(plane * 0x10000 + 0xfffe).toString(16)}}\\u{${(plane * 0x10000 + 0xffff).toString(16)}}`), // noncharacters
].join('');
const ANY_FORBIDDEN = new RegExp(`[${FORBIDDEN}]`, 'u');
const ALL_FORBIDDEN = new RegExp(`[${FORBIDDEN}]`, 'gu');
const BREAKS = /\r\n|[\t-\r\u0085\u2028\u2029]/g;

/** Nothing forbidden in it. The `u` flag makes a surrogate match only when it stands alone. */
export const isCleanText = (text: string): boolean => !ANY_FORBIDDEN.test(text);

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** True when a cut at `at` would part a surrogate pair; Yjs turns both halves into U+FFFD. */
export const partsPair = (text: string, at: number): boolean => at > 0 && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

/** How characters are spoken, or what is noted to them, set between signs of annotation: no words of the text. */
const ANNOTATION = /\uFFFA[^\uFFFA\uFFFB]*\uFFFB/g;

/** What paste and import should put in: every line break or tab becomes one space, an annotation and everything else that is forbidden goes. */
export const cleanText = (input: string): string =>
  isCleanText(input) ? input : input.replace(BREAKS, ' ').replace(ANNOTATION, '').replace(ALL_FORBIDDEN, '');

/** The same for a reason, which may have several lines. */
export const areCleanLines = (text: string): boolean => text.split('\n').every(isCleanText);

/** What a reason is sent as: its line breaks stay. */
export const cleanLines = (input: string): string => input.split(/\r\n|[\n\r]/).map(cleanText).join('\n');

/** Scripts whose letters are joined or kept apart by U+200C and U+200D. */
const JOINING = 'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar'.split(' ').map((script) => `\\p{Script=${script}}`).join('');
/** What cannot be seen and has a meaning all the same: a joiner behind such a letter or its mark, a variant of a Chinese character. */
const MEANT = new RegExp(`(?<=[${JOINING}]\\p{M}*)[\\u200C\\u200D](?=[${JOINING}])|(?<=\\p{Script=Han})[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]`, 'gu');
/** An emoji may be joined to another and drawn in colour. */
const OF_EMOJI = /(?<=[\p{Extended_Pictographic}\uFE0F\u{1F3FB}-\u{1F3FF}])(?:\u200D(?=\p{Extended_Pictographic})|\uFE0F)|(?<=[0-9#*])\uFE0F/gu;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{C}\p{Zl}\p{Zp}\uFFFC\uFFFD\u2800]|(?! )\p{Zs}| {2}|^ | $/u;

/**
 * Whether this may be a name of a person or a delegation. Stricter than text: two names that look the same must not differ by what nobody sees. No formatting
 * character of any kind, one plain space between words, composed letters, and at least one letter or digit.
 */
export const isCleanName = (name: string): boolean =>
  isCleanText(name) && name === name.normalize('NFC') && /[\p{L}\p{N}]/u.test(name) && !UNSEEN.test(name.replace(MEANT, ''));

/** Where in `text` characters stand that cannot be seen themselves but are seen by what they do to their neighbours. */
export const meantAt = (text: string): ReadonlySet<number> => new Set([MEANT, OF_EMOJI].flatMap((meant) => [...text.matchAll(meant)].map((m) => m.index)));
