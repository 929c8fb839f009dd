import { expect, it } from 'vitest';
import { paperAtLimits } from '../../../../test/support/document-at-limits.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { Bench, sent } from '../../../../test/support/rooms.ts';
import { Opening } from './opening.ts';
import { Host } from './host.ts';
import { Piecemeal } from './piecemeal.ts';
import { RULES } from './rules.ts';
import { MemoryKeptStates } from '../../../../test/support/memory-kept-states.ts';

async function negotiated(provisions: number): Promise<{ host: Host; bench: Bench }> {
  const bench = await new Bench(new MemoryRecordStore()).established();
  await bench.rooms.perform('mo', 'd', sent({ doc: 'd', t: 'openDocument', title: 'd', template: 'understanding', provisions: paperAtLimits(provisions, provisions * 60) }));
  await bench.basis('d');
  await (await bench.client('ann', 'd')).type('position:a', 'p1', 0, 'Now ');
  return { host: new Host(await new Opening(bench.log, new MemoryKeptStates()).open('d'), bench.rooms.catalogue.shared, bench.rooms.catalogue), bench };
}

it('[H43] a long document is compared in pieces before it is counted, a short one at once', async () => {
  const asked: number[] = [], waiting: (() => void)[] = [], { host, bench } = await negotiated(233), group = bench.rooms.group();
  const piecemeal = new Piecemeal({ proposalsOf: (scenery, among) => { asked.push(among!.length); return RULES.proposalsOf(scenery, among); } }, (work) => waiting.push(work));
  expect(piecemeal.isQuick(host, group)).toBe(false);
  expect(asked).toEqual([10]);
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    expect(piecemeal.isQuick(host, group)).toBe(false);
    next();
  }
  expect(asked).toEqual([...Array<number>(23).fill(10), 3]);
  expect(piecemeal.isQuick(host, group)).toBe(true);
  const short = await negotiated(40);
  expect(piecemeal.isQuick(short.host, short.bench.rooms.group())).toBe(true);
  expect(asked).toHaveLength(24);
});
