import { describe, expect, it } from 'vitest';
import type { KeptWords } from '../sync/local-database.ts';
import { inTypedOrder, isLate, LATE, lateAt, whySaid } from './late-words.ts';

const passage = (words: string, why: string, provision = 'p', slot = 'en:text'): KeptWords =>
  ({ id: words, doc: 'd', room: 'working', provision, name: '', slot, words, why, waiting: false });

const read = (items: readonly KeptWords[]): string[] => items.map(({ words }) => words);

describe('[E41] late words and what was under way when the text was closed', () => {
  const earlier = passage('earlier', 'refused'), late = passage('out prior', LATE);

  it('stand in the order in which they were typed, and the late words still go on', () => {
    const items = inTypedOrder([earlier, late], [passage('not with', 'refused')]);
    expect([read(items), lateAt(items, 'p', 'en:text')]).toEqual([['earlier', 'not with', 'out prior'], late]);
  });

  it('stand in the order in which they came where they are of different places', () => {
    const elsewhere = [passage('a', 'refused', 'q'), passage('b', 'refused', 'p', 'en:heading')];
    expect(read(inTypedOrder([late], elsewhere))).toEqual(['out prior', 'a', 'b']);
    expect(lateAt([late, ...elsewhere], 'p', 'en:text')).toBeNull();
  });

  it('never stand before late words that another passage has followed', () => {
    expect(read(inTypedOrder([late, earlier], [passage('x', 'refused')]))).toEqual(['out prior', 'earlier', 'x']);
    expect(read(inTypedOrder([], [late]))).toEqual(['out prior']);
  });
});

it('the reasons are kept as ids and said by the page; sentences that an earlier Parley kept are said as they are, and late words of then still count as late', () => {
  const said = 'You typed them after the text had been closed there.', other = 'The provision was agreed or removed while you were writing.';
  expect([LATE, said, 'refusal.document-closed', other, ''].map((why) => whySaid(passage('x', why)))).toEqual([said, said, expect.stringContaining('closed'), other, '']);
  expect([LATE, said, other].map((why) => isLate(passage('x', why)))).toEqual([true, true, false]);
});
