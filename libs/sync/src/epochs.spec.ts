import { type GroupState, positionRoom, NO_GROUP } from '@parley/negotiation';
import { type Edit, plainSlot, type Provision, provisionsOf, type Text, textAt, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DocumentClient } from './client.ts';
import { memoryStore, type MemoryRows } from './memory-store.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { ManualTimers } from '../test-support/manual-timers.ts';
import { TestServer, settle } from '../test-support/test-server.ts';
import type { HandedBack } from './status.ts';

const group: GroupState = {
  ...NO_GROUP, name: 'Epochs', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }],
  seats: { ana: { user: 'ana', role: 'negotiator', delegation: 'azure' }, oda: { user: 'oda', role: 'negotiator', delegation: 'ochre' } },
};
const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(words) } });
const put = (id: string, words: string): Edit => ({ do: 'splice', id, key: 'en:text', from: 0, to: 0, insert: plainSlot(words) });
const read = (text: Text): string => provisionsOf(text).map((p) => textOf(p.slots['en:text']!)).join('|');
const PAPER = textFrom([paragraph('a', 'One.'), paragraph('b', 'Two.')]);
const OTHER = textFrom([paragraph('a', 'Eins.'), paragraph('c', 'Drei.')]);
const [FIRST, SECOND] = ['a'.repeat(64), 'b'.repeat(64)];

function stage(): TestServer {
  const server = new TestServer(group, seeded(5));
  server.fill('working', PAPER);
  return server;
}

async function enter(server: TestServer, user: string, rows: MemoryRows = new Map()) {
  const wire = server.wire(user), store = memoryStore(rows), handed: HandedBack[] = [], seen: number[] = [];
  const client = new DocumentClient({ doc: 'doc', user, wire, store, random: seeded(user.charCodeAt(0)), strict: true, timers: new ManualTimers(), clientId: server.clientId });
  client.on('refused', (back) => {
    handed.push(back);
    seen.push([...rows.values()].flat().length);
  });
  const started = client.start();
  await settle(server);
  await started;
  return { wire, client, handed, seen, words: () => read(client.text(client.ownRoom!)) };
}

const left = (rows: MemoryRows) => [...rows.values()].flat();
const whole = (server: TestServer): Uint8Array => Y.encodeStateAsUpdate(server.rooms.get('working')!);

