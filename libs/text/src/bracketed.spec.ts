import { ENGLISH } from '../../messages/test-support/english-wording.ts';
import { describe, expect, it } from 'vitest';
import { bracketed, bracketedText } from './bracketed.ts';
import { listText, paragraph, slot, textCases } from '../test-support/compare-cases.ts';
import { textFrom, type Provision } from './provision.ts';
import { plainSlot } from './slot.ts';

const code = (party: string) => party;
const line = (common: string, texts: Record<string, string>) =>
  bracketed(plainSlot(common), Object.entries(texts).map(([party, text]) => ({ party, slot: plainSlot(text) })), code);

describe('a slot with brackets', () => {
  it.each(textCases)('[TB1] $id $note', (c) => {
    expect(bracketed(slot(c.common), [{ party: 'A', slot: slot(c.positions.A) }, { party: 'B', slot: slot(c.positions.B) }], code)).toBe(c.bracketed);
  });

  it('[TB1] three parties at one place, one of them deleting', () => {
    expect(line('within 24 hours', { A: 'within 12 hours', B: 'within hours', C: 'within 12 hours' })).toBe('within [24 - B delete / 12 - A, C] hours');
  });

  it('[TB2] a place that is white space alone stays visible', () => {
    expect(line('a b', { A: 'a  b' })).toBe('a[  /    - A]b');
  });
});

describe('[TL8] a sentence that is more than half rewritten', () => {
  const OLD = 'The requested side shall preserve the data. Costs are shared.', NEW = 'The data are to be preserved by the side that was asked. Costs are shared.';

  it('is one alternative, from the first to the last change; the sentence beside it is not touched', () => {
    expect(line(OLD, { A: NEW, B: OLD })).toBe('The [requested side shall preserve the data / data are to be preserved by the side that was asked - A]. Costs are shared.');
    expect(line(OLD, { A: NEW.replace('shared', 'divided'), B: OLD })).toBe('The [requested side shall preserve the data / data are to be preserved by the side that was asked - A]. Costs are [shared / divided - A].');
    expect(line(OLD, { A: NEW, B: NEW })).toBe('The [requested side shall preserve the data / data are to be preserved by the side that was asked - A, B]. Costs are shared.');
  });

  it('stands against the whole wording of every other side that changes words of it', () => {
    expect(line(OLD, { A: NEW, B: OLD.replace('shall', 'will') })).toBe('The [requested side shall preserve the data / data are to be preserved by the side that was asked - A / requested side will preserve the data - B]. Costs are shared.');
    expect(line(OLD, { A: NEW, B: 'Data shall at once be kept safe by it. Costs are shared.' })).toBe('[The requested side shall preserve the data / The data are to be preserved by the side that was asked - A / Data shall at once be kept safe by it - B]. Costs are shared.');
    expect(line(OLD, { A: NEW, B: OLD.replace('shared', 'divided') })).toBe('The [requested side shall preserve the data / data are to be preserved by the side that was asked - A]. Costs are [shared / divided - B].');
  });

  it('in Chinese, too', () => {
    expect(line('被请求方应当确认每项请求。', { A: '每项请求应当由被请求方确认。' })).toBe('[被请求方应当确认每项请求 / 每项请求应当由被请求方确认 - A]。');
    expect(line('双方每年在首都举行会议。费用分担。', { A: '会议由双方轮流主办，每年一次。费用分担。', B: '双方每年在首都举行会议。费用均摊。' })).toBe('[双方每年在首都举行会议 / 会议由双方轮流主办，每年一次 - A]。费用[分担 / 均摊 - B]。');
  });
});

describe('a document with brackets', () => {
  it('[TB3] added, removed, moved, relabelled and changed provisions carry who says so', () => {
    const common = listText(['p1', 'p2', 'p3', 'p4']);
    const a = textFrom([paragraph('p1', '1', 'Text of p1.'), paragraph('n1', '1 bis', 'New words.'), paragraph('p4', '4', 'Text of p4.'), paragraph('p2', '2', 'Text of p2, amended.')]);
    const b = textFrom([paragraph('p1', '1', 'Text of p1.'), paragraph('n2', '1 ter', 'Other words.'), paragraph('p2', '2 A', 'Text of p2.'), paragraph('p3', '3', 'Words of p3.'), paragraph('p4', '4', 'Text of p4.')]);
    expect(bracketedText(common, [{ party: 'A', text: a }, { party: 'B', text: b }], code, ENGLISH).split('\n')).toEqual([
      '1 Text of p1.',
      '[1 bis New words. - A]',
      '(A: move 4 after 1)',
      '[1 ter Other words. - B]',
      '[2 / 2 A - B] Text of p2[, amended - A].',
      '[3 [Text / Words - B] of p3. - A delete]',
      '4 Text of p4. (A: move 4 after 1)',
    ]);
  });

  it('[TB4] several slots stand under their names, levels are indented', () => {
    const term = (meaning: string, level = 1): Provision => ({ id: 'd', kind: 'definition', label: '1.1', level, slots: { 'en:term': plainSlot('Evidence'), 'en:meaning': plainSlot(meaning) } });
    expect(bracketedText(textFrom([term('any record')]), [{ party: 'A', text: textFrom([term('any digital record', 0)]) }], code, ENGLISH)).toBe(
      '  1.1 (A: change the level of 1.1 from 2 to 1)\n    term: Evidence\n    meaning: any [digital - A] record');
  });
});
