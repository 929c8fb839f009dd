import { type Link, type LinkPart, linksOf, linksWithin, type PartyId, type Reach, type Text } from '@parley/text';
import type { Proposal } from './proposal.ts';
import { consentsTo } from './consents.ts';
import type { Decline } from './document.ts';
import { itemBody, nameOfHunk, nameOfItem } from './proposal-names.ts';
import { gathered } from './parts.ts';
import type { OpenProposal } from './proposals.ts';
import { positionsOf, type SharedState } from './act-context.ts';

/**
 * Open proposals that only make sense together, answered as one. As a proposal it is the whole: `parties` make every part of it,
 * `outstanding` lack the acceptance of some part, `declines` are of all parts that the declining side did not write too.
 */
export interface ProposalGroup extends OpenProposal {
  /** Never empty; in the order in which they were given. */
  readonly members: readonly OpenProposal[];
  /** All of it as one act names it, of the first of `parties`. */
  readonly parts: readonly Proposal[];
  /** Where it is, the first being where it stands in lists. */
  readonly provisions: readonly string[];
}

/** With more open proposals than this a text is searched within its provisions alone: whoever floods a text does not make everybody's counting slow. */
const MOST = 500;

/**
 * Every proposal of `open` in exactly one group: what one position links is together as long as one party makes all of it. `before`: groups that were found with a longer
 * reach; what of them is still open stays together. Nothing is decided by groups.
 */
export function groupsOf(shared: SharedState, open: readonly OpenProposal[], reach: Reach = 'everywhere', before: readonly ProposalGroup[] = []): ProposalGroup[] {
  const common = shared.rooms.common;
  if (!common) return [];
  const several = before.filter(({ members }) => members.length > 1);
  if (reach === 'provision' || open.length > MOST) return byProvision(shared, common, open, several);
  return tied(shared, open, [...positionsOf(shared).flatMap(({ text }) => namesTied(common, linksOf(common, text))), ...several.map(namesIn)]);
}

/** Groups within provisions, and across them as far as they were found `before`. */
function byProvision(shared: SharedState, common: Text, open: readonly OpenProposal[], before: readonly ProposalGroup[]): ProposalGroup[] {
  const far = before.filter(({ provisions }) => provisions.length > 1), across = new Set(far.flatMap(({ members }) => members.map(({ provision }) => provision)));
  const near = new Map<string, ProposalGroup[]>();
  for (const group of before) if (!across.has(group.provision)) near.set(group.provision, [...(near.get(group.provision) ?? []), group]);
  const positions = positionsOf(shared), ties = (id: string): (readonly string[])[] => positions.flatMap(({ text }) => {
    const [ours, theirs] = [common.by.get(id), text.by.get(id)];
    return ours && theirs ? namesTied(common, linksWithin(ours, theirs)) : [];
  });
  const joined = tied(shared, open.filter(({ provision }) => across.has(provision)), [...[...across].flatMap(ties), ...before.filter(({ provision }) => across.has(provision)).map(namesIn)]);
  let next = 0;
  return runsOf(open).flatMap((run) => {
    const [{ provision: id }] = run;
    if (!across.has(id)) return groupsIn(shared, run, near.get(id) ?? [], () => ties(id));
    const from = next;
    while (next < joined.length && run.includes(joined[next]!.members[0]!)) next++;
    return joined.slice(from, next);
  });
}

/** One or more proposals. */
type Run = readonly [OpenProposal, ...OpenProposal[]];

