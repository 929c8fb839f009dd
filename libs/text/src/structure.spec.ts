import { describe, expect, it } from 'vitest';
import { plainSlot, textOf } from './slot.ts';
import { readStructure, structureOf, type StructureOptions } from './structure.ts';

const words = (text: string, options?: StructureOptions) => structureOf(text, options).map((p) => textOf(p.words));
const labels = (text: string, options?: StructureOptions) => structureOf(text, options).map((p) => [p.label, p.level, textOf(p.words)]);
const headings = (text: string) => structureOf(text).map((p) => p.heading);

describe('paragraphs', () => {
  it.each([
    ['every line where nothing says that lines go on', 'One.\nTwo.\r\nThree.\n', ['One.', 'Two.', 'Three.']],
    ['lines between empty lines', 'The Parties\nconsult each other.\n\nThey meet\nonce a year.', ['The Parties consult each other.', 'They meet once a year.']],
    ['a line that begins with a label is its own', 'The Parties:\n(a) consult;\n(b) report.\n\nEnd of it.', ['The Parties:', 'consult;', 'report.', 'End of it.']],
    ['hard-wrapped lines without empty lines', 'The two sides shall acknowledge a request\nwithin 24 hours after receipt.\nThey meet.', ['The two sides shall acknowledge a request within 24 hours after receipt.', 'They meet.']],
    ['wrapped Chinese, without a space', '双方同意在二十四小时内确认收到对方提出的协查请求，并在\n七日内予以答复。\n双方会晤。', ['双方同意在二十四小时内确认收到对方提出的协查请求，并在七日内予以答复。', '双方会晤。']],
    ['a soft line break', 'One\u2028sentence.\n\nAnother.', ['One sentence.', 'Another.']],
    ['bullets, each its own', 'The sides:\n• consult\n• report\n\nEnd.', ['The sides:', 'consult', 'report', 'End.']],
  ] as const)('[L1] %s', (_name, text, wanted) => expect(words(text)).toEqual(wanted));

  it.each([
    ['it has no re-\nsult here.', 'it has no result here.'], ['a cross-\nborder note.', 'a cross-border note.'], ['the sub-\ngroup and the sub-group', 'the sub-group and the sub-group'],
    ['the Anglo-\nAmerican side\n\nx', 'the Anglo-American side'], ['no\u00AD\ntice of', 'notice of'],
  ] as const)('[L2] %j reads %j', (text, wanted) => expect(words(text)[0]).toBe(wanted));

  it('[L1] invisible characters go, words stay', () => expect(words('\uFEFFno\u00ADtice\u200B of\u00A0breach')).toEqual(['notice of breach']));
});

