import { expect, it } from 'vitest';
import { partnersOf } from './pairs.ts';
import { seeded } from '../test-support/seeded.ts';
import { TOKEN } from './token-pattern.ts';
import { tokensOf, wordAt } from './tokens.ts';
import { cases, someOf } from '../test-support/cases.ts';

const PARTS = ['1', '12', 'A', 'A.', 'a', '.', '/', '(', ')', '(a)', '-', '–', ' ', '%', '$', '+', ':', '三', '年', '第', '点', '至', '分之', '（', '三）', '元', '@', 'http://', 'May ', '5 ', '’', 'T', '\u00A0', '½', '^2', '°', 'ก', 'ကျ', '〔2021', '千', '“', '”(', ','];

/** How long `tokensOf` takes for `length` characters of `pattern`; the least of some tries, so that another program on the machine does not count. */
function time(pattern: string, length: number, tries: number): number {
  let least = Infinity;
  for (let n = 0; n < tries; n++) {
    const text = pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length), before = process.cpuUsage().user;
    partnersOf(tokensOf([{ t: text }]));
    least = Math.min(least, (process.cpuUsage().user - before) / 1000);
  }
  return least;
}

/** Grows with the length, not with its square: eight times the characters take far less than sixty-four times as long. What takes next to nothing is not looked at twice. */
const isLinear = (pattern: string) => time(pattern, 20_000, 1) < 60 || time(pattern, 20_000, 3) < 60 + 24 * time(pattern, 2_500, 3);

it('[K3] the time to cut 20,000 characters grows with the length alone, whatever repeats in them', () => {
  const draw = seeded(2026), patterns = [...PARTS, 'A.A.', 'A.1/', 'A/B.', '1:', '1.1,', '五月', '三点', '一至', '第一', '5 to ', '- ', '1-', 'a@', 'a.b-', 'A(1)/', '(a)(', 'a-1', '1 000 '];
  for (let n = 0; n < 100; n++) patterns.push(Array.from({ length: 2 + Math.floor(draw() * 4) }, () => PARTS[Math.floor(draw() * PARTS.length)]).join(''));
  expect(someOf(patterns).filter((pattern) => !isLinear(pattern))).toEqual([]);
});

it('[K3] what stands most often is cut without the expression, and as it would cut it', () => {
  const draw = seeded(2027), all = [...PARTS, 'reply', 'the ', 'sides, ', '双方', '应当', '\u0301', 'é', '参', 'no.', ';', ', ', '. ', '; ', 'Each', 'The ', 'Parties', 'Request ', 'May', 'Bis', 'etc', 'approx', 'document', 'cooperation', 'E', 'x'];
  for (let n = 0; n < cases(6_000); n++) {
    const text = Array.from({ length: 1 + Math.floor(draw() * 12) }, () => all[Math.floor(draw() * all.length)]).join(''), tokens = tokensOf([{ t: text }]);
    TOKEN.lastIndex = 0;
    expect(tokens.keys.map((_, i) => wordAt(tokens, i))).toEqual(text.match(TOKEN));
  }
});
