import { foldGroup, type GroupAct, type GroupEvent, NO_GROUP, type Role } from '@parley/negotiation';
import { expect, it } from 'vitest';
import type { GroupEntry } from './seat-history.ts';
import { seatNews } from './seat-news.ts';

const delegations = [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }];
const name = (user: string): string => user.toUpperCase();

/** A record of acts, and what is told of it. */
function record() {
  const entries: GroupEntry[] = [];
  const add = (by: string, act: object, ...events: readonly GroupEvent[]): void => {
    entries.push({ index: entries.length, at: entries.length, by, act: { v: 1, id: `${entries.length}`, ...act } as GroupAct, events } as unknown as GroupEntry);
  };
  const told = () => {
    const group = entries.flatMap((entry) => entry.events).reduce((state, event) => foldGroup(state, event, { user: 'x', at: 0 }), NO_GROUP);
    return seatNews(entries, group, name).map(({ index, user, kind, words }) => [index, user, kind, words]);
  };
  const sits = (user: string, role: Role, by: string, delegation?: string): void => {
    const seat = delegation === undefined ? { user, role } : { user, role, delegation };
    add(by, { t: 'invite', link: user, role, delegation }, { e: 'invited', link: user, role });
    add('server', { t: 'takeSeat', link: user, user }, { e: 'invitationEnded', link: user }, { e: 'seated', seat });
  };
  add('rita', { t: 'establish', name: 'G', delegations }, { e: 'established', name: 'G', delegations }, { e: 'seated', seat: { user: 'rita', role: 'administrator' } });
  return { add, told, sits };
}

it('[N14] the first head, who began by the administrator’s link, is told of, and nobody whom a head invited', () => {
  const { told, sits } = record();
  sits('ada', 'head', 'rita', 'az');
  sits('aki', 'negotiator', 'ada', 'az');
  sits('amal', 'head', 'ada', 'az');
  expect(told()).toEqual([[2, 'ada', 'begun', 'ADA is the first head of Azure: the account began from a link made by the administrator, RITA, who could have opened it too. Make sure by another way that it is the right person.']]);
});

it('[N14] seats that work again are told of, each with why', () => {
  const { add, told, sits } = record();
  sits('ada', 'head', 'rita', 'az');
  sits('aki', 'negotiator', 'ada', 'az');
  add('aki', { t: 'confirmSeat', user: 'ada', link: 'l' }, { e: 'seatConfirmed', user: 'ada', delegation: 'az' }, { e: 'woke', user: 'ada' });
  add('server', { t: 'wakeSeat', user: 'ada' }, { e: 'woke', user: 'ada' });
  add('server', { t: 'recoverAccount', user: 'aki' }, { e: 'recovered', user: 'aki' });
  expect(told().slice(1)).toEqual([
    [5, 'ada', 'changed', 'The seat of ADA (Head of delegation, Azure) works again, after its account was reset: AKI has confirmed that it is the right person.'],
    [6, 'ada', 'changed', 'The seat of ADA (Head of delegation, Azure) works again by the clock, after its account was reset: nobody else of the delegation could confirm it.'],
    [7, 'aki', 'changed', 'AKI (Negotiator, Azure) recovered the account with its recovery code.'],
  ]);
});

it('[N14] of a neutral seat each side’s confirmation is told, and its end with who ended it', () => {
  const { add, told, sits } = record();
  sits('cleo', 'moderator', 'rita');
  add('ada', { t: 'confirmSeat', user: 'cleo', link: 'l' }, { e: 'seatConfirmed', user: 'cleo', delegation: 'az' });
  add('rita', { t: 'remove', user: 'cleo' }, { e: 'unseated', user: 'cleo' });
  expect(told()).toEqual([
    [3, 'cleo', 'changed', 'ADA has confirmed, for Azure, that CLEO (Moderator) is the right person again.'],
    [4, 'cleo', 'changed', 'The seat of CLEO (Moderator) has ended, by RITA.'],
  ]);
});
