import { digestOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { LeaseLost } from '../record/lease.store.ts';
import { PACE } from '../commit/commit-loop.ts';
import type { Tenant } from '../commit/group-lease.ts';
import type { Lease } from '../commit/lease-port.ts';

/** A lease in the test's hand. */
class HandLease implements Lease {
  lasts = false;
  mine = false;
  losses = 0;
  private tenant!: Tenant;

  get serves(): boolean { return this.lasts; }
  of = (tenant: Tenant): this => { this.tenant = tenant; return this; };
  begin = (): Promise<boolean> => this.enter();
  claim = async (): Promise<boolean> => this.serves;
  hold = async (): Promise<boolean> => this.serves;
  forgone = (): void => { this.losses += 1; this.lasts = this.mine = false; };
  close = (): Promise<void> => this.leave();

  async enter(): Promise<boolean> {
    await this.tenant.enter();
    return (this.lasts = this.mine = true);
  }

  async leave(orderly = true): Promise<void> {
    await this.tenant.leave(orderly);
    this.lasts = this.mine = false;
  }
}

/** A record whose appends and lists of what was overtaken can be made to wait, or to fail. */
class Held extends MemoryRecordStore {
  override append: MemoryRecordStore['append'] = (...batch) => this.before().then(() => super.append(...batch));
  before = async (): Promise<void> => undefined;
  looking = async (): Promise<void> => undefined;

  override async overtaken(logId: string): Promise<readonly string[]> {
    await this.looking();
    return super.overtaken(logId);
  }
}

const latch = () => {
  let open!: () => void, reached!: () => void;
  const opened = new Promise<void>((resolve) => { open = resolve; }), isReached = new Promise<void>((resolve) => { reached = resolve; });
  return { pass: () => { reached(); return opened; }, open, isReached };
};

async function leased(store = new Held(), established = true): Promise<{ fixture: RoomsFixture; lease: HandLease; store: Held }> {
  const lease = new HandLease(), fixture = new RoomsFixture(store, { pace: { ...PACE, workMs: Infinity, intervalMs: 0 } }, new MemorySnapshots(), 'test/w/1', lease.of);
  if (!established) return { fixture, lease, store };
  await fixture.established();
  await fixture.opened('d', 'One.', 'Two.');
  return { fixture, lease, store };
}

describe('the rooms of a group under its lease', () => {
  it('[H63] an append that is refused because somebody else has the group is how that is learned, at once; nothing of it is told or acknowledged', async () => {
    const { fixture, lease, store } = await leased(), ann = await fixture.client('ann', 'd'), commits = fixture.commits.length;
    store.before = async () => { throw new LeaseLost('g'); };
    expect(await ann.type('working', 'p1', 0, 'x')).toMatchObject({ ok: false });
    expect([lease.losses, fixture.commits.length]).toEqual([1, commits]);
    expect(await ann.type('working', 'p1', 0, 'y')).toEqual({ ok: false, reason: 'elsewhere' });
  });

  it('[H60] what was decided for somebody who only reads is not answered when the lease ran out before the answer', async () => {
    const { fixture, lease, store } = await leased(), [ann, ben] = [await fixture.client('ann', 'd'), await fixture.client('ben', 'd')], append = latch();
    store.before = append.pass;
    const typed = ann.type('working', 'p1', 0, 'x'), joined = fixture.rooms.join('ben', { doc: 'd', have: {} });
    const compared = fixture.rooms.compare('ben', { doc: 'd', entry: ben.entry, rooms: {} });
    await append.isReached;
    lease.lasts = false;
    append.open();
    expect([(await typed).ok, await joined, await compared]).toEqual([true, { ok: false, reason: 'elsewhere' }, { ok: false, reason: 'elsewhere' }]);
  });

  it('[H60] while a lease has run out that nobody took, requests wait; when it turns out to be somebody else’s, they are refused', async () => {
    const { fixture, lease } = await leased(), ann = await fixture.client('ann', 'd'), commits = fixture.commits.length;
    lease.lasts = false;
    let answer: unknown = 'waits';
    const typed = ann.type('working', 'p1', 0, 'x').then((given) => { answer = given; });
    for (let i = 0; i < 20; i++) await new Promise((resolve) => { setImmediate(resolve); });
    expect([answer, fixture.commits.length]).toEqual(['waits', commits]);
    lease.mine = false;
    await typed;
    expect([answer, fixture.commits.length]).toEqual([{ ok: false, reason: 'elsewhere' }, commits]);
  });

  it('[H63] whoever takes the group again reads what others have written in it meanwhile', async () => {
    const { fixture: one, lease: first, store } = await leased(), { fixture: other, lease: second } = await leased(store, false);
    await (await one.client('ann', 'd')).type('working', 'p1', 0, 'a');
    await first.leave(false);
    await other.start();
    await (await other.client('ben', 'd')).type('working', 'p1', 0, 'b');
    await other.onGroup('anna', { t: 'remove', user: 'ann' });
    await second.leave();
    await first.enter();
    expect([one.rooms.actorOf('ann'), (await one.client('ben', 'd')).words('working')]).toEqual([null, 'baOne.']);
  });

  it('[HD56] a row that another process has written meanwhile is not taken for the one that was written here before', async () => {
    const { fixture: one, lease: first, store } = await leased();
    await one.basis('d');
    const saying = () => JSON.stringify([store.rows.get('d')!.progress, store.rows.get('d')!.awaiting]).replace(/"lastAt":\d+/, ''), before = saying();
    await first.leave();
    const { fixture: other, lease: second } = await leased(store, false);
    other.clock.at = one.clock.at += 1_000;
    await other.start();
    await other.agree('anna', 'd', 'p1');
    const digest = digestOf((await other.client('anna', 'd')).text('common').by.get('p1')!);
    expect(saying()).not.toBe(before);
    await second.leave();
    const look = latch();
    store.looking = look.pass;
    one.clock.at += 1_000;
    await first.enter();
    await look.isReached;
    await one.perform('anna', { doc: 'd', t: 'takeBackConsent', consent: { on: 'provision', provision: 'p1', digest } });
    look.open();
    expect(saying()).toBe(before);
  });
});
