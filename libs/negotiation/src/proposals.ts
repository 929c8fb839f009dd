import { COMPARE_VERSION, contested, type PartyId, type Provision, slotKeys, slotOf, type Text } from '@parley/text';
import type { ItemProposal, Proposal } from './proposal.ts';
import { consentsTo } from './consents.ts';
import { holding } from './holding.ts';
import type { Decline, DocumentState, Attribution, PartConsent, PartConsents } from './document.ts';
import { declinesOf, provisionOfName } from './proposal-names.ts';
import { itemsOf, type Made, wordsOf } from './parts.ts';
import { positionsOf, type SharedState } from './act-context.ts';

/** One proposal as the list beside the text shows it and as an act names it. */
export interface OpenProposal {
  /** Stable on screen while the words stand: React key, focus, declines. Holds no words. */
  readonly name: string;
  /** Ready to be put into an act. Of a convergent proposal: as its first party makes it. */
  readonly proposal: Proposal;
  readonly provision: string;
  /** Every party that proposes exactly this; more than one when convergent. */
  readonly parties: readonly PartyId[];
  /** The delegations whose acceptance of it alone is still missing. With `either` both delegations wrote it and the acceptance of one of them suffices. */
  readonly outstanding: readonly PartyId[];
  readonly either: boolean;
  readonly contested: boolean;
  /** Consents already given to it alone that still stand (only the chair's proposals need two). */
  readonly consents: Readonly<Record<PartyId, PartConsent>>;
  /** Consents that still stand to this together with other parts. */
  readonly within: readonly PartConsents[];
  readonly declines: readonly Decline[];
}

/** True while `party` still has to answer: its acceptance is missing, alone or together with others, and it has not declined. */
export const awaits = (proposal: OpenProposal, party: PartyId): boolean =>
  proposal.outstanding.includes(party) && !proposal.declines.some((d) => d.party === party)
  && (Object.keys(proposal.consents).length > 0 || !proposal.within.some(({ by }) => by[party]));

/** Which provisions to show, in reading order: the common text's, each with the added ones that follow it. */
function readingOrder(common: Text, made: readonly Made[]): string[] {
  const added = new Map<string | null, Set<string>>();
  for (const { proposal } of made) {
    if (proposal.on !== 'item' || proposal.item.type !== 'add') continue;
    const after = added.get(proposal.item.after);
    if (after) after.add(proposal.provision); else added.set(proposal.item.after, new Set([proposal.provision]));
  }
  return [...(added.get(null) ?? []), ...common.list.flatMap((id) => [id, ...(added.get(id) ?? [])])];
}

/** The proposals of provisions of a common text, with all that they were made of: for whoever asks for all of them at every key press. */
export type KeptProposals = WeakMap<Provision, { readonly inputs: readonly unknown[]; readonly open: readonly OpenProposal[] }>;

/** Every open proposal, in reading order; of one provision or of several, in their order, when they are given. What is `kept` is taken from there, and put there. */
export function proposalsOf(shared: SharedState, among?: string | readonly string[], kept?: KeptProposals): OpenProposal[] {
  const common = shared.rooms.common;
  if (!common) return [];
  const positions = positionsOf(shared), wanted = typeof among === 'string' ? [among] : among;
  const items = positions.flatMap(({ party, text }) => itemsOf(common, party, text)), of = new Map<string, Made[]>();
  for (const made of items) { const row = of.get(made.proposal.provision); if (row) row.push(made); else of.set(made.proposal.provision, [made]); }
  const order = wanted ?? readingOrder(common, items);
  const search: Search = { shared, common, positions, kept };
  return order.flatMap((id) => proposalsIn(search, id, of.get(id) ?? NONE));
}

const NONE: readonly Made[] = [];

/** What the proposals of every provision are looked for in. */
interface Search { readonly shared: SharedState; readonly common: Text; readonly positions: ReturnType<typeof positionsOf>; readonly kept: KeptProposals | undefined }

/** The proposals of one provision; taken from `kept` as long as nothing that they are made of changes. Where consents stand to parts they are looked for anew: those depend on more. */
function proposalsIn({ shared, common, positions, kept }: Search, id: string, items: readonly Made[]): readonly OpenProposal[] {
  const { group, document } = shared, before = common.by.get(id);
  const find = (): OpenProposal[] => {
    const words = positions.flatMap(({ party, text }) => wordsOf(common, party, text, id)).sort((a, b) => place(a, common) - place(b, common));
    return grouped(shared, [...items, ...words]);
  };
  if (!kept || !before || Object.keys(document.partConsents).length > 0) return find();
  const inputs = [group, document.declines, ...positions.flatMap(({ party, text }) => [party, text.by.get(id)]), ...items], last = kept.get(before);
  if (last && last.inputs.length === inputs.length && last.inputs.every((input, i) => input === inputs[i])) return last.open;
  const open = find();
  kept.set(before, { inputs, open });
  return open;
}

