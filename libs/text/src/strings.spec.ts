import { describe, expect, it } from 'vitest';
import { areCleanLines, cleanLines, cleanText, isCleanName, isCleanText } from './strings.ts';

/** Words as people write them. */
const HONEST = [
  'The Parties shall consult.', 'Être « prêt », naïve, Zoë, Øystein — “quoted” …', 'soft\u00ADhyphen\u00A0', 'e\u0301', '1\u00BD km² ≤ 5 µg · 10⁻³',
  '双方应在七十二小时内答复。', '《联合国打击网络犯罪公约》第２８条：“明知”', '𠮷野家', '邊\u{E0101}', '全角　空格', '日本語のテキスト、カタカナ', 'か\u3099', '한국어 조문', '각',
  'تلتزم الأطراف بتبادل المعلومات خلال 72 ساعة (المادة 3).', 'مُحَمَّد', 'می‌خواهم', 'ﷺ', 'العدد\u061C 5', '\u200Fطرف A\u200F، و\u200EB\u200E',
  'הצדדים יתייעצו תוך 24 שעות.', 'שָׁלוֹם', 'א\u200Fב', 'סעיף 3(ב)', 'दो पक्ष परामर्श करेंगे', 'क्\u200Dष', 'ไทย', 'Тарааптар', 'Ελληνικά',
  '👩‍⚖️ 🏳️‍🌈 😀 👨‍👩‍👧‍👦 ✍🏽 1️⃣', 'left\u200Eright\u200F\u061C',
];

const FORBIDDEN: readonly [string, string][] = [
  ['a lone high surrogate', 'a\ud83d'], ['a lone low surrogate', '\ude00a'], ['two halves in the wrong order', '\ude00\ud83d'], ['a replacement character', 'a\ufffd'], ['an object replacement', 'a\ufffcb'],
  ['a newline', 'a\nb'], ['a tab', 'a\tb'], ['a null', 'a\0'], ['a delete', 'a\u007F'], ['a C1 control', 'a\u0085'], ['a line separator', 'a\u2028b'], ['a paragraph separator', 'a\u2029b'],
  ['an embedding', 'a\u202Ab'], ['an override', 'a\u202Eb'], ['its end', 'a\u202C'], ['an isolate', '\u2066a'], ['its end', 'a\u2069'],
  ['a zero-width space', 'a\u200Bb'], ['a byte order mark', '\uFEFFa'], ['a word joiner', 'a\u2060b'], ['an invisible times', '2\u2062x'], ['a deprecated format', 'a\u206Ab'], ['a Mongolian separator', 'a\u180Eb'],
  ['a Hangul filler', 'a\u3164b'], ['a half-width filler', 'a\uFFA0b'], ['an invisible Khmer vowel', 'a\u17B4'], ['a musical format', 'a\u{1D173}'],
  ['a hidden tag', 'a\u{E0041}'], ['a language tag', 'a\u{E0001}'], ['an annotation', '\uFFF9a'], ['a noncharacter', 'a\uFFFF'], ['one of another plane', 'a\u{1FFFE}'], ['one in the middle', 'a\uFDD0'],
];

describe('clean text', () => {
  it.each(HONEST)('[RT2] leaves %j alone', (text) => {
    expect(isCleanText(text)).toBe(true);
    expect(cleanText(text)).toBe(text);
  });

  it.each(FORBIDDEN)('[RT1] refuses %s and mends it', (_name, text) => {
    expect(isCleanText(text)).toBe(false);
    expect(isCleanText(cleanText(text))).toBe(true);
  });

  it('[RT1] is decided character by character: no cut between two whole ones makes it unclean', () => {
    for (const text of HONEST) for (const character of text) expect(isCleanText(character)).toBe(true);
  });

  it('[RT3] makes one space of a line break and drops what has no width', () => {
    expect(cleanText('one\r\ntwo\n\nthree\tfour\u2029five')).toBe('one two  three four five');
    expect(cleanText('a\u200Bb\u202Ec\ud83dd')).toBe('abcd');
  });

  it('[RT4] a reason may have several lines, each of them clean', () => {
    expect(areCleanLines('Not yet.\n\nبعد التشاور')).toBe(true);
    expect(areCleanLines('Not\u202E yet.\nLater')).toBe(false);
    expect(areCleanLines('Not yet.\r\nLater')).toBe(false);
    expect(cleanLines('Not\tyet.\r\nLa\u200Bter\rand')).toBe('Not yet.\nLater\nand');
  });
});

describe('a name', () => {
  it.each(['Ada Azure', 'Zoë O’Hara-Łuk', '李明', '渡邊\u{E0101}', 'محمد علي', 'علی\u200Cرضا', 'דוד בן־גוריון', 'शक्\u200Dति', 'Nguyễn Văn Đức', 'Ochre (2)', '张三 Zhang San', 'ณัฐพล'])('[RT5] can be %j', (name) => {
    expect(isCleanName(name)).toBe(true);
  });

  it.each<[string, string]>([
    ['a bidi override', 'Ada \u202EeruzA'], ['a mark of direction', 'Ada\u200F Azure'], ['a zero-width space', 'Ada\u200B Azure'], ['a joiner between Latin letters', 'Ada\u200D Azure'], ['a joiner at the end', 'علی\u200C'],
    ['a soft hyphen', 'Ada\u00AD Azure'], ['a variation selector', 'Ada\uFE0F'], ['a combining joiner', 'A\u034Fda'], ['a no-break space', 'Ada\u00A0Azure'], ['a wide space', 'Ada\u3000Azure'], ['two spaces', 'Ada  Azure'], ['a space at the end', 'Ada '],
    ['an empty pattern', '\u2800Ada'], ['a filler', '\u3164'], ['nothing to read', '…'], ['a private character', 'Ada\uE000'], ['a line break', 'Ada\nAzure'], ['a lone surrogate', 'Ada\ud83d'], ['letters not composed', 'Zoe\u0308'],
  ])('[RT5] has no %s', (_name, name) => {
    expect(isCleanName(name)).toBe(false);
  });
});