describe('labels', () => {
  it.each([
    ['1. Definitions\n1.2 The Parties consult.\n(a) They meet.\n(i) Yearly.\n(ii) Or sooner.\n(b) They report.\n2 bis. They learn.\n3 Metrics', [['1', 0, 'Definitions'], ['1.2', 1, 'The Parties consult.'], ['(a)', 2, 'They meet.'], ['(i)', 3, 'Yearly.'], ['(ii)', 3, 'Or sooner.'], ['(b)', 2, 'They report.'], ['2 bis', 0, 'They learn.'], ['3', 0, 'Metrics']]],
    ['第一条 双方应当合作。\n第二条 期限\n（一）双方会晤；\n（二）双方报告。', [['第一条', 0, '双方应当合作。'], ['第二条', 0, '期限'], ['（一）', 1, '双方会晤；'], ['（二）', 1, '双方报告。']]],
    ['一、总则\n二、定义', [['一、', 0, '总则'], ['二、', 0, '定义']]],
    ['1.双方合作。\n2．双方会晤。\n3、双方报告。', [['1', 0, '双方合作。'], ['2', 0, '双方会晤。'], ['3', 0, '双方报告。']]],
    ['第一条双方应当合作。\n第二条双方会晤。', [['第一条', 0, '双方应当合作。'], ['第二条', 0, '双方会晤。']]],
    ['Article 1\nDefinitions\n1. In this text:\n(a) one;\nArticle 2\nThe sides consult.', [['Article 1', 0, 'Definitions'], ['1', 1, 'In this text:'], ['(a)', 2, 'one;'], ['Article 2', 0, 'The sides consult.']]],
    ['Art. 3 – Scope\nArticle IV. Reports', [['Art. 3', 0, 'Scope'], ['Article IV', 0, 'Reports']]],
    ['(h) x\n(i) y\n(j) z', [['(h)', 0, 'x'], ['(i)', 0, 'y'], ['(j)', 0, 'z']]],
    ['I. Purpose\nII. Scope', [['I.', 0, 'Purpose'], ['II.', 0, 'Scope']]],
    ['A. Scope\nB. Terms', [['A.', 0, 'Scope'], ['B.', 0, 'Terms']]],
    ['Article 6\n6.1 Each side consults.', [['', 0, 'Article 6'], ['6.1', 1, 'Each side consults.']]],
    ['1.) one\n2.) two', [['1', 0, 'one'], ['2', 0, 'two']]],
    ['1 – Scope\n2 – Terms', [['1', 0, 'Scope'], ['2', 0, 'Terms']]],
    ['1.The Parties consult.\n2.They report.', [['1', 0, 'The Parties consult.'], ['2', 0, 'They report.']]],
    ['1.1双方合作。\n1.2双方会晤。', [['1.1', 1, '双方合作。'], ['1.2', 1, '双方会晤。']]],
    ['0. Preamble\n01. One', [['0', 0, 'Preamble'], ['01', 0, 'One']]],
    ['5a. one\n5b. two\n5bis. three\n5-ter. four', [['5a', 0, 'one'], ['5b', 0, 'two'], ['5bis', 0, 'three'], ['5-ter', 0, 'four']]],
    ['a. parties\nb. reports', [['a.', 0, 'parties'], ['b.', 0, 'reports']]],
    ['(A) one\n(B) two', [['(A)', 0, 'one'], ['(B)', 0, 'two']]],
    ['XL. Costs\nXLI. Terms', [['XL.', 0, 'Costs'], ['XLI.', 0, 'Terms']]],
    ['а) стороны;\nб) отчёты;', [['а)', 0, 'стороны;'], ['б)', 0, 'отчёты;']]],
    ['α) ένα\nβ) δύο', [['α)', 0, 'ένα'], ['β)', 0, 'δύο']]],
    ['١. الأطراف\n٢. التقارير', [['١', 0, 'الأطراف'], ['٢', 0, 'التقارير']]],
    ['가. 하나\n나. 둘', [['가.', 0, '하나'], ['나.', 0, '둘']]],
    ['（ア）一\n（イ）二', [['（ア）', 0, '一'], ['（イ）', 0, '二']]],
    ['壹、目的\n贰、范围\n拾壹、其他', [['壹、', 0, '目的'], ['贰、', 0, '范围'], ['拾壹、', 0, '其他']]],
    ['一．总则\n二．定义', [['一．', 0, '总则'], ['二．', 0, '定义']]],
    ['甲、目的\n乙、范围', [['甲、', 0, '目的'], ['乙、', 0, '范围']]],
    ['⑴ 甲\n⑵ 乙', [['⑴', 0, '甲'], ['⑵', 0, '乙']]],
    ['㈠甲\n㈡乙', [['㈠', 0, '甲'], ['㈡', 0, '乙']]],
    ['Ⅰ. Purpose\nⅡ. Scope', [['Ⅰ.', 0, 'Purpose'], ['Ⅱ.', 0, 'Scope']]],
    ['Article premier\nObjet\nArticle 2\nPortée', [['Article premier', 0, 'Objet'], ['Article 2', 0, 'Portée']]],
    ['Article 1er - Objet', [['Article 1er', 0, 'Objet']]],
    ['Artículo 1.º Objeto\nArtículo 2. Plazos', [['Artículo 1.º', 0, 'Objeto'], ['Artículo 2', 0, 'Plazos']]],
    ['Статья 1. Предмет\nСтатья 2\nСроки', [['Статья 1', 0, 'Предмет'], ['Статья 2', 0, 'Сроки']]],
    ['المادة 1\nالنطاق\nالمادة 2\nالتعاريف', [['المادة 1', 0, 'النطاق'], ['المادة 2', 0, 'التعاريف']]],
    ['PART ONE\nGeneral\nAnnexe I\nForms', [['PART ONE', 0, 'General'], ['Annexe I', 1, 'Forms']]],
    ['Điều 1. Phạm vi', [['Điều 1', 0, 'Phạm vi']]],
  ] as const)('[L3] of %j', (text, wanted) => expect(labels(text)).toEqual(wanted));

  it.each([
    '90 Days after signature.', '90 Days', '24 hours after receipt the request is acknowledged.', '(90) days after signature', '30) days after', '1.5 Degrees is the limit.', '2.5 million is paid.', '10.30 a.m. is the time.',
    '1. January 2027 is the date.', '3-5 working days', '三、四年内完成。', '（90）天后生效。', '90天内答复。', '第一条规定的义务适用于双方。', 'Article 1 applies to both sides.', 'A party may consult.', 'A. Smith chairs.', 'e. g. the first',
    '– 5 degrees of frost', '0.5 per cent is owed.', '24 (twenty-four) hours', '12.5.2027 is the date.', '3 Parties may consult.', '2 Working days',
    '1. января 2027 г.', '1. Januar ist der Tag.', '1. 1. 2027', '1er janvier 2027', '3 bis 5 Tage', '10.30 Uhr', '30. Tage nach Eingang', '30) jours après', '(30) días después', '5. рабочих дней', '24. ساعة', '1.The Parties consult.', '2.5个工作日内答复。', '0.5 Degrees',
    'Article 5 (2) applies', 'Art. 5 Abs. 2 gilt.', 'Article 5 Paragraph 2 applies', 'Artikel 5 Absatz 2 gilt.', 'Статья 5 Конвенции применяется.', 'Rules Apply', 'Parts List', '第（一）项规定的', '（一）（二）项', '（一）项规定的义务', '甲、乙双方应当合作。', '(EU) 2016/679 applies.', '第一、双方应当合作。',
  ])('[L4] a number that counts stays in the text: %s', (text) => expect(labels(text)).toEqual([['', 0, text]]));

  it.each(['1. An authority consults.', '1. Percentage of replies.', '2. Orders are made.', '1. May the sides consult.', '3. Partial replies.', '1. Mesures'])('[L3] a word that begins like a unit counts nothing: %s', (text) => expect(labels(text)[0]![0]).toBe(text[0]));

  it('[L3] a list within a list that counts in the same way is a level below', () => {
    const line = (label: string, level: number) => ({ words: plainSlot(`Words of ${label} at ${level}.`), parted: 'block' as const, hint: { label, level } });
    expect(readStructure([line('1.', 0), line('1.', 1), line('2.', 1), line('a.', 2), line('2.', 0), line('1.', 1)]).map((p) => [p.label, p.level])).toEqual([['1', 0], ['1', 1], ['2', 1], ['a.', 2], ['2', 0], ['1', 1]]);
    expect(readStructure([line('1.', 0), line('1.1.', 1), line('1.2.', 1), line('2.', 0)]).map((p) => [p.label, p.level])).toEqual([['1', 0], ['1.1', 1], ['1.2', 1], ['2', 0]]);
  });

  it.each(['か月', 'ヶ月', '営業日', '時間', '小时'])('[L4] also where it would go on a series: 2 %s', (unit) =>
    expect(labels(`1 目的\n\n2 ${unit}以内の回答`)).toEqual([['', 0, '1 目的'], ['', 0, `2 ${unit}以内の回答`]]));

  it('[L4] whatever is read, no sign of the source is lost between label and words', () => {
    const bare = (text: string) => text.replace(/[\s.)–:、．-]/g, '');
    for (const text of ['1. a\n\n2) b', '(iv) c', 'Article 2 bis: D', '（三） 四', '①五', '7 Days\n8 Days', '2 bis. x']) {
      expect(bare(structureOf(text).map((p) => p.label + textOf(p.words)).join(''))).toBe(bare(text));
    }
  });
});

describe('headings', () => {
  it.each([
    ['1. Definitions', true], ['2. Each Party [shall][may]', false], ['3. consult within [24] [48]', false], ['1. The sides shall consult', false], ['1. The sides consult.', false], ['第一章 总则', true], ['第二条 双方应当合作', false], ['(a) Scope', false], ['• Scope', false], ['90 Days', false],
  ] as const)('[L5] %s: %s', (text, heading) => expect(headings(text)).toEqual([heading]));

  it('[L6] the title is not repeated', () => {
    expect(words('UNDERSTANDING on Cyber\n\n1. Scope\nThe sides consult.', { title: 'Understanding on cyber' })).toEqual(['Scope', 'The sides consult.']);
    expect(words('Understanding\n\nUnderstanding', { title: 'Understanding' })).toEqual(['Understanding']);
  });

  it('takes any text, in time that grows with it', () => {
    for (const text of ['', '\n\n', '1.', '(a)', '【】', '😀\n\n😀', '第', 'Article', '1.1.1.1.1.1', '-'.repeat(20_000), '(a'.repeat(10_000), '1.'.repeat(10_000), '一'.repeat(20_000)]) expect(Array.isArray(structureOf(text))).toBe(true);
  });
});
