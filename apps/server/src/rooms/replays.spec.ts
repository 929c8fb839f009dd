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
    expect(words((await replays.at('d', first))?.rooms.working)).toEqual(['One.', 'Two.']);
    expect(await replays.at('d', first + 1)).toMatchObject({ index: first });
    expect(words((await replays.at('d', first + 3))?.rooms.working)).toEqual(['baOne.', 'Two.']);
    expect(words((await replays.at('d', first + 2))?.rooms.working)).toEqual(['aOne.', 'Two.']);
    const last = await replays.at('d', log.size + 1_000);
    expect(last?.document.stage).toBe('negotiation');
    expect(words(last?.rooms['position:b'])).toEqual(['cbaOne.', 'Two.']);
    expect(last?.index).toBe(log.size - 1);
    expect(await replays.at('d', first - 1)).toBeNull();
    expect(await replays.at('nothing', 5)).toBeNull();
  });

  it('a step forward reads only what lies between', async () => {
    const { log } = await bench();
    let read = 0;
    const replays = new Replays({ page: async (...args) => { const page = await log.page(...args); read += page.length; return page; } });
    await replays.at('d', log.size - 3);
    read = 0;
    await replays.at('d', log.size - 2);
    expect(read).toBe(1);
  });
});
