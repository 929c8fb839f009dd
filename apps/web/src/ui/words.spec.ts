import { describe, expect, it } from 'vitest';
import { listed } from './messages.ts';
import { count, excerpt, initials, numbered } from './words.ts';

describe('words', () => {
  it('counts in singular and plural', () => {
    expect([count(0, 'provision'), count(1, 'provision'), count(2, 'reply', 'replies')]).toEqual(['0 provisions', '1 provision', '2 replies']);
  });
  it('lists names as a sentence does', () => {
    expect([listed([]), listed(['A']), listed(['A', 'B']), listed(['A', 'B', 'C'])]).toEqual(['', 'A', 'A and B', 'A, B and C']);
  });
  it('takes initials of names in any script', () => {
    expect([initials('Maya Reyes'), initials('M. Reyes'), initials('Lin'), initials('李 明'), initials('')]).toEqual(['MR', 'MR', 'LI', '李明', '?']);
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
