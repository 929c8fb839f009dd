import type { DocumentState } from './document.ts';
import { formerName, namesOf } from './proposal-names.ts';
import { allStand, gathered, makersOf, partyOfParts } from './parts.ts';
import type { Proposal } from './proposal.ts';
import { grant, refuse, type Verdict } from './refusal.ts';
import type { Subject } from './right.ts';
import type { ActContext } from './act-context.ts';
import { only, without } from './without.ts';

/** What an answer is about, for whoever is asked whether it may be given. */
export const firstOf = ({ parts: [part] }: { readonly parts: readonly Proposal[] }): Pick<Subject, 'provision' | 'party'> => (part ? { provision: part.provision, party: part.party } : {});

/** The parts of an answer; under the first version of the rules there was one. */
export const partsOf = (act: { readonly parts: readonly Proposal[] } | { readonly proposal: Proposal }): readonly Proposal[] => ('parts' in act ? act.parts : [act.proposal]);

/** The parts as they stand, all of one party. */
export function standingParts(context: ActContext, sent: readonly Proposal[]): Verdict<Proposal[]> {
  const parts = gathered(sent);
  if (partyOfParts(parts) === null) return refuse('answer-one-by-one');
  const standing = allStand(context, parts);
  return standing.ok ? grant(parts) : standing;
}

/** A part for each hunk. */
export const singly = (part: Proposal): Proposal[] => (part.on === 'words' ? part.hunks.map((hunk) => ({ ...part, hunks: [hunk] })) : [part]);

/** A name with its provision: what an event about a proposal is about. */
interface Place { readonly name: string; readonly provision: string }

export const placesOf = (context: ActContext, parts: readonly Proposal[]): Place[] => parts.flatMap((part) => namesOf(context, part).map((name) => ({ name, provision: part.provision })));

/** Of parts that a party gives up, those that nobody proposes any more; a proposal that another party makes too keeps its answers. */
export const givenUpBy = (context: ActContext, parts: readonly Proposal[]): Place[] => placesOf(context, parts.flatMap(singly).filter((part) => makersOf(context, part).length === 1));

/** Consents and declines hang on a proposal's name: when its words have entered or left the text, they are spent; so is a decline of all that read alike. */
export const spent = (state: DocumentState, name: string): DocumentState => ({
  ...state,
  proposalConsents: only(state.proposalConsents, (_by, key) => !key.startsWith(`${name}|`)),
  partConsents: only(state.partConsents, ({ names }) => !names.includes(name)),
  declines: without(without(state.declines, name), formerName(name)),
});
