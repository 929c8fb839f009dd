import { type Kind, type Provision, type SlotKey, type Text } from './provision.ts';
import { EMPTY_SLOT, type Slot, splice } from './slot.ts';

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

/** `text` with `edit` applied; the same value when the edit names a provision that is not there. An unknown anchor means "first". */
export function applyEdit(text: Text, edit: Edit): Text {
  const by = new Map(text.by);
  switch (edit.do) {
    case 'add':
      by.set(edit.provision.id, edit.provision);
      return { list: placed(text.list, edit.provision.id, edit.after), by };
    case 'move':
      return by.has(edit.id) ? { list: placed(text.list, edit.id, edit.after), by } : text;
    case 'remove':
      return by.delete(edit.id) ? { list: text.list.filter((id) => id !== edit.id), by } : text;
    case 'set':
    case 'splice': {
      const before = by.get(edit.id);
      if (!before) return text;
      by.set(edit.id, edit.do === 'splice'
        ? { ...before, slots: { ...before.slots, [edit.key]: splice(before.slots[edit.key] ?? EMPTY_SLOT, edit.from, edit.to, edit.insert) } }
        : { ...before, label: edit.label ?? before.label, kind: edit.kind ?? before.kind, level: edit.level ?? before.level });
      return { list: text.list, by };
    }
  }
}

/** All edits, in order. */
export const applyEdits = (text: Text, edits: readonly Edit[]): Text => edits.reduce(applyEdit, text);
