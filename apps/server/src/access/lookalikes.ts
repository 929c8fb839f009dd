import unhomoglyph from 'unhomoglyph';

/** Small capitals, which the skeleton leaves as they are: to the eye they are the letters. */
const SMALL_CAPITALS: Readonly<Record<string, string>> = {
  ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e', ꜰ: 'f', ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴊ: 'j', ᴋ: 'k', ʟ: 'l', ᴍ: 'm', ɴ: 'n', ᴏ: 'o', ᴘ: 'p', ꞯ: 'q', ʀ: 'r', ꜱ: 's', ᴛ: 't', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w', ʏ: 'y', ᴢ: 'z',
};
const plainly = (name: string): string => name
  .replace(/[\u0250-\u02AF\u1D00-\u1D2B\uA720-\uA7FF]/gu, (letter) => SMALL_CAPITALS[letter] ?? letter)
  // Small letters of Cherokee are its capitals written small.
  .replace(/[\u13F8-\u13FD\uAB70-\uABBF]/gu, (letter) => letter.toUpperCase())
  .replace(/[ßẞ]/gu, 'ss')
  // What parts or stretches words: the skeleton takes a long dash for a letter of Japanese.
  .replace(/[\p{Pd}\p{Z}\u0640]/gu, '');

/** Without accents, case, width, spaces and punctuation, and with one letter for all that look like it (the skeleton of Unicode TR39). */
function folded(name: string): string {
  const bare = (text: string): string => unhomoglyph(text.normalize('NFKD').replace(/\p{M}/gu, '')).normalize('NFKD').replace(/\p{M}/gu, '');
  return bare(bare(name).toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '').replaceAll('vv', 'w');
}

/** Read as it is, in small letters, and as it is but for `I`, which looks like `l` and is the capital of `i`: of other scripts some letters look like ours as capitals alone. */
function readings(name: string): string[] {
  const plain = plainly(name);
  return [folded(plain), folded(plain.normalize('NFKC').toLowerCase()), folded(plain.normalize('NFKC').replaceAll('I', 'i'))];
}

/** Whether a person could take one name for the other. */
export function lookAlike(one: string, other: string): boolean {
  const of = readings(other);
  return readings(one).some((reading) => of.includes(reading));
}
