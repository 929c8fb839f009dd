import { awaitingOf, partyOrder, progressOf } from '@parley/negotiation';
import { type Text, writeEdits } from '@parley/text';
import { expect, it } from 'vitest';
import { RoomsFixture, type Client } from '../../../../test/support/rooms-fixture.ts';
import { someOf } from '../../../../libs/text/test-support/cases.ts';

/** A generator of which the seed says everything. */
const randomFrom = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

const pick = <T>(random: () => number, of: readonly T[]): T => of[Math.floor(random() * of.length)]!;

async function change(client: Client, room: 'position:a' | 'position:b' | 'position:chair', text: Text, random: () => number): Promise<void> {
  const id = pick(random, text.list);
  const kind = random();
  const update = client.edit(room, (doc) => writeEdits(doc, [
    kind < 0.6 ? { do: 'splice', id, key: 'en:text', from: 0, to: random() < 0.5 ? 4 : 0, insert: [{ t: pick(random, ['Some ', 'words ', '[open] ']) }] }
      : kind < 0.7 ? { do: 'remove', id } : kind < 0.8 ? { do: 'move', id, after: pick(random, text.list) }
        : kind < 0.9 ? { do: 'set', id, label: pick(random, ['1', '2 bis']) }
          : { do: 'add', provision: { id: `n${Math.floor(random() * 1e6)}`, kind: 'paragraph', label: '', level: 0, slots: { 'en:text': [{ t: 'New.' }] } }, after: id },
  ], random));
  await client.send(room, update);
}

it.each(someOf([11, 12, 13, 14]))('[HD17] counting only what changed gives what counting everything gives, seed %i', async (seed) => {
  const random = randomFrom(seed);
  const fixture = await new RoomsFixture(undefined, { pace: { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [5, 20] } }).established();
  await fixture.opened('d', 'One and one.', 'Two and two.', 'Three and three.', 'Four and four.', '');
  await fixture.basis('d');
  const writers = [['position:a', await fixture.client('ann', 'd')], ['position:b', await fixture.client('ben', 'd')], ['position:chair', await fixture.client('mo', 'd')]] as const;
  for (let i = 0; i < 60; i++) {
    const [room, client] = pick(random, writers);
    const text = client.text(room);
    if (text.list.length > 0) await change(client, room, text, random);
    if (random() < 0.2) await fixture.agree(pick(random, ['anna', 'bo']), 'd', pick(random, ['p1', 'p2', 'p3'])).catch(() => undefined);
    const { document } = await client.join();
    const group = fixture.rooms.group();
    const shared = { document, group, rooms: Object.fromEntries([...client.docs.keys()].map((name) => [name, client.text(name)])) };
    const [row] = await fixture.store.documents();
    expect(row).toMatchObject({
      progress: { standings: progressOf(shared) },
      awaiting: Object.fromEntries(partyOrder(group).map((party) => [party, awaitingOf(shared, party)])),
    });
  }
});
