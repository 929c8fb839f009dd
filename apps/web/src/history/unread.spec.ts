import type { RecordedAct } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import type { ActEntry } from './history-rows.ts';
import { byPlaces } from './unread.ts';

const words = (provision: string) => ({ on: 'words', party: 'az', provision, key: 'en:text', digest: 'd', version: 2, hunks: [] }) as const;
const act = (index: number, t: object, events: ActEntry['events'] = []): ActEntry => ({ index, at: index, by: 'h', kind: 'act', rules: 2, act: { v: 1, id: `${index}`, doc: 'd', ...t } as unknown as RecordedAct, events });
const shape = (entries: readonly ActEntry[]) => byPlaces(entries).map(({ places, entries: of }) => [places, of.map(({ index }) => index)]);

describe('[X5] what is unread', () => {
  it('is told by provision, the oldest first', () => {
    expect(shape([
      act(1, { t: 'openDocument', provisions: [] }), act(2, { t: 'agree', provision: 'p2' }), act(5, { t: 'decline', parts: [words('p1')], reason: '' }),
      act(7, { t: 'approve', provision: 'p2' }), act(9, { t: 'takeBackBasis' }), act(11, { t: 'withdraw', parts: [words('p1')] }),
    ])).toEqual([[[], [1, 9]], [['p2'], [2, 7]], [['p1'], [5, 11]]]);
  });

  it('tells an act on several provisions once, whatever their order', () => {
    const tabled = (index: number, ...provisions: string[]) => act(index, { t: 'table', parts: provisions.map((provision) => ({ on: 'item', provision, item: { type: 'remove' } })) }, [{ e: 'tabled', party: 'az', provisions }]);
    expect(shape([tabled(1, 'p1', 'p2'), act(2, { t: 'decline', parts: [words('p2'), words('p1'), words('p2')], reason: '' }), tabled(3, 'p1')])).toEqual([[['p1', 'p2'], [1, 2]], [['p1'], [3]]]);
  });
});
