import { groupsOf, SERVER } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { CloseDocument } from './closing-bar.tsx';
import { ProposalCard } from './proposal-card.tsx';

let seat: Seat;
beforeEach(() => { vi.useFakeTimers({ now: 1_700_000_000_000 }); });
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

describe('[N3] a dialog that asks for a reason performs the act that it was opened for', () => {
  it('a proposal whose words have changed while the dialog was open is not declined', async () => {
    const old = 'The requested side shall preserve the data.', words = 'The data are to be preserved by the side that was asked.';
    const t = RulesFixture.negotiating(provision('p1', old, 'paragraph', '1'));
    t.write(t.az, 'p1', words);
    t.rest();
    vi.setSystemTime(t.at);
    seat = new Seat(t, t.ocHead);
    const group = () => groupsOf(t.context(SERVER), t.proposals())[0]!, card = () => <ProposalCard open={group()} here={false} onAnswered={() => undefined} />, { name } = group();
    expect(group().members.length).toBeGreaterThan(1);
    await seat.show(card());
    await seat.press('Decline');
    t.write(t.az, 'p1', words.replace('asked', 'asked twice'));
    expect(group().name).toBe(name);
    await seat.show(card());
    await seat.sends();
    expect(t.document.declines).toEqual({});
    expect(seat.all('[role=dialog] [role=alert]').map((e) => e.textContent)).toHaveLength(1);
  });

  it('a paper that becomes a negotiation while the dialog to close it is open is not proposed to be closed', async () => {
    const t = RulesFixture.seated();
    t.must(t.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [provision('p1', 'They meet.')] });
    vi.setSystemTime(t.at);
    seat = new Seat(t, t.chair);
    await seat.show(<CloseDocument />);
    await seat.press('Close this paper');
    await seat.types(document.querySelector('textarea')!, 'It came to nothing.');
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'acceptAsBasis', digest: t.paperDigest() });
    await seat.receive();
    await seat.sends();
    expect([t.document.stage, t.document.closing, t.document.closed]).toEqual(['negotiation', null, null]);
    expect(seat.all('[role=dialog] [role=alert]').map((e) => e.textContent)).toHaveLength(1);
  });
});
