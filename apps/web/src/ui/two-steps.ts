/** What the first step of an act showed. `moved`: what it would be now is something else, so that it cannot be performed any more. */
export interface Shown<T> { readonly value: T; readonly print: string; readonly moved: boolean }

/** Everything that was shown, and everything that will be sent, as one word. */
const printOf = (value: unknown): string => JSON.stringify(value);

/** The first step: `value` holds the act to be performed and every word that the screen shows of it. */
export const show = <T>(value: T): Shown<T> => ({ value, print: printOf(value), moved: false });

/** What was shown, compared with what would be shown now (null: nothing any more). Once moved it stays so, also when the words come back. */
export const compared = <T>(shown: Shown<T>, now: T | null): Shown<T> =>
  shown.moved || (now !== null && printOf(now) === shown.print) ? shown : { ...shown, moved: true };
