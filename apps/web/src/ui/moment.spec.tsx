import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Moment } from './moment.tsx';

const at = Date.UTC(2026, 1, 3, 13, 2, 11);

describe('a time on the screen', () => {
  it('is a <time> with the instant, its zone in what is read, and UTC in its title', () => {
    for (const said of ['ago', 'today', 'short', 'full', 'clock'] as const) {
      const [, iso, title, words] = /^<time dateTime="([^"]+)" title="([^"]+)">(.+)<\/time>$/.exec(renderToStaticMarkup(<Moment at={at} said={said} />))!;
      expect([iso, title]).toEqual(['2026-02-03T13:02:11.000Z', '3 February 2026 at 13:02:11 UTC']);
      expect(words).toMatch(/\d\d:\d\d(:\d\d)? \S+$/);
    }
  });
});
