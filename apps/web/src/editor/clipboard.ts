import { lengthOf, linesOf, normal, plainLine, plainSlot, type ReadProvision, readStructure, type Slot, textOf } from '@parley/text';
import { DOMSerializer, type Slice } from 'prosemirror-model';
import { type LeftOut, OURS, type Pasted, type ReadHtml, sayLeftOut } from './pasted.ts';
import { schema } from './schema.ts';

/** What was copied elsewhere: provisions as they were read, and one sentence on what did not come in as it was. */
export interface Brought { readonly provisions: readonly ReadProvision[]; readonly say: string | null }

/** What stands on a clipboard; it can be read later than the event that brought it. */
export interface Clip { readonly html: string; readonly text: string }
export const clipOf = (data: Pick<DataTransfer, 'getData'>): Clip => ({ html: data.getData('text/html'), text: data.getData('text/plain') });

const asIs = (words: Slot): ReadProvision => ({ label: '', level: 0, heading: false, words, whole: words, counted: false });

function pastedFrom({ html, text }: Clip, readHtml: ReadHtml | null): Pasted {
  const page = html ? readHtml!(html) : null;
  if (page && (page.lines.length > 0 || page.left.size > 0)) return page;
  const lines = linesOf(text);
  const one = lines.length === 1 && !/[\r\n]/.test(text);
  return { lines: one ? [{ ...lines[0]!, words: plainSlot(plainLine(text)) }] : lines, left: new Set(), raised: false, inline: one, parted: false, ours: false };
}

/**
 * Reads a clipboard; `readHtml` is needed where there is HTML on it. `labels`: whether provisions take the labels that were read. Where they do not, a label written in words stays in the words, and a number that the
 * source counted by itself is left out, and said.
 */
export function brought(clip: Clip, labels: boolean, readHtml: ReadHtml | null): Brought {
  const pasted = pastedFrom(clip, readHtml), left = new Set<LeftOut>(pasted.left);
  const read = pasted.ours || pasted.inline ? pasted.lines.map((l) => asIs(l.words)) : readStructure(pasted.lines, { bareHeadings: false, parted: pasted.parted });
  if (!labels && read.some((p) => p.counted && p.label !== '')) left.add('numbers');
  const provisions = labels ? read : read.map((p) => ({ ...p, label: '', level: 0, words: p.whole }));
  return { provisions, say: sayLeftOut(left, pasted.raised) };
}

/** All provisions in one, parted by spaces; labels that were written stay in the words. */
export const inOne = (provisions: readonly ReadProvision[]): Slot => normal(provisions.flatMap((p, i) => (i > 0 ? [{ t: ' ' }, ...p.whole] : p.whole)));

/** What of a clipboard would come into a text, as plain words. */
export const plainOf = (clip: Clip, readHtml: ReadHtml | null): string => textOf(inOne(brought(clip, false, readHtml).provisions));

/** As plain text, a blank line between provisions, for a field that takes text alone; read again it gives the same labels. */
export const asPlain = (provisions: readonly ReadProvision[]): string => provisions.map((p) => {
  const label = p.counted && p.label ? `${p.label}${/^[\p{N}.]+$/u.test(p.label) ? '.' : ''} ` : '';
  return label + textOf(p.whole);
}).join('\n\n');

/** Characters of a paste, all together. */
export const sizeOf = (provisions: readonly ReadProvision[]): number => provisions.reduce((n, p) => n + lengthOf(p.words), 0);

/** What is copied as text: the own words alone, a line for each slot. Brackets have a command of their own. */
export function copiedText(slice: Slice): string {
  const lines: string[] = [];
  slice.content.descendants((node) => {
    if (node.type === schema.nodes.slot) lines.push(node.textContent);
    else if (node.isText && lines.length === 0) lines.push(slice.content.textBetween(0, slice.content.size));
    return node.type === schema.nodes.provision;
  });
  return lines.join('\n');
}

const { chunk: _chunk, ...emphasis } = DOMSerializer.marksFromSchema(schema);

/** What is copied as HTML: paragraphs, emphasis, nothing drawn and no class. */
export const copySerializer = new DOMSerializer(
  { ...DOMSerializer.nodesFromSchema(schema), provision: () => ['div', { [OURS]: '' }, 0], slot: () => ['p', { [OURS]: '', style: 'white-space: pre-wrap' }, 0] },
  emphasis,
);
