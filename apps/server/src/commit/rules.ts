import { awaitingOf, decide, decideGroup, groupsOf, lapsing, lapsingParts, progressOf, proposalsOf, standingOf } from '@parley/negotiation';
import { validateUpdate } from '@parley/text';

/** The rules a session asks. Replaced only in tests. */
export interface Rules {
  readonly decide: typeof decide;
  readonly decideGroup: typeof decideGroup;
  readonly lapsing: typeof lapsing;
  readonly lapsingParts: typeof lapsingParts;
  readonly progressOf: typeof progressOf;
  readonly awaitingOf: typeof awaitingOf;
  readonly standingOf: typeof standingOf;
  readonly proposalsOf: typeof proposalsOf;
  readonly groupsOf: typeof groupsOf;
  readonly validate: typeof validateUpdate;
}

export const RULES: Rules = { decide, decideGroup, lapsing, lapsingParts, progressOf, awaitingOf, standingOf, proposalsOf, groupsOf, validate: validateUpdate };
