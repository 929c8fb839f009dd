import { describe, expect, it } from 'vitest';
import { heldOrder } from './held-order.ts';

const held = (before: string, now: string): string => heldOrder([...before], [...now]).join('');

describe('a list that is held', () => {
  it('[N5] keeps the place of what is gone, so that nothing slides under the pointer', () => {
    expect([held('abc', 'bc'), held('abc', 'ac'), held('abc', '')]).toEqual(['abc', 'abc', 'abc']);
  });
  it('[N5] takes what is new behind the one it follows', () => {
    expect([held('abc', 'abxc'), held('abc', 'xabc'), held('abc', 'abcx'), held('abc', 'bx'), held('', 'ab')]).toEqual(['abxc', 'xabc', 'abcx', 'abxc', 'ab']);
  });
  it('[N5] moves nothing that stays, whatever its order is now', () => expect(held('abc', 'cxba')).toBe('abcx'));
});
