import type { PartyId } from '@parley/text';
import type { Proposal, Result } from './proposal.ts';
import type { PartConsent, PartConsents } from './document.ts';
import { holding, resultOfParts } from './holding.ts';
import { namesOf, short } from './proposal-names.ts';
import { allStand, makersOf, partyOfParts } from './parts.ts';
import type { SharedState } from './act-context.ts';

/** Under what consents to parts are kept: whose they are, their names, and what the text will read. */
export function consentKey(names: readonly string[], of: PartyId, result: Result): string {
  const places = result.provisions.map(({ provision, digest }) => `${provision} ${digest ?? ''}`);
  return `${of}|${short([[...names].sort(), places, result.order ?? ''].flat().join('\n'))}`;
}

/** The consents to exactly these parts, as they stand now, that still hold. */
export function consentsTo(shared: SharedState, parts: readonly Proposal[]): Readonly<Record<PartyId, PartConsent>> {
  const of = partyOfParts(parts);
  if (of === null || Object.keys(shared.document.partConsents).length === 0 || !allStand(shared, parts).ok) return {};
  const key = consentKey(parts.flatMap((part) => namesOf(shared, part)), of, resultOfParts(shared, parts));
  const kept = shared.document.partConsents[key];
  return kept ? holding(shared, kept) : {};
}

/** The parties whose consents of `kept` hold no longer. */
export function fallen(shared: SharedState, kept: PartConsents): PartyId[] {
  const still = holding(shared, kept);
  return Object.keys(kept.by).filter((party) => !still[party]);
}

/** Keys of the consents to parts that hold no longer for some side: of those with a part, or something given up for them, in one of the touched provisions, or of all. The server lets them lapse in the same commit. */
export function lapsingParts(shared: SharedState, touched: ReadonlySet<string> | 'all'): string[] {
  const isAbout = ({ parts, by }: PartConsents): boolean =>
    touched === 'all' || [...parts, ...Object.values(by).flatMap(({ givesUp }) => givesUp)].some(({ provision }) => touched.has(provision));
  return Object.entries(shared.document.partConsents).filter(([, kept]) => isAbout(kept) && fallen(shared, kept).length > 0).map(([key]) => key);
}

/** A consent to parts that its delegation can take back. `key`: as the act names it. */
export interface HeldConsent { readonly key: string; readonly kept: PartConsents }

/** The consents of `party` that still hold, to parts of which one has a name in `names`. */
export function heldConsents(shared: SharedState, party: PartyId, names: readonly string[]): HeldConsent[] {
  return Object.entries(shared.document.partConsents)
    .filter(([, kept]) => kept.by[party] !== undefined && kept.names.some((name) => names.includes(name)) && holding(shared, kept)[party] !== undefined)
    .map(([key, kept]) => ({ key, kept }));
}

/** Who has to accept `parts`, and who still has. `either`: both delegations wrote all of them, the acceptance of one suffices. */
export interface Needed { readonly by: readonly PartyId[]; readonly outstanding: readonly PartyId[]; readonly either: boolean }

/** Every delegation that did not itself write all the parts: a part that it wrote too counts as accepted by it. */
export function neededFor(shared: SharedState, parts: readonly Proposal[]): Needed {
  const delegations = shared.group.delegations.map((d) => d.id);
  const makers = parts.map((part) => makersOf(shared, part));
  const by = delegations.filter((d) => !makers.every((parties) => parties.includes(d)));
  if (by.length === 0) return { by, outstanding: delegations, either: true };
  const consents = consentsTo(shared, parts);
  return { by, outstanding: by.filter((d) => !consents[d]), either: false };
}
