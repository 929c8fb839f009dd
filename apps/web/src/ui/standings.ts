import { type SharedState, type Standing, standingOf } from '@parley/negotiation';

const known = new WeakMap<SharedState, Map<string, Standing | null>>();

/** How the provisions of a document stand as it is shown: several parts of the page ask for all of them at every key press. */
export function standingIn(shown: SharedState): (provision: string) => Standing | null {
  const standings = known.get(shown) ?? new Map<string, Standing | null>();
  known.set(shown, standings);
  return (provision) => {
    let standing = standings.get(provision);
    if (standing === undefined) standings.set(provision, (standing = standingOf(shown, provision)));
    return standing;
  };
}
