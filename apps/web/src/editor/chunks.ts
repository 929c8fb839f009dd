import type { Mark, Node as PmNode } from 'prosemirror-model';
import { LONG_TEXT } from '../ui/long-text.ts';
import { schema } from './schema.ts';

/** So many provisions make a chunk; one in the middle of which others are put grows up to twice as many. */
const SIZE = 12;

/** About how high a provision is on the screen, in pixels: its line, and a line for so many characters. */
const HEIGHT = 14, LINE = 27, CHARACTERS = 85;
const heightOf = (nodes: readonly PmNode[]): number => nodes.reduce((sum, node) => sum + HEIGHT + LINE * Math.ceil(Math.max(1, node.textContent.length) / CHARACTERS), 0);

let made = 0;
const chunk = (n: string, nodes: readonly PmNode[]): Mark => schema.marks.chunk.create({ n, height: heightOf(nodes) });

/**
 * The provisions of a long text, each marked with the chunk that it is in: neighbours of one chunk have an element around them on the screen, so that a browser lays out,
 * paints and watches some dozens of boxes instead of thousands. A chunk is no part of the text: it is in no room, and nothing but the screen reads it.
 */
export function inChunks(nodes: readonly PmNode[]): PmNode[] {
  if (nodes.length <= LONG_TEXT) return [...nodes];
  return Array.from({ length: Math.ceil(nodes.length / SIZE) }, (_, i) => nodes.slice(i * SIZE, (i + 1) * SIZE))
    .flatMap((here, i) => { const mark = chunk(`${i}`, here); return here.map((node) => node.mark([mark])); });
}

const has = (node: PmNode, mark: Mark): boolean => mark.isInSet(node.marks);

/** How many provisions around `index` are in this chunk. */
function lengthOf(doc: PmNode, index: number, mark: Mark): number {
  let from = index, to = index;
  while (from > 0 && has(doc.child(from - 1), mark)) from--;
  while (to < doc.childCount && has(doc.child(to), mark)) to++;
  return to - from;
}

/** A provision as it stands when it is put before the one of this index: in the chunk of its neighbour, or in one of its own where that is full. In a text without chunks it has none. */
export function inChunkAt(doc: PmNode, index: number, node: PmNode): PmNode {
  const beside = index > 0 ? doc.child(index - 1) : doc.firstChild, mark = beside && schema.marks.chunk.isInSet(beside.marks);
  if (!mark) return node.mark([]);
  return node.mark([lengthOf(doc, index, mark) < 2 * SIZE ? mark : chunk(`new ${made++}`, [node])]);
}
