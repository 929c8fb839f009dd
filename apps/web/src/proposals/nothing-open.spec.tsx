import { afterEach, describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { NothingOpen } from './nothing-open.tsx';

let seat: Seat;
afterEach(() => seat.leave());

const says = async (...words: readonly string[]): Promise<string> => {
  seat = new Seat(RulesFixture.negotiating(provision('h', 'Requests', 'heading', 'Article 6'), ...words.map((text, i) => provision(`p${i}`, text, 'paragraph', String(i + 1)))), { user: 'azHead', role: 'head', delegation: 'az' });
  await seat.show(<NothingOpen />);
  return seat.words;
};

describe('where no proposal is open', () => {
  it('it is said that no bracket stands in the text only where none does', async () => expect(await says('They meet.')).toBe('No proposal is open, and no bracket stands in the text.'));

  it('brackets that are typed in the text are named, with their articles', async () => {
    expect(await says('Within [24] [48] hours.', 'They meet.', 'Within [to be determined] days.')).toBe('No proposal is open. The text itself has brackets in 2 provisions: Article 6, 1; Article 6, 3.');
  });

  it('a long list of them is cut, and says so', async () => {
    const said = await says(...Array.from({ length: 14 }, () => 'Within [x] days.'));
    expect(said).toContain('in 14 provisions: Article 6, 1; ');
    expect(said).toMatch(/Article 6, 12; …\.$/);
  });
});
