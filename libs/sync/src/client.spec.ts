import { type GroupState, positionRoom, NO_GROUP } from '@parley/negotiation';
import { type Edit, plainSlot, type Provision, provisionsOf, type Text, textAt, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DocumentClient } from './client.ts';
import { memoryStore, type MemoryRows } from './memory-store.ts';
import type { ClientOptions } from './options.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { ManualTimers } from '../test-support/manual-timers.ts';
import { TestServer, settle } from '../test-support/test-server.ts';
import type { HandedBack } from './status.ts';

const group: GroupState = {
  ...NO_GROUP, name: 'Working group', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }],
  seats: {
    ana: { user: 'ana', role: 'negotiator', delegation: 'azure' }, abe: { user: 'abe', role: 'negotiator', delegation: 'azure' },
    oda: { user: 'oda', role: 'negotiator', delegation: 'ochre' }, eve: { user: 'eve', role: 'auditor' },
  },
};
const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(words) } });
const put = (id: string, at: number, words: string, to = at): Edit => ({ do: 'splice', id, key: 'en:text', from: at, to, insert: plainSlot(words) });
const read = (text: Text): string => provisionsOf(text).map((p) => textOf(p.slots['en:text']!)).join('|');

function stage(): TestServer {
  const server = new TestServer(group, seeded(1));
  server.fill('working', textFrom([paragraph('a', 'One.'), paragraph('b', 'Two.')]));
  return server;
}

function enter(server: TestServer, user: string, more: Partial<ClientOptions> = {}) {
  const wire = server.wire(user);
  const client = new DocumentClient({ doc: 'doc', user, wire, random: seeded(user.length + server.wires.size), strict: true, timers: new ManualTimers(), ...more });
  const handed: HandedBack[] = [];
  client.on('refused', (back) => handed.push(back));
  const started = client.start();
  started.catch(() => undefined);
  return { wire, client, handed, started, words: () => read(client.text(client.ownRoom ?? 'working')) };
}

async function joined(server: TestServer, user: string, more: Partial<ClientOptions> = {}) {
  const entered = enter(server, user, more);
  await settle(server);
  await entered.started;
  return entered;
}

describe('joining', () => {
  it('[S1] [W6] a join brings every room, the state and who is there', async () => {
    const server = stage();
    server.people = [{ user: 'oda', caret: null }];
    const { client, words } = await joined(server, 'ana');
    expect(words()).toBe('One.|Two.');
    expect([client.ownRoom, client.document.title, client.presence.length, client.status.state]).toEqual(['working', 'Draft', 1, 'saved']);
  });

  it('[S2] a refusal for good ends it with its reason; one for the moment is asked again', async () => {
    const server = stage();
    server.admit = () => ({ ok: false, reason: 'not-found' });
    const { started, client } = enter(server, 'eve');
    await settle(server);
    await expect(started).rejects.toMatchObject({ reason: 'not-found' });
    expect(client.status).toMatchObject({ state: 'refused', reason: 'not-found' });
    const timers = new ManualTimers();
    server.admit = () => ({ ok: false, reason: 'busy' });
    const patient = enter(server, 'ana', { timers });
    await settle(server);
    expect(patient.client.status.state).toBe('joining');
    server.admit = () => null;
    timers.pass(1_000);
    await settle(server);
    await patient.started;
  });

  it('[S3] [W8] a reader has no room of its own and writes nothing', async () => {
    const server = stage();
    const { client } = await joined(server, 'eve', { strict: false });
    expect(client.ownRoom).toBeNull();
    expect(() => client.edit([put('a', 0, 'x')])).toThrow(RangeError);
    client.doc('working')!.getMap('provisions').set('x', new Y.Map());
    await settle(server);
    expect(server.received).toEqual([]);
  });
});

