import { compareLists, type Item } from './list.ts';
import type { PartyId, Provision, Text } from './provision.ts';

export interface PartyText { readonly party: PartyId; readonly text: Text }

/** What parties say of a provision: the same item once, with all who make it. */
export interface ReadItem { readonly parties: readonly PartyId[]; readonly item: Item }

/**
 * A line of the whole text as everybody reads it. `common`: a provision of the common text where that has it, with everything said of it. `placed`: a provision
 * where some parties put it, by an addition or a move. Who moves a provision has its words where it is placed; everybody else where it stands.
 */
export type Line =
  | { readonly kind: 'common'; readonly id: string; readonly said: readonly ReadItem[] }
  | { readonly kind: 'placed'; readonly id: string; readonly said: ReadItem };

const isPlacing = (item: Item): boolean => item.type === 'add' || item.type === 'move';

/** What a reader can tell apart of an item. */
const told = (item: Item): string => JSON.stringify(item.type === 'add' ? { ...item, provision: shown(item.provision) } : item.type === 'remove' ? [item.type, item.id] : item);
const shown = ({ id, kind, label, level, slots }: Provision): unknown => [id, kind, label, level, Object.entries(slots).sort(([a], [b]) => (a < b ? -1 : 1))];

/** Each party's additions and moves by the provision they follow, in the order of its position. */
function placingsOf({ party, text }: PartyText, items: readonly Item[]): Map<string | null, ReadItem[]> {
  const at = new Map(text.list.map((id, i) => [id, i])), out = new Map<string | null, ReadItem[]>();
  for (const item of items.filter(isPlacing).sort((a, b) => at.get(a.id)! - at.get(b.id)!)) {
    const { after } = item as Extract<Item, { after: string | null }>;
    const row = out.get(after), said = { parties: [party], item };
    if (row) row.push(said); else out.set(after, [said]);
  }
  return out;
}

/** What stands at one gap: each party's row in party order, never interleaved; equal rows of several parties once. */
function gap(rows: readonly (readonly ReadItem[])[]): Line[] {
  const out: { key: string; row: readonly ReadItem[] }[] = [];
  for (const row of rows) {
    const key = row.map(({ item }) => told(item)).join('\n'), same = out.findIndex((one) => one.key === key);
    if (same < 0) out.push({ key, row });
    else out[same] = { key, row: out[same]!.row.map((said) => ({ ...said, parties: [...said.parties, ...row[0]!.parties] })) };
  }
  return out.flatMap(({ row }) => row.map((said): Line => ({ kind: 'placed', id: said.item.id, said })));
}

/** The whole text as every seat reads it, line by line. `positions` in party order; nobody's side is asked. */
export function readList(common: Text, positions: readonly PartyText[]): Line[] {
  const said = new Map<string, ReadItem[]>(), placings: Map<string | null, ReadItem[]>[] = [];
  for (const position of positions) {
    const items = compareLists(common, position.text);
    placings.push(placingsOf(position, items));
    for (const item of items.filter((i) => i.type !== 'add')) {
      const list = said.get(item.id) ?? [], same = list.findIndex((s) => told(s.item) === told(item));
      if (same >= 0) list[same] = { ...list[same]!, parties: [...list[same]!.parties, position.party] };
      else list.push({ parties: [position.party], item });
      said.set(item.id, list);
    }
  }
  const at = (after: string | null): Line[] => gap(placings.map((row) => row.get(after) ?? []).filter((row) => row.length > 0));
  return [...at(null), ...common.list.flatMap((id): Line[] => [{ kind: 'common', id, said: said.get(id) ?? [] }, ...at(id)])];
}
