import { textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { paragraphsOf, provisionsFrom, readParagraphs } from './pasted-text.ts';

const ids = () => { let n = 0; return () => `p${++n}`; };
const labels = (text: string) => readParagraphs(text).map((p) => [p.label, p.level, p.text]);

describe('paragraphs of a pasted text', () => {
  it('takes every line where there are no empty lines', () => expect(paragraphsOf('One.\nTwo.\r\nThree.\n')).toEqual(['One.', 'Two.', 'Three.']));
  it('joins hard-wrapped lines between empty lines', () => {
    expect(paragraphsOf('The Parties\nconsult each other.\n\nThey meet\nonce a year.')).toEqual(['The Parties consult each other.', 'They meet once a year.']);
  });
  it('parts a labelled line from the one before', () => expect(paragraphsOf('The Parties:\n(a) consult;\n(b) report.\n\nEnd of it.')).toEqual(['The Parties:', '(a) consult;', '(b) report.', 'End of it.']));
  it('drops invisible characters and keeps the words', () => expect(paragraphsOf('\uFEFFno\u00ADtice\u200B of\u00A0breach')).toEqual(['notice of breach']));
});

describe('labels', () => {
  it('knows numbers, sub-numbers, letters and bis', () => {
    expect(labels('1. Definitions\n1.2 The Parties consult.\n(a) They meet.\n(i) Yearly.\n(ii) Or sooner.\n(b) They report.\n2 bis. They learn.\n3 Metrics')).toEqual([
      ['1', 0, 'Definitions'], ['1.2', 1, 'The Parties consult.'], ['(a)', 2, 'They meet.'], ['(i)', 3, 'Yearly.'], ['(ii)', 3, 'Or sooner.'],
      ['(b)', 2, 'They report.'], ['2 bis', 0, 'They learn.'], ['3', 0, 'Metrics'],
    ]);
  });
  it('leaves a quantity in the text', () => {
    expect(labels('24 hours after receipt the request is acknowledged.')).toEqual([['', 0, '24 hours after receipt the request is acknowledged.']]);
    expect(labels('A party may consult.')).toEqual([['', 0, 'A party may consult.']]);
  });
});

describe('provisions', () => {
  it('reads headings and definitions', () => {
    const [heading, definition, paragraph] = provisionsFrom('1. Definitions\n1.1 “Knowingly support” means to direct or finance.\n1.2 The Parties consult.', 'understanding', ids());
    expect([heading!.kind, definition!.kind, paragraph!.kind]).toEqual(['heading', 'definition', 'paragraph']);
    expect([textOf(definition!.slots['en:term']!), textOf(definition!.slots['en:meaning']!)]).toEqual(['Knowingly support', 'to direct or finance.']);
  });
  it('puts the words into the first slot of the template’s kind', () => {
    const [metric] = provisionsFrom('Median time from receipt to acknowledgement.', 'metrics', ids());
    expect([metric!.kind, textOf(metric!.slots['en:measure']!)]).toEqual(['metric', 'Median time from receipt to acknowledgement.']);
  });
  it('takes any text', () => {
    for (const text of ['', '\n\n', '1.', '(a)', '【】', '第一条 双方应当合作。', '😀\n\n😀']) expect(Array.isArray(provisionsFrom(text, 'understanding', ids()))).toBe(true);
  });
});
