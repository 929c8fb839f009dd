import type { ActContext } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';
import { useCounted } from './use-counted.ts';
import { useGroups } from './use-groups.ts';

let t: RulesFixture, seat: Seat;

function begin(count: number): void {
  t = RulesFixture.negotiating(...Array.from({ length: count }, (_, i) => provision(`p${i}`, `Number ${i} is answered within 24 hours.`)));
  for (const id of t.rooms.common!.list) t.write(t.oc, id, `Number ${id.slice(1)} is answered within 72 hours.`);
  seat = new Seat(t, t.azHead);
}

const shown: ActContext[] = [];
function Proposals({ of }: { readonly of: ActContext }) { shown.push(of); return <p>{useGroups(of).length} proposals</p>; }
function Panel() { const { now } = useDocumentContext(); return useCounted(now) ? <Proposals of={now} /> : <p>Being counted</p>; }
const says = (): string => seat.all('p').map(({ textContent }) => textContent).join();

beforeEach(() => { vi.useFakeTimers(); shown.length = 0; });
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

describe('[E40] a long text is counted in pieces', () => {
  it('an ordinary text is counted at once', async () => {
    begin(20);
    await seat.show(<Panel />);
    expect(says()).toBe('20 proposals');
  });

  it('a long one says that it is being counted, and nothing else, until all of it has been; then every proposal is there', async () => {
    begin(100);
    await seat.show(<Panel />);
    expect([says(), shown.length]).toEqual(['Being counted', 0]);
    await seat.passes(5_000);
    expect(says()).toBe('100 proposals');
  });

  it('what is written meanwhile counts, and what comes later makes nothing wait again', async () => {
    begin(100);
    await seat.show(<Panel />);
    t.write(t.oc, 'p0', 'Number 0 is answered within 24 hours.');
    await seat.show(<Panel />);
    await seat.passes(5_000);
    expect(says()).toBe('99 proposals');
    t.write(t.oc, 'p1', 'Number 1 is answered within 24 hours.');
    await seat.show(<Panel />);
    expect(says()).toBe('98 proposals');
  });
});
