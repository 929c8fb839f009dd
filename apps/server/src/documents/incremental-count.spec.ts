import { expect, it } from 'vitest';
import { paperAtLimits } from '../../../../test/support/document-at-limits.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, sent } from '../../../../test/support/rooms-fixture.ts';
import { DocumentLoader } from './document-loader.ts';
import { DocumentSession } from './document-session.ts';
import { IncrementalCount } from './incremental-count.ts';
import { RULES } from '../commit/rules.ts';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';

async function negotiated(provisions: number): Promise<{ session: DocumentSession; fixture: RoomsFixture }> {
  const fixture = await new RoomsFixture(new MemoryRecordStore()).established();
  await fixture.rooms.perform('mo', 'd', sent({ doc: 'd', t: 'openDocument', title: 'd', template: 'understanding', provisions: paperAtLimits(provisions, provisions * 60) }));
  await fixture.basis('d');
  await (await fixture.client('ann', 'd')).type('position:a', 'p1', 0, 'Now ');
  return { session: new DocumentSession(await new DocumentLoader(fixture.log, new MemorySnapshots()).load('d'), fixture.rooms.catalogue.shared, fixture.rooms.catalogue), fixture };
}

it('[HD43] a long document is compared in pieces before it is counted, a short one at once', async () => {
  const asked: number[] = [], queue: (() => void)[] = [], { session, fixture } = await negotiated(233), group = fixture.rooms.group();
  const incremental = new IncrementalCount({ proposalsOf: (shared, among) => { asked.push(among!.length); return RULES.proposalsOf(shared, among); } }, (work) => queue.push(work));
  expect(incremental.isQuick(session, group)).toBe(false);
  expect(asked).toEqual([10]);
  for (let next = queue.shift(); next; next = queue.shift()) {
    expect(incremental.isQuick(session, group)).toBe(false);
    next();
  }
  expect(asked).toEqual([...Array<number>(23).fill(10), 3]);
  expect(incremental.isQuick(session, group)).toBe(true);
  const short = await negotiated(40);
  expect(incremental.isQuick(short.session, short.fixture.rooms.group())).toBe(true);
  expect(asked).toHaveLength(24);
});
