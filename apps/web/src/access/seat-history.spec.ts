import { type GroupAct, type GroupEvent, NO_GROUP } from '@parley/negotiation';
import { expect, it } from 'vitest';
import { type GroupEntry, seatLines } from './seat-history.ts';

const group = { ...NO_GROUP, delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }] };

/** A record of acts, and what is told of each seat in it. */
function record() {
  const entries: GroupEntry[] = [];
  const add = (by: string, act: object, ...events: readonly GroupEvent[]): void => {
    entries.push({ index: entries.length, at: entries.length, by, act: { v: 1, id: `${entries.length}`, ...act } as GroupAct, events } as unknown as GroupEntry);
  };
  const invites = (by: string, link: string): void => add(by, { t: 'invite', link }, { e: 'invited', link, role: 'negotiator' });
  const takes = (user: string, link: string, delegation: string): void => add('server', { t: 'takeSeat', link, user }, { e: 'invitationEnded', link }, { e: 'seated', seat: { user, role: 'negotiator', delegation } });
  return { add, invites, takes, told: () => seatLines(entries, group, (user) => user.toUpperCase()).map(({ user, words }) => `${user}: ${words}`) };
}

it('[N17] a seat is told by whose invitation it was taken, also when somebody else makes the same link again after it was used', () => {
  const { invites, takes, told } = record();
  invites('ada', 'l');
  takes('aki', 'l', 'az');
  invites('olu', 'l');
  takes('ona', 'l', 'oc');
  expect(told()).toEqual(['aki: took the seat: Negotiator, Azure, by an invitation of ADA', 'ona: took the seat: Negotiator, Ochre, by an invitation of OLU']);
});

it('[N17] a neutral seat is told with each side’s consent, and its end with who ended it: never by one head', () => {
  const { add, told } = record(), seat = { user: 'cleo', role: 'moderator' } as const;
  add('server', { t: 'takeSeat', link: 'm', user: 'cleo' }, { e: 'seatProposed', user: 'cleo', role: 'moderator', by: 'rita' });
  add('ada', { t: 'acceptSeat', user: 'cleo', role: 'moderator' }, { e: 'seatAccepted', user: 'cleo', delegation: 'az' });
  add('olu', { t: 'acceptSeat', user: 'cleo', role: 'moderator' }, { e: 'seatAccepted', user: 'cleo', delegation: 'oc' }, { e: 'seated', seat });
  add('ada', { t: 'remove', user: 'cleo' }, { e: 'endingAsked', user: 'cleo', delegation: 'az' });
  add('olu', { t: 'remove', user: 'cleo' }, { e: 'endingAsked', user: 'cleo', delegation: 'oc' }, { e: 'unseated', user: 'cleo' });
  for (const by of ['rita', 'cleo']) add(by, { t: 'remove', user: 'cleo' }, { e: 'unseated', user: 'cleo' });
  expect(told()).toEqual([
    'opened an invitation of RITA, and is proposed as Moderator', 'was accepted by ADA, for Azure', 'was accepted by OLU, for Ochre', 'is seated: Moderator',
    'ADA asked, for Azure, that the seat ends', 'OLU asked, for Ochre, that the seat ends', 'the seat ended: a head of each delegation has asked for it', 'was removed by RITA', 'gave up the seat',
  ].map((words) => `cleo: ${words}`));
});

it('[N17] a reset is told with who made it, who opened its link, and who or what woke the seat', () => {
  const { add, told } = record();
  add('rita', { t: 'resetAccount', user: 'aki', link: 'r' }, { e: 'slept', user: 'aki', link: 'r', wakesAt: null });
  add('server', { t: 'renewAccount', user: 'aki', link: 'r' }, { e: 'renewed', user: 'aki' });
  add('ada', { t: 'confirmSeat', user: 'aki', link: 'r' }, { e: 'seatConfirmed', user: 'aki', delegation: 'az' }, { e: 'woke', user: 'aki' });
  add('server', { t: 'wakeSeat', user: 'aki' }, { e: 'woke', user: 'aki' });
  add('server', { t: 'recoverAccount', user: 'aki' }, { e: 'recovered', user: 'aki' });
  expect(told()).toEqual([
    'the account was reset by RITA, and the seat sleeps', 'opened the link and chose a new password', 'was confirmed by ADA, for Azure', 'is awake again',
    'woke by the clock, as nobody else of the delegation could confirm it', 'recovered the account with its recovery code',
  ].map((words) => `aki: ${words}`));
});

it('[N17] who is proposed and does not get the seat is told with who declined, or that the account was closed', () => {
  const { add, told } = record();
  add('ada', { t: 'declineSeat', user: 'cleo' }, { e: 'proposalEnded', user: 'cleo' });
  add('server', { t: 'declineSeat', user: 'cleo' }, { e: 'proposalEnded', user: 'cleo' });
  add('ada', { t: 'keepSeat', user: 'cleo' }, { e: 'endingWithdrawn', user: 'cleo', delegation: 'az' });
  expect(told()).toEqual(['cleo: was declined by ADA', 'cleo: closed the account before the seat began', 'cleo: ADA no longer asks that the seat ends']);
});
