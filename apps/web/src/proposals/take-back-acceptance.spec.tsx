import { CHAIR, groupsOf, SERVER } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { refusalSentence } from '../ui/messages.ts';

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';
let t: RulesFixture, seat: Seat;

/** The chair bridges; Azure has words of its own there, and its head sits at the page. */
beforeEach(() => {
  t = RulesFixture.negotiating(provision('h', 'Requests', 'heading', 'Article 6'), provision('p1', REPLY, 'paragraph', '1'), provision('p2', 'A refusal shall state its grounds.', 'paragraph', '2'));
  t.write(t.chair, 'p1', REPLY.replace('24', '36'));
  t.write(t.az, 'p1', REPLY.replace('24', '12'));
  t.rest();
  vi.useFakeTimers({ now: t.at });
  seat = new Seat(t, t.azHead);
});
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

const bridging = () => groupsOf(t.context(SERVER), t.proposals()).find((group) => group.parties.includes(CHAIR))!;
const shows = (): Promise<void> => seat.show(<ProposalCard open={bridging()} here={false} onAnswered={() => undefined} />);

describe('an acceptance that waits for the other delegation', () => {
  it('[NS7] [N1] [N16] is taken back on its card, in two steps; the first shows what it was given to, what stays ours and the text', async () => {
    await shows();
    expect(seat.words).not.toContain('Take back');
    await seat.performs('Accept for Azure');
    await shows();
    expect(seat.words).toContain('✓ Azure accepted · Name of azHead');
    expect(seat.buttons().filter(({ textContent }) => textContent!.startsWith('Accept'))).toEqual([]);
    await seat.press('Take back our acceptance');
    const step = seat.all('.step')[0]!.textContent!;
    expect(step).toContain('Article 6, 1: replace “24” by “36”');
    expect(step).toContain('our “12”');
    expect(step).toContain(REPLY);
    expect(Object.keys(t.document.partConsents)).toHaveLength(1);
    await seat.confirms();
    expect(t.document.partConsents).toEqual({});
    await shows();
    expect(seat.words).not.toContain('accepted');
    expect(seat.button('Accept for Azure').getAttribute('aria-disabled')).toBeNull();
    expect(t.acceptParts(t.ocHead, bridging().parts)).toEqual({ ok: true, value: undefined });
    expect(t.words('common', 'p1')).toBe(REPLY);
  });

  it('[N3] is gone when the other head has accepted meanwhile: the step goes and says so, and nothing is performed', async () => {
    t.acceptParts(t.azHead, bridging().parts);
    await shows();
    await seat.press('Take back our acceptance');
    const card = <ProposalCard open={bridging()} here={false} onAnswered={() => undefined} />;
    t.acceptParts(t.ocHead, bridging().parts);
    await seat.show(card);
    await seat.receive();
    expect(seat.all('.step')).toEqual([]);
    expect(seat.notices).toEqual([refusalSentence('text-moved')]);
    expect(t.words('common', 'p1')).toContain('36 hours');
  });

  it('[NS7] given together with other proposals, it says so on each card and is taken back whole', async () => {
    t.write(t.chair, 'p2', 'A refusal shall state its full grounds.');
    t.rest();
    const groups = groupsOf(t.context(SERVER), t.proposals()).filter((group) => group.parties.includes(CHAIR));
    expect(groups).toHaveLength(2);
    t.acceptParts(t.azHead, groups.flatMap(({ parts }) => parts));
    await shows();
    expect(seat.words).toContain('✓ Azure accepted it together with other proposals');
    await seat.press('Take back our acceptance of it and of others');
    expect(seat.all('.step li').map((line) => line.textContent)).toEqual(['Article 6, 1: replace “24” by “36”', 'Article 6, 2: insert “ full”']);
    await seat.confirms();
    expect(t.document.partConsents).toEqual({});
  });

  it('[NS7] is taken back by a head of its own side alone: others see no button', async () => {
    t.acceptParts(t.azHead, bridging().parts);
    for (const actor of [t.az, t.ocHead, t.chair, t.auditor]) {
      await seat.leave();
      seat = new Seat(t, actor);
      await shows();
      expect([actor.user, seat.words.includes('Take back')]).toEqual([actor.user, false]);
      expect(seat.words).toContain('✓ Azure accepted');
    }
  });
});
