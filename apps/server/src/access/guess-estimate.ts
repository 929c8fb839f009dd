import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** How many guesses a password withstands. */
export abstract class GuessEstimate {
  /** Their logarithm to base 10, from zxcvbn with its dictionaries and `names`. `user`: who takes turns with others. */
  abstract log10(password: string, names: readonly string[], user: string): Promise<number>;

  /** For shutdown: nothing may be asked afterwards. */
  async close(): Promise<void> {}
}

/** More of a password is not looked at: the estimate costs the square of the length, and so many characters are enough. */
export const LOOKED_AT = 32;

/** Estimates on the thread that calls it; a long one takes most of a second. */
export class GuessEstimateHere extends GuessEstimate {
  private estimator: Promise<ZxcvbnFactory> | null = null;

  override async log10(password: string, names: readonly string[]): Promise<number> {
    const estimator = await (this.estimator ??= makeEstimator());
    return estimator.check(password.slice(0, LOOKED_AT), [...names]).guessesLog10;
  }
}

/** The dictionaries are large: read when the first password is chosen, and from this machine alone. */
async function makeEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en')]);
  return new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs, maxLength: LOOKED_AT });
}

export interface GuessQuestion { readonly password: string; readonly names: readonly string[] }
