import type { NamedHunk } from '@parley/negotiation';
import { plainSlot, type Slot, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { countered, outcomeOf, retyped } from './counter-words.ts';

const hunk = (removed: string, inserted: string | Slot): NamedHunk =>
  ({ from: 0, to: removed.length, removed: plainSlot(removed), inserted: typeof inserted === 'string' ? plainSlot(inserted) : inserted });
const words = (slots: (Slot | null)[]) => slots.map((slot) => slot && textOf(slot));

describe('a counter-proposal', () => {
  it('[N8] takes nothing into the own text that is still what the other side proposes', () => {
    const theirs = [hunk('24', '12 working'), hunk('receipt', '')];
    expect(words(countered(theirs, ['12 working', '']))).toEqual([null, null]);
    expect(words(countered(theirs, ['10 working', '']))).toEqual(['10 working', null]);
    expect(words(countered(theirs, ['12 working', 'dispatch']))).toEqual([null, 'dispatch']);
    expect(words(countered(theirs, []))).toEqual([null, null]);
  });

  it('[N8] takes no difference that is none: characters that a text never has', () => {
    expect(words(countered([hunk('24', '12 working')], ['12 working\u0000\n'.trimEnd()]))).toEqual([null]);
  });

  it.each([
    ['a space behind', '12 working '], ['spaces before', '  12 working'], ['a space more between', '12  working'], ['a no-break space for a space', '12\u00A0working'],
    ['what takes no room, at the end', '12 working\u200B'], ['a soft hyphen beside a space', '12 \u00ADworking'],
  ])('[N8] takes no difference that is none: %s', (_what, typed) => {
    expect(words(countered([hunk('24', '12 working')], [typed]))).toEqual([null]);
  });

  it('[N8] takes words parted that were one, and one that were parted, and words in the place of a deletion', () => {
    expect(words(countered([hunk('written request', 'writtenrequest')], ['written request']))).toEqual(['written request']);
    expect(words(countered([hunk('24', '12 working')], ['12working']))).toEqual(['12working']);
    expect(words(countered([hunk(' after receipt', '')], [' ']))).toEqual([null]);
    expect(words(countered([hunk('24', '12 working')], ['']))).toEqual(['']);
  });

  it.each([
    [['12 working', ''], 'theirs'], [['24', ''], 'common'], [[' 24\u00A0', 'receipt'], 'common'], [['12 working', 'receipt'], 'common'],
    [['10', ''], 'ours'], [['24', 'dispatch'], 'ours'], [['', ''], 'ours'],
  ] as const)('[N8] %j is %s: common words propose nothing', (typed, outcome) => {
    const theirs = [hunk('24', '12 working'), hunk('receipt', '')];
    expect(outcomeOf(theirs, countered(theirs, typed))).toBe(outcome);
  });

  it('keeps the marks of the words that stay at both ends, and parts no character', () => {
    const theirs: Slot = [{ t: 'in ' }, { t: 'writing', m: { em: true } }, { t: ' and promptly' }] as unknown as Slot;
    expect(textOf(retyped(theirs, 'in writing and at once'))).toBe('in writing and at once');
    expect(retyped(theirs, 'in writing and at once').find((run) => run.t.includes('writing'))).toEqual(theirs[1]);
    expect(textOf(retyped(plainSlot('a😀b'), 'a😁b'))).toBe('a😁b');
  });
});