function place(made: Made, common: Text): number {
  const { proposal } = made;
  if (proposal.on === 'item') return -1;
  return slotKeys(common.by.get(proposal.provision)!.kind).indexOf(proposal.key) * 1_000_000 + proposal.hunks[0]!.from;
}

function grouped(shared: SharedState, made: readonly Made[]): OpenProposal[] {
  return [...new Set(made.map(({ name }) => name))].map((name) => {
    const same = made.filter((m) => m.name === name);
    const first = same[0]!;
    const parties = same.map((m) => m.party);
    const { alone, within } = consentsOn(shared, first, parties);
    return {
      name, proposal: first.proposal, provision: first.proposal.provision, parties, consents: alone, within,
      ...outstandingOf(shared, parties, alone),
      contested: made.some((other) => !parties.includes(other.party) && collide(shared, first, other)),
      declines: declinesOf(shared.document, name),
    };
  });
}

/** The consents that still stand to this very proposal, and to more of which it is a part. */
function consentsOn(shared: SharedState, { name, proposal }: Made, parties: readonly PartyId[]): { readonly alone: OpenProposal['consents']; readonly within: readonly PartConsents[] } {
  const kept = Object.values(shared.document.partConsents).filter((set) => parties.includes(set.of) && set.names.includes(name));
  if (kept.length === 0) return { alone: {}, within: [] };
  const larger = kept.filter(({ names }) => names.length > 1).map((set) => ({ ...set, by: holding(shared, set) }));
  return { alone: consentsTo(shared, [proposal]), within: larger.filter(({ by }) => Object.keys(by).length > 0) };
}

function collide(shared: SharedState, a: Made, b: Made): boolean {
  if (a.name === b.name) return false;
  if (a.proposal.on === 'words' && b.proposal.on === 'words') {
    return a.proposal.key === b.proposal.key && contested(a.hunk!, b.hunk!, slotOf(shared.rooms.common?.by.get(a.proposal.provision), a.proposal.key));
  }
  const removes = (m: Made) => m.proposal.on === 'item' && m.proposal.item.type === 'remove';
  if (removes(a) || removes(b)) return true;
  return a.proposal.on === 'item' && b.proposal.on === 'item' && itemKind(a.proposal) === itemKind(b.proposal);
}

const itemKind = ({ item }: ItemProposal): string => (item.type === 'field' ? item.field : item.type);

/** Who still has to accept what `parties` wrote: every delegation that did not write it. */
function outstandingOf(shared: SharedState, parties: readonly PartyId[], consents: OpenProposal['consents']): Pick<OpenProposal, 'outstanding' | 'either'> {
  const delegations = shared.group.delegations.map((d) => d.id);
  const others = delegations.filter((d) => !parties.includes(d));
  if (others.length === 0) return { outstanding: delegations, either: true };
  return { outstanding: others.filter((d) => !consents[d]), either: false };
}

/**
 * An answer that stands in the record on wording that is marked off otherwise now, or under rules that are no longer these: whoever reads is told of it, and nothing is
 * concluded from it. `name`: as it was given.
 */
export interface FormerAnswer extends Attribution { readonly said: 'declined' | 'accepted'; readonly name: string; readonly party: PartyId; readonly reason: string }

/** Declines given on what an older version of compare cut, and acceptances of the first version of the rules, that are about no proposal of today by name; and of the latter all. */
export function formerAnswers(shared: SharedState, provision: string): FormerAnswer[] {
  const { declines, proposalConsents } = shared.document;
  const about = (name: string): boolean => provisionOfName(name) === provision;
  const declined = Object.entries(declines).filter(([name]) => about(name)).flatMap(([name, all]) => all.filter(({ version }) => version !== COMPARE_VERSION)
    .map(({ user, at, party, reason }): FormerAnswer => ({ said: 'declined', name, user, at, party, reason })));
  const open = new Set(declined.length === 0 ? [] : proposalsOf(shared, provision).map(({ name }) => name));
  return [
    ...declined.filter(({ name }) => !open.has(name)),
    ...Object.entries(proposalConsents).filter(([key]) => about(key)).flatMap(([key, by]) => Object.entries(by)
      .map(([party, { user, at }]): FormerAnswer => ({ said: 'accepted', name: key.slice(0, key.indexOf('|')), user, at, party, reason: '' }))),
  ];
}

/** Provisions that a change of consents or declines between two states concerns: what is counted for each has to be counted anew. */
export function answeredBetween(before: DocumentState, now: DocumentState): string[] {
  const names = (['declines', 'proposalConsents'] as const).flatMap((part) => keysOfDifference<unknown>(before[part], now[part]));
  const sets = keysOfDifference(before.partConsents, now.partConsents).flatMap((key) => (now.partConsents[key] ?? before.partConsents[key])!.names);
  return [...new Set([...names, ...sets].map(provisionOfName))];
}

const keysOfDifference = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): string[] =>
  a === b ? [] : [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);