/** Neighbours in the same provision. */
function runsOf(open: readonly OpenProposal[]): Run[] {
  const runs: [OpenProposal, ...OpenProposal[]][] = [];
  for (const one of open) {
    const last = runs.at(-1);
    if (last && last[0].provision === one.provision) last.push(one); else runs.push([one]);
  }
  return runs;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

/** The groups of the proposals of one provision, by the first of them. */
const within = new WeakMap<OpenProposal, { readonly of: Run; readonly before: readonly ProposalGroup[]; readonly groups: readonly ProposalGroup[] }>();

/**
 * The groups of one provision: those found last where its proposals are the same values, which are made anew with whatever they depend on. Where consents stand to parts they
 * are looked for anew: whether those hold depends on more.
 */
function groupsIn(shared: SharedState, of: Run, before: readonly ProposalGroup[], ties: () => (readonly string[])[]): readonly ProposalGroup[] {
  const [first] = of, last = of.length > 1 && Object.keys(shared.document.partConsents).length > 0 ? undefined : within.get(first);
  if (last && same(last.of, of) && (same(last.before, before) || same(last.groups.filter(({ members }) => members.length > 1), before))) return last.groups;
  const groups = of.length === 1 ? [groupOfOne(first)] : tied(shared, of, [...ties(), ...before.map(namesIn)]);
  within.set(first, { of, before, groups });
  return groups;
}

const namesIn = ({ members }: ProposalGroup): string[] => members.map(({ name }) => name);

/** What links of several parts tie together, by the names of the proposals. */
const namesTied = (common: Text, links: readonly Link[]): string[][] =>
  links.filter(({ parts }) => parts.length > 1).map(({ parts }) => parts.map((part) => nameOfPart(common, part)));

/** Groups of proposals that are tied by their names; by their first members. */
function tied(shared: SharedState, open: readonly OpenProposal[], ties: readonly (readonly string[])[]): ProposalGroup[] {
  const at = new Map(open.map(({ name }, i) => [name, i]));
  return together(open, ties.map((names) => names.flatMap((name) => at.get(name) ?? []))).map((members) => groupOf(shared, members));
}

function nameOfPart(common: Text, part: LinkPart): string {
  if (part.on === 'words') return nameOfHunk(part.provision, part.key, common.by.get(part.provision), part.hunk);
  return nameOfItem(itemBody(part.item), part.item.type === 'add' ? part.item.provision.id : part.item.id);
}

const both = (a: readonly PartyId[], b: readonly PartyId[]): PartyId[] => a.filter((party) => b.includes(party));

/** Proposals that chains of ties connect, each chain only as far as one party makes all of it; by their first members. */
function together(open: readonly OpenProposal[], ties: readonly (readonly number[])[]): OpenProposal[][] {
  const roots = open.map((_, i) => i), makers = open.map(({ parties }) => parties);
  const root = (i: number): number => { while (roots[i] !== i) i = roots[i] = roots[roots[i]!]!; return i; };
  for (const [first, ...rest] of ties) {
    for (const other of rest) {
      const [a, b] = [root(first!), root(other)], shared = both(makers[a]!, makers[b]!);
      if (a === b || shared.length === 0) continue;
      roots[Math.max(a, b)] = Math.min(a, b);
      makers[Math.min(a, b)] = shared;
    }
  }
  const groups = new Map<number, OpenProposal[]>();
  open.forEach((one, i) => { const members = groups.get(root(i)); if (members) members.push(one); else groups.set(root(i), [one]); });
  return [...groups.values()];
}

/** Most proposals stand alone, and whoever counts asks for all of them again and again. */
const alone = new WeakMap<OpenProposal, ProposalGroup>();

function groupOfOne(one: OpenProposal): ProposalGroup {
  let group = alone.get(one);
  if (!group) alone.set(one, group = { ...one, members: [one], parts: [one.proposal], provisions: [one.provision] });
  return group;
}

function groupOf(shared: SharedState, members: readonly OpenProposal[]): ProposalGroup {
  const first = members[0]!;
  if (members.length === 1) return groupOfOne(first);
  const provisions = [...new Set(members.map(({ provision }) => provision))];
  const parties = members.reduce<readonly PartyId[]>((shared, m) => both(shared, m.parties), first.parties);
  const parts = partsOf(members, parties[0]!), delegations = shared.group.delegations.map(({ id }) => id);
  const by = delegations.filter((d) => !members.every((m) => m.parties.includes(d))), consents = consentsTo(shared, parts);
  const lacks = (d: PartyId): boolean => !consents[d] && members.some((m) => !m.parties.includes(d) && m.outstanding.includes(d));
  return {
    name: first.name, proposal: parts[0]!, provision: first.provision, members, parts, provisions, parties, consents,
    outstanding: by.length === 0 ? delegations : by.filter(lacks), either: by.length === 0, contested: members.some((m) => m.contested),
    within: first.within.filter(({ names }) => names.length > members.length && members.every(({ name }) => names.includes(name))),
    declines: delegations.flatMap((d) => declineOf(members, d)),
  };
}

/** Proposals as the parts of one act, as `party` makes them. */
export const partsOf = (members: readonly Pick<OpenProposal, 'proposal'>[], party: PartyId): Proposal[] => gathered(members.map(({ proposal }) => ({ ...proposal, party })));

/** The decline by which a side has declined the last of what it did not write too; none while anything is left. */
function declineOf(members: readonly OpenProposal[], party: PartyId): Decline[] {
  const others = members.filter((m) => !m.parties.includes(party)), all = others.map(({ declines }) => declines.find((d) => d.party === party));
  return all.length > 0 && all.every((d) => d !== undefined) ? [all.reduce((last, d) => (d.at > last.at ? d : last))] : [];
}
