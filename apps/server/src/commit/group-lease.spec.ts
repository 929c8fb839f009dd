import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { LeaseWorld } from '../../../../test/support/lease-world.ts';
import { LeaseLost } from '../record/lease.store.ts';
import type { GroupLease } from './group-lease.ts';
import { cases } from '../../../../libs/text/test-support/cases.ts';

/** What `asked` comes to within so long. */
async function within<T>(world: LeaseWorld, milliseconds: number, asked: Promise<T>): Promise<T | 'nothing yet'> {
  let answer: T | 'nothing yet' = 'nothing yet';
  asked.then((given) => { answer = given; }, (error: unknown) => { answer = String(error) as T & string; });
  await world.pass(milliseconds);
  return answer;
}

describe('[H60] a process alone', () => {
  it('has a group at the first request, enters it before anything is served, and keeps it', async () => {
    const world = new LeaseWorld(), process = world.process(), entered: boolean[] = [];
    const lease: GroupLease = process.of('g', 0, async () => void entered.push(lease.serves));
    expect(() => lease.fence()).toThrow(LeaseLost);
    expect(await within(world, 10, lease.hold())).toBe(true);
    expect([entered, lease.serves, lease.fence()]).toEqual([[false], true, { group: 'g', holder: 'p1', number: 1 }]);
    await world.pass(60_000, () => expect(lease.serves).toBe(true));
    expect(process.calls).toEqual(['enter']);
  });

  it('serves nothing while its database is away for longer than the lease, and goes on under the same number when it is back', async () => {
    const world = new LeaseWorld(), process = world.process(), lease = process.of('g');
    await within(world, 10, lease.hold());
    world.away = true;
    await world.pass(1_000, () => expect(lease.serves).toBe(true));
    await world.pass(1_500);
    expect([lease.serves, lease.mine]).toEqual([false, true]);
    expect(await within(world, 10, lease.hold())).toContain('away');
    world.away = false;
    await world.pass(600);
    expect([lease.serves, lease.fence().number, process.calls]).toEqual([true, 1, ['enter']]);
  });

  it('that could not read the group when it took it has it, and reads it at the next request', async () => {
    const world = new LeaseWorld();
    let fails = true;
    const lease = world.process().of('g', 0, async () => { if (fails) throw new Error('unreadable'); });
    expect(await within(world, 10, lease.hold())).toContain('unreadable');
    expect([lease.serves, lease.mine]).toEqual([false, false]);
    fails = false;
    expect(await within(world, 10, lease.hold())).toBe(true);
    expect(lease.fence().number).toBe(1);
  });
});

