import { plainSlot, type Provision } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';
import { useGroups } from './use-groups.ts';

const FIRST = 'The sides meet once in every calendar year and report on the work that was done.';
const MOVED = ' and report on the work that was done';
let t: RulesFixture, seat: Seat;

beforeEach(() => {
  vi.useFakeTimers();
  t = RulesFixture.negotiating(provision('p1', FIRST), provision('p2', 'Costs are borne by each side.'));
  seat = new Seat(t, t.ocHead);
});
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

function Listed() { return <ol>{useGroups(useDocumentContext().now).map((group) => <li key={group.name}>{group.members.length}</li>)}</ol>; }
const sizes = (): string[] => seat.all('li').map(({ textContent }) => textContent!);

/** Half a sentence goes into a provision of its own: one thought, over two provisions. */
function splits(): void {
  const added: Provision = { id: 'n', kind: 'paragraph', label: '', level: 0, slots: { 'en:text': plainSlot('They report on the work that was done.') } };
  t.write(t.az, 'p1', FIRST.replace(MOVED, ''));
  t.edit(t.az, 'position:az', 'n', [{ do: 'add', provision: added, after: 'p1' }]);
}

describe('what belongs together', () => {
  it('[N13] is looked for in the whole text when it is shown first', async () => {
    splits();
    await seat.show(<Listed />);
    expect(sizes()).toEqual(['2']);
  });

  it('[N13] while somebody types, only within provisions; beyond them when nobody has typed for 600 ms', async () => {
    await seat.show(<Listed />);
    splits();
    await seat.show(<Listed />);
    expect(sizes()).toEqual(['1', '1']);
    for (let key = 0; key < 4; key++) {
      await seat.passes(599);
      t.write(t.az, 'p2', `Costs are borne by each side${'!'.repeat(key + 1)}`);
      await seat.show(<Listed />);
      expect(sizes()).toEqual(['1', '1', '1']);
    }
    await seat.passes(599);
    expect(sizes()).toEqual(['1', '1', '1']);
    await seat.passes(1);
    expect(sizes()).toEqual(['2', '1']);
  });

  it('[N13] what was found together stays so while somebody types elsewhere', async () => {
    splits();
    await seat.show(<Listed />);
    t.write(t.az, 'p2', 'Costs are shared by each side.');
    await seat.show(<Listed />);
    expect(sizes()).toEqual(['2', '1']);
  });
});
