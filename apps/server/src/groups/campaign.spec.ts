import { writeEdits } from '@parley/text';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { MemoryRecordStore, subjectOf } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, type Client } from '../../../../test/support/rooms-fixture.ts';
import { someOf } from '../../../../libs/text/test-support/cases.ts';

const randomFrom = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** A record of which one append in four fails, half of those after it was written. */
class Shaky extends MemoryRecordStore {
  reliable = true;

  constructor(private readonly random: () => number) {
    super();
  }

  override async append(...args: Parameters<MemoryRecordStore['append']>): Promise<void> {
    await new Promise((resolve) => { setImmediate(resolve); });
    const fails = !this.reliable && this.random() < 0.25;
    if (fails && this.random() < 0.5) throw new Error('refused');
    await super.append(...args);
    if (fails) throw new Error('answer lost');
  }
}

/** Sends what the server lacks until it has everything, as a client does. */
async function settle(client: Client, room: 'working'): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const { rooms } = await client.join();
    const missing = Y.encodeStateAsUpdate(client.room(room), rooms[room]!.vector);
    if (Y.parseUpdateMeta(missing).to.size === 0) return;
    await client.send(room, missing);
  }
  throw new Error('it never settled');
}

it.each(someOf([1, 2, 3, 4, 5, 6]))('[H1] [HD3] [H10] [H11] whatever fails, all read the same in the end, and what was acknowledged is there, seed %i', async (seed) => {
  const random = randomFrom(seed);
  const store = new Shaky(random);
  const fixture = await new RoomsFixture(store, { pace: { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 5] }, waitMs: 20, openDocuments: 1, snapshotEvery: 4 }).established();
  const docs = ['d', 'e'];
  for (const doc of docs) await fixture.opened(doc, 'One.', 'Two.', 'Three.');
  const clients = await Promise.all(docs.flatMap((doc) => ['ann', 'ben', 'mo'].map((user) => fixture.client(user, doc))));
  store.reliable = false;
  const acknowledged: { doc: string; entry: number }[] = [];
  for (let round = 0; round < 60; round++) {
    const busy = clients.filter(() => random() < 0.5);
    await Promise.all(busy.map(async (client) => {
      const text = client.text('working');
      const id = text.list[Math.floor(random() * text.list.length)]!;
      const update = client.edit('working', (doc) => writeEdits(doc, [{ do: 'splice', id, key: 'en:text', from: 0, to: random() < 0.3 ? 1 : 0, insert: [{ t: `${client.user} ` }] }], random));
      const answer = await client.send('working', update);
      if (answer.ok) acknowledged.push({ doc: client.doc, entry: answer.entry });
      else await settle(client, 'working');
    }));
  }
  store.reliable = true;
  for (const client of clients) await settle(client, 'working');
  for (const client of clients) await client.join();
  const [again, opened] = [await new RoomsFixture(store).start(), await new RoomsFixture(store, {}, fixture.kept).start()];
  for (const doc of docs) {
    const texts = clients.filter((c) => c.doc === doc).map((c) => c.text('working'));
    const fresh = (await again.client('udo', doc)).text('working');
    for (const text of texts) expect(text).toEqual(fresh);
    expect((await opened.client('udo', doc)).text('working')).toEqual(fresh);
  }
  const subjects = store.entries.map((entry) => subjectOf(entry.leaf));
  for (const { doc, entry } of acknowledged) expect(subjects[entry]).toBe(doc);
  expect(acknowledged.length).toBeGreaterThan(60);
});
