import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { copyDigest } from './copy-digest.ts';
import { copyOf, textAt } from './room.ts';
import { Client, room, Server } from '../test-support/peers.ts';
import { seeded } from '../test-support/seeded.ts';
import { cases } from '../test-support/cases.ts';

/** The digest as a stranger would make it, from the state as Yjs writes it: W26 read word by word. */
function byTheBook(doc: Y.Doc): string {
  const rising = <T>(byClient: ReadonlyMap<number, T>): [number, T][] => [...byClient].sort(([a], [b]) => a - b);
  const vector = rising(Y.decodeStateVector(Y.encodeStateVector(doc)));
  const deleted = rising(Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).ds.clients).map(([client, ranges]) => {
    const units = ranges.flatMap(({ clock, len }) => Array.from({ length: len }, (_, i) => clock + i)).sort((a, b) => a - b);
    const joined: [number, number][] = [];
    for (const unit of units) {
      const last = joined.at(-1);
      if (last && last[0] + last[1] === unit) last[1] += 1;
      else joined.push([unit, 1]);
    }
    return [client, joined];
  });
  return createHash('sha256').update(`{"deleted":${JSON.stringify(deleted)},"v":1,"vector":${JSON.stringify(vector)}}`, 'utf8').digest('hex');
}

describe('the digest of a copy', () => {
  it('[W26] is what the specification says, to the byte', () => {
    const doc = new Y.Doc();
    expect(copyDigest(doc)).toBe(createHash('sha256').update('{"deleted":[],"v":1,"vector":[]}').digest('hex'));
    doc.clientID = 7;
    doc.getText('t').insert(0, 'hello');
    expect(copyDigest(doc)).toBe(createHash('sha256').update('{"deleted":[],"v":1,"vector":[[7,5]]}').digest('hex'));
    doc.getText('t').delete(1, 2);
    expect(copyDigest(doc)).toBe(createHash('sha256').update('{"deleted":[[7,[[1,2]]]],"v":1,"vector":[[7,5]]}').digest('hex'));
  });

  it(`[W26] is one for live, fresh, archiving and replaying peers, however the work was merged: ${cases(60)} rooms`, () => {
    for (let seed = 1; seed <= cases(60); seed++) {
      const random = seeded(seed), server = new Server(room(seed)), archive = copyOf(server.doc, false);
      server.doc.on('update', (update: Uint8Array) => Y.applyUpdate(archive, update));
      const people = [new Client('h', server, random, 500_000, true), new Client('i', server, random, 40_000, false)];
      for (let n = 0; n < 60; n++) {
        for (const person of people) {
          if (random() < 0.7) person.edit(n);
          if (random() < 0.4) person.send();
          if (random() < 0.6) person.read();
        }
      }
      for (let round = 0; round < 2; round++) for (const person of people) person.rejoin();
      const replayed = room(seed), atOnce = room(seed), late = new Y.Doc();
      for (const update of server.log) Y.applyUpdate(replayed, update);
      atOnce.transact(() => server.log.forEach((update) => Y.applyUpdate(atOnce, update)));
      Y.applyUpdate(late, Y.encodeStateAsUpdate(archive));
      const expected = byTheBook(server.doc);
      for (const doc of [server.doc, copyOf(server.doc), archive, replayed, atOnce, late, ...people.map((person) => person.doc)]) expect(copyDigest(doc), `seed ${seed}`).toBe(expected);
    }
  });

  it('[W26] differs for a unit more and for a deletion that no state vector knows', () => {
    const honest = room(1), altered = copyOf(honest), vector = Y.encodeStateVector(altered);
    textAt(altered, 'a', 'en:text')!.delete(4, 1);
    expect(Y.encodeStateVector(altered)).toEqual(vector);
    expect(copyDigest(altered)).not.toBe(copyDigest(honest));
    const longer = copyOf(honest);
    textAt(longer, 'a', 'en:text')!.insert(0, 'x');
    expect(copyDigest(longer)).not.toBe(copyDigest(honest));
  });
});
