import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit } from './edit.ts';
import { paragraph } from '../test-support/compare-cases.ts';
import { below, type Draw, realistic } from '../test-support/slots.ts';
import { seeded } from '../test-support/seeded.ts';
import type { LinkPart } from './link-part.ts';
import { type Link, linksOf } from './linked-parts.ts';
import { itemInCommon, withdrawItem, withdrawSlot } from './rebase.ts';
import { provisionsOf, type Text, textFrom } from './provision.ts';
import { equalSlots, plainSlot, textOf } from './slot.ts';
import { cases } from '../test-support/cases.ts';

const KEY = 'en:text';

/** Some provisions; in the other text words and sentences have moved, within them and between them, and provisions are split and joined. */
function documents(draw: Draw): { common: Text; own: Text } {
  const slots = Array.from({ length: 3 }, () => realistic(draw));
  const common = textFrom(slots.map((s, i) => paragraph(`p${i}`, `${i}`, textOf(s.common))));
  const words = slots.map((s) => (draw() < 0.7 ? textOf(s.a) : textOf(s.common)).split(' '));
  for (let n = below(draw, 3); n > 0; n--) {
    const from = words[below(draw, 3)]!, run = from.splice(below(draw, from.length), 1 + below(draw, 7)), to = words[below(draw, 3)]!;
    to.splice(below(draw, to.length + 1), 0, ...run);
  }
  const own = words.map((w, i) => paragraph(`p${i}`, `${i}`, w.join(' ')));
  if (draw() < 0.3) { const cut = words[1]!.splice(words[1]!.length >> 1); own.splice(1, 1, paragraph('p1', '1', words[1]!.join(' ')), paragraph('n', '1 bis', cut.join(' '))); }
  if (draw() < 0.2) own.splice(0, 2, paragraph('p0', '0', `${textOf(own[0]!.slots[KEY]!)} ${textOf(own[1]!.slots[KEY]!)}`));
  return { common, own: textFrom(own) };
}

const last = (a: LinkPart, b: LinkPart) => (a.on === 'words' && b.on === 'words' ? b.hunk.from - a.hunk.from : a.on === 'words' ? -1 : 1);
const enters = (link: Link): Edit[] => [...link.parts].sort(last).map((p) => (p.on === 'item' ? itemInCommon(p.item)
  : { do: 'splice', id: p.provision, key: p.key, from: p.hunk.from, to: p.hunk.to, insert: p.hunk.inserted }));
const described = (links: readonly Link[]) => links.flatMap((l) => l.parts).map((p) => (p.on === 'words' ? `${p.provision} ${textOf(p.hunk.removed)}→${textOf(p.hunk.inserted)}` : `${p.item.type} ${p.item.type === 'add' || p.item.type === 'remove' ? p.item.id : JSON.stringify(p.item)}`)).sort();
const sameText = (a: Text, b: Text) => JSON.stringify(a.list) === JSON.stringify(b.list) && provisionsOf(a).every((p) => equalSlots(p.slots[KEY] ?? plainSlot(''), b.by.get(p.id)!.slots[KEY] ?? plainSlot('')));

/** How many of so many documents break a law. */
const broken = (runs: number, law: (draw: Draw) => boolean): number => Array.from({ length: cases(runs) }, (_, seed) => law(seeded(seed + 1))).filter((holds) => !holds).length;

describe('links as units', () => {
  it('[J6] accepted one by one, in any order, looked for anew each time, they end at what the party wrote, in at most as many steps', () => {
    expect(broken(300, (draw) => {
      const { common, own } = documents(draw);
      let text = common, steps = linksOf(common, own).length;
      for (let left = linksOf(text, own); left.length > 0; left = linksOf(text, own)) {
        if (steps-- === 0) return false;
        text = applyEdits(text, enters(left[below(draw, left.length)]!));
      }
      return sameText(text, own);
    })).toBe(0);
  });

  it('[J6] accepting one leaves the parts of the others, nearly always', () => {
    expect(broken(400, (draw) => {
      const { common, own } = documents(draw), links = linksOf(common, own);
      if (links.length === 0) return true;
      const one = links[below(draw, links.length)]!;
      return JSON.stringify(described(linksOf(applyEdits(common, enters(one)), own))) === JSON.stringify(described(links.filter((l) => l !== one)));
    })).toBeLessThanOrEqual(2);
  });

  it('[J6] withdrawing one leaves the parts of the others, nearly always', () => {
    expect(broken(400, (draw) => {
      const { common, own } = documents(draw), links = linksOf(common, own);
      if (links.length === 0) return true;
      const one = links[below(draw, links.length)]!;
      const edits = [...one.parts].sort(last).flatMap((p): Edit[] => {
        if (p.on === 'item') return [withdrawItem(p.item, common, own)];
        const { from, to, insert } = withdrawSlot(p.hunk, common.by.get(p.provision)!.slots[p.key]!);
        return [{ do: 'splice', id: p.provision, key: p.key, from, to, insert }];
      });
      return JSON.stringify(described(linksOf(common, applyEdits(own, edits)))) === JSON.stringify(described(links.filter((l) => l !== one)));
    })).toBeLessThanOrEqual(2);
  });
});
