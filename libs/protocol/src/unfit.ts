/** What no database takes, and no person means: the character 0 and half a character. */
const UNFIT = /[\0\p{Cs}]/u;

/** Where a text holds such a character; null when none does. As deep as schemas go. Bytes are no text. */
export function unfitIn(value: unknown, at = '', depth = 8): string | null {
  if (typeof value === 'string') return UNFIT.test(value) ? at : null;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || depth === 0) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = UNFIT.test(name) ? at : unfitIn(part, at === '' ? name : `${at}.${name}`, depth - 1);
    if (found !== null) return found;
  }
  return null;
}
