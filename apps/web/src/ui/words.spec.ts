import { describe, expect, it } from 'vitest';
import { listed } from './messages.ts';
import { excerpt, initials, numbered } from './words.ts';

describe('words', () => {
  it('lists names as a sentence does', () => {
    expect([listed([]), listed(['A']), listed(['A', 'B']), listed(['A', 'B', 'C'])]).toEqual(['', 'A', 'A and B', 'A, B and C']);
  });
  it('takes initials of names in any script', () => {
    expect([initials('Maya Reyes'), initials('M. Reyes'), initials('Lin'), initials('李 明'), initials('')]).toEqual(['MR', 'MR', 'LI', '李明', '?']);
    // Han, Hangul and kana: one sign alone, or one of each part; also beyond the first plane.
    expect(['李明', '김민수', 'さくら', 'サクラ', '𠮷田', '김 민수', '山田　さくら', '玛雅 𠮷田'].map(initials)).toEqual(['李', '김', 'さ', 'サ', '𠮷', '김민', '山さ', '玛𠮷']);
    // Decomposed Hangul, Latin, Arabic and Devanagari: a sign keeps its marks.
    expect(['김민수'.normalize('NFD'), 'E\u0301lodie', 'E\u0301lodie A\u030Angstro\u0308m'].map(initials)).toEqual(['김'.normalize('NFD'), 'E\u0301L', 'E\u0301A\u030A']);
    expect(['مُحَمَّد', 'ليلى حدّاد', 'माया', 'माया शर्मा', 'किरण'].map(initials)).toEqual(['مُحَ', 'لح', 'माया', 'माश', 'किर']);
  });
  it('cuts between words', () => {
    expect(excerpt('means to direct, finance or tolerate', 20)).toBe('means to direct,…');
    expect(excerpt('short', 20)).toBe('short');
  });
  it('[U1] names in an excerpt what nobody sees, and never cuts a character in two', () => {
    expect([excerpt('co\u00ADoperation', 60), excerpt(`p\u0430rty ${'and others '.repeat(9)}`, 20)]).toEqual(['co⟨soft hyphen⟩operation', 'p\u0430⟨Cyrillic \u0430⟩rty and others…']);
    expect(excerpt('𠮷𠮷𠮷', 3)).toBe('𠮷…');
  });
  it('parts thousands', () => expect([numbered(7), numbered(4812), numbered(1234567)]).toEqual(['7', '4\u202F812', '1\u202F234\u202F567']));
});
