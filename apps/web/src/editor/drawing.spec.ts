import { compareSlots, normal, plainSlot, readPieces, restylingWords, type Slot, slice, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { wording } from '../ui/messages.ts';
import { type Drawn, drawSlot, inText } from './drawing.ts';
import { piecesOf } from './decorations.ts';
import { cases, inWords } from '../../../../libs/text/test-support/cases.ts';

const ORDER = ['A', 'B', 'C'];

function random(seed: number): () => number {
  let a = seed;
  return () => { a = (a * 1664525 + 1013904223) >>> 0; return a / 4294967296; };
}

const asSlot = (s: string | Slot): Slot => (typeof s === 'string' ? plainSlot(s) : s);
type Texts = Readonly<Record<string, string | Slot>>;

/** The drawing from one party's seat, or (null) from nobody's. */
function draw(common: string | Slot, texts: Texts, party: string | null) {
  const others = Object.entries(texts).filter(([p]) => p !== party).map(([p, slot]) => ({ party: p, slot: asSlot(slot) }));
  return drawSlot(asSlot(common), asSlot(party === null ? common : texts[party]!), party, others, ORDER);
}

/** What is read on the screen of one seat, from the text that stands there and what is drawn over it: `[A ~struck~]`, `[A inserted]`. */
function read(common: string | Slot, texts: Texts, party: string | null): string {
  const own = textOf(asSlot(party === null ? common : texts[party]!)), { drawn } = draw(common, texts, party);
  const open = (d: { parties: readonly string[] }, struck: boolean, style = '') => `[${d.parties.join(',')}${style && ` ${style}`} ${struck ? '~' : ''}`;
  const ranges = drawn.filter((d) => d.kind !== 'point');
  let out = '';
  for (let at = 0; at <= own.length; at++) {
    for (const d of ranges) if (d.to === at) out += d.kind === 'struck' ? '~]' : ']';
    for (const d of drawn) if (d.kind === 'point' && d.at === at) out += d.pieces.map((p) => `${open(p, p.kind === 'struck')}${textOf(p.words)}${p.kind === 'struck' ? '~' : ''}]`).join('');
    for (const d of ranges) if (d.from === at) out += open(d, d.kind === 'struck', d.style ? restylingWords(d.style, wording) : '');
    out += own[at] ?? '';
  }
  return out;
}

const seats = (texts: Texts): (string | null)[] => [...Object.keys(texts), null];

describe('drawing', () => {
  it.each([
    ['C01', 'of property with', 'of property, on behalf of a government, with', 'of property with', 'of property[A , on behalf of a government,] with'],
    ['C02', 'purpose and of its effects.', 'purpose and of its effects.', 'purpose, as established by the evidence.', 'purpose[B ~ and of its effects~][B , as established by the evidence].'],
    ['C03', 'finance commercial', 'finance, supply or tolerate commercial', 'finance, supply commercial', 'finance[A , supply or tolerate][B , supply] commercial'],
    ['C04', 'within 24 hours', 'within 48 hours', 'within 48 hours', 'within [A,B ~24~][A,B 48] hours'],
    ['C05', 'within 24 hours', 'within 12 hours', 'within 72 hours', 'within [A,B ~24~][A 12][B 72] hours'],
    ['C06', 'side; the refusal shall state its grounds.', 'side.', 'side; the refusal shall promptly state its grounds.', 'side[A ~; the refusal shall~][B  promptly][A ~ state its grounds~].'],
    ['C19', 'within 24 hours after', 'within 48 hours after', 'within 24 working days after', 'within [A ~24~][A 48] [B ~hours~][B working days] after'],
    ['C24', '', '95 per cent', '90 per cent', '[A 95 per cent][B 90 per cent]'],
    ['C14', '通过网络窃取', '通过网络或其他手段窃取', '通过网络窃取', '通过网络[A 或其他手段]窃取'],
    ['a word that grows beside an insertion of the other side', 'finance commercial', 'finance, supply commercial', 'financed commercial', '[B ~finance~][B financed][A , supply] commercial'],
  ])('[E10] %s reads the same from every seat: the common words, struck, then each party’s in party order', (_id, common, A, B, expected) => {
    expect(seats({ A, B }).map((seat) => read(common, { A, B }, seat))).toEqual([expected, expected, expected]);
  });

  const OLD = 'The requested side shall preserve the data.', NEW = 'The data are to be preserved by the side that was asked.';
  it.each([
    ['alone', OLD, { A: NEW, B: OLD }, 'The [A ~requested side shall preserve the data~][A data are to be preserved by the side that was asked].'],
    ['by the other side', OLD, { A: OLD, B: NEW }, 'The [B ~requested side shall preserve the data~][B data are to be preserved by the side that was asked].'],
    ['and changed by the other side', OLD, { A: NEW, B: OLD.replace('shall', 'will') }, 'The [A,B ~requested side shall preserve the data~][A data are to be preserved by the side that was asked][B requested side will preserve the data].'],
    ['by both', OLD, { A: NEW, B: 'Data shall at once be kept safe by it.' }, '[A,B ~The requested side shall preserve the data~][A The data are to be preserved by the side that was asked][B Data shall at once be kept safe by it].'],
    ['by both alike', OLD, { A: NEW, B: NEW }, 'The [A,B ~requested side shall preserve the data~][A,B data are to be preserved by the side that was asked].'],
    ['in Chinese', '被请求方应当确认每项请求。', { A: '被请求方应当确认每项请求。', B: '每项请求应当由被请求方确认。' }, '[B ~被请求方应当确认每项请求~][B 每项请求应当由被请求方确认]。'],
  ])('[E23] a sentence that is more than half rewritten %s is one alternative from every seat', (_how, common, texts, expected) => {
    expect(seats(texts).map((seat) => read(common, texts, seat))).toEqual([expected, expected, expected]);
  });

  it('[E23] a place of it carries every hunk, so that a caret in it finds the whole proposal', () => {
    const { places } = draw(OLD, { A: OLD, B: NEW }, 'A'), hunks = compareSlots(plainSlot(OLD), plainSlot(NEW));
    expect(hunks.length).toBeGreaterThan(1);
    expect(places.map((place) => place.hunks.map(({ hunk }) => hunk))).toEqual([hunks]);
  });

  it('[E11] strikes the other side’s deletion over common words only, never over own words standing in it', () => {
    const own = 'a reply within 24 [12] hours of receipt', { drawn } = draw('a reply within 24 hours of receipt', { A: own, B: 'a reply' }, 'A');
    const struck = drawn.flatMap((d) => (d.kind === 'struck' ? [own.slice(d.from, d.to)] : []));
    expect(struck.join('|')).not.toContain('12');
    expect(struck.length).toBeGreaterThan(1);
  });

  it('[E10] words that only change their style are read once, and how they change; where others propose something there they are struck and said again', () => {
    const strong: Slot = [{ t: '“' }, { t: 'Evidence', m: 'strong' }, { t: '” means' }], plain = '“Evidence” means';
    expect(draw(plain, { A: strong, B: plain }, 'A').drawn).toEqual([expect.objectContaining({ kind: 'restyled', from: 1, to: 9, parties: ['A'], style: { gets: ['strong'], loses: [], elsewhere: false } })]);
    const texts = { A: strong, B: '“Proof” means' };
    expect(seats({ A: strong, B: plain }).map((seat) => read(plain, { A: strong, B: plain }, seat))).toEqual(Array(3).fill('“[A strong Evidence]” means'));
    expect(seats(texts).map((seat) => read(plain, texts, seat))).toEqual(Array(3).fill('“[A,B ~Evidence~][A Evidence][B Proof]” means'));
  });

  it('[E10] what stands before the caret at a point stands before the words that follow it there', () => {
    const points = (party: string) => draw('within 24 hours', { A: 'within 12 hours', B: 'within 72 hours' }, party).drawn.flatMap((d) => (d.kind === 'point' ? [[d.at, d.before, d.pieces.map((p) => textOf(p.words)).join('|')]] : []));
    expect([points('A'), points('B')]).toEqual([[[7, true, '24'], [9, false, '72']], [[7, true, '24|12']]]);
  });

  const words = ['the ', 'side ', 'shall ', 'reply ', ', ', '24 ', 'hours ', 'in time ', '应', '当'];
  /** A random common text and a random change of it for each party, marks included. */
  function randomSlots(seed: number, runs: number, each: (common: Slot, texts: Readonly<Record<string, Slot>>) => void): void {
    const next = random(seed), some = (n: number) => Array.from({ length: n }, () => words[Math.floor(next() * words.length)]!);
    const edited = (list: readonly string[]): Slot => {
      const out = [...list];
      for (let k = Math.floor(next() * 4); k > 0; k--) out.splice(Math.floor(next() * (out.length + 1)), Math.floor(next() * 3), ...some(Math.floor(next() * 3)));
      return normal(out.map((t) => (next() < 0.08 ? { t, m: 'strong' } : { t })));
    };
    for (let run = 0; run < runs; run++) {
      const base = some(Math.floor(next() * 12));
      each(normal(base.map((t) => ({ t }))), { A: edited(base), B: edited(base), C: next() < 0.5 ? edited(base) : normal(base.map((t) => ({ t }))) });
    }
  }

  it(`[E10] [E17] every seat reads the same, word for word: both delegations, the chair, the auditor (${inWords(cases(3_000))} random slots)`, () => {
    let brackets = 0;
    randomSlots(11, cases(3_000), (common, texts) => {
      const [first, ...others] = seats(texts).map((seat) => read(common, texts, seat));
      for (const other of others) expect(other, JSON.stringify([common, texts])).toBe(first);
      const positions = ORDER.map((party) => ({ party, slot: texts[party]! }));
      expect(readPieces(common, positions).map((p) => textOf(p.words)).join('')).toBe(first!.replace(/\[[A-C,]+(?: (?:not )?strong)* ~?|~?\]/g, ''));
      brackets += first!.split('[').length - 1;
    });
    expect(brackets).toBeGreaterThan(cases(5_000));
  });

  it(`[E12] what is drawn tells every text: own words without the brackets’ give the common text, with the others’ theirs (${inWords(cases(2_000))} random slots)`, () => {
    randomSlots(7, cases(2_000), (common, texts) => {
      const { drawn, places } = draw(common, texts, 'A'), own = textOf(texts.A!);
      for (const whose of ['common', 'B', 'C']) expect(asRead(own, drawn, whose), JSON.stringify([common, texts])).toBe(textOf(whose === 'common' ? common : texts[whose]!));
      for (const place of places) expect(place.start <= place.end && place.end <= own.length).toBe(true);
    });
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
  const has = (parties: readonly string[]) => parties.includes(whose), common = whose === 'common';
  const gone = drawn.flatMap((d) => (d.kind === 'own' && (common || !has(d.parties)) ? [d] : d.kind === 'struck' && !common && has(d.parties) ? [d] : []));
  let out = '';
  for (let at = 0; at <= own.length; at++) {
    for (const d of drawn) if (d.kind === 'point' && d.at === at) out += d.pieces.filter((p) => (p.kind === 'struck' ? common || !has(p.parties) : !common && has(p.parties))).map((p) => textOf(p.words)).join('');
    if (at < own.length && !gone.some((d) => d.from <= at && at < d.to)) out += own[at]!;
  }
  return out;
}