describe('of two processes', () => {
  const two = async (leaves = 0) => {
    const world = new LeaseWorld(), [one, other] = [world.process(), world.process()], first = one.of('g', leaves), second = other.of('g');
    await within(world, 10, first.hold());
    return { world, one, other, first, second };
  };

  it('[H61] whoever is asked for the other’s group has it at once when that one had it for ten seconds, and is refused it for a second and no longer before', async () => {
    const { world, one, other, first, second } = await two();
    const refused = second.hold();
    expect(await within(world, 900, refused)).toBe('nothing yet');
    expect(await within(world, 200, refused)).toBe(false);
    expect(first.serves).toBe(true);
    await world.pass(9_000);
    expect(first.serves).toBe(true);
    expect(await within(world, 50, second.hold())).toBe(true);
    expect([first.serves, second.serves, second.fence().number, one.calls, other.calls]).toEqual([false, true, 2, ['enter', 'leave'], ['enter']]);
  });

  it('[H61] one that took it unasked gives it to the first who asks, and that one keeps it', async () => {
    const world = new LeaseWorld(), first = world.process().of('g'), second = world.process().of('g');
    expect(await within(world, 10, first.claim())).toBe(true);
    expect(await within(world, 50, second.hold())).toBe(true);
    expect(await within(world, 1_100, first.hold())).toBe(false);
    expect(second.serves).toBe(true);
  });

  it('[H61] one that took it unasked and has served somebody since keeps it as if it had been asked', async () => {
    const world = new LeaseWorld(), first = world.process().of('g'), second = world.process().of('g');
    await within(world, 20_000, first.claim());
    await within(world, 10, first.hold());
    expect(await within(world, 1_100, second.hold())).toBe(false);
    await world.pass(9_000);
    expect(await within(world, 50, second.hold())).toBe(true);
  });

  it('[H61] a wish of long ago moves nothing', async () => {
    const { world, first, second } = await two();
    await within(world, 1_500, second.hold());
    await world.pass(30_000);
    expect(first.serves).toBe(true);
  });

  it('[H61] is handed over also when no notice arrives: its row says who asks', async () => {
    const { world, second } = await two();
    world.notify = () => undefined;
    await world.pass(11_000);
    expect(await within(world, 700, second.hold())).toBe(true);
  });

  it('[H61] strangers who ask both at random move it no more often than every ten seconds', async () => {
    const { world, one, other, first, second } = await two();
    let since = world.at, holder = first;
    const held: number[] = [];
    for (let i = 0; i < 300; i++) {
      void (i * 7919 % 3 === 0 ? first : second).hold();
      await world.pass(200, () => {
        const now = first.serves ? first : second.serves ? second : holder;
        if (now !== holder) held.push(world.at - since);
        if (now !== holder) [holder, since] = [now, world.at];
      });
    }
    expect(held.length).toBeGreaterThan(3);
    expect(Math.min(...held)).toBeGreaterThanOrEqual(10_000);
    expect(one.calls.length + other.calls.length).toBe(2 * held.length + 1);
  });

  it('[H62] who leaves serves nothing new while its commit ends, holds the lease until then, and lets go only after it', async () => {
    const { world, first, second } = await two(2_500);
    await world.pass(11_000);
    const asked = second.hold();
    await world.pass(100);
    expect([first.serves, first.lasts, first.fence().number]).toEqual([false, true, 1]);
    await world.pass(2_300, () => expect([first.lasts, second.serves]).toEqual([true, false]));
    expect(await asked).toBe(false);
    await world.pass(200);
    expect(await within(world, 10, second.hold())).toBe(true);
    expect(() => first.fence()).toThrow(LeaseLost);
  });

  it('[H62] one that stops hands over at once, however short it had the group, and takes none any more', async () => {
    const { world, one, first, second } = await two();
    const asked = second.hold();
    await world.pass(100);
    void one.leases.close();
    expect(await within(world, 50, asked)).toBe(true);
    expect(await within(world, 2_000, first.hold())).toBe(false);
    expect(await within(world, 10, first.claim())).toBe(false);
  });

  it('[H63] one that was killed is followed when its lease has run out, and who starts in its place waits for that', async () => {
    const { world, one, second } = await two();
    one.kill();
    expect(await within(world, 1_100, second.hold())).toBe(false);
    const began = world.at, starts = second.begin();
    await within(world, 2_300, starts);
    expect([await starts, second.fence().number, world.at - began]).toEqual([true, 2, 2_300]);
  });

  it('[H63] one that was stopped for longer than its lease serves nothing when it goes on, finds out that it was followed, and comes back by asking', async () => {
    const { world, one, first, second } = await two();
    one.freeze();
    await world.pass(2_500);
    expect(await within(world, 10, second.hold())).toBe(true);
    expect(first.serves).toBe(false);
    one.thaw();
    await world.pass(600, () => expect(first.serves).toBe(false));
    expect(one.calls).toEqual(['enter', 'lost']);
    expect(() => first.fence()).toThrow(LeaseLost);
    await world.pass(11_000);
    expect(await within(world, 50, first.hold())).toBe(true);
    expect([second.serves, first.fence().number]).toEqual([false, 3]);
  });

  it('[H63] one whose append was refused leaves at once', async () => {
    const { world, one, first } = await two();
    first.forgone();
    expect([first.serves, first.mine]).toEqual([false, false]);
    await world.pass(10);
    expect(one.calls).toEqual(['enter', 'lost']);
  });

  it('[H64] a group that nobody holds is taken to fire its clocks, and one that somebody holds is not asked for', async () => {
    const { world, one, first, second } = await two();
    await world.pass(20_000);
    expect(await within(world, 1_500, second.claim())).toBe(false);
    expect(first.serves).toBe(true);
    one.kill();
    await world.pass(2_100);
    expect(await within(world, 10, second.claim())).toBe(true);
  });

  it('[H65] each group is for itself: one that is left slowly keeps no other from being served or prolonged', async () => {
    const { world, one, second } = await two(8_000), other = one.of('h');
    await within(world, 11_000, other.hold());
    void second.hold();
    await world.pass(7_000, () => expect(other.serves).toBe(true));
  });
});

