import { describe, expect, it } from 'vitest';
import type { AccountStore } from '../access/account.store.ts';
import { RequestRefused } from '../access/request-refused.ts';
import { MemoryReadPositions } from '../../../../test/support/memory-read-positions.ts';
import { replayerHere } from '../../../../test/support/replayer.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { WorkerOverdue } from '../limits/bounded-worker.ts';
import { PACE } from '../commit/commit-loop.ts';
import type { Replayer } from '../documents/replayer.ts';
import { Replays } from '../documents/replays.ts';
import { DocumentsService } from './documents.service.ts';
import { HistoryService } from './history.service.ts';
import { LatestActs } from './latest-acts.ts';
import { UnreadService } from './unread.service.ts';

const USERS = ['ada', 'anna', 'ann', 'bo', 'ben', 'mo', 'udo', 'stranger'];

async function set() {
  const fixture = await new RoomsFixture().established();
  await fixture.opened('d', 'One.', 'Two.');
  await fixture.basis('d');
  const ann = await fixture.client('ann', 'd');
  // Some time after the basis, which was counted: else the words would be counted a little later.
  fixture.clock.at += PACE.countMs;
  await ann.type('position:a', 'p1', 0, 'Words. ');
  const accounts = { all: async () => USERS.map((id) => ({ id, displayName: id.toUpperCase() })) } as unknown as AccountStore;
  return {
    fixture,
    documents: new DocumentsService(accounts, new UnreadService(new MemoryReadPositions(), new LatestActs())),
    history: new HistoryService(new Replays(replayerHere())),
  };
}

describe('the first screen', () => {
  it('shows each party what waits for it', async () => {
    const { fixture, documents } = await set();
    const rowFor = async (user: string) => (await documents.group(fixture.group, user)).documents[0]!;
    expect(await rowFor('bo')).toMatchObject({
      id: 'd', stage: 'negotiation', provisions: 2, progress: { clean: 1, bracketed: 1 }, awaiting: { proposals: 1, basis: false },
    });
    expect((await rowFor('anna')).awaiting?.proposals).toBe(0);
    expect((await rowFor('udo')).awaiting).toBeNull();
  });

  it('shows an administrator people and no document', async () => {
    const { fixture, documents } = await set();
    const { documents: rows, group } = await documents.group(fixture.group, 'ada');
    expect(rows).toEqual([]);
    expect(group.name).toBe('The working group');
  });

  it('names everybody who has or had a seat, and nobody else', async () => {
    const { fixture, documents } = await set();
    await fixture.onGroup('bo', { t: 'remove', user: 'ben' });
    const { people } = await documents.group(fixture.group, 'anna');
    expect(people.map((p) => p.user)).toEqual(USERS.slice(0, -1));
    expect(people.find((p) => p.user === 'ben')).toEqual({ user: 'ben', name: 'BEN' });
    expect(people.find((p) => p.user === 'anna')).toEqual({ user: 'anna', name: 'ANNA', role: 'head', delegation: 'a' });
  });
});

describe('the history', () => {
  it('comes in pages, in order', async () => {
    const { fixture, history } = await set();
    const first = await history.history(fixture.group, 'udo', 'd', -1, 2);
    expect(first.entries.map((e) => (e.kind === 'act' ? e.act.t : e.room))).toEqual(['openDocument', 'acceptAsBasis']);
    expect(first.more).toBe(true);
    const rest = await history.history(fixture.group, 'udo', 'd', first.entries.at(-1)!.index, 2);
    expect(rest.entries.map((e) => (e.kind === 'act' ? e.act.t : e.touched))).toEqual(['acceptAsBasis', ['p1']]);
    expect(rest.more).toBe(false);
    expect((await history.history(fixture.group, 'udo', 'd', rest.entries.at(-1)!.index, 2)).entries).toEqual([]);
  });

  it('[HD41] says busy of an instant that takes too long', async () => {
    const { fixture } = await set();
    const overdue: Replayer = { ...replayerHere(), show: () => Promise.reject(new WorkerOverdue('no answer')) };
    const history = new HistoryService(new Replays(overdue));
    await expect(history.instant(fixture.group, 'udo', 'd', fixture.log.size)).rejects.toMatchObject({ refusal: 'busy' });
  });

  it('shows an instant with the delegations', async () => {
    const { fixture, history } = await set();
    const instant = await history.instant(fixture.group, 'udo', 'd', fixture.log.size - 2);
    expect(instant.rooms['position:a']?.[0]?.slots['en:text']).toEqual([{ t: 'One.' }]);
    expect(instant.delegations.map((d) => d.code)).toEqual(['A', 'B']);
  });

  it('is not there for who may not read it, or when there is no such document', async () => {
    const { fixture, history } = await set();
    const refused = new RequestRefused('not-found');
    for (const [user, doc] of [['stranger', 'd'], ['ada', 'd'], ['udo', 'nothing'], ['udo', 'group']] as const) {
      await expect(history.history(fixture.group, user, doc, -1, 10)).rejects.toEqual(refused);
      await expect(history.instant(fixture.group, user, doc, 1_000)).rejects.toEqual(refused);
    }
  });

  it('of the group has every appointment', async () => {
    const { fixture, history } = await set();
    const { entries } = await history.groupHistory(fixture.group);
    expect(entries.map((e) => e.act.t)).toEqual([
      'establish', 'invite', 'takeSeat', 'invite', 'takeSeat', ...['invite', 'takeSeat', 'acceptSeat', 'acceptSeat'], ...['invite', 'takeSeat', 'acceptSeat', 'acceptSeat'],
      'invite', 'takeSeat', 'invite', 'takeSeat',
    ]);
  });
});
