import { plainSlot, structureOf, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import type { Template } from '@parley/negotiation';
import { changed, joinedBefore, provisionOf, rowsOf, splitAt } from './provision-rows.ts';

const ids = () => { let n = 0; return () => `p${++n}`; };
const opened = (text: string, template: Template = 'understanding') => rowsOf(structureOf(text), template, ids()).map(provisionOf);

describe('provisions of a pasted text', () => {
  it('reads headings and definitions', () => {
    const [heading, definition, paragraph] = opened('1. Definitions\n1.1 “Knowingly support” means to direct or finance.\n1.2 The Parties consult.');
    expect([heading!.kind, definition!.kind, paragraph!.kind]).toEqual(['heading', 'definition', 'paragraph']);
    expect([textOf(definition!.slots['en:term']!), textOf(definition!.slots['en:meaning']!)]).toEqual(['Knowingly support', 'to direct or finance.']);
  });
  it('reads a Chinese definition', () => {
    const [definition] = opened('一、“窃取”是指未经授权取得。');
    expect([definition!.kind, definition!.label, textOf(definition!.slots['en:term']!), textOf(definition!.slots['en:meaning']!)]).toEqual(['definition', '一、', '窃取', '未经授权取得。']);
  });
  it('puts the words into the first slot of the template’s kind', () => {
    const [metric] = opened('Median time from receipt to acknowledgement.', 'metrics');
    expect([metric!.kind, textOf(metric!.slots['en:measure']!)]).toEqual(['metric', 'Median time from receipt to acknowledgement.']);
  });
});

describe('[L7] what was read can be put right', () => {
  const rows = rowsOf(structureOf('1. The sides consult. They report.\n(a) They meet.'), 'understanding', ids());
  const shown = (all: readonly { label: string; words: ReturnType<typeof plainSlot> }[]) => all.map((r) => `${r.label}|${textOf(r.words)}`);
  it('label, level and kind', () => expect(changed(rows, 'p2', { label: '2', level: 0, kind: 'heading' })[1]).toEqual({ id: 'p2', label: '2', level: 0, kind: 'heading', words: plainSlot('They meet.') }));
  it('parted at a place, no words lost, the same where one would be empty', () => {
    expect(shown(splitAt(rows, 'p1', 18, 'understanding', () => 'new'))).toEqual(['1|The sides consult.', '|They report.', '(a)|They meet.']);
    expect([splitAt(rows, 'p1', 0, 'understanding', () => 'new'), splitAt(rows, 'p1', 99, 'understanding', () => 'new')]).toEqual([rows, rows]);
  });
  it('joined with the one before, its label in the words again', () => {
    expect(shown(joinedBefore(rows, 'p2'))).toEqual(['1|The sides consult. They report. (a) They meet.']);
    expect(joinedBefore(rows, 'p1')).toEqual(rows);
  });
});
