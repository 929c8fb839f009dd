import { compareLists, type PartyId, type Provision, type Text } from '@parley/text';
import { positionsOf, type Standing, type SharedState } from '@parley/negotiation';
import { standingIn } from '../ui/standings.ts';

/** One line of the outline. `proposedBy`: only that party has it so far. `removedBy`: these parties propose to take it out. */
export interface OutlineLine {
  readonly provision: Provision;
  readonly standing: Standing;
  readonly proposedBy: PartyId | null;
  readonly removedBy: readonly PartyId[];
}

/** The outline of what the room talks about: the common text (the working paper while drafting), with the added provisions where they are meant to go. */
export function outlineLines(shared: SharedState): OutlineLine[] {
  const { common, working } = shared.rooms;
  const base: Text | undefined = common ?? working;
  if (!base) return [];
  const added = new Map<string | null, Map<string, OutlineLine>>();
  const removed = new Map<string, PartyId[]>();
  for (const { party, text } of common ? positionsOf(shared) : []) {
    for (const item of compareLists(common!, text)) {
      if (item.type === 'add') {
        const here = added.get(item.after) ?? new Map<string, OutlineLine>();
        if (!here.has(item.provision.id)) here.set(item.provision.id, { provision: item.provision, standing: 'bracketed', proposedBy: party, removedBy: [] });
        added.set(item.after, here);
      } else if (item.type === 'remove') removed.set(item.id, [...(removed.get(item.id) ?? []), party]);
    }
  }
  const out: OutlineLine[] = [], standing = standingIn(shared);
  const put = (line: OutlineLine): void => {
    out.push(line);
    for (const next of added.get(line.provision.id)?.values() ?? []) put(next);
  };
  for (const line of added.get(null)?.values() ?? []) put(line);
  for (const id of base.list) {
    put({ provision: base.by.get(id)!, standing: common ? (standing(id) ?? 'open') : 'open', proposedBy: null, removedBy: removed.get(id) ?? [] });
  }
  return out;
}

/** Whether two lines show the same. */
export const sameLine = (a: OutlineLine, b: OutlineLine): boolean =>
  a.provision === b.provision && a.standing === b.standing && a.proposedBy === b.proposedBy && a.removedBy.join() === b.removedBy.join();
