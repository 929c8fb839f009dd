import { groupsOf, SERVER } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { refusalSentence } from '../ui/messages.ts';

const REPLY = 'Each side replies within 24 hours.';
let t: RulesFixture, seat: Seat;
beforeEach(() => {
  t = RulesFixture.negotiating(provision('p1', REPLY, 'paragraph', '1'));
  t.write(t.az, 'p1', REPLY.replace('24', '48'));
  vi.useFakeTimers({ now: t.at });
  seat = new Seat(t, t.ocHead);
});
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

const shows = () => seat.show(<ProposalCard open={groupsOf(t.context(SERVER), t.proposals())[0]!} here={false} onAnswered={() => undefined} />);
const counted = (): string | undefined => /can be accepted in (\d+) s/.exec(seat.words)?.[1];
/** The server's time and the page's go on together. */
const passes = async (seconds: number): Promise<void> => { t.at += seconds * 1_000; await seat.passes(seconds * 1_000); };

describe('words that were typed just now', () => {
  it('[N15] are counted down on their card, and the count is gone when they have rested', async () => {
    await shows();
    const seen: (string | undefined)[] = [counted()];
    for (let second = 0; second < 10; second++) { await passes(1); seen.push(counted()); }
    expect(seen).toEqual(['10', '9', '8', '7', '6', '5', '4', '3', '2', '1', undefined]);
  });

  it('[N15] begin anew when somebody goes on typing, and never count more than the rule has, whatever the page’s clock says', async () => {
    await shows();
    await passes(6);
    t.write(t.az, 'p1', REPLY.replace('24', '72'));
    await shows();
    expect(counted()).toBe('10');
    t.at -= 3_600_000;
    t.write(t.az, 'p1', REPLY.replace('24', '96'));
    vi.setSystemTime(t.at - 7_200_000);
    await shows();
    expect(counted()).toBe('10');
  });

  it('[A10] [N15] accepted too early are refused in the step, in words that say what to do, and then accepted; nothing is said beside it', async () => {
    await shows();
    await seat.press('Accept');
    await seat.sends();
    const step = seat.all('.step')[0]!.textContent!;
    expect(step).toContain(refusalSentence('not-rested'));
    expect([t.words('common', 'p1'), seat.notices]).toEqual([REPLY, []]);
    await passes(10);
    await seat.confirms();
    expect(t.words('common', 'p1')).toBe(REPLY.replace('24', '48'));
  });
});
