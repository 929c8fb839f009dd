import { describe, expect, it } from 'vitest';
import { bracketed } from './bracketed.ts';
import { compareSlots, type Hunk } from './compare.ts';
import { partnersOf } from './pairs.ts';
import { plainSlot, textOf } from './slot.ts';
import { tokensOf, wordAt } from './tokens.ts';

const hunksOf = (common: string, own: string) => compareSlots(plainSlot(common), plainSlot(own));
const shown = (common: string, own: string) => bracketed(plainSlot(common), [{ party: 'A', slot: plainSlot(own) }], (p) => p);
const tokens = (text: string) => { const t = tokensOf(plainSlot(text)); return t.keys.map((_, i) => wordAt(t, i)); };

describe('values', () => {
  it.each([
    ['within 3-5 working days', 'within 5-7 working days', 'within [3-5 / 5-7 - A] working days'],
    ['within 3 to 5 days', 'within 5 to 7 days', 'within [3 to 5 / 5 to 7 - A] days'],
    ['以三分之二多数通过', '以四分之三多数通过', '以[三分之二 / 四分之三 - A]多数通过'],
    ['人民币壹佰万元', '人民币贰佰伍拾万元', '人民币[壹佰万元 / 贰佰伍拾万元 - A]'],
    ['on 1 January 2026', 'on 2 January 2027', 'on [1 January 2026 / 2 January 2027 - A]'],
    ['第五条第二款第（三）项', '第六条第二款第（四）项', '[第五条第二款第（三）项 / 第六条第二款第（四）项 - A]'],
    ['within twenty-four (24) hours', 'within forty-eight (48) hours', 'within [twenty-four (24) / forty-eight (48) - A] hours'],
    ['items (a), (b) and (c) apply', 'items (a) and (b) apply', 'items (a)[, / and - A] (b) [and (c) - A delete] apply'],
  ])('[K1] %s → %s', (common, own, line) => expect(shown(common, own)).toBe(line));

  it.each([
    ['for example, e.g. malware', ['e.g.', 'malware']], ['the U.S. and the U.N.', ['U.S.', 'U.N.']], ['at 5 p.m.', ['5', 'p.m.']], ['Art. 5 and No. 7', ['Art.', '5', 'No.', '7']], ['Dr. Li of X Ltd. (Ph.D.)', ['Dr.', 'Ltd.', 'Ph.D.']],
    ['the end. No more', ['No', '.']], ['We say no. Then', ['no', '.']], ['24.The', ['24', '.', 'The']],
  ])('[K1] abbreviations are one token: %s', (text, wanted) => expect(tokens(text)).toEqual(expect.arrayContaining(wanted)));

  it('[K1] figures that only stand beside each other are none together; a numeral that begins a word is a character', () => {
    expect(tokens('Articles 5, 6 and 7 of 2026')).toEqual(['Articles', ' ', '5', ',', ' ', '6', ' ', 'and', ' ', '7', ' ', 'of', ' ', '2026']);
    expect(tokens('一般两国参与')).toEqual([...'一般两国参与']);
  });
});

describe('islands', () => {
  it.each([
    ['甲乙国丙丁', '子丑国寅卯', '[甲乙国丙丁 / 子丑国寅卯 - A]'],
    ['the alpha, beta rule', 'the gamma, delta rule', 'the [alpha, beta / gamma, delta - A] rule'],
    ['按甲方法院之命令', '按乙方仲裁院之命令', null],
  ])('[K2] one character or one mark alone between two hunks becomes part of one hunk: %s', (common, own, line) => {
    if (line) expect(shown(common, own)).toBe(line);
    const hunks = hunksOf(common, own);
    hunks.forEach((h, i) => { if (i > 0) expect(h.from - hunks[i - 1]!.to).toBeGreaterThan(1); });
  });

  it('[K2] the end of a sentence is common text also between two hunks', () => {
    expect(hunksOf('They meet here. Others go there.', 'They meet now. Others go there.')).toHaveLength(1);
    expect(hunksOf('甲应当及时答复。乙应当保密。', '甲应当及时回信。另应当保密。').map((h) => textOf(h.removed))).not.toContain('。');
  });
});

/** Marks that stand in a hunk without the other of their pair. */
function halves(text: string, edges: readonly { from: number; to: number }[]): string[] {
  const t = tokensOf(plainSlot(text)), inside = (i: number) => edges.findIndex((e) => e.from <= t.at[i]! && t.at[i]! < e.to);
  return [...partnersOf(t)].filter(([i, other]) => inside(i) !== inside(other)).map(([i]) => wordAt(t, i));
}

const noHalves = (common: string, own: string, hunks: readonly Hunk[]) =>
  expect([...halves(common, hunks), ...halves(own, hunks.map((h) => ({ from: h.posFrom, to: h.posTo })))]).toEqual([]);

