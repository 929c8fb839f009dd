import { copyDigest, copyOf, type Provision, textFrom } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { seeded } from '../../../../libs/text/test-support/seeded.ts';
import { Room } from './room.ts';

const paragraph = (id: string): Provision => ({ id, kind: 'paragraph', label: '', level: 0, slots: { 'en:text': [{ t: 'The Parties shall consult.' }] } });

/** A room that somebody types in and strikes from. */
function written(random: () => number): { readonly room: Room; readonly type: () => void } {
  const room = new Room(new Y.Doc()), ids = ['a', 'b', 'c'];
  room.write([...textFrom(ids.map(paragraph)).by.values()].map((provision) => ({ do: 'add', provision, after: null })), random);
  const author = Object.assign(copyOf(room.doc), { clientID: 7 }), updates: Uint8Array[] = [];
  author.on('update', (update: Uint8Array) => updates.push(update));
  const type = (): void => {
    const text = (author.getMap('provisions').get(ids[Math.floor(random() * 3)]!) as Y.Map<Y.Text>).get('en:text')!, at = Math.floor(random() * text.length);
    if (random() < 0.4 && text.length > 5) text.delete(at, 1 + Math.floor(random() * Math.min(4, text.length - at)));
    else text.insert(at, 'word ');
    for (const update of updates.splice(0)) room.receive(update);
  };
  return { room, type };
}

function take(doc: Y.Doc, room: Room, have: Uint8Array | undefined): void {
  const { updates, vector } = room.lacking(have);
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
  expect(vector).toEqual(Y.encodeStateVector(room.doc));
}

describe('[HD57] who joins a room that others write in', () => {
  it('has what the server has, whether he was there before or not, and however long ago', () => {
    const random = seeded(11), { room, type } = written(random), readers = Array.from({ length: 6 }, () => new Y.Doc({ gc: true }));
    for (let i = 0; i < 900; i++) {
      type();
      if (random() > 0.1) continue;
      const doc = readers[Math.floor(random() * readers.length)]!;
      take(doc, room, random() < 0.2 ? undefined : Y.encodeStateVector(doc));
      expect(copyDigest(doc)).toBe(room.digest);
    }
    for (const doc of readers) {
      take(doc, room, Y.encodeStateVector(doc));
      expect(copyDigest(doc)).toBe(room.digest);
    }
  });

  it('is told the whole as somebody was told before, and what came since; only when that is much it is encoded anew', () => {
    const { room, type } = written(seeded(12)), [before] = room.lacking(undefined).updates;
    for (let i = 0; i < 100; i++) type();
    const after = room.lacking(undefined).updates;
    expect(after[0]).toBe(before);
    expect(after).toHaveLength(101);
    for (let i = 0; i < 40; i++) type();
    expect(room.lacking(undefined).updates).toHaveLength(1);
  });

  it('and lacks little is told little: deletions, and what he lacks', () => {
    const { room, type } = written(seeded(13));
    room.write([{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 0, insert: [{ t: 'w'.repeat(15_000) }] }], seeded(1));
    room.lacking(undefined);
    for (let i = 0; i < 20; i++) type();
    const doc = copyOf(room.doc);
    type();
    expect(room.lacking(Y.encodeStateVector(doc)).updates.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(3_000);
  });

  it('whoever sends what is no state vector is refused, and nobody else notices', async () => {
    const fixture = await new RoomsFixture().established();
    await fixture.opened('d', 'One.');
    const ann = await fixture.client('ann', 'd');
    await ann.type('working', 'p1', 0, 'a');
    expect(await fixture.rooms.join('bo', { doc: 'd', have: { working: Uint8Array.of(9, 255, 255) } })).toEqual({ ok: false, reason: 'bad-request' });
    expect((await fixture.client('bo', 'd')).words('working')).toBe('aOne.');
  });
});
