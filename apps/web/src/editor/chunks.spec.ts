import { type Provision, textFrom } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import { provision } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { LONG_TEXT } from '../ui/long-text.ts';
import { healed } from './from-room.ts';
import { docNode } from './nodes.ts';
import { schema } from './schema.ts';

const paper = (from: number, to: number): Provision[] => Array.from({ length: to - from }, (_, i) => provision(`p${from + i}`, `Number ${from + i}.`));
const chunkOf = (node: PmNode): string => (schema.marks.chunk.isInSet(node.marks)?.attrs.n as string | undefined) ?? 'none';
/** How many provisions stand one after the other in one chunk, for all of them. */
const runs = (doc: PmNode): number[] => doc.children.reduce<number[]>((all, node, i, nodes) => (i > 0 && chunkOf(nodes[i - 1]!) === chunkOf(node) ? [...all.slice(0, -1), all.at(-1)! + 1] : [...all, 1]), []);
const changed = (before: readonly Provision[], after: readonly Provision[]): PmNode =>
  healed(EditorState.create({ schema, doc: docNode(textFrom(before)) }).tr, textFrom(after)).doc;

describe('[E40] a long text is laid out in chunks', () => {
  it('an ordinary text has none, a long one is in chunks of a dozen', () => {
    expect(new Set(docNode(textFrom(paper(0, LONG_TEXT))).children.map(chunkOf))).toEqual(new Set(['none']));
    expect(runs(docNode(textFrom(paper(0, LONG_TEXT + 1))))).toEqual([12, 12, 12, 12, 12, 12, 9]);
  });

  it('whatever comes in between is in the chunk of what is before it; however much comes, no chunk grows beyond two dozen', () => {
    const before = paper(0, 100);
    const one = changed(before, [...before.slice(0, 30), provision('new', 'New.'), ...before.slice(30)]);
    expect([chunkOf(one.child(30)), chunkOf(one.child(29))]).toEqual(['2', '2']);
    const many = changed(before, [...before.slice(0, 30), ...paper(1_000, 1_500), ...before.slice(30)]);
    expect(many.childCount).toBe(600);
    expect(Math.max(...runs(many))).toBe(24);
    expect(runs(many).length).toBeLessThan(40);
    expect(chunkOf(changed(before, [provision('first', 'First.'), ...before]).child(0))).toBe('0');
  });

  it('what is moved is in the chunk that it comes to; a chunk whose provisions are gone is gone', () => {
    const before = paper(0, 100), moved = changed(before, [...before.slice(1, 50), before[0]!, ...before.slice(50)]);
    expect(chunkOf(moved.child(49))).toBe(chunkOf(moved.child(48)));
    expect(new Set(changed(before, [...before.slice(0, 12), ...before.slice(24)]).children.map(chunkOf)).has('1')).toBe(false);
  });

  it('a provision of another kind stays where it was', () => {
    const before = paper(0, 100), after = before.map((p, i) => (i === 40 ? { ...p, kind: 'definition' as const, slots: {} } : p));
    expect(chunkOf(changed(before, after).child(40))).toBe('3');
  });
});