describe('pairs of marks', () => {
  it.each([
    ['the “Agreement”.', 'the “Agreement.”', 'the [“Agreement”. / “Agreement.” - A]'],
    ['the (big) dog', 'the big dog', 'the [(big) / big - A] dog'],
    ['the [24] hours', 'the 24 hours', 'the [[24] / 24 - A] hours'],
    ['they "act" now', 'they act now', 'they ["act" / act - A] now'],
    ['as (they) say', 'as (they say)', 'as [(they) say / (they say) - A]'],
    ['由《公约》规定', '由公约规定', '由[《公约》 / 公约 - A]规定'],
    ['称为“机密信息”的资料', '称为“机密资料”的信息', null],
  ])('[K4] no hunk holds half of one: %s → %s', (common, own, line) => {
    if (line) expect(shown(common, own)).toBe(line);
    noHalves(common, own, hunksOf(common, own));
  });

  const KINDS = ['()', '[]', '{}', '（）', '［］', '【】', '〔〕', '《》', '〈〉', '「」', '『』', '“”', '‘’', '«»', '‹›', '„“', '""'];
  it.each(KINDS)('[K4] put in, taken out, moved at either end, replaced: %s', (pair) => {
    const [open, close] = [...pair] as [string, string], words = 'The two sides, as one, shall reply to every request in time.'.split(' ');
    const wrap = (from: number, to: number, list = words) => list.map((w, i) => `${i === from ? open : ''}${w}${i === to ? close : ''}`).join(' ');
    const plain = words.join(' '), changed = words.map((w, i) => (i % 4 === 2 ? 'other' : w));
    for (const [from, to] of [[0, 2], [3, 3], [2, 6], [5, 10]] as const) {
      for (const [x, y] of [[plain, wrap(from, to)], [wrap(from, to), wrap(from, to - 1 < from ? to + 1 : to - 1)], [wrap(from, to), wrap(1, 10)], [wrap(from, to), wrap(from, to, changed)], [wrap(2, 4), wrap(from, to, changed)]] as const) {
        noHalves(x, y, hunksOf(x, y));
        noHalves(y, x, hunksOf(y, x));
      }
    }
  });

  it('[K4] an apostrophe is no quotation mark; a mark without its other encloses nothing', () => {
    expect(hunksOf('the parties’ laws and the side’s rules (as amended', 'the parties’ acts and the side’s duties (as amended')).toHaveLength(2);
    expect(shown('the “two sides shall reply in time', 'the “two sides will reply in time')).toBe('the “two sides [shall / will - A] reply in time');
  });

  it('[K4] marks farther apart than 80 tokens are no pair', () => {
    const long = 'one two three four five six '.repeat(20);
    expect(shown(`(${long}end) of it`, `(${long}end of it`)).toBe(`(${long}end[) - A delete] of it`);
  });
});

describe('scripts without spaces', () => {
  it.each([
    ['Thai', 'ภายในยี่สิบสี่ชั่วโมง', ['ภา', 'ย', 'ใน', 'ยี่', 'สิ', 'บ', 'สี่', 'ชั่', 'ว', 'โม', 'ง']],
    ['Lao', 'ເດືອນ', ['ເດື', 'ອ', 'ນ']], ['Khmer', 'ម៉ោងស្ត្រី', ['ម៉ោ', 'ង', 'ស្ត្រី']], ['Burmese', 'မြန်မာ', ['မြ', 'န်', 'မာ']],
    ['Japanese', 'データの保護', ['データ', 'の', '保', '護']], ['Korean', '정부는 요청을', ['정부는', ' ', '요청을']],
  ])('[K5] %s', (_, text, wanted) => expect(tokens(text)).toEqual(wanted));

  it('[K5] one changed syllable is one small hunk', () => expect(hunksOf('ภายในสี่ชั่วโมงหลังได้รับ', 'ภายในหกชั่วโมงหลังได้รับ').map((h) => textOf(h.inserted))).toEqual(['หก']));
});

describe('long slots', () => {
  const CHINESE = '双方应当在收到请求后及时确认并说明理由，同时采取必要措施保全电子证据';
  /** Characters that do not repeat themselves in stretches, from a fixed rule. */
  const varied = (n: number) => Array.from({ length: n }, (_, i) => CHINESE[(i * i * 7 + i * 13 + (i >> 3) * 5) % CHINESE.length]!).join('');

  it('[C4] 2,340 Chinese characters with one changed near each end are two hunks', () => {
    const text = varied(2340);
    const own = `${text.slice(0, 20)}甲${text.slice(21, 2320)}乙${text.slice(2321)}`;
    expect(hunksOf(text, own).map((h) => [textOf(h.removed), textOf(h.inserted)])).toEqual([[text[20], '甲'], [text[2320], '乙']]);
  });

  it('[C4] the same where every stretch repeats: near the diagonal no cut is needed', () => {
    const text = CHINESE.slice(0, 18).repeat(130);
    const own = `${text.slice(0, 20)}甲${text.slice(21, 2320)}乙${text.slice(2321)}`;
    expect(hunksOf(text, own)).toHaveLength(2);
  });

  it('[C4] 2,000 words with sentences moved, taken and brought: every hunk is small', () => {
    const sentences = Array.from({ length: 100 }, (_, i) => `Side ${i} gives reason ${i * 7} within ${i + 2} days.`);
    const own = sentences.map((s, i) => (i % 10 === 3 ? s.replace('reason', 'good reason') : i % 10 === 7 ? s.replace('gives', 'shall give') : s)).filter((_, i) => i !== 50);
    const hunks = hunksOf(sentences.join(' '), own.join(' '));
    expect(hunks).toHaveLength(21);
    expect(Math.max(...hunks.map((h) => h.to - h.from))).toBeLessThan(60);
  });
});
