import type { Alongside, PartyId, Provision } from '@parley/text';
import type { Proposal, Result } from './proposal.ts';
import { type Accepting, Changes } from './changes.ts';
import { consentKey, consentsTo, neededFor } from './consents.ts';
import { isLocked } from './document.ts';
import { givingUp, mayStandAlongside, type Taking } from './given-up.ts';
import { namesOf } from './proposal-names.ts';
import { allStand, asksForWords, gathered, partyOfParts } from './parts.ts';
import { type OpenProposal, proposalsOf } from './proposals.ts';
import { grant, refuse, type Verdict } from './refusal.ts';
import { resultOf, touchedBy } from './result.ts';
import type { SharedState } from './act-context.ts';

/** An acceptance worked out: what it says and what it does, before anybody is asked whether it may be. */
export interface Prepared {
  readonly parts: readonly Proposal[];
  readonly of: PartyId;
  readonly names: readonly string[];
  readonly givesUp: readonly Proposal[];
  /** What every accepting side gives up by it, the others included. */
  readonly gone: readonly Proposal[];
  readonly result: Result;
  /** Under what a consent to it is kept. */
  readonly key: string;
  /** The delegations whose acceptance is missing besides; none: it enters the common text. */
  readonly waitsFor: readonly PartyId[];
  /** Everything that it changes once nobody is missing. */
  readonly changes: Changes;
}

/**
 * Works out what accepting `parts` means for `party`. Refuses parts of several parties, parts that do not stand, words in an agreed provision, and who has nothing to accept.
 * Screen and decision both ask this: what is shown is what is done.
 */
export function prepareAccept(shared: SharedState, taking: Taking): Verdict<Prepared> {
  const parts = gathered(taking.parts), of = partyOfParts(parts);
  if (of === null) return refuse('answer-one-by-one');
  const standing = allStand(shared, parts);
  if (!standing.ok) return standing;
  if (parts.some((part) => asksForWords(part) && isLocked(shared.document, part.provision))) return refuse('provision-locked');
  const { by, either } = neededFor(shared, parts), { party } = taking;
  if (!either && !by.includes(party)) return refuse('own-proposal');
  const consents = consentsTo(shared, parts);
  if (consents[party]) return refuse('already-consented');
  const others = either ? [] : by.filter((d) => d !== party), before = others.flatMap((d) => (consents[d] ? [{ party: d, ...consents[d] }] : []));
  const sides = [{ ...taking, parts }, ...before.map((c): Taking => ({ parts, party: c.party, own: c.own, besides: c.givesUp }))]
    .map((side) => ({ party: side.party, own: side.own, ...givingUp(shared, side) }));
  const changes = sides.length === 1 ? sides[0]!.changes : together(shared, parts, sides);
  const names = parts.flatMap((part) => namesOf(shared, part));
  const result = resultOf(shared.rooms.common!, changes.rooms.common!, parts);
  return grant({ parts, of, names, givesUp: sides[0]!.givesUp, gone: sides.flatMap((side) => side.givesUp), result, key: consentKey(names, of, result), waitsFor: others.filter((d) => !consents[d]), changes });
}

function together(shared: SharedState, parts: readonly Proposal[], sides: readonly (Accepting & { readonly party: PartyId })[]): Changes {
  const changes = new Changes(shared);
  changes.enter(parts, new Map(sides.map((side): [PartyId, Accepting] => [side.party, side])));
  return changes;
}

/** What a head is shown before it accepts. */
export interface AcceptPreview {
  /** To be performed exactly so. */
  readonly act: { readonly t: 'accept'; readonly parts: readonly Proposal[]; readonly own: Alongside; readonly givesUp: readonly Proposal[]; readonly result: Result };
  /** The delegations that have to accept the same before it enters the common text; none: it enters at once. */
  readonly waitsFor: readonly PartyId[];
  /** The common text of every provision touched, in the order it will have: null where there is none before, or none after. */
  readonly texts: readonly { readonly provision: string; readonly before: Provision | null; readonly after: Provision | null }[];
  /** The provisions of the common text in order, when the parts change it. */
  readonly order: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
  /** What is open in the touched provisions afterwards, by whomever. */
  readonly staysOpen: readonly OpenProposal[];
  /** True when own words may stay beside accepted ones at the same point: ask again with `own: 'alongside'` for that. */
  readonly alongside: boolean;
}

/** What accepting `parts` would do, as `decide` would do it. Refuses what `prepareAccept` refuses; whether the actor may, and whether they have rested, is not asked here. */
export function previewAccept(shared: SharedState, taking: Taking): Verdict<AcceptPreview> {
  const prepared = prepareAccept(shared, taking);
  if (!prepared.ok) return prepared;
  const { parts, givesUp, result, waitsFor, changes } = prepared.value;
  const before = shared.rooms.common!, after = changes.rooms.common!;
  return grant({
    act: { t: 'accept', parts, own: taking.own, givesUp, result }, waitsFor,
    texts: result.provisions.map(({ provision }) => ({ provision, before: before.by.get(provision) ?? null, after: after.by.get(provision) ?? null })),
    order: result.order === null ? null : { before: before.list, after: after.list },
    staysOpen: proposalsOf({ ...shared, rooms: changes.rooms }, [...touchedBy(parts)]),
    alongside: mayStandAlongside(shared, { ...taking, parts }),
  });
}
