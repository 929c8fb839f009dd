import { previewAccept, proposalsOf, REST_MS, type Scenery } from '@parley/negotiation';
import { writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemoryKeptStates } from '../../../../test/support/memory-kept-states.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { Bench, sent } from '../../../../test/support/rooms.ts';

const PACE = { turnMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] } as const;

async function scenery(bench: Bench): Promise<Scenery> {
  const udo = await bench.client('udo', 'd'), { document, group } = await udo.join();
  return { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
}

/** Bo answers what Northland proposes on a provision: the seconds that are left, or 0 when it entered. */
async function seconds(bench: Bench, provision: string): Promise<number | undefined> {
  const now = await scenery(bench), open = proposalsOf(now, provision).find((p) => p.parties.includes('a'))!;
  const preview = previewAccept(now, { parts: [open.proposal], party: 'b', own: 'withdrawn' });
  if (!preview.ok) throw new Error(preview.reason);
  const answer = await bench.rooms.perform('bo', 'd', sent({ doc: 'd', ...preview.value.act }));
  if (!answer.ok && answer.reason !== 'not-rested') throw new Error(answer.reason);
  return answer.ok ? 0 : answer.seconds;
}

describe('[H26] [A10] rest', () => {
  it('counts moves, additions and words, by the entries’ own times, and is the same after a restart from a kept state and from the log', async () => {
    const record = new MemoryRecordStore(), kept = new MemoryKeptStates();
    const bench = await new Bench(record, { pace: PACE, keepEvery: 1 }, kept).established();
    await bench.opened('d', 'One.', 'Two.', 'Three.');
    await bench.basis('d');
    const ann = await bench.client('ann', 'd');
    await ann.type('position:a', 'p2', 3, ' and a half');
    bench.clock.at += 4_000;
    await ann.send('position:a', ann.edit('position:a', (doc) => writeEdits(doc, [{ do: 'move', id: 'p1', after: 'p3' }], Math.random)));
    expect([await seconds(bench, 'p2'), await seconds(bench, 'p1')]).toEqual([6, 10]);
    const { lastEdits } = await ann.join();
    expect(Object.keys(lastEdits['position:a'] ?? {}).sort()).toEqual(['p1', 'p2']);
    await bench.rooms.close();
    for (const states of [kept, new MemoryKeptStates()]) {
      const again = await new Bench(record, { pace: PACE }, states).start();
      again.clock.at = bench.clock.at + 1_000;
      expect([await seconds(again, 'p2'), await seconds(again, 'p1')]).toEqual([5, 9]);
    }
    const last = await new Bench(record, { pace: PACE }, kept).start();
    last.clock.at = bench.clock.at + REST_MS - 4_000;
    expect(await seconds(last, 'p2')).toBe(0);
    expect(await seconds(last, 'p1')).toBe(4);
  });
});
