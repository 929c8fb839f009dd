import { describe, expect, it } from 'vitest';
import { cleanText, isCleanText } from './strings.ts';

describe('clean text', () => {
  it.each([
    'The Parties shall consult.', '双方应在七十二小时内答复。', 'تلتزم الأطراف', 'הצדדים', 'می‌خواهم', '👩‍⚖️ 🏳️‍🌈 😀', 'left\u200Eright\u200F\u061C', 'e\u0301', '𠮷野家', '邊\u{E0101}', 'soft\u00ADhyphen\u00A0',
  ])('[D16] leaves %j alone', (text) => {
    expect(isCleanText(text)).toBe(true);
    expect(cleanText(text)).toBe(text);
  });

  it.each([
    ['a lone high surrogate', 'a\ud83d'], ['a lone low surrogate', '\ude00a'], ['a replacement character', 'a\ufffd'], ['a newline', 'a\nb'], ['a tab', 'a\tb'],
    ['a null', 'a\0'], ['a C1 control', 'a\u0085'], ['an override', 'a\u202Eb'], ['an isolate', '\u2066a'], ['a zero-width space', 'a\u200Bb'], ['a byte order mark', '\uFEFFa'],
    ['a word joiner', 'a\u2060b'], ['a line separator', 'a\u2028b'], ['a hidden tag', 'a\u{E0041}'], ['an annotation', '\uFFF9a'], ['a noncharacter', 'a\uFFFF'],
  ])('[D16] refuses %s and mends it', (_name, text) => {
    expect(isCleanText(text)).toBe(false);
    expect(isCleanText(cleanText(text))).toBe(true);
  });

  it('[D16] makes one space of a line break and drops what has no width', () => {
    expect(cleanText('one\r\ntwo\n\nthree\tfour\u2029five')).toBe('one two  three four five');
    expect(cleanText('a\u200Bb\u202Ec\ud83dd')).toBe('abcd');
  });
});
