import { awaitingOf, SERVER, settlementOf, standingOf } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { ReopeningCards } from './reopening-cards.tsx';
import { SettlementButtons } from './settlement-buttons.tsx';
import { refusalSentence } from '../ui/messages.ts';

const REPLY = 'Each side shall acknowledge a request within 24 hours.';
let t: RulesFixture, seat: Seat;
beforeEach(() => {
  t = RulesFixture.negotiating(provision('h', 'Requests', 'heading', 'Article 6'), provision('p1', REPLY, 'paragraph', '1'), provision('p2', 'They meet.', 'paragraph', '2'));
  for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'agree', provision: 'p1', digest: t.digest('p1') });
  vi.useFakeTimers({ now: t.at });
});
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

const sits = async (actor: RulesFixture['azHead']): Promise<void> => { seat = new Seat(t, actor); await seat.show(<ReopeningCards />); };
const asks = (reason: string): void => t.must(t.azHead, { t: 'askReopening', provision: 'p1', digest: t.digest('p1'), reason });
const answers = (): string[] => seat.buttons().map(({ textContent }) => textContent!).filter((name) => !name.startsWith('Go to'));

describe('requests to reopen', () => {
  it('[NS5] are asked with a reason, by the digest of the text that was shown', async () => {
    seat = new Seat(t, t.azHead);
    await seat.show(<SettlementButtons provision="p1" title="Article 6, 1" />);
    await seat.press('Ask to reopen');
    await seat.passes(500);
    const reason = seat.all('textarea')[0] as HTMLTextAreaElement;
    await seat.types(reason, 'a slip');
    await seat.confirms();
    expect(settlementOf(t.document, 'p1').reopenings['az']).toMatchObject({ reason: 'a slip' });
  });

  it('[NS5] are a card for everybody: who asks, of which article, why, when; the other head grants after reading the text whole', async () => {
    asks('a slip');
    await sits(t.ocHead);
    const card = seat.all('[data-reopening="p1"]')[0]!;
    expect(card.getAttribute('aria-label')).toBe('Azure asks to reopen Article 6, 1');
    expect(card.textContent).toContain('asks to reopen this provision: “a slip”');
    expect(card.querySelector('time')!.title).toMatch(/UTC$/);
    expect(answers()).toEqual(['Grant reopening Article 6, 1', 'Decline reopening Article 6, 1']);
    expect(awaitingOf(t.context(SERVER), 'oc').reopenings).toBe(seat.all('[data-reopening]').length);
    await seat.press('Grant reopening');
    expect(seat.all('.step')[0]!.textContent).toContain(REPLY);
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
    await seat.confirms();
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
    expect(seat.all('[data-reopening]')).toEqual([]);
  });

  it('[NS5] [N16] are taken back by the side that asked, and by no other', async () => {
    asks('a slip');
    await sits(t.azHead);
    expect(answers()).toEqual(['Take back our request Article 6, 1']);
    await seat.performs('Take back our request');
    expect(settlementOf(t.document, 'p1').reopenings).toEqual({});
    asks('again');
    for (const actor of [t.az, t.oc, t.chair, t.auditor]) {
      await seat.leave();
      await sits(actor);
      expect([actor.user, answers(), seat.all('[data-reopening]').length]).toEqual([actor.user, [], 1]);
    }
  });

  it('[NS5] [N16] of both sides are two cards; what one side answers leaves the other', async () => {
    asks('ours');
    t.must(t.ocHead, { t: 'askReopening', provision: 'p1', digest: t.digest('p1'), reason: 'theirs' });
    await sits(t.azHead);
    expect(seat.all('[data-reopening]').map((card) => card.getAttribute('aria-label'))).toEqual(['Azure asks to reopen Article 6, 1', 'Ochre asks to reopen Article 6, 1']);
    expect(answers()).toEqual(['Take back our request Article 6, 1', 'Grant reopening Article 6, 1', 'Decline reopening Article 6, 1']);
    await seat.performs('Decline reopening');
    expect(Object.keys(settlementOf(t.document, 'p1').reopenings)).toEqual(['az']);
    expect([standingOf(t.context(SERVER), 'p1'), answers()]).toEqual(['agreed', ['Take back our request Article 6, 1']]);
  });

  it('[NS9] that stand on another text by the time of the answer are refused in the step, in words, and with what it reads now', async () => {
    asks('a slip');
    await sits(t.ocHead);
    await seat.press('Grant reopening');
    await seat.passes(500);
    t.must(t.ocHead, { t: 'grantReopening', provision: 'p1', digest: t.digest('p1') });
    for (const who of [t.az, t.oc]) t.write(who, 'p1', REPLY.replace('24', '48'));
    t.accept(t.ocHead, t.proposals()[0]!);
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'agree', provision: 'p1', digest: t.digest('p1') });
    asks('another slip');
    // The page does not know of it yet: the server refuses.
    await seat.sends();
    expect(seat.words).toContain(refusalSentence('text-moved'));
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
    await seat.receive();
    const step = seat.all('.step')[0]!.textContent!;
    expect(step).toContain('The text changed while you read this. Nothing was done.');
    expect(step).toContain(REPLY.replace('24', '48'));
    expect(seat.all('[data-confirm]')).toEqual([]);
  });

  it('[NS9] [N3] that are taken back and made anew for another reason disarm the answer, which shows the new reason and answers nothing else', async () => {
    asks('a slip');
    await sits(t.ocHead);
    await seat.press('Grant reopening');
    expect(seat.all('.step')[0]!.textContent).toContain('Asked because: “a slip”');
    await seat.passes(500);
    t.must(t.azHead, { t: 'takeBackReopening', provision: 'p1', digest: t.digest('p1') });
    asks('to take the deadline out');
    // The page does not know of it yet: the server refuses.
    await seat.sends();
    expect(seat.words).toContain(refusalSentence('request-changed'));
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
    await seat.receive();
    const step = seat.all('.step')[0]!.textContent!;
    expect(step).toContain('Asked because: “to take the deadline out”');
    expect(seat.all('[data-confirm]')).toEqual([]);
  });
});
