import { type Kind, type Provision, type SlotKey, type Text } from './provision.ts';
import { EMPTY_SLOT, lengthOf, type Slot, splice, spliceAll } from './slot.ts';

/** One change of a text, said in values: what an act makes the server write into a room. Offsets are those of the text it is applied to. */
export type Edit =
  | { readonly do: 'splice'; readonly id: string; readonly key: SlotKey; readonly from: number; readonly to: number; readonly insert: Slot }
  /** Puts a provision after `after` (null: first). Where the id exists or was removed, it becomes exactly this provision again, there. */
  | { readonly do: 'add'; readonly provision: Provision; readonly after: string | null }
  | { readonly do: 'move'; readonly id: string; readonly after: string | null }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'set'; readonly id: string; readonly label?: string; readonly kind?: Kind; readonly level?: number };

const placed = (list: readonly string[], id: string, after: string | null): string[] => {
  const rest = list.filter((other) => other !== id);
  const at = after === null ? 0 : rest.indexOf(after) + 1;
  return [...rest.slice(0, at), id, ...rest.slice(at)];
};

type SpliceEdit = Extract<Edit, { readonly do: 'splice' }>;

/** The splices of one slot from `first` on that stand from its end: they can be done together. At least one. */
export function splicesTogether(edits: readonly Edit[], first: number): SpliceEdit[] {
  const out = [edits[first] as SpliceEdit];
  for (let i = first + 1; i < edits.length; i++) {
    const [next, last] = [edits[i]!, out.at(-1)!];
    if (next.do !== 'splice' || next.id !== last.id || next.key !== last.key || next.to > last.from || next.from > next.to) break;
    out.push(next);
  }
  return out;
}

function spliced(slot: Slot, splices: readonly SpliceEdit[]): Slot {
  const isWithin = splices[0]!.to <= lengthOf(slot) && splices[0]!.from <= splices[0]!.to;
  return isWithin ? spliceAll(slot, splices) : splices.reduce((before, { from, to, insert }) => splice(before, from, to, insert), slot);
}

/** `text` with `edit` applied; the same value when the edit names a provision that is not there. An unknown anchor means "first". */
export const applyEdit = (text: Text, edit: Edit): Text => applyEdits(text, [edit]);

/** All edits, in order. What stands is copied once, and a slot with many places replaced is read once. */
export function applyEdits(text: Text, edits: readonly Edit[]): Text {
  const by = new Map(text.by);
  let { list } = text, isOther = false;
  for (let i = 0; i < edits.length; i++) {
    const edit = edits[i]!, before = edit.do === 'add' ? edit.provision : by.get(edit.id);
    if (!before) continue;
    isOther = true;
    if (edit.do === 'add') {
      list = placed(list, edit.provision.id, edit.after);
      by.set(edit.provision.id, edit.provision);
    } else if (edit.do === 'move') list = placed(list, edit.id, edit.after);
    else if (edit.do === 'remove') {
      list = list.filter((id) => id !== edit.id);
      by.delete(edit.id);
    } else if (edit.do === 'set') by.set(edit.id, { ...before, label: edit.label ?? before.label, kind: edit.kind ?? before.kind, level: edit.level ?? before.level });
    else {
      const together = splicesTogether(edits, i);
      by.set(edit.id, { ...before, slots: { ...before.slots, [edit.key]: spliced(before.slots[edit.key] ?? EMPTY_SLOT, together) } });
      i += together.length - 1;
    }
  }
  return isOther ? { list, by } : text;
}