describe('writing', () => {
  it('[S4] what one types the other reads, and both say it is saved under the same entry', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = await joined(server, 'oda');
    ana.client.edit([put('a', 0, 'Now ')]);
    expect(ana.client.status).toMatchObject({ state: 'saving', pending: 1 });
    const saved = ana.client.saved();
    await settle(server);
    expect(oda.words()).toBe('Now One.|Two.');
    expect(await saved).toBe(server.entry);
    expect([ana.client.status.state, oda.client.entry]).toEqual(['saved', server.entry]);
  });

  it('[S5] [W9] one update is under way; what is typed meanwhile goes as one more', async () => {
    const server = stage();
    const { client } = await joined(server, 'ana');
    for (const letter of 'quick') client.edit([put('a', 0, letter)]);
    expect(client.status.pending).toBe(5);
    await settle(server);
    expect(server.received).toHaveLength(2);
    expect(read(server.text('working'))).toBe('kciuqOne.|Two.');
  });

  it('[S6] [W5] much at once goes in parts that each can be applied', async () => {
    const server = stage();
    const { client } = await joined(server, 'ana');
    const edits = Array.from({ length: 40 }, (_, i): Edit => ({ do: 'add', provision: paragraph(`p${i}`, 'x'.repeat(9_000)), after: 'b' }));
    client.edit(edits);
    client.edit([{ do: 'remove', id: 'a' }, put('b', 0, 'Two.', 4)]);
    await settle(server);
    expect(server.received.length).toBeGreaterThan(2);
    expect(Math.max(...server.received.map((r) => r.update.length))).toBeLessThanOrEqual(128 * 1024);
    expect(server.text('working')).toEqual(client.text('working'));
  });

  it('[S7] a lost acknowledgement is no loss and no doubling', async () => {
    const server = stage();
    const { client, wire, words } = await joined(server, 'ana');
    client.edit([put('a', 0, 'Now ')]);
    wire.step('up');
    wire.lose('answer');
    await settle(server);
    expect([words(), read(server.text('working'))]).toEqual(['Now One.|Two.', 'Now One.|Two.']);
    expect(client.status).toMatchObject({ state: 'saved', pending: 0 });
    expect(server.received).toHaveLength(1);
  });

  it.each(['busy', 'not-saved', 'elsewhere', 'server-error'] as const)('[S8] [W5] a refusal for the moment is asked again: %s', async (reason) => {
    const server = stage();
    const timers = new ManualTimers();
    const { client } = await joined(server, 'ana', { timers });
    server.refuses = () => ({ ok: false, reason });
    client.edit([put('a', 0, 'Now ')]);
    await settle(server);
    expect(client.status.state).toBe('saving');
    server.refuses = () => null;
    timers.pass(1_000);
    await settle(server);
    expect(read(server.text('working'))).toBe('Now One.|Two.');
  });
});

