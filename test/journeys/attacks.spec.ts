import { positionRoom, type RoomName } from '@parley/negotiation';
import type { HistoryView, InstantView, Joined, Refusing, UpdateAnswer } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { type UpdateRefusal, provisionsOf } from '@parley/text';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Attack, ATTACKS, colleaguesWords } from '../../libs/text/test-support/attacks.ts';
import { agreeing, append, asked, proposals, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** Every attack on the validator, over a real socket, while others work: none gets in, none is felt, and nothing of it is in the record. */

/** What the wire says of what the validator says. */
const SAYS: Readonly<Record<UpdateRefusal, string>> = {
  'too-large': 'too-large', malformed: 'malformed-update', 'not-canonical': 'malformed-update', gap: 'out-of-step', 'foreign-client': 'foreign-update', 'unknown-origin': 'out-of-step',
  'foreign-list': 'not-allowed-here', misplaced: 'malformed-update', 'bad-content': 'not-allowed-here', 'bad-shape': 'not-allowed-here', 'bad-delete': 'out-of-step', limit: 'too-long', full: 'room-full', 'bad-text': 'bad-text',
};

const PAPER = [provision('a', 'The Parties 😀 shall consult.'), provision('b', 'Second.')];

let w: WorkingGroup;
/** Of the attacker, who is a negotiator of Azure, of a colleague from Ochre, of one who works meanwhile, and of one who comes later. */
let mallory: Socket;
let colleague: Socket;
let working: Socket;
let late: Socket;
/** Whatever happened to the connection of who works. */
const disturbances: string[] = [];
beforeAll(async () => {
  w = await workingGroup();
  [mallory, colleague, working, late] = await Promise.all([w.az.connected(), w.oc.connected(), w.oc.connected(), w.auditor.connected()]) as [Socket, Socket, Socket, Socket];
  for (const event of ['rejoin', 'closing', 'disconnect']) working.on(event, () => disturbances.push(event));
});
afterEach(() => { expect(disturbances.splice(0)).toEqual([]); });
afterAll(() => w.end());

/** The room as a join brings it, in a document of one's own. */
async function roomOf(socket: Socket, doc: string, room: RoomName = 'working'): Promise<Y.Doc> {
  const { rooms } = await asked<Joined>(socket, 'join', { doc, have: {} });
  await asked(socket, 'leave', { doc });
  const ydoc = new Y.Doc();
  for (const update of rooms[room]!.updates) Y.applyUpdate(ydoc, update);
  return ydoc;
}
const send = (socket: Socket, doc: string, update: Uint8Array, room = 'working'): Promise<UpdateAnswer> => asked<UpdateAnswer>(socket, 'update', { doc, room, update });

const indexes = async (doc: string): Promise<number[]> => (await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`)).entries.map(({ index }) => index);

/** Live, fresh and replayed, the document reads the same. */
async function readsTheSame(doc: string, live: DocumentClient): Promise<void> {
  const fresh = await w.auditor.open(doc, { socket: late });
  const last = (await indexes(doc)).at(-1)!;
  await until(live, () => live.entry === last, 'the live client has all of it');
  const replay = await w.auditor.must<InstantView>('GET', `documents/${doc}/at/${last}`);
  for (const [room, text] of Object.entries(fresh.texts())) {
    expect(provisionsOf(live.text(room as RoomName))).toEqual(provisionsOf(text!));
    expect(replay.rooms[room as RoomName]).toEqual(JSON.parse(JSON.stringify(provisionsOf(text!))));
  }
  await fresh.stop();
}

describe('over a real socket', () => {
  const tried = async (attack: Attack): Promise<void> => {
    const doc = await w.draft(PAPER);
    const client = await w.oc.open(doc, { socket: working });
    expect(await send(colleague, doc, colleaguesWords(await roomOf(colleague, doc)))).toMatchObject({ ok: true });
    for (const { by, update } of attack.before ?? []) {
      const socket = by === 'attacker' ? mallory : colleague;
      expect(await send(socket, doc, update(await roomOf(socket, doc)))).toMatchObject({ ok: true });
    }
    const before = await indexes(doc);
    const answer = await send(mallory, doc, attack.update(await roomOf(mallory, doc)));
    if (attack.reason === 'empty') expect(answer).toEqual({ ok: true, entry: before.at(-1), returned: [] });
    else expect(answer).toEqual({ ok: false, reason: SAYS[attack.reason], ...(attack.rejoin && { rejoin: true }) } satisfies Refusing | object);
    expect(await indexes(doc)).toEqual(before);
    append(client, 'b', ' Work goes on.');
    await client.saved();
    expect(await indexes(doc)).toHaveLength(before.length + 1);
    await readsTheSame(doc, client);
    await client.stop();
  };

  it.each(ATTACKS.map((attack) => [attack.rule, attack.name, attack] as const))('[%s] %s', (_rule, _name, attack) => tried(attack));

  it('more than the transport takes ends the attacker’s connection, and nobody else’s', async () => {
    const doc = await w.draft(PAPER);
    const client = await w.oc.open(doc, { socket: working });
    const attacker = await w.az.connected();
    await roomOf(attacker, doc);
    const ended = new Promise((resolve) => attacker.once('disconnect', resolve));
    attacker.emit('update', { doc, room: 'working', update: Buffer.alloc(2 * 1024 * 1024) });
    await ended;
    attacker.disconnect();
    append(client, 'b', ' Work goes on.');
    await client.saved();
    expect(await indexes(doc)).toHaveLength(2);
    await client.stop();
  });

  it('everything at once, again and again, and honest work between it', async () => {
    const doc = await w.draft(PAPER);
    const client = await w.oc.open(doc, { socket: working });
    await send(colleague, doc, colleaguesWords(await roomOf(colleague, doc)));
    const room = await roomOf(mallory, doc);
    const attacks = ATTACKS.filter(({ before, update }) => !before && update(room).length < 100_000);
    const answers: UpdateAnswer[] = [];
    for (let round = 0; round < 3; round++) {
      const all = attacks.map(({ update }) => send(mallory, doc, update(room)));
      append(client, 'b', ` Round ${round}.`);
      await client.saved();
      answers.push(...(await Promise.all(all)));
    }
    expect(answers.length).toBeGreaterThan(150);
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(await indexes(doc)).toHaveLength(1 + 1 + 3);
    expect(wordsIn(client, 'working', 'b')).toBe('Second. Third. Round 0. Round 1. Round 2.');
    await readsTheSame(doc, client);
    await client.stop();
  });
});

describe('rooms that are not one’s own', () => {
  it('delete base or other’s text: the common text and the other party’s position take nothing from a member, though it is well-formed', async () => {
    const doc = await w.negotiate(PAPER);
    const client = await w.oc.open(doc, { socket: working });
    const before = await indexes(doc);
    for (const [room, reason] of [['common', 'role-forbids'], [positionRoom(w.delegations[1]), 'other-delegation'], [positionRoom('chair'), 'other-delegation']] as const) {
      const ydoc = await roomOf(mallory, doc, room);
      const words = (ydoc.getMap('provisions').get('a') as Y.Map<unknown>).get('en:text') as Y.Text;
      const vector = Y.encodeStateVector(ydoc);
      words.delete(0, 4);
      words.insert(0, 'Some ');
      const update = Y.encodeStateAsUpdate(ydoc, vector);
      expect(await send(mallory, doc, update, room)).toEqual({ ok: false, reason });
      // Nor does it apply to the own position: rooms share nothing.
      expect(await send(mallory, doc, update, positionRoom(w.delegations[0]))).toMatchObject({ ok: false, reason: 'out-of-step', rejoin: true });
    }
    expect(await indexes(doc)).toEqual(before);
    await readsTheSame(doc, client);
    await client.stop();
  });

  it('delete and retype the same base text: the words are the same, so nothing is proposed', async () => {
    const doc = await w.negotiate(PAPER);
    const own = positionRoom(w.delegations[0]);
    const client = await w.oc.open(doc, { socket: working });
    const ydoc = await roomOf(mallory, doc, own);
    const words = (ydoc.getMap('provisions').get('a') as Y.Map<unknown>).get('en:text') as Y.Text;
    const before = words.toString(), vector = Y.encodeStateVector(ydoc);
    ydoc.transact(() => { words.delete(0, before.length); words.insert(0, before); });
    const answer = await send(mallory, doc, Y.encodeStateAsUpdate(ydoc, vector), own);
    expect(answer).toMatchObject({ ok: true, returned: [] });
    await until(client, () => client.entry === (answer as { entry: number }).entry, 'Ochre has it');
    expect(proposals(client)).toEqual([]);
    await readsTheSame(doc, client);
    await client.stop();
  });

  it('locked: what is written into an agreed provision is taken out again in the same entry and goes back to its author; the rest stays', async () => {
    const doc = await w.negotiate(PAPER);
    const own = positionRoom(w.delegations[0]);
    const client = await w.oc.open(doc, { socket: working });
    const ydoc = await roomOf(mallory, doc, own);
    for (const head of [w.azHead, w.ocHead]) await head.mustAct(doc, agreeing(client, 'a'));
    const text = (id: string) => (ydoc.getMap('provisions').get(id) as Y.Map<unknown>).get('en:text') as Y.Text;
    const vector = Y.encodeStateVector(ydoc);
    ydoc.transact(() => { text('a').insert(4, 'lesser '); text('a').delete(12, 4); text('b').insert(0, 'Then. '); (ydoc.getMap('provisions').get('a') as Y.Map<unknown>).set('gone', true); });
    const before = await indexes(doc);
    expect(await send(mallory, doc, Y.encodeStateAsUpdate(ydoc, vector), own)).toMatchObject({ ok: true, returned: [] });
    expect(await indexes(doc)).toHaveLength(before.length + 1);
    await readsTheSame(doc, client);
    expect([wordsIn(client, own, 'a'), wordsIn(client, own, 'b')]).toEqual(['The Parties 😀 shall consult.', 'Then. Second.']);
    await client.stop();
  });
});
