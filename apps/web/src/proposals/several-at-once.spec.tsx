import { SERVER, standingOf, settlementOf } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { SeveralAtOnce } from './several-at-once.tsx';

let t: RulesFixture, seat: Seat;
beforeEach(() => {
  vi.useFakeTimers();
  t = RulesFixture.negotiating(provision('h', 'Requests', 'heading', 'Article 6'), provision('p1', 'Each side replies.', 'paragraph', '1'), provision('p2', 'They meet.', 'paragraph', '2'), provision('p3', 'Within [x] days.', 'paragraph', '3'));
  seat = new Seat(t, t.azHead);
});
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

const boxes = (): HTMLInputElement[] => seat.all('input[type="checkbox"]') as HTMLInputElement[];
const ticks = (i: number): Promise<void> => seat.clicks(boxes()[i]!);
const agreed = (id: string): boolean => settlementOf(t.document, id).consents['az'] !== undefined;

describe('several provisions at once', () => {
  it('[N7] each is named with its article and shown whole, none is ticked, and nothing can be performed before one is', async () => {
    await seat.show(<SeveralAtOnce />);
    await seat.press('Agree all clean… (3)');
    await seat.passes(500);
    expect(boxes().map(({ checked }) => checked)).toEqual([false, false, false]);
    expect(seat.all('.choice-list li').map(({ textContent }) => textContent!.replace(/Show in the text.*?(?=Each|They|Requests$)/, ' '))).toEqual(['Article 6 Requests', 'Article 6, 1 Each side replies.', 'Article 6, 2 They meet.']);
    expect((seat.all('[data-confirm]')[0] as HTMLButtonElement).disabled).toBe(true);
    await ticks(1);
    await seat.confirms();
    expect(['h', 'p1', 'p2', 'p3'].filter(agreed)).toEqual(['p1']);
  });

  it('[N7] a tick is for the text that stood there: it goes when another one stands there, which is said', async () => {
    await seat.show(<SeveralAtOnce />);
    await seat.press('Agree all clean… (3)');
    for (const i of [1, 2]) await ticks(i);
    for (const who of [t.az, t.oc]) t.write(who, 'p1', 'Each side replies at once.');
    t.accept(t.azHead, t.proposals()[0]!);
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
    await seat.receive();
    expect(boxes().map(({ checked }) => checked)).toEqual([false, false, true]);
    expect(seat.words).toContain('1 provision you had ticked has changed or cannot be agreed now. Read what stands there and tick again.');
    await seat.confirms();
    expect(['p1', 'p2'].filter(agreed)).toEqual(['p2']);
  });

  it('[N7] what is no longer clean at the moment of the press is not agreed, nor anything with it, also before that is drawn', async () => {
    await seat.show(<SeveralAtOnce />);
    await seat.press('Agree all clean… (3)');
    for (const i of [1, 2]) await ticks(i);
    await seat.passes(500);
    t.write(t.oc, 'p2', 'They meet soon.');
    await seat.sends();
    expect(['p1', 'p2'].filter(agreed)).toEqual([]);
    await seat.receive();
    expect(seat.words).toContain('1 provision you had ticked has changed or cannot be agreed now.');
    await seat.confirms();
    expect(['p1', 'p2'].filter(agreed)).toEqual(['p1']);
  });
});
