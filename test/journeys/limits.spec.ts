import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentClient } from '@parley/sync';
import { copyDigest, plainSlot } from '@parley/text';
import { append, asked, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { paperAtLimits } from '../support/document-at-limits.ts';
import { PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

let w: WorkingGroup;
beforeAll(async () => { w = await workingGroup(); });
afterAll(async () => { await w.end(); });

/** The TCP socket below a connection. */
const below = (socket: { io: { engine: unknown } }): { pause(): void; resume(): void } =>
  (socket.io.engine as { transport: { ws: { _socket: { pause(): void; resume(): void } } } }).transport.ws._socket;

/** Puts other words in the place of a whole slot: as much on the wire as there are words. */
const rewrite = (client: DocumentClient, id: string, words: string): void => {
  const to = wordsIn(client, client.ownRoom!, id).length;
  client.edit([{ do: 'splice', id, key: 'en:text', from: 0, to, insert: plainSlot(words) }]);
};

describe('a reader who does not read', () => {
  it('[G8] is cut off, finds back by himself and reads all; the writers and the other readers go on', async () => {
    const doc = await w.draft([provision('a', 'A.'), provision('b', 'B.'), provision('c', 'C.')]), cut = /slow reader cut off/;
    const socket = w.observer.socket(), observer = await w.observer.open(doc, { socket });
    const [az, oc, chair, auditor] = await Promise.all([w.az, w.oc, w.chair, w.auditor].map((person) => person.open(doc)));
    below(socket).pause();
    const writers = [[az!, 'a'], [oc!, 'b'], [chair!, 'c']] as const;
    const held = w.parley.output().length;
    for (let n = 0; n < 150 && !cut.test(w.parley.output().slice(held)); n++) {
      for (const [client, id] of writers) rewrite(client, id, String.fromCodePoint(0x4e00 + n).repeat(19_000));
      await Promise.all(writers.map(([client]) => client.saved()));
    }
    expect(w.parley.output().slice(held)).toMatch(cut);
    for (const [client, id] of writers) {
      rewrite(client, id, `${id} at last.`);
      await client.saved();
    }
    await until(auditor!, () => writers.every(([, id]) => wordsIn(auditor!, 'working', id) === `${id} at last.`), 'the other reader reads the last words');
    expect(wordsIn(observer, 'working', 'a')).not.toBe('a at last.');
    below(socket).resume();
    await until(observer, () => writers.every(([, id]) => wordsIn(observer, 'working', id) === `${id} at last.`), 'the slow reader has caught up', 30_000);
    expect(observer.text('working')).toEqual(auditor!.text('working'));
    await Promise.all([observer, az!, oc!, chair!, auditor!].map((client) => client.stop()));
  });
});

describe('when access ends', () => {
  it('[G10] a seat that is removed or a session that ends closes its sockets, and what they still send is refused', async () => {
    const doc = await w.draft([provision('a', 'A.')]), honest = await w.az.open(doc);
    for (const [person, end, reason] of [
      [w.oc, () => w.ocHead.actOnGroup({ t: 'remove', user: w.oc.user }), 'access-changed'],
      [w.ocHead, () => w.ocHead.request('DELETE', '/api/session'), 'signed-out'],
    ] as const) {
      const client = await person.open(doc), closed = new Promise<string | undefined>((resolve) => client.on('closed', resolve));
      append(client, 'a', ' Before.');
      const before = await client.saved();
      // Typing goes on as fast as it is acknowledged, over the end.
      let typing = true;
      const work = (async () => {
        while (typing) {
          append(client, 'a', 'x');
          await client.saved().catch(() => { typing = false; });
        }
      })();
      const answer = await end();
      expect(answer.status).toBeLessThan(300);
      expect(await closed).toBe(reason);
      await work;
      const { entry } = answer.body as { entry?: number };
      append(honest, 'a', '.');
      const after = await honest.saved();
      expect(after).toBeGreaterThan(before);
      if (entry !== undefined) {
        const { entries } = await w.auditor.must<{ entries: { index: number; by: string }[] }>('GET', `documents/${doc}/history`);
        expect(entries.filter(({ index, by }) => by === person.user && index > entry)).toEqual([]);
      }
    }
    await honest.stop();
    await w.ocHead.signIn(w.ocHead.keys.userName, PASSWORD);
    await w.seat(w.oc, 'negotiator', w.delegations[1]);
  });
});

describe('a large act', () => {
  it('[HG55] [Z15] is performed, what is none is refused, and others type meanwhile', async () => {
    const typed = await w.draft([provision('a', 'A.')]), az = await w.az.open(typed), junk = `[${'[],'.repeat(20_000)}[]]`;
    const sent = (body: unknown) => w.chair.request('POST', 'documents/none/acts', body);
    const opening = w.draft(paperAtLimits(600, 300_000)), refused = [sent({ op: '{}', words: junk }), sent({ op: '{}', words: `${junk}\0` }), sent({ words: junk }), sent([junk])];
    append(az, 'a', ' Typed meanwhile.');
    await az.saved();
    const doc = await opening, reader = await w.oc.open(doc);
    expect((await Promise.all(refused)).map(({ status, body }) => [status, (body as { refusal: string }).refusal])).toEqual([[400, 'bad-request'], [400, 'bad-text'], [400, 'bad-request'], [400, 'bad-request']]);
    expect(reader.text('working').list).toHaveLength(600);
    await Promise.all([az, reader].map((client) => client.stop()));
  });
});

describe('copies', () => {
  it('[W25] are compared over the wire when the document is quiet, at the same entry', async () => {
    const doc = await w.negotiate([provision('a', 'Each side shall reply.')]), client = await w.azHead.open(doc), socket = await w.azHead.connected();
    append(client, 'a', ' Soon.');
    const entry = await client.saved();
    const rooms = Object.fromEntries(Object.keys(client.texts()).filter((room) => room !== 'working').map((room) => [room, copyDigest(client.doc(room as 'common')!)]));
    const compare = (there: object, at = entry) => asked<{ ok: boolean; entry?: number; differ?: string[] | null }>(socket, 'compare', { doc, entry: at, rooms: there });
    expect(await compare(rooms)).toEqual({ ok: true, entry, differ: null });
    await expect.poll(async () => (await compare(rooms)).differ, { timeout: 20_000, interval: 500 }).toEqual([]);
    expect(await compare({ ...rooms, common: '0'.repeat(64) })).toEqual({ ok: true, entry, differ: ['common'] });
    expect(await compare(rooms, entry - 1)).toEqual({ ok: true, entry, differ: null });
    expect(w.parley.output()).toMatch(/"a copy differs".*"rooms":"common","sinceStart":1/);
    await client.stop();
  });
});
