import { describe, expect, it } from 'vitest';
import { paragraph } from '../test-support/compare-cases.ts';
import { linkCases } from '../test-support/link-cases.ts';
import type { LinkPart } from './link-part.ts';
import { linksOf } from './linked-parts.ts';
import { compareTexts } from './list.ts';
import { type Text, textFrom } from './provision.ts';
import { textOf } from './slot.ts';

/** Provisions `id| words`, one a line. */
const written = (lines: string): Text => textFrom(lines.split('\n').map((line) => { const [id, words] = line.split('| ') as [string, string]; return paragraph(id, id, words); }));
const described = (part: LinkPart): string => (part.on === 'words' ? `${part.provision}[${textOf(part.hunk.removed)}→${textOf(part.hunk.inserted)}]` : `${part.item.type} ${part.item.id}`);
const links = (before: string, after: string) => linksOf(written(before), written(after)).map((link) => link.parts.map(described).join(' + '));

describe('what belongs together', () => {
  it.each(linkCases.one)('[J2] %s: %s → %s', (_, before, after) => expect(links(before, after)).toHaveLength(1));
  it.each(linkCases.apart)('[J3] independent: %s → %s', (before, after, wanted) => expect(links(before, after)).toHaveLength(wanted));

  it('[J2] a rewritten sentence is drawn from its first to its last hunk; a light edit is not', () => {
    const [link] = linksOf(written('p| It shall inform the requesting side without delay. It keeps a record.'), written('p| The requesting side is to be informed promptly. It keeps a record.'));
    expect(link!.rewritten).toMatchObject([{ provision: 'p', key: 'en:text', from: 0, to: 49 }]);
    expect(textOf(link!.rewritten[0]!.inserted)).toBe('The requesting side is to be informed promptly');
    expect(linksOf(written('p| Each side will reply within 24 hours after receipt of a request.'), written('p| Each side shall reply within 48 hours after receipt of a request.')).map((l) => l.rewritten)).toEqual([[], []]);
  });

  it('[J4] across provisions is looked only when asked: inside a provision alone the halves stand apart', () => {
    const before = written('p| Data shall be preserved by the competent authority of the requested side.\nq| Costs are borne by each side.');
    const after = written('p| Data shall be preserved.\nq| Costs are borne by each side or by the competent authority of the requested side.');
    expect([linksOf(before, after, 'provision').length, linksOf(before, after).length]).toEqual([2, 1]);
  });
});

describe('links', () => {
  const all = [...linkCases.one.map(([, before, after]) => [before, after] as const), ...linkCases.apart.map(([before, after]) => [before, after] as const)];

  it('[J1] every hunk and every item stands in exactly one, in the order of their first parts', () => {
    for (const [before, after] of all) for (const reach of ['provision', 'everywhere'] as const) {
      const common = written(before), position = written(after), { items, slots } = compareTexts(common, position), parts = linksOf(common, position, reach).flatMap((link) => link.parts);
      const hunks = [...slots.values()].flatMap((keys) => [...keys.values()].flat());
      expect(new Set(parts.map((p) => (p.on === 'words' ? p.hunk : p.item)))).toEqual(new Set([...hunks, ...items]));
      expect(parts).toHaveLength(hunks.length + items.length);
    }
  });

  it('[J4] are kept for two texts', () => {
    const [before, after] = [written('p| one'), written('p| two')];
    expect(linksOf(before, after)).toBe(linksOf(before, after));
    expect(linksOf(before, before)).toEqual([]);
  });
});
