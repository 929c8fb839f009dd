import { plainSlot, type Slot, slice, splice, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { type Drawn, drawSlot, inText } from './drawing.ts';
import { piecesOf } from './decorations.ts';

const ORDER = ['A', 'B', 'C'];

function random(seed: number): () => number {
  let a = seed;
  return () => { a = (a * 1664525 + 1013904223) >>> 0; return a / 4294967296; };
}

const draw = (common: string | Slot, own: string | Slot, other: string | Slot, party: string | null = 'A', others: string[] = ['B']) => {
  const slot = (s: string | Slot) => (typeof s === 'string' ? plainSlot(s) : s);
  return drawSlot(slot(common), slot(own), party, others.map((p) => ({ party: p, slot: slot(other) })), ORDER);
};

interface Mark { at: number; side: number; text: string }

/** The slot as it reads on the screen: `[A ~struck~]`, `[A inserted]`. */
function shown(own: string, drawn: readonly Drawn[]): string {
  const marks = drawn.flatMap((d): Mark[] => {
    const by = 'parties' in d ? d.parties.join(',') : '';
    switch (d.kind) {
      case 'own': return [{ at: d.from, side: 0, text: `[${by} ` }, { at: d.to, side: -3, text: ']' }];
      case 'struck': return [{ at: d.from, side: 0, text: `[${by} ~` }, { at: d.to, side: -3, text: '~]' }];
      case 'gone': return [{ at: d.at, side: -1, text: d.pieces.map((p) => (p.kind === 'struck' ? `[${p.parties.join(',')} ~${textOf(p.words)}~]` : `[${p.parties.join(',')} ${textOf(p.words)}]`)).join('') }];
      case 'theirs': return [{ at: d.at, side: -0.5 + ORDER.indexOf(d.parties[0]!) / 10, text: `[${by} ${textOf(d.words)}]` }];
    }
  });
  let out = '', at = 0;
  for (const mark of marks.sort((a, b) => a.at - b.at || a.side - b.side)) {
    out += own.slice(at, mark.at) + mark.text;
    at = mark.at;
  }
  return out + own.slice(at);
}

const reads = (common: string, a: string, b: string): string => shown(a, draw(common, a, b).drawn);

describe('drawing', () => {
  it.each([
    ['C01', 'of property with', 'of property, on behalf of a government, with', 'of property with', 'of property[A , on behalf of a government,] with'],
    ['C02', 'purpose and of its effects.', 'purpose and of its effects.', 'purpose, as established by the evidence.', 'purpose[B ~ and of its effects~][B , as established by the evidence].'],
    ['C03', 'finance commercial', 'finance, supply or tolerate commercial', 'finance, supply commercial', 'finance[A , supply or tolerate][B , supply] commercial'],
    ['C04', 'within 24 hours', 'within 48 hours', 'within 48 hours', 'within [A,B ~24~][A,B 48] hours'],
    ['C05', 'within 24 hours', 'within 12 hours', 'within 72 hours', 'within [A,B ~24~][A 12][B 72] hours'],
    ['C06', 'side; the refusal shall state its grounds.', 'side.', 'side; the refusal shall promptly state its grounds.', 'side[A ~; the refusal shall~][B  promptly][A ~ state its grounds~].'],
    ['C06 from the other side', 'side; the refusal shall state its grounds.', 'side; the refusal shall promptly state its grounds.', 'side.', 'side[B ~; the refusal shall~][A  promptly][B ~ state its grounds~].'],
    ['C19', 'within 24 hours after', 'within 48 hours after', 'within 24 working days after', 'within [A ~24~][A 48] [B ~hours~][B working days] after'],
    ['C24', '', '95 per cent', '90 per cent', '[A 95 per cent][B 90 per cent]'],
    ['C14', '通过网络窃取', '通过网络或其他手段窃取', '通过网络窃取', '通过网络[A 或其他手段]窃取'],
  ])('[E10] %s reads own struck, own, struck by others, others', (_id, common, a, b, expected) => {
    expect(reads(common, a, b)).toBe(expected);
  });

  it('[E11] strikes the other side’s deletion over common words only, never over own words standing in it', () => {
    const { drawn } = draw('a reply within 24 hours of receipt', 'a reply within 24 [12] hours of receipt', 'a reply');
    const struck = drawn.filter((d) => d.kind === 'struck').map((d) => 'a reply within 24 [12] hours of receipt'.slice(d.from, d.to));
    expect(struck.join('|')).not.toContain('12');
    expect(struck.length).toBeGreaterThan(1);
  });

  it('[E10] words that only change their style are not struck and said again', () => {
    const { drawn } = draw('“Evidence” means', [{ t: '“' }, { t: 'Evidence', m: 'strong' }, { t: '” means' }], '“Evidence” means');
    expect(drawn).toEqual([{ kind: 'own', from: 1, to: 9, parties: ['A'] }]);
  });

  it('[E10] read from nobody’s side the common text is the text', () => {
    const { drawn } = draw('within 24 hours', 'within 24 hours', 'within 72 hours', null);
    expect(shown('within 24 hours', drawn)).toBe('within [B ~24~][B 72] hours');
  });

  it('[E12] what is drawn tells every text: own words without the brackets’ give the common text, with the others’ theirs (2 000 random slots)', () => {
    const next = random(7), words = ['the ', 'side ', 'shall ', 'reply ', ', ', '24 ', 'hours ', 'in time ', '应', '当'];
    const some = (n: number) => Array.from({ length: n }, () => words[Math.floor(next() * words.length)]);
    const edited = (list: readonly (string | undefined)[]) => {
      const out = [...list];
      for (let k = Math.floor(next() * 4); k > 0; k--) out.splice(Math.floor(next() * (out.length + 1)), Math.floor(next() * 3), ...some(Math.floor(next() * 3)));
      return out.join('');
    };
    for (let run = 0; run < 2000; run++) {
      const base = some(Math.floor(next() * 12)), common = base.join(''), a = edited(base), b = edited(base);
      const { drawn, places } = draw(common, a, b);
      expect(asRead(a, drawn, 'common'), `${common} | ${a} | ${b}`).toBe(common);
      expect(asRead(a, drawn, 'B'), `${common} | ${a} | ${b}`).toBe(b);
      for (const place of places) expect(place.start <= place.end && place.end <= a.length).toBe(true);
    }
  });

  it('[E13] signs stand on whole words and never span two marks', () => {
    const slot: Slot = [{ t: 'one two ' }, { t: 'three', m: 'em' }];
    for (const [from, to] of [[0, 13], [0, 3], [4, 13], [8, 13], [2, 10]] as const) {
      const pieces = piecesOf(slot, from, to);
      expect(pieces.map((p) => textOf(slice(slot, p.from, p.to))).join('')).toBe(textOf(slice(slot, from, to)));
      expect(pieces.filter((p) => p.first)).toHaveLength(1);
      expect(pieces.filter((p) => p.last)).toHaveLength(1);
      for (const p of pieces.filter((x) => x.first || x.last)) expect(slice(slot, p.from, p.to)).toHaveLength(1);
    }
  });

  it('[E14] an offset inside replaced words is at their borders', () => {
    const hunk = { from: 4, to: 8, posFrom: 4, posTo: 6, removed: [], inserted: [] };
    expect([inText([hunk], 5, false), inText([hunk], 5, true), inText([hunk], 8, false), inText([hunk], 9, false)]).toEqual([4, 6, 6, 7]);
  });
});

/** The text of `common` or of another party, read off what is drawn over the own text. */
function asRead(own: string, drawn: readonly Drawn[], whose: string): string {
  const has = (parties: readonly string[]) => parties.includes(whose);
  const common = whose === 'common';
  const edits: { at: number; to: number; text: string; side: number }[] = drawn.map((d) => {
    switch (d.kind) {
      case 'own': return { at: d.from, to: !common && has(d.parties) ? d.from : d.to, text: '', side: 0 };
      case 'struck': return { at: d.from, to: common || !has(d.parties) ? d.from : d.to, text: '', side: 0 };
      case 'theirs': return { at: d.at, to: d.at, text: common ? '' : textOf(d.words), side: 1 };
      case 'gone': return { at: d.at, to: d.at, side: -1, text: d.pieces.filter((p) => (p.kind === 'struck' ? common || !has(p.parties) : !common)).map((p) => textOf(p.words)).join('') };
    }
  });
  const removals = edits.filter((e) => e.to > e.at), insertions = edits.filter((e) => e.text);
  // Insertions stand at their point, own struck words before others' words; what is removed on either side of a point does not move it.
  let out: Slot = [];
  for (let at = 0; at <= own.length; at++) {
    for (const e of insertions.filter((x) => x.at === at).sort((a, b) => a.side - b.side)) out = [...out, { t: e.text }];
    if (at < own.length && !removals.some((r) => r.at <= at && at < r.to)) out = [...out, { t: own[at]! }];
  }
  return textOf(splice(out, 0, 0, []));
}
