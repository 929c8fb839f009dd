import { plainSlot } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { readsThen } from './stretches.ts';

const TEXT = 'The two sides meet every year in the capital.';

function change(found: string, inserted: string) {
  const from = TEXT.indexOf(found);
  return { from, to: from + found.length, removed: plainSlot(found), inserted: plainSlot(inserted) };
}

describe('what a slot reads after some hunks', () => {
  it('is in the order of the text, whatever order the hunks come in', () => {
    expect(readsThen(plainSlot(TEXT), [change('year', 'month'), change('two', 'three')])).toEqual([
      { words: 'The ', inserted: false }, { words: 'three', inserted: true }, { words: ' sides meet every ', inserted: false }, { words: 'month', inserted: true }, { words: ' in the capital.', inserted: false },
    ]);
  });
});