describe('commits', () => {
  it('[S9] [W12] after a lost commit the client joins again and stands where the others stand', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = await joined(server, 'oda');
    ana.client.edit([put('a', 0, 'A ')]);
    ana.wire.step('up');
    oda.wire.lose('push');
    await settle(server);
    expect(oda.words()).toBe('One.|Two.');
    ana.client.edit([put('b', 0, 'B ')]);
    await settle(server);
    expect([oda.words(), oda.client.entry]).toEqual(['A One.|B Two.', server.entry]);
  });

  it('[S9] [W14] the own lost commit is noticed by its acknowledgement', async () => {
    const server = stage();
    const { client, wire } = await joined(server, 'ana');
    client.edit([put('a', 0, 'A ')]);
    wire.step('up');
    wire.lose('push');
    await settle(server);
    expect(client.entry).toBe(server.entry);
  });

  it('[S10] [W12] a commit that comes twice counts once', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = await joined(server, 'oda');
    let commits = 0;
    oda.client.on('commit', () => commits++);
    ana.client.edit([put('a', 0, 'A ')]);
    ana.wire.step('up');
    oda.wire.double();
    await settle(server);
    expect([commits, oda.words()]).toEqual([1, 'A One.|Two.']);
  });

  it('[S11] [W15] a commit that overtakes the answer to a join is applied after it', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = enter(server, 'oda');
    await Promise.resolve();
    await Promise.resolve();
    oda.wire.step('up');
    ana.client.edit([put('a', 0, 'A ')]);
    ana.wire.step('up');
    oda.wire.down.reverse();
    await settle(server);
    expect([oda.words(), oda.client.entry]).toEqual(['A One.|Two.', server.entry]);
  });

  it('[S12] while held nothing comes through, and what is typed goes out', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = await joined(server, 'oda');
    oda.client.hold();
    ana.client.edit([put('a', 0, 'A ')]);
    oda.client.edit([put('b', 0, 'B ')]);
    await settle(server);
    expect([oda.words(), ana.words(), oda.client.status.state]).toEqual(['One.|B Two.', 'A One.|B Two.', 'saved']);
    oda.client.release();
    expect([oda.words(), oda.client.entry]).toEqual(['A One.|B Two.', server.entry]);
  });

  it('[S40] while words stand aside nothing is saved, and saved() waits for them', async () => {
    const server = stage();
    const oda = await joined(server, 'oda');
    const statuses: string[] = [];
    oda.client.on('status', (status) => statuses.push(status.state));
    oda.client.holdAside(true);
    let entry = -1;
    void oda.client.saved().then((at) => { entry = at; });
    await settle(server);
    expect([oda.client.status.state, entry]).toEqual(['saving', -1]);
    oda.client.edit([put('b', 0, 'B ')]);
    oda.client.holdAside(false);
    expect(oda.client.status.state).toBe('saving');
    await settle(server);
    expect([oda.client.status.state, entry, statuses.indexOf('saved')]).toEqual(['saved', server.entry, statuses.length - 1]);
  });

  it('[S12] a join while held waits for the release', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = await joined(server, 'oda');
    oda.client.hold();
    oda.wire.disconnect();
    ana.client.edit([put('a', 0, 'A ')]);
    oda.wire.connect();
    await settle(server);
    expect(oda.words()).toBe('One.|Two.');
    oda.client.release();
    await settle(server);
    expect(oda.words()).toBe('A One.|Two.');
  });

  it('[S13] [W13] acts fold as on the server, and the stage changes the own room', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const seen: string[] = [];
    ana.client.on('stage', (now) => seen.push(`${now} in ${ana.client.ownRoom}: ${read(ana.client.text('common'))}`));
    ana.client.on('commit', () => seen.push('commit'));
    server.begin('ana');
    await settle(server);
    expect(seen).toEqual(['negotiation in position:azure: One.|Two.', 'commit']);
    expect(ana.client.document).toEqual(server.document);
    expect(Object.keys(ana.client.texts()).sort()).toEqual(['common', 'position:azure', 'position:chair', 'position:ochre']);
    ana.client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(read(server.text('position:azure'))).toBe('A One.|Two.');
    expect(read(server.text('position:ochre'))).toBe('One.|Two.');
  });
});

describe('bad networks', () => {
  it('[S14] [W17] what is typed and deleted offline is counted, kept and brought on return', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    const oda = await joined(server, 'oda');
    ana.wire.disconnect();
    ana.client.edit([put('a', 0, 'Offline ')]);
    ana.client.edit([put('b', 0, '', 4)]);
    expect(ana.client.status).toMatchObject({ state: 'offline', pending: 2 });
    oda.client.edit([put('a', 4, ' Online.')]);
    await settle(server);
    ana.wire.connect();
    await settle(server);
    expect([ana.words(), oda.words(), read(server.text('working'))]).toEqual(Array(3).fill('Offline One. Online.|'));
    expect(ana.client.status).toMatchObject({ state: 'saved', pending: 0 });
  });

  it('[S15] a lone deletion made offline is brought too', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    ana.wire.disconnect();
    ana.client.edit([put('a', 0, '', 4)]);
    ana.wire.connect();
    await settle(server);
    expect(read(server.text('working'))).toBe('|Two.');
  });

  it('[S16] [W16] when the server says so, everybody joins again', async () => {
    const server = stage();
    const ana = await joined(server, 'ana');
    let joins = 0;
    ana.client.on('joined', () => joins++);
    server.rejoin();
    await settle(server);
    expect([joins, ana.client.status.state]).toEqual([1, 'saved']);
  });
});

