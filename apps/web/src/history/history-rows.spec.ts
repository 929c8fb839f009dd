import type { HistoryEntry } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { firstIndex, historyRows, lastIndex, timelineBars } from './history-rows.ts';

const edit = (index: number, by: string, provision: string, minute: number): HistoryEntry =>
  ({ index, by, at: minute * 60_000, kind: 'update', room: 'position:a', touched: [provision] });
const act = (index: number, minute: number): HistoryEntry =>
  ({ index, by: 'h', at: minute * 60_000, kind: 'act', act: { v: 1, id: 'x', doc: 'd', t: 'takeBackBasis' }, rules: 2, events: [] });
const shape = (entries: readonly HistoryEntry[]) => historyRows(entries).map((row) => [row.kind, firstIndex(row), lastIndex(row)]);

describe('rows of the history', () => {
  it('gathers one person’s edits of one provision', () => {
    expect(shape([edit(0, 'u', 'p', 0), edit(1, 'u', 'p', 1), edit(2, 'u', 'p', 2.5)])).toEqual([['edits', 0, 2]]);
  });
  it('parts them after more than two minutes, in another provision, by another person', () => {
    expect(shape([edit(0, 'u', 'p', 0), edit(1, 'u', 'p', 2.1)])).toHaveLength(2);
    expect(shape([edit(0, 'u', 'p', 0), edit(1, 'u', 'q', 0.1), edit(2, 'w', 'p', 0.2)])).toHaveLength(3);
  });
  it('gives two people who type at once a row each', () => {
    expect(shape([edit(0, 'u', 'p', 0), edit(1, 'w', 'p', 0.1), edit(2, 'u', 'p', 0.2), edit(3, 'w', 'p', 0.3)])).toEqual([['edits', 0, 2], ['edits', 1, 3]]);
  });
  it('leaves out what the server wrote to keep a room small', () => {
    expect(shape([edit(0, 'u', 'p', 0), edit(1, 'server', 'p', 0.1), edit(2, 'u', 'p', 0.2)])).toEqual([['edits', 0, 2]]);
  });
  it('ends growing rows at an act', () => {
    expect(shape([edit(0, 'u', 'p', 0), act(1, 0.1), edit(2, 'u', 'p', 0.2)])).toEqual([['edits', 0, 0], ['act', 1, 1], ['edits', 2, 2]]);
  });
});

describe('the timeline', () => {
  it('counts entries by stretch and party, and knows the last of each', () => {
    const bars = timelineBars([edit(0, 'u', 'p', 0), edit(1, 'w', 'p', 0), edit(2, 'u', 'p', 10)], 2, (e) => e.by);
    expect(bars.map((b) => [b.counts, b.last])).toEqual([[{ u: 1, w: 1 }, 1], [{ u: 1 }, 2]]);
  });
  it('has no bars without entries and one full bar for one instant', () => {
    expect(timelineBars([], 5, () => '')).toEqual([]);
    expect(timelineBars([edit(0, 'u', 'p', 3)], 3, () => 'a')[0]!.counts).toEqual({ a: 1 });
  });
});
