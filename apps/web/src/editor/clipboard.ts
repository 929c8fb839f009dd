import { cleanText, isProvisionId, type Marks, marksOf, normal, type Run, type Slot, textOf } from '@parley/text';
import { DOMSerializer, type Slice } from 'prosemirror-model';
import { schema } from './schema.ts';

const BLOCKS = new Set(['P', 'DIV', 'LI', 'UL', 'OL', 'TABLE', 'TR', 'TD', 'TH', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'PRE', 'SECTION', 'ARTICLE', 'DT', 'DD', 'HR', 'BR']);
const UNREAD = new Set(['SCRIPT', 'STYLE', 'HEAD', 'TITLE', 'TEMPLATE', 'NOSCRIPT']);

/** On what this editor copies: its white space is meant. */
const OURS = 'data-parley';

function marksOn(element: HTMLElement, marks: readonly string[]): readonly string[] {
  const { tagName, style } = element;
  const bold = style.fontWeight ? /bold|[6-9]00/.test(style.fontWeight) : tagName === 'B' || tagName === 'STRONG';
  const slanted = style.fontStyle ? style.fontStyle === 'italic' : tagName === 'I' || tagName === 'EM';
  const ref = element.dataset.ref;
  return [...marks, ...(bold ? ['strong'] : []), ...(slanted ? ['em'] : []), ...(tagName === 'A' && isProvisionId(ref) ? [`ref:${ref}`] : [])];
}

/** Reads pasted HTML: paragraphs of words with emphasis; nothing else of it, and nothing of a drawn bracket. */
class Reader {
  private readonly paragraphs: Run[][] = [[]];

  constructor(private readonly exact: boolean) {}

  read(node: Node, marks: readonly string[] = []): this {
    for (const one of node.childNodes) {
      if (one.nodeType === Node.TEXT_NODE) this.put(one.textContent ?? '', marksOf(marks));
      else if (one instanceof HTMLElement && !UNREAD.has(one.tagName) && !one.hasAttribute('data-bracket')) this.element(one, marks);
    }
    return this;
  }

  private element(element: HTMLElement, marks: readonly string[]): void {
    const block = BLOCKS.has(element.tagName);
    if (block) this.paragraphs.push([]);
    this.read(element, marksOn(element, marks));
    if (block) this.paragraphs.push([]);
  }

  private put(text: string, m: Marks | undefined): void {
    const words = this.exact ? text : text.replace(/\s+/g, ' ');
    if (words) this.paragraphs.at(-1)!.push(m ? { t: words, m } : { t: words });
  }

  get slots(): Slot[] {
    return this.paragraphs.map((runs) => normal(runs.map((r) => ({ ...r, t: cleanText(r.t) })))).filter((slot) => (this.exact ? slot.length > 0 : textOf(slot).trim() !== ''));
  }
}

/** Plain text: a paragraph for each line that has words. */
const plainParagraphs = (text: string): Slot[] =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => cleanText(line)).filter((line) => line.trim() !== '').map((t) => [{ t }]);

/** What was copied elsewhere, as paragraphs of words. */
export function paragraphsIn(data: Pick<DataTransfer, 'getData'>): Slot[] {
  const html = data.getData('text/html');
  if (html) {
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    const { slots } = new Reader(body.querySelector(`[${OURS}]`) !== null).read(body);
    if (slots.length > 0) return slots;
  }
  return plainParagraphs(data.getData('text/plain'));
}

/** All paragraphs in one, parted by spaces. */
export const inOne = (paragraphs: readonly Slot[]): Slot => normal(paragraphs.flatMap((slot, i) => (i > 0 ? [{ t: ' ' }, ...slot] : slot)));

/** What is copied as text: the own words alone, a line for each slot. Brackets have a command of their own (COMPARE 6, trap 8). */
export function copiedText(slice: Slice): string {
  const lines: string[] = [];
  slice.content.descendants((node) => {
    if (node.type === schema.nodes.slot) lines.push(node.textContent);
    else if (node.isText && lines.length === 0) lines.push(slice.content.textBetween(0, slice.content.size));
    return node.type === schema.nodes.provision;
  });
  return lines.join('\n');
}

/** What is copied as HTML: paragraphs, emphasis, nothing drawn and no class. */
export const copySerializer = new DOMSerializer(
  { ...DOMSerializer.nodesFromSchema(schema), provision: () => ['div', { [OURS]: '' }, 0], slot: () => ['p', { [OURS]: '', style: 'white-space: pre-wrap' }, 0] },
  DOMSerializer.marksFromSchema(schema),
);
