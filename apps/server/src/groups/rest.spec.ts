import { REST_MS } from '@parley/negotiation';
import { writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { AT_ONCE, RoomsFixture } from '../../../../test/support/rooms-fixture.ts';

describe('[HD26] [A10] [W33] rest', () => {
  it('counts moves, additions and words, by the entries’ own times, and is the same after a restart from a snapshot and from the log', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots();
    const fixture = await new RoomsFixture(record, { pace: AT_ONCE, snapshotEvery: 1 }, snapshots).established();
    await fixture.opened('d', 'One.', 'Two.', 'Three.');
    await fixture.basis('d');
    const ann = await fixture.client('ann', 'd');
    await ann.type('position:a', 'p2', 3, ' and a half');
    fixture.clock.at += 4_000;
    await ann.send('position:a', ann.edit('position:a', (doc) => writeEdits(doc, [{ do: 'move', id: 'p1', after: 'p3' }], Math.random)));
    expect([await fixture.acceptedIn('d', 'p2'), await fixture.acceptedIn('d', 'p1')]).toEqual([6, 10]);
    const { lastEdits } = await ann.join();
    expect(Object.keys(lastEdits['position:a'] ?? {}).sort()).toEqual(['p1', 'p2']);
    await fixture.rooms.close();
    for (const states of [snapshots, new MemorySnapshots()]) {
      const again = await new RoomsFixture(record, { pace: AT_ONCE }, states).start();
      again.clock.at = fixture.clock.at + 1_000;
      expect([await again.acceptedIn('d', 'p2'), await again.acceptedIn('d', 'p1')]).toEqual([5, 9]);
    }
    const last = await new RoomsFixture(record, { pace: AT_ONCE }, snapshots).start();
    last.clock.at = fixture.clock.at + REST_MS - 4_000;
    expect(await last.acceptedIn('d', 'p2')).toBe(0);
    expect(await last.acceptedIn('d', 'p1')).toBe(4);
  });
});