describe('keeping', () => {
  it('[S17] after a reload the next session brings what the last one could not', async () => {
    const server = stage();
    const rows: MemoryRows = new Map();
    const before = await joined(server, 'ana', { store: memoryStore(rows) });
    before.wire.disconnect();
    for (const letter of 'hello') before.client.edit([put('a', 0, letter)]);
    await before.client.stop();
    server.wires.delete(before.wire);
    const after = await joined(server, 'ana', { store: memoryStore(rows) });
    await settle(server);
    expect([after.words(), read(server.text('working'))]).toEqual(['ollehOne.|Two.', 'ollehOne.|Two.']);
    await after.client.stop();
    expect([...rows.values()].flat()).toEqual([]);
  });

  it('[S18] two tabs of one user lose nothing of each other', async () => {
    const server = stage();
    const rows: MemoryRows = new Map();
    const one = await joined(server, 'ana', { store: memoryStore(rows) });
    one.wire.disconnect();
    one.client.edit([put('a', 0, 'first ')]);
    await settle(server);
    const two = await joined(server, 'ana', { store: memoryStore(rows) });
    one.client.edit([put('a', 0, 'and ')]);
    two.client.edit([put('b', 0, 'second ')]);
    await settle(server);
    expect(two.words()).toBe('first One.|second Two.');
    expect([...rows.values()].flat()).toHaveLength(1);
    one.wire.connect();
    await settle(server);
    expect([one.words(), two.words()]).toEqual(Array(2).fill('and first One.|second Two.'));
    await one.client.stop();
    await two.client.stop();
    expect([...rows.values()].flat()).toEqual([]);
  });

  it('[S17] a day of key presses offline leaves few updates in the store', async () => {
    const server = stage();
    const rows: MemoryRows = new Map();
    const { client, wire } = await joined(server, 'ana', { store: memoryStore(rows) });
    wire.disconnect();
    for (let i = 0; i < 2_000; i++) client.edit([put('a', i, 'x')]);
    await client.stop();
    expect([...rows.values()].flat().length).toBeLessThan(400);
    await joined(server, 'ana', { store: memoryStore(rows) });
    await settle(server);
    expect(read(server.text('working'))).toBe(`${'x'.repeat(2_000)}One.|Two.`);
  });

  it('[S19] a store that fails is told, and the work goes on', async () => {
    const server = stage();
    const store = { ...memoryStore(), keep: () => Promise.reject(new Error('quota')) };
    const { client } = await joined(server, 'ana', { store });
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(client.status).toMatchObject({ state: 'saved', kept: false });
    expect(read(server.text('working'))).toBe('A One.|Two.');
  });

  it('[S19] a store that cannot be read is told, and the work begins', async () => {
    const server = stage();
    const { client } = await joined(server, 'ana', { store: { ...memoryStore(), rooms: () => Promise.reject(new Error('no database')) } });
    expect(client.status).toMatchObject({ state: 'saved', kept: false });
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(read(server.text('working'))).toBe('A One.|Two.');
  });
});

