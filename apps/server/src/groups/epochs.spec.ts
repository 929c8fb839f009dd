import { createHash } from 'node:crypto';
import { readText, type Text } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';

/** A document `d` in a record of its own. */
async function history(origin: string, words: string): Promise<RoomsFixture> {
  const fixture = await new RoomsFixture(new MemoryRecordStore(), {}, new MemorySnapshots(), origin).established();
  await fixture.opened('d', words);
  return fixture;
}

const have = (doc: Y.Doc) => ({ working: Y.encodeStateVector(doc) });

function fresh(updates: readonly Uint8Array[]): Text {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  expect(doc.store.pendingStructs).toBeNull();
  return readText(doc);
}

describe('the history that a document belongs to', () => {
  it('[HD23] [W27] is named by the log’s origin, in the same words before and after a restart', async () => {
    const fixture = await history('example.org/w/0123456789ab', 'One.'), again = await new RoomsFixture(fixture.store, {}, fixture.kept, 'example.org/w/0123456789ab').start();
    for (const { rooms } of [fixture, again]) {
      expect(await rooms.join('udo', { doc: 'd', have: {} })).toMatchObject({ ok: true, epoch: createHash('sha256').update('example.org/w/0123456789ab', 'utf8').digest('hex') });
    }
    const broken = await history('example.org/w/0123456789ab/2', 'One.');
    expect(broken.log.epoch).not.toBe(fixture.log.epoch);
  });

  it('[HD23] who names another one is answered everything, whatever state vectors come with it', async () => {
    const [before, now] = [await history('host/w/1', 'One.'), await history('host/w/2', 'Eins.')];
    const [old, ben] = [await before.client('ann', 'd'), await now.client('ben', 'd')];
    await ben.type('working', 'p1', 0, 'Nun: ');
    const known = Y.encodeStateVector(ben.room('working'));
    for (const vector of [Y.encodeStateVector(old.room('working')), known, new Uint8Array([255, 255])]) {
      const answer = await now.rooms.join('ann', { doc: 'd', have: { working: vector }, epoch: before.log.epoch });
      expect(answer.ok && fresh(answer.rooms.working!.updates)).toEqual(ben.text('working'));
    }
  });

  it('[HD23] who names this one, or none, is answered what they lack', async () => {
    const fixture = await history('host/w/1', 'One. '.repeat(200)), ann = await fixture.client('ann', 'd');
    for (const epoch of [fixture.log.epoch, undefined]) {
      const answer = await fixture.rooms.join('ann', { doc: 'd', have: have(ann.room('working')), ...(epoch !== undefined && { epoch }) });
      expect(answer.ok && answer.rooms.working!.updates.reduce((n, { length }) => n + length, 0)).toBeLessThan(100);
    }
  });
});
