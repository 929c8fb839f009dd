import type { Commit } from '@parley/protocol';
import { digestOf, writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemoryReadPositions } from '../../../../test/support/memory-read-positions.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { SECRET_ROOMS } from '../../../../libs/negotiation/test-support/secret-rooms.ts';
import type { Emitter } from '../commit/emitter.ts';
import { RequestRefused } from '../access/request-refused.ts';
import { LatestActs } from './latest-acts.ts';
import { UnreadService } from './unread.service.ts';

async function negotiating(options: ConstructorParameters<typeof RoomsFixture>[1] = {}) {
  const fixture = await new RoomsFixture(undefined, options).established();
  await fixture.opened('d', 'One.', 'Two.');
  await fixture.basis('d');
  const unread = new UnreadService(new MemoryReadPositions(), new LatestActs()), { group } = fixture;
  const told = async (user: string, after?: number) => (await unread.list(group, user, 'd', after, 100)).entries.map(({ by, act }) => `${by} ${act.t}`);
  const count = async (user: string) => (await unread.counts(group, user, ['d'])).get('d')!;
  return { fixture, group, unread, told, count };
}

describe('what happened since somebody left', () => {
  it('[UR1] is told by acts, the server’s too, and never by what was typed; one’s own are no news', async () => {
    const { fixture, told, count } = await negotiating();
    expect(await told('udo')).toEqual(['mo openDocument', 'anna acceptAsBasis', 'bo acceptAsBasis']);
    expect([await told('bo'), await count('bo')]).toEqual([['mo openDocument', 'anna acceptAsBasis'], { acts: 2, more: false }]);
    await fixture.agree('anna', 'd', 'p2');
    await (await fixture.client('ben', 'd')).type('position:b', 'p2', 0, 'Words. ');
    expect((await told('bo')).slice(2)).toEqual(['anna agree', 'server lapse']);
    expect([await count('bo'), await count('anna'), await count('udo')].map(({ acts }) => acts)).toEqual([4, 3, 5]);
  });

  it('[UR1] is nothing of what a party keeps to itself', async () => {
    const { fixture, told, count } = await negotiating({ catalogue: SECRET_ROOMS });
    const before = [await told('ann'), await count('ann')];
    const readers = fixture.rooms.audienceOf('ben', 'private:b')!, words = { id: 's1', kind: 'paragraph', label: '', level: 0, slots: { 'en:text': [{ t: 'Ours.' }] } } as const;
    const ben = await fixture.client('ben', 'd', readers.log);
    await ben.send('secret:b', ben.edit('secret:b', (doc) => writeEdits(doc, [{ do: 'add', provision: words, after: null }], Math.random)));
    // An act in such a log, which no kind of act makes yet.
    fixture.rooms.events.emit('committed', { doc: 'd', log: readers.log, after: 0, rooms: {}, notices: [{ index: 1_000, at: 0, by: 'ben', kind: 'act', events: [] }] } as unknown as Commit, readers);
    expect([await told('ann'), await count('ann')]).toEqual(before);
  });

  it('[UR2] begins where one sat down, or with a document that was opened later', async () => {
    const { fixture, unread, told, count, group } = await negotiating();
    await fixture.seat('bo', 'new', 'negotiator', 'b');
    expect([await told('new'), await count('new')]).toEqual([[], { acts: 0, more: false }]);
    await fixture.agree('anna', 'd', 'p1');
    await fixture.opened('e', 'Three.');
    expect([await told('new'), await count('new')]).toEqual([['anna agree'], { acts: 1, more: false }]);
    expect(await unread.counts(group, 'new', ['d', 'e'])).toEqual(new Map([['d', { acts: 1, more: false }], ['e', { acts: 1, more: false }]]));
    // Whoever sits down a second time begins anew, unless he has read before.
    await fixture.onGroup('bo', { t: 'remove', user: 'new' });
    await fixture.agree('bo', 'd', 'p1');
    await fixture.seat('bo', 'new', 'negotiator', 'b');
    expect([await told('new'), await count('new')]).toEqual([[], { acts: 0, more: false }]);
  });

  it('[UR3] is read by nothing but one’s saying so, up to what was shown, and never back or ahead', async () => {
    const { fixture, unread, told, count, group } = await negotiating();
    const shown = await unread.list(group, 'udo', 'd', undefined, 100);
    const later = await fixture.agree('anna', 'd', 'p1');
    expect((await count('udo')).acts).toBe(4);
    await unread.read(group, 'udo', 'd', shown.upTo);
    expect([await told('udo'), await count('udo')]).toEqual([['anna agree'], { acts: 1, more: false }]);
    await unread.read(group, 'udo', 'd', later);
    await unread.read(group, 'udo', 'd', shown.upTo);
    expect([await told('udo'), (await count('udo')).acts]).toEqual([[], 0]);
    await unread.read(group, 'udo', 'd', Number.MAX_SAFE_INTEGER);
    await fixture.agree('bo', 'd', 'p1');
    expect([await told('udo'), (await count('udo')).acts]).toEqual([['bo agree'], 1]);
  });

  it('[UR4] of one says nothing of another', async () => {
    const { unread, group, told, fixture } = await negotiating();
    await unread.read(group, 'bo', 'd', fixture.log.size);
    expect([await told('bo'), (await told('ben')).length, (await told('anna')).length]).toEqual([[], 3, 2]);
  });

  it('[UR5] does not exist for who may not read the document, and of one that is not there nothing is kept', async () => {
    const { unread, group } = await negotiating(), refused = new RequestRefused('not-found');
    for (const [user, doc] of [['stranger', 'd'], ['ada', 'd'], ['udo', 'nothing'], ['udo', 'group']] as const) {
      await expect(unread.list(group, user, doc, undefined, 10)).rejects.toEqual(refused);
      await expect(unread.read(group, user, doc, 3)).rejects.toEqual(refused);
    }
  });

  it('[UR6] comes in pages, which one’s own acts make no longer; of very many the last hundred are counted', async () => {
    const { fixture, unread, group, count, told } = await negotiating();
    const whole = await told('anna'), paged: string[] = [];
    for (let after: number | undefined, more = true; more;) {
      const page = await unread.list(group, 'anna', 'd', after, 1);
      paged.push(...page.entries.map(({ by, act }) => `${by} ${act.t}`));
      ({ upTo: after, more } = page);
    }
    expect(paged).toEqual(whole);
    const digest = digestOf((await fixture.client('mo', 'd')).text('common').by.get('p1')!);
    for (let i = 0; i < 55; i++) {
      await fixture.perform('anna', { doc: 'd', t: 'agree', provision: 'p1', digest });
      await fixture.perform('anna', { doc: 'd', t: 'takeBackConsent', consent: { on: 'provision', provision: 'p1', digest } });
    }
    expect([await count('udo'), await count('anna')]).toEqual([{ acts: 100, more: true }, { acts: 0, more: true }]);
    // Asked anew of the record, it is the same.
    const anew = new UnreadService(new MemoryReadPositions(), new LatestActs());
    expect((await anew.counts(group, 'udo', ['d'])).get('d')).toEqual({ acts: 100, more: true });
  }, 30_000);

  it('counts anew from the record what was rebuilt, and what another process has appended', async () => {
    const { fixture, count } = await negotiating();
    expect((await count('udo')).acts).toBe(3);
    await fixture.agree('anna', 'd', 'p1');
    for (const event of ['rebuilt', 'left'] as const) {
      (fixture.rooms.events as Emitter<{ rebuilt: unknown[]; left: unknown[] }>).emit(event);
      expect((await count('udo')).acts).toBe(4);
    }
    await fixture.agree('bo', 'd', 'p1');
    expect((await count('udo')).acts).toBe(5);
  });
});
