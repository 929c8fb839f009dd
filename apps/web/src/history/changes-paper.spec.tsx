import { absent } from '@parley/negotiation';
import type { InstantView } from '@parley/protocol';
import { plainSlot, type Provision, type Slot } from '@parley/text';
import { afterEach, describe, expect, it } from 'vitest';
import { RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { ChangesPaper } from './changes-paper.tsx';

const one = (id: string, label: string, words: string | Slot, more: Partial<Provision> = {}): Provision =>
  ({ id, kind: 'paragraph', label, level: 0, slots: { 'en:text': typeof words === 'string' ? plainSlot(words) : words }, ...more });
const HEAD = one('h', 'Article 6', 'Requests', { kind: 'heading' }), REPLY = one('p1', '1', 'Each side replies.'), MEET = one('p2', '2', 'They meet.'), COSTS = one('p3', '3', 'Costs are shared.');
const at = (index: number, provisions: readonly Provision[]): InstantView => ({ index, at: Date.UTC(2026, 1, 3, 13, index), document: { ...absent('d'), title: 'Paper' }, rooms: { common: [...provisions] }, delegations: [] });

let seat: Seat;
afterEach(() => seat.leave());

/** What is read of each provision that changed, with its name. */
async function told(before: readonly Provision[], after: readonly Provision[]): Promise<string[]> {
  const table = RulesFixture.seated();
  seat = new Seat(table, table.auditor);
  await seat.show(<ChangesPaper earlier={at(1, before)} later={at(2, after)} />);
  return seat.all('article.change').map((change) => `${change.getAttribute('aria-label')}: ${change.querySelector('.room-change')!.textContent!.replace('Common text', '').trim()}`);
}

describe('changes since', () => {
  it('[TW1] [TW2] a move is told as a move, with the articles', async () => {
    expect(await told([HEAD, REPLY, MEET, COSTS], [HEAD, COSTS, REPLY, MEET])).toEqual(['Provision Article 6, 3: move Article 6, 3 after Article 6']);
  });

  it('[TW1] a change of emphasis is told as that, not as words that go and come', async () => {
    const strong: Slot = [{ t: 'Each ' }, { t: 'side', m: 'strong' }, { t: ' replies.' }];
    expect(await told([HEAD, REPLY], [HEAD, { ...REPLY, slots: { 'en:text': strong } }])).toEqual(['Provision Article 6, 1: Each side (strong) replies.']);
    expect([seat.all('.change del').length, seat.all('.change ins').map(({ textContent }) => textContent)]).toEqual([0, ['side']]);
  });

  it('[TW1] labels, levels counted from 1, kinds, additions and removals are told in the words of the cards', async () => {
    expect(await told([HEAD, REPLY, MEET, COSTS], [HEAD, { ...REPLY, label: '1 bis', level: 1 }, { ...MEET, kind: 'heading' }, one('p4', '4', 'They report.')])).toEqual([
      'Provision Article 6, 1 bis: relabel “1” as “1 bis”change the level of Article 6, 1 bis from 1 to 2', 'Provision 2: turn 2 from a paragraph into a heading', 'Provision Article 6, 3: delete Article 6, 3 “Costs are shared.”',
      'Provision 2, 4: add paragraph 4 after 2: “They report.”',
    ]);
  });

  it('says the times of both instants with their zone, and UTC in their titles', async () => {
    await told([HEAD], [HEAD]);
    expect(seat.all('.meta time').map((time) => [(time as HTMLTimeElement).dateTime, time.title])).toEqual([
      ['2026-02-03T13:01:00.000Z', '3 February 2026 at 13:01:00 UTC'], ['2026-02-03T13:02:00.000Z', '3 February 2026 at 13:02:00 UTC'],
    ]);
    expect(seat.words).toContain('The texts of both instants are the same.');
  });
});
