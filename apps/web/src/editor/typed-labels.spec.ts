import { applyEdits, plainSlot, type Provision, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { labelEdits } from './typed-labels.ts';

const provision = (id: string, label: string, level: number, words: string): Provision => ({ id, kind: 'paragraph', label, level, slots: { 'en:text': plainSlot(words) } });
const typed = (words: string, ...before: Provision[]) => {
  const text = textFrom([...before, provision('new', '', 0, words)]), p = applyEdits(text, labelEdits(text, 'new')).by.get('new')!;
  return [p.label, p.level, textOf(p.slots['en:text']!)];
};

describe('[EP6] a label that was typed', () => {
  it.each([
    ['1. The sides consult.', ['1', 0, 'The sides consult.']], ['（一）双方会晤。', ['（一）', 0, '双方会晤。']], ['第一条 双方合作。', ['第一条', 0, '双方合作。']], ['Article 1 Definitions', ['Article 1', 0, 'Definitions']],
    ['90 Days after signature.', ['', 0, '90 Days after signature.']], ['Article 1 applies.', ['', 0, 'Article 1 applies.']], ['三、四年内完成。', ['', 0, '三、四年内完成。']], ['1.', ['', 0, '1.']], ['', ['', 0, '']],
  ] as const)('%s', (words, wanted) => expect(typed(words)).toEqual(wanted));
  it('stands as deep as its series', () => {
    const before = [provision('a', '1', 0, 'Scope'), provision('b', '(a)', 1, 'one')];
    expect([typed('(b) two', ...before), typed('2. End', ...before), typed('(i) deeper', ...before)]).toEqual([['(b)', 1, 'two'], ['2', 0, 'End'], ['(i)', 2, 'deeper']]);
  });
  it('is not looked for where there is one', () => expect(labelEdits(textFrom([provision('new', '1', 0, '2. x')]), 'new')).toEqual([]));
});
