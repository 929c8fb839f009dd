import { type Actor, type GroupState, NO_GROUP } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { awaitedSeats, confirming } from './awaited-seats.ts';

const mark = { user: 'x', at: 1 };
const group: GroupState = {
  ...NO_GROUP, delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }],
  seats: { ada: { user: 'ada', role: 'head', delegation: 'az' }, ann: { user: 'ann', role: 'negotiator', delegation: 'az' }, bo: { user: 'bo', role: 'head', delegation: 'oc' }, mo: { user: 'mo', role: 'moderator' }, udo: { user: 'udo', role: 'auditor' } },
  proposed: { new: { user: 'new', role: 'observer', by: 'adil', at: 1, accepted: { oc: mark } } },
  asleep: {
    ann: { since: 1, by: 'adil', link: 'l', renewed: 2, wakesAt: null, confirmed: {} },
    udo: { since: 1, by: 'adil', link: 'm', renewed: 2, wakesAt: null, confirmed: { az: mark } },
    mo: { since: 1, by: 'adil', link: 'n', renewed: null, wakesAt: null, confirmed: {} },
  },
};
const of = (user: string): string[] => awaitedSeats({ ...group.seats[user]! } as Actor, group).map((seat) => `${seat.waits} ${seat.user}`);

describe('[N18] seats that wait for somebody', () => {
  it('are those whose buttons are open to him', () => {
    expect([of('ada'), of('bo'), of('udo')]).toEqual([['acceptance new', 'confirmation ann'], ['confirmation udo'], []]);
  });

  it('are none that cannot be confirmed yet, and the button says why', () => {
    expect(confirming(group.seats['ada'] as Actor, 'mo', group)).toEqual({ ok: false, reason: 'not-renewed' });
  });
});