describe('another history under the same id', () => {
  it('[S33] takes the place of every copy; what was not delivered comes back with its place, and nothing of the old is sent', async () => {
    const server = stage(), rows: MemoryRows = new Map();
    const { client, wire, handed, seen, words } = await enter(server, 'ana', rows);
    client.edit([put('b', 'Delivered. ')]);
    await settle(server);
    wire.disconnect();
    client.edit([put('a', 'Offline '), put('b', 'Unsent ')]);
    const saved = client.saved(), old = client.doc('working');
    saved.catch(() => undefined);
    server.received.length = 0;
    server.beginAnew(SECOND, OTHER);
    const before = whole(server);
    wire.connect();
    await settle(server);
    expect(words()).toBe('Eins.|Drei.');
    expect(client.doc('working')).not.toBe(old);
    expect(handed).toEqual([{ room: 'working', reason: 'begun-anew', words: [{ provision: 'a', key: 'en:text', words: 'Offline ' }, { provision: 'b', key: 'en:text', words: 'Unsent ' }] }]);
    await expect(saved).rejects.toMatchObject({ reason: 'begun-anew' });
    expect([server.received, whole(server)]).toEqual([[], before]);
    expect(client.status).toMatchObject({ state: 'saved', pending: 0, entry: 0 });
    expect([seen, left(rows)]).toEqual([[1], []]);
    client.edit([put('c', 'Nun ')]);
    await settle(server);
    expect([read(server.text('working')), await client.saved()]).toEqual(['Eins.|Nun Drei.', 1]);
  });

  it('[S33] also when the server says no more than that the client shall join again, and in a room that a change of stage left behind', async () => {
    const server = stage();
    const { client, wire, handed, words } = await enter(server, 'ana');
    client.edit([put('a', 'Under way ')]);
    wire.up = [];
    server.begin('oda');
    while (wire.step('down'));
    expect(client.ownRoom).toBe(positionRoom('azure'));
    server.beginAnew(SECOND, OTHER);
    server.rejoin();
    await settle(server);
    expect([client.ownRoom, words()]).toEqual(['working', 'Eins.|Drei.']);
    expect(handed).toEqual([{ room: 'working', reason: 'begun-anew', words: [{ provision: 'a', key: 'en:text', words: 'Under way ' }] }]);
    expect(server.received).toEqual([]);
  });

  it('[S33] also where somebody wrote more under the same client id in the new history than was under way here: nothing of it is taken for delivered', async () => {
    const server = stage(), { client, wire, handed, words } = await enter(server, 'ana');
    wire.disconnect();
    client.edit([put('a', 'Offline ')]);
    server.beginAnew(SECOND, OTHER);
    const namesake = new Y.Doc();
    namesake.clientID = client.doc('working')!.clientID;
    Y.applyUpdate(namesake, whole(server));
    textAt(namesake, 'c', 'en:text')!.insert(0, 'Drei mal drei mal '.repeat(4));
    Y.applyUpdate(server.rooms.get('working')!, Y.encodeStateAsUpdate(namesake));
    wire.connect();
    await settle(server);
    expect(Y.getState(client.doc('working')!.store, namesake.clientID)).toBeGreaterThan('Offline '.length);
    expect(words()).toBe(`Eins.|${'Drei mal drei mal '.repeat(4)}Drei.`);
    expect(handed).toEqual([{ room: 'working', reason: 'begun-anew', words: [{ provision: 'a', key: 'en:text', words: 'Offline ' }] }]);
  });

  it('[S33] the same history is joined again as ever', async () => {
    const server = stage(), { client, wire, handed } = await enter(server, 'ana'), doc = client.doc('working');
    wire.disconnect();
    client.edit([put('a', 'Offline ')]);
    wire.connect();
    await settle(server);
    expect([client.doc('working') === doc, handed, read(server.text('working'))]).toEqual([true, [], 'Offline One.|Two.']);
  });

  it('[S34] what an earlier session kept in another history comes back as words, is not sent, and leaves the store only then', async () => {
    const server = stage(), rows: MemoryRows = new Map();
    const before = await enter(server, 'ana', rows);
    before.wire.disconnect();
    for (const letter of 'etal') before.client.edit([put('a', letter)]);
    await before.client.stop();
    server.wires.delete(before.wire);
    expect(left(rows).map(({ room, epoch }) => [room, epoch])).toEqual(Array(4).fill(['working', FIRST]));
    server.beginAnew(SECOND, OTHER);
    const after = await enter(server, 'ana', rows);
    expect(after.handed.map(({ room, reason }) => [room, reason])).toEqual([['working', 'begun-anew']]);
    expect([...after.handed[0]!.words.map(({ words }) => words).join('')].sort().join('')).toBe('aelt');
    expect([after.seen, left(rows), server.received, after.words()]).toEqual([[4], [], [], 'Eins.|Drei.']);
    after.client.edit([put('a', 'Jetzt ')]);
    await settle(server);
    expect(read(server.text('working'))).toBe('Jetzt Eins.|Drei.');
  });

  it('[S34] in the room of the new history only what was kept in it is delivered', async () => {
    const server = stage(), rows: MemoryRows = new Map();
    const typesOffline = async (words: string): Promise<void> => {
      const { client, wire } = await enter(server, 'ana', rows);
      wire.disconnect();
      client.edit([put('a', words)]);
      await client.stop();
      server.wires.delete(wire);
    };
    await typesOffline('old ');
    const old = new Map(rows);
    rows.clear();
    server.beginAnew(SECOND, OTHER);
    await typesOffline('new ');
    for (const [name, kept] of old) rows.set(name, kept);
    const { handed } = await enter(server, 'ana', rows);
    expect(read(server.text('working'))).toBe('new Eins.|Drei.');
    expect(handed).toEqual([{ room: 'working', reason: 'begun-anew', words: [{ provision: '', key: '', words: 'old ' }] }]);
    expect(left(rows)).toEqual([]);
  });

  it('[S34] what was kept before stores knew of epochs goes out where it fits, and comes back where it does not', async () => {
    for (const [anew, text, back] of [[false, 'kept One.|Two.', []], [true, 'Eins.|Drei.', ['kept ']]] as const) {
      const server = stage(), rows: MemoryRows = new Map(), earlier: MemoryRows = new Map();
      const { client, wire } = await enter(server, 'ana', earlier);
      wire.disconnect();
      client.edit([put('a', 'kept ')]);
      await client.stop();
      server.wires.delete(wire);
      const store = memoryStore(rows);
      for (const { doc, room, update } of left(earlier)) await store.keep(doc, { room, epoch: '' }, update);
      if (anew) server.beginAnew(SECOND, OTHER);
      const { handed } = await enter(server, 'ana', rows);
      expect([read(server.text('working')), handed.flatMap(({ words }) => words.map((w) => w.words)), left(rows)]).toEqual([text, back, []]);
    }
  });
});
