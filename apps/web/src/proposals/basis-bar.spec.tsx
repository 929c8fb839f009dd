import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { BasisBar } from './basis-bar.tsx';
import { refusalSentence } from '../ui/messages.ts';

let t: RulesFixture, seat: Seat;
beforeEach(async () => {
  t = RulesFixture.seated();
  t.must(t.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [provision('p1', 'They meet.')] });
  t.must(t.azHead, { t: 'acceptAsBasis', digest: t.paperDigest() });
  vi.useFakeTimers({ now: t.at });
  seat = new Seat(t, t.azHead);
  await seat.show(<BasisBar />);
});
afterEach(async () => { await seat.leave(); vi.useRealTimers(); });

it('[NS7] an acceptance of the paper is taken back as it stands', async () => {
  await seat.performs('Take back');
  expect(t.document.basis).toBeNull();
});

it('[NS9] from a page that has not heard that its side has accepted another paper since, that acceptance is not taken back', async () => {
  await seat.press('Take back');
  t.must(t.ocHead, { t: 'declineBasis', digest: t.paperDigest(), reason: '' });
  t.write(t.az, 'p1', 'They meet yearly.');
  t.must(t.azHead, { t: 'acceptAsBasis', digest: t.paperDigest() });
  await seat.sends();
  expect(seat.words).toContain(refusalSentence('text-moved'));
  expect(t.document.basis).toMatchObject({ party: 'az', digest: t.paperDigest() });
});