describe('[H66] whatever happens to three processes', () => {
  type Step = readonly [what: 'hold' | 'claim' | 'freeze' | 'thaw' | 'stop' | 'away' | 'back' | 'pass', process: number, milliseconds: number];
  const step = fc.tuple(
    fc.constantFrom<Step[0]>('hold', 'hold', 'hold', 'claim', 'freeze', 'thaw', 'thaw', 'stop', 'away', 'back', 'back', 'pass', 'pass', 'pass'),
    fc.nat(2), fc.oneof(fc.nat(50), fc.nat(3_000), fc.nat(12_000)),
  );

  async function play(steps: readonly Step[], delays: readonly number[], jumps: boolean, check: (leases: readonly GroupLease[], world: LeaseWorld) => void): Promise<void> {
    const world = new LeaseWorld(), processes = [0, 1, 2].map(() => world.process()), leases = processes.map((process, i) => process.of('g', [0, 30, 900][i]));
    let drawn = 0;
    world.delay = () => delays[drawn++ % delays.length]!;
    for (const [what, who, milliseconds] of steps) {
      if (what === 'hold' || what === 'claim') void leases[who]![what]().catch(() => undefined);
      else if (what === 'freeze' || what === 'thaw') processes[who]![what]();
      else if (what === 'stop') void processes[who]!.leases.close();
      else if (what !== 'pass') world.away = what === 'away';
      if (jumps && what === 'back') world.ahead += milliseconds - 6_000;
      await world.pass(milliseconds, () => check(leases, world));
    }
  }

  it('no two of them ever serve a group, and the number never falls', async () => {
    let served = 0;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.array(fc.nat(400), { minLength: 1, maxLength: 30 }), async (steps, delays) => {
      let number = 0;
      await play(steps, delays, false, (leases, world) => {
        const serving = leases.filter((lease) => lease.lasts);
        served += serving.length;
        expect(serving.length).toBeLessThanOrEqual(1);
        for (const lease of serving) expect(lease.fence().number).toBe(world.rows.get('g')!.number);
        expect(world.rows.get('g')?.number ?? 0).toBeGreaterThanOrEqual(number);
        number = world.rows.get('g')?.number ?? 0;
      });
    }), { numRuns: cases(400) });
    expect(served).toBeGreaterThan(cases(1_000));
  });

  it('when the database’s clock jumps as well the number never falls, and whoever has an older one can write nothing', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.array(fc.nat(400), { minLength: 1, maxLength: 30 }), async (steps, delays) => {
      let number = 0;
      await play(steps, delays, true, (leases, world) => {
        const row = world.rows.get('g');
        expect(row?.number ?? 0).toBeGreaterThanOrEqual(number);
        number = row?.number ?? 0;
        const may = leases.filter((lease) => { try { return lease.fence().number === row?.number; } catch { return false; } });
        expect(may.length).toBeLessThanOrEqual(1);
      });
    }), { numRuns: cases(200) });
  });
});
