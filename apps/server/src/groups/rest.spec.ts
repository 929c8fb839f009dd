import { previewAccept, proposalsOf, REST_MS, type SharedState } from '@parley/negotiation';
import { writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, sent } from '../../../../test/support/rooms-fixture.ts';

const PACE = { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] } as const;

async function shared(fixture: RoomsFixture): Promise<SharedState> {
  const udo = await fixture.client('udo', 'd'), { document, group } = await udo.join();
  return { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
}

/** Bo answers what Northland proposes on a provision: the seconds that are left, or 0 when it entered. */
async function seconds(fixture: RoomsFixture, provision: string): Promise<number | undefined> {
  const now = await shared(fixture), open = proposalsOf(now, provision).find((p) => p.parties.includes('a'))!;
  const preview = previewAccept(now, { parts: [open.proposal], party: 'b', own: 'withdrawn' });
  if (!preview.ok) throw new Error(preview.reason);
  const answer = await fixture.rooms.perform('bo', 'd', sent({ doc: 'd', ...preview.value.act }));
  if (!answer.ok && answer.reason !== 'not-rested') throw new Error(answer.reason);
  return answer.ok ? 0 : answer.seconds;
}

describe('[HD26] [A10] [W33] rest', () => {
  it('counts moves, additions and words, by the entries’ own times, and is the same after a restart from a snapshot and from the log', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots();
    const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 1 }, snapshots).established();
    await fixture.opened('d', 'One.', 'Two.', 'Three.');
    await fixture.basis('d');
    const ann = await fixture.client('ann', 'd');
    await ann.type('position:a', 'p2', 3, ' and a half');
    fixture.clock.at += 4_000;
    await ann.send('position:a', ann.edit('position:a', (doc) => writeEdits(doc, [{ do: 'move', id: 'p1', after: 'p3' }], Math.random)));
    expect([await seconds(fixture, 'p2'), await seconds(fixture, 'p1')]).toEqual([6, 10]);
    const { lastEdits } = await ann.join();
    expect(Object.keys(lastEdits['position:a'] ?? {}).sort()).toEqual(['p1', 'p2']);
    await fixture.rooms.close();
    for (const states of [snapshots, new MemorySnapshots()]) {
      const again = await new RoomsFixture(record, { pace: PACE }, states).start();
      again.clock.at = fixture.clock.at + 1_000;
      expect([await seconds(again, 'p2'), await seconds(again, 'p1')]).toEqual([5, 9]);
    }
    const last = await new RoomsFixture(record, { pace: PACE }, snapshots).start();
    last.clock.at = fixture.clock.at + REST_MS - 4_000;
    expect(await seconds(last, 'p2')).toBe(0);
    expect(await seconds(last, 'p1')).toBe(4);
  });
});
