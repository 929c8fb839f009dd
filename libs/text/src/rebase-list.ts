import type { Edit } from './edit.ts';
import { sameProvision } from './kinds.ts';
import { compareLists, compareProvisions, type Item, keptInPlace } from './list.ts';
import type { PartyId, Provision, Text } from './provision.ts';

/** What an act on the list does to one position, and which of the position's own proposals it gives up by it. */
export interface ItemRebase { readonly edits: readonly Edit[]; readonly givesUp: readonly Item[] }

interface Situation {
  readonly common: Text;
  readonly position: { readonly party: PartyId; readonly text: Text };
  readonly accepting: boolean;
}

const NOTHING: ItemRebase = { edits: [], givesUp: [] };

/** The edit that accepting `item` makes in the common text. */
export function itemInCommon(item: Item): Edit {
  switch (item.type) {
    case 'add': return { do: 'add', provision: item.provision, after: item.after };
    case 'move': return { do: 'move', id: item.id, after: item.after };
    case 'remove': return { do: 'remove', id: item.id };
    case 'field': return fieldEdit(item, item.to);
  }
}

const fieldEdit = (item: Item & { type: 'field' }, value: string | number): Edit => ({ do: 'set', id: item.id, [item.field]: value });

/** The nearest provision that stands at or before `after` in the common list and that `has`; null for first. */
function anchorIn(common: Text, after: string | null, has: (id: string) => boolean): string | null {
  if (after === null) return null;
  for (let i = common.list.indexOf(after); i >= 0; i--) if (has(common.list[i]!)) return common.list[i]!;
  return null;
}

const beforeIn = (text: Text, id: string): string | null => text.list[text.list.indexOf(id) - 1] ?? null;

/**
 * What accepting `item` of `proposer` does to the position of another party. Contested are: both
 * touched the same field, both moved it, or one removed what the other changed. Then the accepting side gives up its own, and a third
 * party keeps it: a removed provision with edits inside stays with the third party, where compare shows it as an added one.
 * Where the accepting side gives up words inside a removed provision, `givesUp` has its version of that provision as an `add`.
 */
export function acceptItem(input: Situation & { readonly item: Item; readonly proposer: PartyId }): ItemRebase {
  const { common, item, position: { text }, accepting } = input;
  const own = compareLists(common, text).filter((i) => i.id === item.id);
  switch (item.type) {
    case 'add': return acceptAdd(input, item, own);
    case 'remove': return acceptRemove(input, item, own);
    case 'move': {
      const edit: Edit = { do: 'move', id: item.id, after: anchorIn(common, item.after, (id) => id !== item.id && text.by.has(id)) };
      if (!text.by.has(item.id)) return restore(input, common.by.get(item.id)!, item.after, own);
      return settle(own.filter((i) => i.type === 'move'), (i) => i.type === 'move' && i.after === item.after, edit, accepting);
    }
    case 'field': {
      const changed = { ...common.by.get(item.id)!, [item.field]: item.to } as Provision;
      if (!text.by.has(item.id)) return restore(input, changed, beforeIn(common, item.id), own);
      return settle(own.filter((i) => i.type === 'field' && i.field === item.field), (i) => i.type === 'field' && i.to === item.to, fieldEdit(item, item.to), accepting);
    }
  }
}

/** One edit against the party's own proposals `against` it: none of them, the same one, or others. */
function settle(against: readonly Item[], same: (item: Item) => boolean, edit: Edit, accepting: boolean): ItemRebase {
  if (against.some(same)) return NOTHING;
  return against.length === 0 || accepting ? { edits: [edit], givesUp: against } : NOTHING;
}

function acceptAdd({ common, position: { text }, accepting }: Situation, item: Item & { type: 'add' }, own: readonly Item[]): ItemRebase {
  const edit: Edit = { do: 'add', provision: item.provision, after: anchorIn(common, item.after, (id) => text.by.has(id)) };
  return settle(own, (i) => i.type === 'add' && i.after === item.after && sameProvision(i.provision, item.provision), edit, accepting);
}

function acceptRemove({ common, position: { text }, accepting }: Situation, item: Item & { type: 'remove' }, own: readonly Item[]): ItemRebase {
  const now = text.by.get(item.id), before = common.by.get(item.id);
  if (!now) return NOTHING;
  const words: Item[] = before && compareProvisions(before, now).size > 0 ? [{ type: 'add', id: item.id, after: beforeIn(common, item.id), provision: now }] : [];
  return settle([...own, ...words], () => false, { do: 'remove', id: item.id }, accepting);
}

/** The party has removed what was changed: the accepting side gives up the removal and takes the provision, a third party keeps it removed. */
function restore({ common, position: { text }, accepting }: Situation, provision: Provision, after: string | null, own: readonly Item[]): ItemRebase {
  if (!accepting) return NOTHING;
  return { edits: [{ do: 'add', provision, after: anchorIn(common, after, (id) => text.by.has(id)) }], givesUp: own };
}

/**
 * The same for accepted words in a provision that the party has removed, where there is no slot to write into. `common` is the text
 * before the act, `accepted` the provision as it reads after it.
 */
export function acceptInRemoved(input: Situation & { readonly accepted: Provision }): ItemRebase {
  const { common, accepted, position: { text } } = input;
  const own = compareLists(common, text).filter((i) => i.id === accepted.id);
  return text.by.has(accepted.id) ? NOTHING : restore(input, accepted, beforeIn(common, accepted.id), own);
}

/**
 * The edit that takes `item` back in the own position. With `position` given, what returns is put after the nearest common provision that
 * stands in its place there; without, after its predecessor in the common text, which the position may lack.
 */
export function withdrawItem(item: Item, common: Text, position?: Text): Edit {
  const kept = position && keptInPlace(common, position);
  const after = anchorIn(common, beforeIn(common, item.id), (id) => !kept || kept.has(id));
  switch (item.type) {
    case 'add': return { do: 'remove', id: item.id };
    case 'remove': return { do: 'add', provision: item.provision, after };
    case 'move': return { do: 'move', id: item.id, after };
    case 'field': return fieldEdit(item, item.from);
  }
}
