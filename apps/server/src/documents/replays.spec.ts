import { absent } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { replayerHere } from '../../../../test/support/replayer.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { WorkerOverdue } from '../limits/bounded-worker.ts';
import { type Replayed, Replays, ReplayTooLong } from './replays.ts';

/** Those of one log. */
function replaysOf(log: Replayed['log'], ...more: ConstructorParameters<typeof Replays>) {
  const replays = new Replays(...more);
  return { at: (user: string, doc: string, index: number) => replays.at(user, { group: GROUP, log }, doc, index), onApplicationShutdown: () => replays.onApplicationShutdown() };
}

const fixture = async (): Promise<RoomsFixture> => {
  const made = await new RoomsFixture().established();
  await made.opened('d', 'One.', 'Two.');
  await made.opened('e', 'Elsewhere.');
  const ann = await made.client('ann', 'd');
  for (const words of ['a', 'b', 'c']) await ann.type('working', 'p1', 0, words);
  await made.basis('d');
  return made;
};

const words = (provisions: readonly { slots: Readonly<Record<string, readonly { t: string }[]>> }[] | undefined) => provisions?.map((p) => p.slots['en:text']!.map((run) => run.t).join(''));

describe('an earlier instant', () => {
  it('shows every room as it was, forwards, backwards and between the document’s own entries', async () => {
    const { log } = await fixture();
    const replays = replaysOf(log, replayerHere());
    const first = (await log.page('d', 0, 1))[0]!.index;
    expect(words((await replays.at('ann', 'd', first))?.rooms.working)).toEqual(['One.', 'Two.']);
    expect(await replays.at('ann', 'd', first + 1)).toMatchObject({ index: first });
    expect(words((await replays.at('ann', 'd', first + 3))?.rooms.working)).toEqual(['baOne.', 'Two.']);
    expect(words((await replays.at('ann', 'd', first + 2))?.rooms.working)).toEqual(['aOne.', 'Two.']);
    const last = await replays.at('ann', 'd', log.size + 1_000);
    expect(last?.document.stage).toBe('negotiation');
    expect(words(last?.rooms['position:b'])).toEqual(['cbaOne.', 'Two.']);
    expect(last?.index).toBe(log.size - 1);
    expect(await replays.at('ann', 'd', first - 1)).toBeNull();
    expect(await replays.at('ann', 'nothing', 5)).toBeNull();
  });

  it('a step forward reads only what lies between', async () => {
    const { log } = await fixture();
    let read = 0;
    const replays = replaysOf({ storedPage: async (...args) => { const page = await log.storedPage(...args); read += page.length; return page; } }, replayerHere());
    await replays.at('ann', 'd', log.size - 3);
    read = 0;
    await replays.at('ann', 'd', log.size - 2);
    expect(read).toBe(1);
  });

  it('[HD40] four of one user wait, a fifth is told so, and another user’s is the next', async () => {
    const { log } = await fixture();
    const order: string[] = [], go: (() => void)[] = [];
    const replays = replaysOf({ storedPage: async (...args) => { await new Promise<void>((resolve) => { go.push(resolve); }); return log.storedPage(...args); } }, replayerHere());
    const ask = (user: string) => replays.at(user, 'd', log.size).then(() => order.push(user), (error: unknown) => order.push(`${user}: ${(error as Error).name}`));
    const all = [ask('ann'), ask('ann'), ask('ann'), ask('ann'), ask('ann'), ask('ann'), ask('ben')];
    while (order.length < all.length) {
      go.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(order.filter((what) => what === 'ann: QueueFull')).toHaveLength(1);
    expect(order.filter((what) => !what.includes(':')).indexOf('ben')).toBeLessThanOrEqual(2);
  });

  it('[HD41] a replay that takes its time is stopped between pages, and whoever asks again goes on from there', async () => {
    const entry = (index: number) => ({ index, leaf: new Uint8Array(), blob: new Uint8Array() });
    const storedPage = async (_doc: string, from: number, limit: number) => Array.from({ length: Math.min(limit, 2_000 - from) }, (_, i) => entry(from + i));
    let now = 0, reached = -1, closed = false;
    const instant = () => ({ index: reached, at: 0, document: absent('d'), rooms: {} });
    const replays = replaysOf({ storedPage }, {
      from: async () => reached,
      add: async (entries) => { now += 3_000; reached = entries.at(-1)!.index; },
      show: async () => instant(),
      close: async () => { closed = true; },
    }, () => now);
    await expect(replays.at('ann', 'd', 1_999)).rejects.toThrow(ReplayTooLong);
    expect(reached).toBe(999);
    expect(await replays.at('ann', 'd', 1_999)).toMatchObject({ index: 1_999 });
    await replays.onApplicationShutdown();
    expect(closed).toBe(true);
  });

  it('[HD41] a replay that is ended, or whose thread fails, takes only its own request with it', async () => {
    const { log } = await fixture();
    const sound = replayerHere(), fates = [new WorkerOverdue('no answer'), new Error('out of memory')];
    const replays = replaysOf(log, { ...sound, show: () => { const fate = fates.shift(); return fate ? Promise.reject(fate) : sound.show(); } });
    const [first, second, third, other] = await Promise.allSettled([...['ann', 'ann', 'ann', 'ben'].map((user) => replays.at(user, 'd', log.size))]);
    const ends = [first, second, third, other].map((end) => (end?.status === 'rejected' ? (end.reason as Error).name : end?.status));
    expect(ends.sort()).toEqual(['Error', 'ReplayTooLong', 'fulfilled', 'fulfilled']);
    expect(first).toMatchObject({ status: 'rejected', reason: expect.any(ReplayTooLong) });
  });

  it('[HD41] what was begun and not shown is kept as far as it went; a broken entry is not', async () => {
    const { log } = await fixture();
    const replayer = replayerHere(), entries = await log.storedPage('d', 0, 3);
    await replayer.from(GROUP, 'd', log.size);
    await replayer.add(entries.slice(0, 2));
    expect(await replayer.from(GROUP, 'd', log.size)).toBe(entries[1]!.index);
    await expect(replayer.add([{ ...entries[2]!, blob: new Uint8Array(40) }])).rejects.toThrow(/committed to/);
    expect(await replayer.from(GROUP, 'd', log.size)).toBe(-1);
  });
});
