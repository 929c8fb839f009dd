import { setImmediate as macrotask } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GroupOrder } from './group-order.ts';

let at = 0;

/** Groups that go on committing until each has had its number of commits; gives whose each was. `groups`: in each those wait whose names are in its name, and each commit takes so long of all of them. */
async function begun(order: GroupOrder, groups: Readonly<Record<string, number>>, ms: number, most = Infinity): Promise<string[]> {
  const commits: string[] = [];
  const work = async (name: string, left: number): Promise<void> => {
    const payers = name.split('+').map((user) => user.replace(/\d/, ''));
    for (let i = 0; i < left && commits.length < most; i++) {
      await order.next({ payers });
      if (commits.length >= most) return;
      commits.push(name);
      at += ms;
      for (const payer of payers) order.charge(payer, ms / payers.length);
    }
  };
  await Promise.all(Object.entries(groups).map(([name, left]) => work(name, left)));
  return commits;
}

const newOrder = () => new GroupOrder(() => at);

describe('groups of one process', () => {
  it('[H58] commit in order of arrival as long as nobody takes much', async () => {
    expect(await begun(newOrder(), { ann: 3, ben: 3, cat: 3 }, 1)).toEqual(['ann', 'ben', 'cat', 'ann', 'ben', 'cat', 'ann', 'ben', 'cat']);
  });

  it('[H58] who is at work in many of them has no more commits for it: who took less goes before all of his', async () => {
    const order = newOrder(), many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`ann${i}`, 100]));
    await begun(order, many, 20, 40);
    const commits = await begun(order, { ...many, ben: 30 }, 20, 40), ben = commits.flatMap((name, i) => (name === 'ben' ? [i] : []));
    expect(ben.length).toBeGreaterThanOrEqual(19);
    // As long as he has taken less: never behind more than the commit under way and one of who waited longest.
    expect(ben.slice(0, 9).every((i, n) => i - (ben[n - 1] ?? -1) <= 2)).toBe(true);
  });

  it('[H58] a group is as near as the least of those who wait in it', async () => {
    const order = newOrder();
    order.charge('ann', 5_000);
    order.charge('ben', 1_000);
    expect((await begun(order, { ann: 1, ben: 1, 'ann+cat': 1 }, 0))[0]).toBe('ann+cat');
    expect((await begun(order, { ann: 1, 'ann+ben': 1 }, 0))[0]).toBe('ann+ben');
  });

  it('[H58] nobody is kept waiting for ever: of four commits one is of the group that has waited longest', async () => {
    const order = newOrder();
    order.charge('ann', 1_000_000);
    const commits = await begun(order, { ann: 100, ben: 100, cat: 100 }, 1, 100);
    expect(commits.filter((name) => name === 'ann').length).toBeGreaterThanOrEqual(20);
    expect(commits.filter((name) => name === 'ann').length).toBeLessThanOrEqual(35);
  });

  it('[H58] what somebody took is forgiven at a quarter of the time that passes', async () => {
    const order = newOrder();
    order.charge('ann', 1_050);
    expect(await begun(order, { ann: 1, ben: 1 }, 0)).toEqual(['ben', 'ann']);
    at += 4_001;
    expect(await begun(order, { ann: 1, ben: 1 }, 0)).toEqual(['ann', 'ben']);
  });

  it('[H58] between two commits the process takes in what has arrived', async () => {
    const order = newOrder(), seen: string[] = [];
    const commit = async (name: string) => { await order.next({ payers: [name] }); seen.push(name); };
    const asked = [commit('ann'), commit('ben')];
    await macrotask();
    expect(seen).toEqual(['ann']);
    await Promise.all(asked);
    expect(seen).toEqual(['ann', 'ben']);
  });
});
