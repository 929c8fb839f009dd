import { KIND_OF, type Template } from '@parley/negotiation';
import { type Kind, lengthOf, normal, type Provision, type ReadProvision, type Slot, slice, slotKeys, textOf } from '@parley/text';

const MEANING = /^([“"‘«]\s*)([^”"’»]{1,200}?)\s*([”"’»]\s+(?:means|includes|refers to|shall mean)\s+)(.+)$/s;
const CHINESE_MEANING = /^([“「『"]\s*)([^”」』"]{1,100}?)\s*([”」』"]\s*(?:是指|系指|指)\s*)(.+)$/s;

const meaningOf = (text: string): RegExpExecArray | null => MEANING.exec(text) ?? CHINESE_MEANING.exec(text);

/** The kind that a paragraph was read as. */
export function kindRead(read: ReadProvision, template: Template): Kind {
  return read.heading ? 'heading' : template === 'understanding' && meaningOf(textOf(read.words)) ? 'definition' : KIND_OF[template];
}

function slotsFor(kind: Kind, words: Slot): Provision['slots'] {
  const meaning = kind === 'definition' ? meaningOf(textOf(words)) : null, [first, second] = slotKeys(kind);
  if (!meaning) return { [first!]: words };
  const [whole, quote, term, , rest] = meaning as unknown as [string, string, string, string, string];
  return { [first!]: slice(words, quote.length, quote.length + term.length), [second!]: slice(words, whole.length - rest.length, whole.length) };
}

/** A provision as it will be opened. */
export interface Row extends Pick<ReadProvision, 'label' | 'level' | 'words'> { readonly id: string; readonly kind: Kind }

/** Everything as it was read. */
export const rowsOf = (read: readonly ReadProvision[], template: Template, newId: () => string): Row[] =>
  read.map((p) => ({ id: newId(), label: p.label, level: p.level, words: p.words, kind: kindRead(p, template) }));

export const changed = (rows: readonly Row[], id: string, change: Partial<Omit<Row, 'id'>>): Row[] => rows.map((row) => (row.id === id ? { ...row, ...change } : row));

/** Two provisions from one, parted at an offset of its words; the same rows where that leaves one of them empty. */
export function splitAt(rows: readonly Row[], id: string, offset: number, template: Template, newId: () => string): Row[] {
  return rows.flatMap((row) => {
    if (row.id !== id) return [row];
    const text = textOf(row.words), size = lengthOf(row.words), end = text.slice(0, offset).trimEnd().length, start = size - text.slice(offset).trimStart().length;
    if (end === 0 || start >= size) return [row];
    return [{ ...row, words: slice(row.words, 0, end) }, { id: newId(), label: '', level: row.level, words: slice(row.words, start, size), kind: row.kind === 'heading' ? KIND_OF[template] : row.kind }];
  });
}

/** A provision and the one before it in one, the label of the second in its words again. */
export function joinedBefore(rows: readonly Row[], id: string): Row[] {
  const at = rows.findIndex((row) => row.id === id), before = rows[at - 1], row = rows[at];
  if (!before || !row) return [...rows];
  const words = normal([...before.words, { t: ` ${row.label ? `${row.label} ` : ''}` }, ...row.words]);
  return [...rows.slice(0, at - 1), { ...before, words }, ...rows.slice(at + 1)];
}

/** A row as a provision of the document. */
export const provisionOf = ({ id, kind, label, level, words }: Row): Provision => ({ id, kind, label: label.trim(), level, slots: slotsFor(kind, words) });
