import { describe, expect, it } from 'vitest';
import { Bench } from '../../../../test/support/rooms.ts';
import { Replays } from './replays.ts';

const bench = async (): Promise<Bench> => {
  const made = await new Bench().established();
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
    const { log } = await bench();
    const replays = new Replays(log);
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
    const { log } = await bench();
    let read = 0;
    const replays = new Replays({ page: async (...args) => { const page = await log.page(...args); read += page.length; return page; } });
    await replays.at('ann', 'd', log.size - 3);
    read = 0;
    await replays.at('ann', 'd', log.size - 2);
    expect(read).toBe(1);
  });

  it('[H40] four of one user wait, a fifth is told so, and another user’s is the next', async () => {
    const { log } = await bench();
    const order: string[] = [], go: (() => void)[] = [];
    const replays = new Replays({ page: async (...args) => { await new Promise<void>((resolve) => { go.push(resolve); }); return log.page(...args); } });
    const ask = (user: string) => replays.at(user, 'd', log.size).then(() => order.push(user), (error: unknown) => order.push(`${user}: ${(error as Error).name}`));
    const all = [ask('ann'), ask('ann'), ask('ann'), ask('ann'), ask('ann'), ask('ann'), ask('ben')];
    while (order.length < all.length) {
      go.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(order.filter((what) => what === 'ann: QueueFull')).toHaveLength(1);
    expect(order.filter((what) => !what.includes(':')).indexOf('ben')).toBeLessThanOrEqual(2);
  });
});