describe('refusals', () => {
  it('[S20] a refused update comes back as words, and the room stands as the server has it', async () => {
    const server = stage();
    const rows: MemoryRows = new Map();
    const { client, handed, words } = await joined(server, 'ana', { store: memoryStore(rows) });
    server.refuses = () => ({ ok: false, reason: 'paper-frozen' });
    const guid = client.doc('working')!.guid;
    client.edit([put('a', 3, ' hundred'), put('b', 0, 'Twenty-')]);
    const saved = client.saved();
    saved.catch(() => undefined);
    client.edit([put('b', 4, 'x', 6)]);
    await settle(server);
    expect(handed).toEqual([{ room: 'working', reason: 'paper-frozen', words: [
      { provision: 'a', key: 'en:text', words: ' hundred' }, { provision: 'b', key: 'en:text', words: 'Twenx-' },
    ] }]);
    await expect(saved).rejects.toMatchObject({ reason: 'paper-frozen' });
    expect([words(), client.status.state, client.status.pending]).toEqual(['One.|Two.', 'saved', 0]);
    expect(client.doc('working')!.guid).not.toBe(guid);
    server.refuses = () => null;
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(read(server.text('working'))).toBe('A One.|Two.');
    expect([...rows.values()].flat()).toEqual([]);
  });

  it('[S6] a part that is too long for the server is divided until it is not: all of it arrives, and nothing comes back', async () => {
    const server = stage(), { client, wire, handed, words } = await joined(server, 'ana'), sizes: number[] = [];
    wire.disconnect();
    for (let i = 0; i < 150; i++) client.edit([put(i % 2 === 0 ? 'a' : 'b', 0, 'x')]);
    client.edit([put('a', 75, '', 79)]);
    server.refuses = (_user, { update }) => {
      const { length } = Y.decodeUpdate(update).structs;
      sizes.push(length);
      return length > 40 ? { ok: false, reason: 'too-long' } : null;
    };
    wire.connect();
    await settle(server);
    expect(sizes.slice(0, 3)).toEqual([150, 75, 38]);
    expect([handed, client.status.state, read(server.text('working'))]).toEqual([[], 'saved', words()]);
    server.refuses = () => ({ ok: false, reason: 'too-long' });
    client.edit([put('a', 0, 'Y')]);
    await settle(server);
    expect(handed).toMatchObject([{ reason: 'too-long', words: [{ provision: 'a', words: 'Y' }] }]);
  });

  it('[S21] words typed where the stage has moved on come back, and the new room is open', async () => {
    const server = stage();
    const { client, wire, handed } = await joined(server, 'ana');
    wire.disconnect();
    client.edit([put('a', 0, 'late ')]);
    server.begin('oda');
    wire.connect();
    await settle(server);
    expect(handed).toEqual([{ room: 'working', reason: 'stage-forbids', words: [{ provision: 'a', key: 'en:text', words: 'late ' }] }]);
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(read(server.text('position:azure'))).toBe('A One.|Two.');
  });

  it('[S21] also when the commit overtakes them', async () => {
    const server = stage();
    const { client, handed } = await joined(server, 'ana');
    server.begin('oda');
    client.edit([put('a', 0, 'late ')]);
    client.edit([put('b', 0, 'later ')]);
    await settle(server);
    expect(handed.flatMap((back) => back.words.map((w) => w.words))).toEqual(['late ', 'later ']);
    expect(client.status).toMatchObject({ state: 'saved', pending: 0 });
  });

  it('[S22] words kept by an earlier session for a room that is no more come back', async () => {
    const server = stage();
    const rows: MemoryRows = new Map();
    const before = await joined(server, 'ana', { store: memoryStore(rows) });
    before.wire.disconnect();
    before.client.edit([put('a', 0, 'late ')]);
    await before.client.stop();
    server.begin('oda');
    const after = await joined(server, 'ana', { store: memoryStore(rows) });
    expect(after.handed).toEqual([{ room: 'working', reason: 'stage-forbids', words: [{ provision: '', key: '', words: 'late ' }] }]);
    await after.client.stop();
    expect([...rows.values()].flat()).toEqual([]);
  });

  const frozen = (server: TestServer): void => server.act('oda', [{ e: 'basisAccepted', party: 'ochre', digest: 'd'.repeat(64) }]);
  const closed = (server: TestServer): void => server.act('oda', [{ e: 'closed', reason: '' }]);

  it.each([['frozen', frozen, 'paper-frozen'], ['closed', closed, 'document-closed']] as const)('[S36] words typed offline into a paper that was %s meanwhile come back with the reason, once, and are not sent again', async (_case, happens, reason) => {
    const server = stage(), timers = new ManualTimers(), rows: MemoryRows = new Map();
    const { client, wire, handed } = await joined(server, 'ana', { timers, store: memoryStore(rows) });
    wire.disconnect();
    client.edit([put('a', 0, 'late ')]);
    happens(server);
    for (let again = 0; again < 3; again++) {
      wire.connect();
      await settle(server);
      timers.pass(60_000);
      await settle(server);
      wire.disconnect();
    }
    wire.connect();
    await settle(server);
    expect(handed).toEqual([{ room: 'working', reason, words: [{ provision: 'a', key: 'en:text', words: 'late ' }] }]);
    expect(server.received.length).toBeLessThanOrEqual(1);
    expect([client.status.state, client.status.pending, [...rows.values()].flat()]).toEqual(['saved', 0, []]);
    expect(read(client.text('working'))).toBe('One.|Two.');
  });

  it.each([['frozen', frozen, 'paper-frozen'], ['closed', closed, 'document-closed']] as const)('[S36] so do words that an earlier session kept for a paper that was %s, and words on their way', async (_case, happens, reason) => {
    const server = stage(), rows: MemoryRows = new Map();
    const before = await joined(server, 'ana', { store: memoryStore(rows) });
    before.wire.disconnect();
    before.client.edit([put('a', 0, 'late ')]);
    await before.client.stop();
    const other = await joined(server, 'abe');
    happens(server);
    other.client.edit([put('b', 0, 'on its way ')]);
    await settle(server);
    expect(other.handed).toEqual([{ room: 'working', reason, words: [{ provision: 'b', key: 'en:text', words: 'on its way ' }] }]);
    const after = await joined(server, 'ana', { store: memoryStore(rows) });
    expect(after.handed.map(({ reason: why, words }) => [why, words.map((w) => w.words)])).toEqual([[reason, ['late ']]]);
    expect([after.client.status.pending, [...rows.values()].flat()]).toEqual([0, []]);
  });

  it('[S36] what the server had taken before it closed the paper is not handed back, though its answer was lost', async () => {
    const server = stage();
    const { client, wire, handed } = await joined(server, 'ana');
    client.edit([put('a', 0, 'taken ')]);
    await Promise.resolve();
    wire.step('up');
    wire.disconnect();
    client.edit([put('b', 0, 'late ')]);
    closed(server);
    wire.connect();
    await settle(server);
    expect(handed).toEqual([{ room: 'working', reason: 'document-closed', words: [{ provision: 'b', key: 'en:text', words: 'late ' }] }]);
    expect([read(client.text('working')), client.status.pending]).toEqual(['taken One.|Two.', 0]);
  });

  it('[S36] words for a position of a document that was closed come back with that reason', async () => {
    const server = stage();
    server.begin('oda');
    const { client, wire, handed } = await joined(server, 'ana');
    wire.disconnect();
    client.edit([put('a', 0, 'late ')]);
    closed(server);
    wire.connect();
    await settle(server);
    expect(handed).toEqual([{ room: 'position:azure', reason: 'document-closed', words: [{ provision: 'a', key: 'en:text', words: 'late ' }] }]);
  });

  it('[S36] what is typed after the paper was released is sent as ever', async () => {
    const server = stage();
    const { client } = await joined(server, 'ana');
    frozen(server);
    await settle(server);
    server.act('oda', [{ e: 'basisReleased' }]);
    await settle(server);
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(read(server.text('working'))).toBe('A One.|Two.');
  });

  it('[S23] out of step again and again is a refusal in the end', async () => {
    const server = stage();
    const { client, handed } = await joined(server, 'ana');
    server.refuses = () => ({ ok: false, reason: 'out-of-step', rejoin: true });
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(handed.map((back) => back.words[0]!.words)).toEqual(['A ']);
    expect(server.received).toHaveLength(3);
    expect(client.status.state).toBe('saved');
  });

  it('[S24] [W11] words that a locked provision gave back are told', async () => {
    const server = stage();
    const { client } = await joined(server, 'ana');
    const returned: unknown[] = [];
    client.on('returned', (back) => returned.push(back));
    server.returning = () => [{ provision: 'a', key: 'en:text', words: plainSlot('A ') }];
    client.edit([put('a', 0, 'A ')]);
    await settle(server);
    expect(returned).toEqual([{ room: 'working', returned: [{ provision: 'a', key: 'en:text', words: [{ t: 'A ' }] }] }]);
  });

  /** Types into a provision that the server puts back at once, and loses the answer. */
  async function unanswered(more: Partial<ClientOptions> = {}) {
    const server = stage();
    server.begin('ana');
    const entered = await joined(server, 'ana', more);
    entered.client.edit([put('a', 0, 'A '), put('b', 0, 'B ')]);
    await Promise.resolve();
    entered.wire.step('up');
    server.act('ana', [], () => textAt(server.rooms.get(positionRoom('azure'))!, 'a', 'en:text')!.delete(0, 2));
    entered.wire.disconnect();
    return { server, ...entered };
  }
  const room = positionRoom('azure');

  it('[S29] words that a locked provision gave back are told although the answer is lost', async () => {
    const { server, client, wire, words } = await unanswered();
    const returned: unknown[] = [];
    client.on('returned', (back) => returned.push(back));
    wire.connect();
    await settle(server);
    expect(returned).toEqual([{ room, returned: [{ provision: 'a', key: 'en:text', words: [{ t: 'A ' }] }] }]);
    expect(words()).toBe('One.|B Two.');
  });

  it('[S29] also when the commit that struck them was received before the answer was lost; told once, and not when the answer comes', async () => {
    const server = stage();
    server.begin('ana');
    const { client, wire, words } = await joined(server, 'ana');
    const returned: unknown[] = [], struck = { room, returned: [{ provision: 'a', key: 'en:text', words: [{ t: 'A ' }] }] };
    client.on('returned', (back) => returned.push(back));
    const typeAndStrike = async (answered: boolean): Promise<void> => {
      client.edit([put('a', 0, 'A '), put('b', 0, 'B ')]);
      await Promise.resolve();
      wire.step('up');
      const answer = wire.down.find(({ kind }) => kind === 'answer')!;
      server.act('ana', [], () => textAt(server.rooms.get(room)!, 'a', 'en:text')!.delete(0, 2));
      wire.down = [...wire.down.filter((message) => message !== answer), ...(answered ? [answer] : [])];
      while (wire.step('down'));
      expect(words()).toMatch(/^One\./);
      await settle(server);
      wire.disconnect();
      wire.connect();
      await settle(server);
    };
    await typeAndStrike(false);
    expect(returned).toEqual([struck]);
    server.returning = () => struck.returned;
    await typeAndStrike(true);
    expect(returned).toEqual([struck, struck]);
    expect(client.status).toMatchObject({ state: 'saved', pending: 0 });
  });

  it('[S29] and although the page is gone', async () => {
    const rows: MemoryRows = new Map();
    const { server, client, wire } = await unanswered({ store: memoryStore(rows) });
    await client.stop();
    server.wires.delete(wire);
    const next = enter(server, 'ana', { store: memoryStore(rows) });
    const returned: unknown[] = [];
    next.client.on('returned', (back) => returned.push(back));
    await settle(server);
    expect(returned).toEqual([{ room, returned: [{ provision: '', key: '', words: [{ t: 'A ' }] }] }]);
    expect(next.words()).toBe('One.|B Two.');
  });

  it('[S29] what a colleague strikes in a working paper is not told', async () => {
    const server = stage();
    const { client, wire } = await joined(server, 'ana');
    const returned: unknown[] = [];
    client.on('returned', (back) => returned.push(back));
    client.edit([put('a', 0, 'A ')]);
    await Promise.resolve();
    wire.step('up');
    server.act('oda', [], () => textAt(server.rooms.get('working')!, 'a', 'en:text')!.delete(0, 2));
    wire.disconnect();
    wire.connect();
    await settle(server);
    expect(returned).toEqual([]);
  });

  it('[S25] a connection that the server ends does not come back, and says what was not delivered', async () => {
    const server = stage();
    const { client, wire } = await joined(server, 'ana');
    client.edit([put('a', 0, 'A ')]);
    const saved = client.saved();
    saved.catch(() => undefined);
    wire.up = [];
    server.close('ana', 'access-changed');
    await settle(server);
    expect(client.status).toMatchObject({ state: 'closed', reason: 'access-changed', pending: 1 });
    expect(client.undelivered()).toEqual([{ room: 'working', words: [{ provision: 'a', key: 'en:text', words: 'A ' }] }]);
    await expect(saved).rejects.toMatchObject({ reason: 'access-changed' });
  });
});

describe('carets', () => {
  it('[S26] at most one in eighty milliseconds, and the last one always', async () => {
    const server = stage();
    const timers = new ManualTimers();
    const { client, wire } = await joined(server, 'ana', { timers });
    const at = (offset: number) => ({ room: 'working' as const, provision: 'a', key: 'en:text', anchor: offset, head: offset });
    for (const offset of [1, 2, 3]) client.setCaret(at(offset));
    expect(wire.carets).toEqual([at(1)]);
    timers.pass(80);
    expect(wire.carets).toEqual([at(1), at(3)]);
    timers.pass(1_000);
    expect(wire.carets).toHaveLength(2);
  });
});
