import type { HistoryView, InstantView } from '@parley/protocol';
import { type DocumentClient, memoryStore } from '@parley/sync';
import { AUTHENTIC_LANGUAGE, copyDigest } from '@parley/text';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ParleyHere, parleyHere } from '../support/parley-here.ts';
import { append, asked, retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

const ROOM = 'working', KEY = `${AUTHENTIC_LANGUAGE}:text`, SECONDS = 120_000;
const PARAGRAPHS = ['Each side shall acknowledge a request within 24 hours.', 'A refusal shall state its grounds.'] as const;

describe('[D24] [HD42] [S35] a working paper is compacted while somebody is away', () => {
  let parley: ParleyHere, w: WorkingGroup;

  beforeAll(async () => {
    parley = await parleyHere({ compaction: { above: 400, atOnceAbove: 1e9, quietMs: 0, everyMs: 0 } });
    w = await workingGroup({}, parley);
  }, SECONDS);

  afterAll(async () => { await w.end(); });

  const compactions = async (doc: string): Promise<number> => {
    const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history?after=-1&limit=500`);
    return entries.filter(({ by, kind }) => kind === 'update' && by === 'server').length;
  };

  /** Types letters all over a provision and deletes them again, until the server compacts the room: the words are what they were. */
  async function editUntilCompacted(doc: string, client: DocumentClient, id: string): Promise<void> {
    const before = await compactions(doc);
    while (await compactions(doc) === before) {
      for (let n = 0; n < 100; n++) {
        const at = (n * 7) % wordsIn(client, ROOM, id).length;
        client.edit([{ do: 'splice', id, key: KEY, from: at, to: at, insert: [{ t: 'f' }] }]);
        client.edit([{ do: 'splice', id, key: KEY, from: at, to: at + 1, insert: [] }]);
      }
      await client.saved();
    }
  }

  const away = async (socket: Socket, client: DocumentClient): Promise<void> => {
    socket.disconnect();
    await until(client, () => client.status.state === 'offline', 'the loss is noticed');
  };

  it.each([['once', ['first']], ['twice', ['first', 'first']], ['twice, another text each time', ['first', 'second']], ['three times', ['first', 'second', 'first']]] as const)('%s: what was typed before arrives where it belongs, nobody else loses a letter, and the history replays', async (_times, compacted) => {
    const doc = await w.draft([provision('first', PARAGRAPHS[0], 'paragraph', '1'), provision('second', PARAGRAPHS[1], 'paragraph', '2')]);
    const socket = await w.az.connected(), store = memoryStore();
    const [az, oc, auditor] = [await w.az.open(doc, { socket, store }), await w.oc.open(doc), await w.auditor.open(doc)] as const;
    const joined = await w.observer.connected(), epochNow = async () => (await asked<{ epoch: string }>(joined, 'join', { doc, have: {} })).epoch, epoch = await epochNow(), room = az.doc(ROOM);
    append(az, 'first', ' It may be oral.');
    await az.saved();
    await until(oc, () => wordsIn(oc, ROOM, 'first').endsWith('oral.'), 'Ochre reads it');
    await away(socket, az);
    retype(az, 'first', '24 hours', 'two days');
    retype(az, 'first', ' It may be oral.', '');
    append(az, 'second', ' The other side may comment.');

    const returned: unknown[] = [], refused: unknown[] = [];
    az.on('returned', (words) => returned.push(words));
    az.on('refused', (words) => refused.push(words));
    for (const id of compacted) await editUntilCompacted(doc, oc, id);
    append(oc, 'first', ' Receipt is what the register says.');
    retype(oc, 'second', 'its grounds', 'the grounds');
    await oc.saved();
    socket.connect();
    append(oc, 'second', ' Without delay.');
    const entries = await Promise.all([az.saved(), oc.saved()]), all = [az, oc, auditor];
    for (const client of all) await until(client, () => client.entry >= Math.max(...entries), 'everybody has everything');

    const first = 'Each side shall acknowledge a request within two days. Receipt is what the register says.';
    expect(all.map((client) => wordsIn(client, ROOM, 'first'))).toEqual([first, first, first]);
    const second = wordsIn(az, ROOM, 'second');
    expect(second).toMatch(/^A refusal shall state the grounds\./);
    for (const words of [' The other side may comment.', ' Without delay.']) expect(second.split(words)).toHaveLength(2);
    expect(new Set(all.map((client) => copyDigest(client.doc(ROOM)!))).size).toBe(1);
    expect([returned, refused, await epochNow(), az.doc(ROOM) === room, await store.rooms(doc)]).toEqual([[], [], epoch, true, []]);

    const history = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history?after=-1&limit=500`);
    expect(await compactions(doc)).toBe(compacted.length);
    const typed = history.entries.filter(({ index, kind }) => kind === 'update' && index > entries[0] - 3);
    expect(typed.map(({ by }) => by)).toContain(w.az.user);
    const now = await w.auditor.must<InstantView>('GET', `documents/${doc}/at/${Math.max(...entries)}`);
    expect(now.rooms.working!.map(({ slots }) => slots[KEY]!.map(({ t }) => t).join(''))).toEqual([first, second]);
    await Promise.all(all.map((client) => client.stop()));
    await parley.restart();
    const again = await w.observer.open(doc);
    expect(['first', 'second'].map((id) => wordsIn(again, ROOM, id))).toEqual([first, second]);
    await again.stop();
  }, SECONDS);
});
