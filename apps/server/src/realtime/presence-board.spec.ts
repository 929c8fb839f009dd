import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_GROUP, type RoomName, ROOMS } from '@parley/negotiation';
import { SECRET_ROOMS } from '../../../../libs/negotiation/test-support/secret-rooms.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { PresenceBoard } from './presence-board.ts';

const AT = { group: GROUP, doc: 'd' };
const caret = { room: 'working', provision: 'p', key: 'en:text', anchor: 1, head: 1 } as const;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often a document’s people are told of within ten seconds in which everybody’s caret moves all the time. */
function toldOf(people: number): number {
  const board = new PresenceBoard();
  let emitted = 0;
  for (let n = 0; n < people; n++) {
    board.connect(`s${n}`, `u${n}`, GROUP);
    board.enter(AT, ROOMS.shared, `s${n}`);
  }
  vi.advanceTimersByTime(60_000);
  board.onMoved(() => { emitted += 1; });
  for (let at = 0; at < 10_000; at += 10) {
    for (let n = 0; n < people; n++) board.move(AT, ROOMS.shared, `s${n}`, { ...caret, anchor: at });
    vi.advanceTimersByTime(10);
  }
  board.close();
  return emitted;
}

describe('carets', () => {
  it('[G9] are told every 80 ms at most, and less often the more people there are', () => {
    expect([2, 20, 40, 200].map(toldOf)).toEqual([125, 125, 62, 12]);
  });

  it('[G9] are all told in the end, the last place of each', () => {
    const board = new PresenceBoard(), emitted: number[] = [];
    board.onMoved((_doc, _readers, people) => emitted.push(...people.map((person) => person.caret?.anchor ?? -1)));
    board.connect('s', 'u', GROUP);
    board.enter(AT, ROOMS.shared, 's');
    for (let anchor = 0; anchor < 50; anchor++) board.move(AT, ROOMS.shared, 's', { ...caret, anchor });
    vi.advanceTimersByTime(80);
    expect(emitted).toEqual([49]);
    board.disconnect('s');
    vi.advanceTimersByTime(80);
    expect([emitted, board.people(AT, ROOMS.shared), board.anywhere(GROUP)]).toEqual([[49], [], []]);
  });

  it('[G9] [W19] of who is not there are told to nobody, nor that somebody has none as before; whoever joins again keeps the place of it', () => {
    const board = new PresenceBoard(), emitted: number[] = [];
    board.onMoved((_doc, _readers, people) => emitted.push(people.length));
    for (const socket of ['s', 'elsewhere']) board.connect(socket, `u of ${socket}`, GROUP);
    board.enter(AT, ROOMS.shared, 's');
    vi.advanceTimersByTime(80);
    board.move(AT, ROOMS.shared, 'elsewhere', caret);
    board.move({ ...AT, doc: 'none' }, ROOMS.shared, 's', caret);
    board.move(AT, ROOMS.shared, 's', null);
    vi.advanceTimersByTime(10_000);
    expect(emitted).toEqual([1]);
    board.move(AT, ROOMS.shared, 's', caret);
    board.enter(AT, ROOMS.shared, 's');
    board.enter(AT, ROOMS.shared, 'who has no seat');
    expect(board.people(AT, ROOMS.shared)).toEqual([{ user: 'u of s', caret }]);
  });

  it('[G5] the documents that a socket is in are counted for each log', () => {
    const board = new PresenceBoard(), own = SECRET_ROOMS.readersOf('secret:a' as RoomName, { ...NO_GROUP, delegations: [{ id: 'a', code: 'A', name: 'Azure' }] })!;
    board.connect('s', 'u', GROUP);
    for (const doc of ['d', 'e']) board.enter({ ...AT, doc }, ROOMS.shared, 's');
    board.enter(AT, own, 's');
    const counts = (socket: string) => [board.countOf(socket, 'shared', 'another'), board.countOf(socket, 'shared', 'e'), board.countOf(socket, 'private:a', 'another')];
    expect([counts('s'), counts('other')]).toEqual([[2, 1, 1], [0, 0, 0]]);
    board.leave(AT, ROOMS.shared, 's');
    expect(counts('s')).toEqual([1, 0, 1]);
  });
});
