import unhomoglyph from 'unhomoglyph';

/** Without accents, case, width, spaces and punctuation, and with one letter for all that look like it (the skeleton of Unicode TR39). */
function folded(name: string): string {
  const bare = (text: string): string => unhomoglyph(text.normalize('NFKD').replace(/\p{M}/gu, '')).normalize('NFKD').replace(/\p{M}/gu, '');
  return bare(bare(name).toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Read as it is and in small letters: `I` looks like `l`, and is the capital of `i`. */
const readings = (name: string): string[] => [folded(name), folded(name.normalize('NFKC').toLowerCase())];

/** Whether a person could take one name for the other. */
export function lookAlike(one: string, other: string): boolean {
  const of = readings(other);
  return readings(one).some((reading) => of.includes(reading));
}
