import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ROOMS } from '@parley/negotiation';
import { GROUP } from '../../../../test/support/group.ts';
import { PresenceBoard } from './presence-board.ts';

const AT = { group: GROUP, doc: 'd' };
const caret = { room: 'working', provision: 'p', key: 'en:text', anchor: 1, head: 1 } as const;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often a document’s people are told of within ten seconds in which everybody’s caret moves all the time. */
function toldOf(people: number): number {
  const board = new PresenceBoard();
  let told = 0;
  for (let n = 0; n < people; n++) {
    board.connect(`s${n}`, `u${n}`, GROUP);
    board.enter(AT, ROOMS.shared, `s${n}`);
  }
  vi.advanceTimersByTime(60_000);
  board.onMoved(() => { told += 1; });
  for (let at = 0; at < 10_000; at += 10) {
    for (let n = 0; n < people; n++) board.move(AT, ROOMS.shared, `s${n}`, { ...caret, anchor: at });
    vi.advanceTimersByTime(10);
  }
  board.close();
  return told;
}

describe('carets', () => {
  it('[G9] are told every 80 ms at most, and less often the more people there are', () => {
    expect([2, 20, 40, 200].map(toldOf)).toEqual([125, 125, 62, 12]);
  });

  it('[G9] are all told in the end, the last place of each', () => {
    const board = new PresenceBoard(), told: number[] = [];
    board.onMoved((_doc, _readers, people) => told.push(...people.map((person) => person.caret?.anchor ?? -1)));
    board.connect('s', 'u', GROUP);
    board.enter(AT, ROOMS.shared, 's');
    for (let anchor = 0; anchor < 50; anchor++) board.move(AT, ROOMS.shared, 's', { ...caret, anchor });
    vi.advanceTimersByTime(80);
    expect(told).toEqual([49]);
    board.disconnect('s');
    vi.advanceTimersByTime(80);
    expect([told, board.people(AT, ROOMS.shared), board.anywhere(GROUP)]).toEqual([[49], [], []]);
  });
});
