import { describe, expect, it } from 'vitest';
import { networkOf } from './client-address.ts';
import { LoginThrottle } from './login-throttle.ts';

function at() {
  const throttle = new LoginThrottle(), held: number[] = [], clock = { now: 0 };
  throttle.now = () => clock.now;
  throttle.wait = async (ms) => void held.push(ms);
  /** How late each of so many wrong ones is answered. */
  const wrong = async (count: number, name: string, address?: string): Promise<number[]> => {
    held.length = 0;
    for (let n = 0; n < count; n++) await throttle.failed({ name, ...(address !== undefined && { address }) });
    return [...held];
  };
  return { throttle, clock, wrong };
}

it('[Z5] five wrong ones are answered at once, then 1, 2 and 4 seconds late, and never later', async () => {
  const { wrong } = at();
  expect(await wrong(9, 'a')).toEqual([1_000, 2_000, 4_000, 4_000]);
});

it('[Z5] names are counted apart, and forgotten after a right one or an hour', async () => {
  const { throttle, clock, wrong } = at();
  await wrong(5, 'a');
  expect(await wrong(1, 'b')).toEqual([]);
  expect(await wrong(1, 'a')).toEqual([1_000]);
  throttle.succeeded({ name: 'a' });
  expect(await wrong(5, 'a')).toEqual([]);
  clock.now += 60 * 60_000;
  expect(await wrong(5, 'a')).toEqual([]);
});

it('[Z5] many names from one address are counted together: fifty are free, then each is late', async () => {
  const { wrong } = at();
  const late: number[] = [];
  for (let n = 0; n < 52; n++) late.push(...await wrong(1, `name ${n}`, '192.0.2.1'));
  expect(late).toEqual([4_000, 4_000]);
  expect(await wrong(1, 'another', '192.0.2.2')).toEqual([]);
});

it('[Z5] of 100,000 that are remembered who was wrong longest ago is forgotten first', async () => {
  const { wrong } = at();
  const others = async (from: number, count: number): Promise<void> => { for (let n = from; n < from + count; n++) await wrong(1, `other ${n}`); };
  await wrong(6, 'a');
  await others(0, 99_999);
  expect(await wrong(1, 'a')).toEqual([2_000]);
  await others(100_000, 1);
  expect(await wrong(1, 'a')).toEqual([4_000]);
  await others(200_000, 100_000);
  expect(await wrong(1, 'a')).toEqual([]);
});

it('[Z5] no more than 2,000 are held back at once: one more is answered', async () => {
  const { throttle, wrong } = at();
  await wrong(6, 'a');
  const open: (() => void)[] = [];
  throttle.wait = () => new Promise<void>((resolve) => { open.push(resolve); });
  const all = Array.from({ length: 2_000 }, () => throttle.failed({ name: 'a' }));
  await throttle.failed({ name: 'a' });
  expect(open).toHaveLength(2_000);
  for (const resolve of open) resolve();
  await Promise.all(all);
});

it('[Z5] an attempt that nobody has checked is answered as late as a wrong one would be, and counts as none', async () => {
  const { throttle, wrong } = at();
  const unchecked = async (name: string): Promise<number[]> => {
    const before: number[] = [];
    throttle.wait = async (ms) => void before.push(ms);
    await throttle.unanswered({ name, address: '192.0.2.1' });
    return before;
  };
  await wrong(6, 'a');
  for (let n = 0; n < 10; n++) expect(await unchecked('a')).toEqual([1_000]);
  expect(await unchecked('b')).toEqual([]);
});

describe('where a try comes from', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'], ['::ffff:203.0.113.9', '203.0.113.9'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::9', '2001:db8:1:2::/64'], ['2001:DB8:0001:2::', '2001:db8:1:2::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['', ''],
  ])('[Z5] %j is counted as %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
