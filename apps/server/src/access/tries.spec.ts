import { describe, expect, it } from 'vitest';
import { networkOf } from './sign-in.ts';
import { Tries } from './tries.ts';

function at(start = 0) {
  const tries = new Tries();
  const clock = { now: start };
  tries.now = () => clock.now;
  return { tries, clock };
}

it('gives five tries free, then doubles the wait up to a quarter of an hour', () => {
  const { tries, clock } = at();
  for (let n = 0; n < 5; n++) expect(tries.take('a')).toBe(0);
  for (const wait of [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    expect(tries.take('a')).toBe(wait);
    clock.now += wait * 1000 - 1;
    expect(tries.take('a')).toBe(1);
    clock.now += 1;
    expect(tries.take('a')).toBe(0);
  }
});

it('counts each account and address apart, and forgets after a right one or an hour', () => {
  const { tries, clock } = at();
  for (let n = 0; n < 5; n++) tries.take('a');
  expect(tries.take('b')).toBe(0);
  expect(tries.take('a')).toBe(2);
  tries.forget('a');
  expect(tries.take('a')).toBe(0);
  for (let n = 0; n < 4; n++) tries.take('a');
  clock.now += 60 * 60_000;
  expect(tries.take('a')).toBe(0);
});

it('is not made larger by waiting tries', () => {
  const { tries } = at();
  for (let n = 0; n < 5; n++) tries.take('a');
  for (let n = 0; n < 100; n++) expect(tries.take('a')).toBe(2);
});

describe('where a try comes from', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'], ['::ffff:203.0.113.9', '203.0.113.9'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::9', '2001:db8:1:2::/64'], ['2001:DB8:0001:2::', '2001:db8:1:2::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['', ''],
  ])('[Z5] %j is counted as %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
