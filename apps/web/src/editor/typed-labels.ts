import { type Edit, EMPTY_SLOT, lengthOf, type Provision, provisionsOf, readStructure, slotKeys, slotOf, type SourceLine, type Text } from '@parley/text';

const plainWords = (p: Provision) => slotOf(p, slotKeys(p.kind)[0]!);

/** A provision as the reader of structure may have it: labels of others are known, the one asked about is in its words. */
const asLine = (p: Provision, id: string): SourceLine => ({ words: plainWords(p), parted: 'block', ...(p.id !== id && p.label !== '' && { hint: { label: p.label } }) });

/**
 * What makes the label that somebody has typed before a provision's words its label; nothing where it has one, has several slots, or the words begin with no label that
 * stands beyond doubt. It is asked when the words are whole: "Article 1" may go on "applies".
 */
export function labelEdits(text: Text, id: string): Edit[] {
  const p = text.by.get(id);
  if (!p || p.label !== '' || slotKeys(p.kind).length > 1) return [];
  const before = provisionsOf(text).slice(0, text.list.indexOf(id) + 1).filter((one) => slotKeys(one.kind).length === 1 || one.id === id);
  const read = readStructure(before.map((one) => asLine(one, id)), { bareHeadings: false }).at(-1);
  if (!read || read.label === '' || read.counted || lengthOf(read.words) === 0 || read.label.length > lengthOf(plainWords(p))) return [];
  const cut = lengthOf(plainWords(p)) - lengthOf(read.words);
  return [
    { do: 'splice', id, key: slotKeys(p.kind)[0]!, from: 0, to: cut, insert: EMPTY_SLOT },
    { do: 'set', id, label: read.label, level: read.level, ...(read.heading && { kind: 'heading' as const }) },
  ];
}
