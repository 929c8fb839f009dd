import { compareLists, type PartyId, type Provision, type Text } from '@parley/text';
import { positionsOf, standingOf, type Standing, type Scenery } from '@parley/negotiation';

/** One line of the outline. `proposedBy`: only that party has it so far. `removedBy`: these parties propose to take it out. */
export interface OutlineLine {
  readonly provision: Provision;
  readonly standing: Standing;
  readonly proposedBy: PartyId | null;
  readonly removedBy: readonly PartyId[];
}

/** The outline of what the room talks about: the common text (the working paper while drafting), with the added provisions where they are meant to go. */
export function outlineLines(scenery: Scenery): OutlineLine[] {
  const { common, working } = scenery.rooms;
  const base: Text | undefined = common ?? working;
  if (!base) return [];
  const added = new Map<string | null, OutlineLine[]>();
  const removed = new Map<string, PartyId[]>();
  for (const { party, text } of common ? positionsOf(scenery) : []) {
    for (const item of compareLists(common!, text)) {
      if (item.type === 'add') {
        const here = added.get(item.after) ?? [];
        if (!here.some((l) => l.provision.id === item.provision.id)) added.set(item.after, [...here, { provision: item.provision, standing: 'bracketed', proposedBy: party, removedBy: [] }]);
      } else if (item.type === 'remove') removed.set(item.id, [...(removed.get(item.id) ?? []), party]);
    }
  }
  const out: OutlineLine[] = [];
  const put = (line: OutlineLine): void => {
    out.push(line);
    for (const next of added.get(line.provision.id) ?? []) put(next);
  };
  for (const line of added.get(null) ?? []) put(line);
  for (const id of base.list) {
    put({ provision: base.by.get(id)!, standing: common ? (standingOf(scenery, id) ?? 'open') : 'open', proposedBy: null, removedBy: removed.get(id) ?? [] });
  }
  return out;
}
