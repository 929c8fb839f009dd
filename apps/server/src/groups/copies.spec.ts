import { copyDigest, textAt } from '@parley/text';
import { beforeEach, describe, expect, it } from 'vitest';
import { RoomsFixture, type Client } from '../../../../test/support/rooms-fixture.ts';

const SOON = 9_999, LATER = 10_000;
let fixture: RoomsFixture;
let ann: Client;
beforeEach(async () => {
  fixture = await new RoomsFixture().established();
  await fixture.opened('d', 'One.', 'Two.');
  await fixture.basis('d');
  ann = await fixture.client('ann', 'd');
});

const compare = (client: Client, entry = client.entry) =>
  fixture.rooms.compare(client.user, { doc: 'd', entry, rooms: Object.fromEntries([...client.docs].map(([room, doc]) => [room, copyDigest(doc)])) });

describe('copies that are compared', () => {
  it('[HD18] are the same at the same entry, for who stayed and who came later, also after a restart', async () => {
    await ann.type('position:a', 'p1', 0, 'Now: ');
    await ann.send('position:a', ann.edit('position:a', (doc) => textAt(doc, 'p1', 'en:text')!.delete(0, 2)));
    fixture.clock.at += LATER;
    const udo = await fixture.client('udo', 'd');
    for (const client of [ann, udo]) expect(await compare(client)).toEqual({ ok: true, entry: ann.entry, differ: [] });
    const after = await new RoomsFixture(fixture.store).start();
    after.clock.at = fixture.clock.at + LATER;
    fixture = after;
    for (const client of [ann, udo]) expect(await compare(client)).toEqual({ ok: true, entry: ann.entry, differ: [] });
  });

  it('[HD18] differ by room, by a deletion, by a room that only one has', async () => {
    fixture.clock.at += LATER;
    textAt(ann.room('position:b'), 'p2', 'en:text')!.delete(0, 1);
    expect(await compare(ann)).toEqual({ ok: true, entry: ann.entry, differ: ['position:b'] });
    ann.docs.delete('position:b');
    textAt(ann.room('common'), 'p2', 'en:text')!.insert(0, 'x');
    const answer = await compare(ann);
    expect(answer.ok && [...answer.differ!].sort()).toEqual(['common', 'position:b']);
  });

  it('[HD18] are not compared at another entry, nor while the document is at work', async () => {
    fixture.clock.at += LATER;
    const before = ann.entry;
    textAt(ann.room('common'), 'p2', 'en:text')!.delete(0, 1);
    const ben = await fixture.client('ben', 'd');
    await ben.type('position:b', 'p1', 0, 'x');
    for (const entry of [before, ann.entry, ann.entry + 1]) expect(await compare(ann, entry)).toEqual({ ok: true, entry: ann.entry, differ: null });
    fixture.clock.at += SOON;
    expect(await compare(ann)).toMatchObject({ differ: null });
    fixture.clock.at += LATER - SOON;
    expect(await compare(ann)).toMatchObject({ differ: ['common'] });
    expect(await compare(ann, before)).toEqual({ ok: true, entry: ann.entry, differ: null });
  });

  it('[HG5] are compared for readers only', async () => {
    await fixture.onGroup('anna', { t: 'remove', user: 'ann' });
    expect(await compare(ann)).toEqual({ ok: false, reason: 'not-found' });
    expect(await fixture.rooms.compare('udo', { doc: 'elsewhere', entry: -1, rooms: {} })).toEqual({ ok: false, reason: 'not-found' });
  });
});
