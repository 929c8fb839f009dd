import { answeredBetween, type DocumentState, type OpenProposal, partyOrder, type SharedState, type Standing } from '@parley/negotiation';
import type { Awaiting, Progress } from '@parley/protocol';
import type { PartyId } from '@parley/text';
import type { Rules } from '../commit/rules.ts';

export type CountingRules = Pick<Rules, 'progressOf' | 'awaitingOf' | 'standingOf' | 'proposalsOf' | 'groupsOf'>;

export interface Counts { readonly progress: Progress; readonly awaiting: Readonly<Record<PartyId, Awaiting>> }

/**
 * Standings and open proposals of one document, counted as `progressOf` and `awaitingOf` count them. To ask those for the whole text at every key
 * press takes longer than all the rest of a commit, so only the provisions that changed since the last count are asked about; when the order
 * changed, all are.
 */
export class ProgressCounter {
  private before: SharedState | null = null;
  private readonly standings = new Map<string, Standing>();
  private readonly proposals = new Map<string, readonly OpenProposal[]>();

  constructor(private readonly rules: CountingRules) {}

  count(shared: SharedState): Counts {
    const { before } = this;
    // Not remembered until it is done: if a rule throws, the next count begins anew.
    this.before = null;
    const settled = shared.document.stage === 'negotiation';
    if (settled) this.follow(shared, before);
    this.before = shared;
    const parties = partyOrder(shared.group);
    const known = { standing: (id: string) => this.standings.get(id) ?? null, groups: settled ? this.rules.groupsOf(shared, [...this.proposals.values()].flat()) : [] };
    return {
      progress: settled ? this.progress() : this.rules.progressOf(shared),
      awaiting: Object.fromEntries(parties.map((party) => [party, this.rules.awaitingOf(shared, party, known)])),
    };
  }

  private follow(shared: SharedState, before: SharedState | null): void {
    const changed = before && changedBetween(before, shared);
    if (!changed) {
      this.standings.clear();
      this.proposals.clear();
    } else for (const id of changed) this.proposals.delete(id);
    // In one question: what moved, came and went is found by comparing the whole order, once for all of them.
    for (const proposal of this.rules.proposalsOf(shared, changed ? [...changed] : undefined)) {
      this.proposals.set(proposal.provision, [...(this.proposals.get(proposal.provision) ?? []), proposal]);
    }
    for (const id of changed ?? shared.rooms.common?.list ?? []) {
      const standing = this.rules.standingOf(shared, id);
      if (standing) this.standings.set(id, standing);
      else this.standings.delete(id);
    }
  }

  private progress(): Progress {
    const count = { approved: 0, agreed: 0, clean: 0, bracketed: 0, open: 0 };
    for (const standing of this.standings.values()) count[standing] += 1;
    return count;
  }
}

/** The provisions whose words, fields or acts differ; null when the order or the rooms do, which may change any of them. */
function changedBetween(before: SharedState, now: SharedState): Set<string> | null {
  if (before.group !== now.group || before.document.stage !== now.document.stage) return null;
  const changed = new Set<string>();
  const rooms = Object.entries(now.rooms);
  if (rooms.length !== Object.keys(before.rooms).length) return null;
  for (const [name, text] of rooms) {
    const was = before.rooms[name as keyof typeof before.rooms];
    if (!was || !text || was.list !== text.list) return null;
    if (was !== text) for (const [id, provision] of text.by) if (was.by.get(id) !== provision) changed.add(id);
  }
  for (const id of actedOn(before.document, now.document)) changed.add(id);
  return changed;
}

function actedOn(before: DocumentState, now: DocumentState): string[] {
  if (before === now) return [];
  const [was, is] = [before.settled, now.settled];
  const settled = was === is ? [] : [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((id) => was[id] !== is[id]);
  return [...settled, ...answeredBetween(before, now)];
}
