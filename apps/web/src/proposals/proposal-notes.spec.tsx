import { type DocumentEvent, foldDocument, groupsOf, SERVER } from '@parley/negotiation';
import { COMPARE_VERSION } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { ProposalCard } from './proposal-card.tsx';

let t: RulesFixture, seat: Seat;
beforeEach(() => {
  t = RulesFixture.negotiating(provision('p1', 'Each side replies within 24 hours.', 'paragraph', '1'), provision('p2', ['supply', 'to make available'], 'definition', '2'));
  t.write(t.az, 'p1', 'Each side replies within 12 hours.');
  seat = new Seat(t, t.ocHead);
});
afterEach(() => seat.leave());

const recorded = (event: DocumentEvent, user = 'ocHead'): void => { t.document = foldDocument(t.document, event, { user, at: t.at }); };
const shows = (provision = 'p1') => seat.show(<ProposalCard open={groupsOf(t.context(SERVER), t.proposals(provision))[0]!} here={false} onAnswered={() => undefined} />);

describe('answers from under earlier rules', () => {
  it('[V3] are told on the cards of the field they were given in, with who, when and why, and that they count no more', async () => {
    recorded({ e: 'declined', name: 'p1/en:text/aaaa', party: 'oc', reason: 'too short' });
    await shows();
    expect(seat.words).toContain('Ochre declined an earlier wording here, which is not this one: answer it again · Name of ocHead');
    expect(seat.words).toContain('“too short”');
    expect(seat.button('Decline').getAttribute('aria-disabled')).toBeNull();
    expect(seat.all('.note time')[0]!.title).toMatch(/UTC$/);
  });

  it('[V3] an acceptance too, and it has to be given again', async () => {
    recorded({ e: 'proposalConsented', name: 'p1/en:text/aaaa|dddd', party: 'oc', givesUp: { hunks: [], items: [] }, own: 'withdrawn' });
    await shows();
    expect(seat.words).toContain('Ochre accepted it under earlier rules, which counts no more: accept it again · Name of ocHead');
    expect(seat.button('Accept').getAttribute('aria-disabled')).toBeNull();
  });

  it('[V3] of another field, another provision or of today’s compare are not told there', async () => {
    recorded({ e: 'declined', name: 'p2/en:term/aaaa', party: 'oc', reason: 'of the term' });
    recorded({ e: 'declined', name: 'p1/en:text/bbbb', party: 'oc', reason: 'of today', version: COMPARE_VERSION });
    t.write(t.az, 'p2', 'to make ready', 'en:meaning');
    for (const id of ['p1', 'p2']) {
      await shows(id);
      expect([id, /of the term|of today|earlier/.test(seat.words)]).toEqual([id, false]);
    }
  });
});
