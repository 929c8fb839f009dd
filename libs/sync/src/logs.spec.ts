import { type GroupState, NO_GROUP } from '@parley/negotiation';
import type { Refusing, UpdateAnswer } from '@parley/protocol';
import { type Edit, EMPTY_TEXT, plainSlot, type Provision, provisionsOf, type Text, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { SECRET_ROOMS } from '../../negotiation/test-support/secret-rooms.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { ManualTimers } from '../test-support/manual-timers.ts';
import { TestServer, settle } from '../test-support/test-server.ts';
import type { TestWire } from '../test-support/test-wire.ts';
import { DocumentClient } from './client.ts';
import { memoryStore, type MemoryRows } from './memory-store.ts';
import type { HandedBack } from './status.ts';
import type { Wire } from './wire.ts';

const group: GroupState = {
  ...NO_GROUP, name: 'Logs', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }],
  seats: { ana: { user: 'ana', role: 'negotiator', delegation: 'azure' }, oda: { user: 'oda', role: 'negotiator', delegation: 'ochre' } },
};
const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(words) } });
const put = (id: string, words: string): Edit => ({ do: 'splice', id, key: 'en:text', from: 0, to: 0, insert: plainSlot(words) });
const read = (text: Text): string => provisionsOf(text).map((p) => textOf(p.slots['en:text']!)).join('|');
const PAPER = textFrom([paragraph('a', 'One.')]);
const LOG = 'private:azure', ROOM = 'secret:azure';

/** One connection over which both logs of the document go. */
function over(shared: TestWire, own: TestWire): Wire {
  const of = (log: string | undefined): TestWire => (log === LOG ? own : shared);
  const two = (listen: (wire: TestWire) => () => void): (() => void) => {
    const offs = [listen(shared), listen(own)];
    return () => offs.forEach((off) => off());
  };
  return {
    get connected() { return shared.connected; },
    join: (request) => of(request.log).join(request),
    leave: (_doc, log) => of(log).leave(),
    update: (request): Promise<UpdateAnswer | Refusing> => of(SECRET_ROOMS.logOf(request.room) ?? undefined).update(request),
    compare: (request) => of(request.log).compare(request),
    presence: (doc, log, caret) => of(log).presence(doc, log, caret),
    onCommit: (listener) => two((wire) => wire.onCommit(listener)),
    onPresence: (listener) => two((wire) => wire.onPresence(listener)),
    onRejoin: (listener) => two((wire) => wire.onRejoin(listener)),
    onConnection: (listener) => shared.onConnection(listener),
    onClosing: (listener) => shared.onClosing(listener),
  };
}

async function sit(rows: MemoryRows = new Map(), servers = [new TestServer(group, seeded(3)), new TestServer(group, seeded(4), LOG, SECRET_ROOMS)] as const) {
  const [shared, own] = servers;
  if (!shared.rooms.has('working')) {
    shared.fill('working', PAPER);
    own.fill(ROOM, EMPTY_TEXT);
    own.epoch = 'd'.repeat(64);
    own.entry = 40;
  }
  const lines = [shared.wire('ana'), own.wire('ana')] as const, wire = over(...lines), timers = new ManualTimers(), handed: HandedBack[] = [];
  const open = (log: 'shared' | typeof LOG, seed: number) => {
    const client = new DocumentClient({ doc: 'doc', user: 'ana', log, rooms: SECRET_ROOMS, wire, store: memoryStore(rows), random: seeded(seed), strict: true, timers, clientId: shared.clientId });
    client.on('refused', (back) => handed.push(back));
    return client;
  };
  const paper = open('shared', 1), secret = open(LOG, 2), started = [paper.start(), secret.start()];
  const rest = async (): Promise<void> => { await settle(shared); await settle(own); await settle(shared); };
  await rest();
  await Promise.all(started);
  return { servers, lines, paper, secret, handed, rest };
}

describe('several logs of one document', () => {
  it('[S43] each is joined for itself, with an own room, an own epoch and an own count', async () => {
    const { servers, paper, secret, rest } = await sit();
    expect([paper.ownRoom, secret.ownRoom, Object.keys(paper.texts()), Object.keys(secret.texts())]).toEqual(['working', ROOM, ['working'], [ROOM]]);
    secret.edit([{ do: 'add', provision: paragraph('s', 'Only we read this.'), after: null }]);
    paper.edit([put('a', 'Everybody reads this. ')]);
    await rest();
    expect([read(servers[0].text('working')), read(servers[1].text(ROOM))]).toEqual(['Everybody reads this. One.', 'Only we read this.']);
    expect([paper.entry, secret.entry, await paper.saved(), await secret.saved()]).toEqual([1, 41, 1, 41]);
    expect(servers.map(({ received }) => received.map(({ room }) => room))).toEqual([['working'], [ROOM]]);
  });

  it('[S43] what is lost, asked again or begun anew in one is nothing to the other', async () => {
    const { servers: [shared, own], lines, paper, secret, handed, rest } = await sit();
    let joins = 0;
    paper.on('joined', () => { joins += 1; });
    const doc = paper.doc('working');
    own.rejoin();
    await rest();
    secret.edit([{ do: 'add', provision: paragraph('s', 'Kept.'), after: null }]);
    await rest();
    lines[1].disconnect();
    own.beginAnew('e'.repeat(64), EMPTY_TEXT);
    own.rooms.delete('working');
    own.fill(ROOM, EMPTY_TEXT);
    lines[1].connect();
    own.rejoin();
    await rest();
    expect([read(secret.text(ROOM)), secret.entry, handed]).toEqual(['', 0, []]);
    expect([joins, paper.doc('working') === doc, paper.entry, shared.entry]).toEqual([0, true, 0, 0]);
  });

  it('[S41] what an earlier session kept comes back in its own log, and is left alone by the client of another', async () => {
    const rows: MemoryRows = new Map(), first = await sit(rows);
    for (const line of first.lines) line.disconnect();
    first.secret.edit([{ do: 'add', provision: paragraph('s', 'Typed offline.'), after: null }]);
    first.paper.edit([put('a', 'Offline too. ')]);
    await Promise.all([first.secret.stop(), first.paper.stop()]);
    const again = await sit(rows, first.servers);
    await again.rest();
    expect([read(again.servers[0].text('working')), read(again.servers[1].text(ROOM)), again.handed]).toEqual(['Offline too. One.', 'Typed offline.', []]);
    expect([...rows.values()].flat()).toEqual([]);
  });

  it('[S42] carets and people are told for each log', async () => {
    const { servers: [shared, own], lines, paper, secret, rest } = await sit();
    const caret = { room: ROOM, provision: 's', key: 'en:text', anchor: 0, head: 0 } as const;
    secret.setCaret(caret);
    for (const wire of own.wires) wire.push((to) => to.presence({ doc: 'doc', log: LOG, people: [{ user: 'ana', caret }] }));
    for (const wire of shared.wires) wire.push((to) => to.presence({ doc: 'doc', log: 'shared', people: [{ user: 'ana', caret: null }, { user: 'oda', caret: null }] }));
    await rest();
    expect([lines[0].carets, lines[1].carets]).toEqual([[], [caret]]);
    expect([secret.presence, paper.presence.map(({ user }) => user)]).toEqual([[{ user: 'ana', caret }], ['ana', 'oda']]);
  });
});
