import { expect, it } from 'vitest';
import { ALPHABETS, hanNumber, hanOf, numberIn, romanNumber, romanOf } from './numerals.ts';

const UP_TO_99 = Array.from({ length: 99 }, (_, i) => i + 1);

it('[L3] numbers are read as lists write them, below a hundred', () => {
  expect(UP_TO_99.map((n) => romanNumber(romanOf(n)))).toEqual(UP_TO_99);
  expect(UP_TO_99.map((n) => hanNumber(hanOf(n)))).toEqual(UP_TO_99);
  expect([4, 9, 40, 49, 90, 99].map(romanOf)).toEqual(['iv', 'ix', 'xl', 'xlix', 'xc', 'xcix']);
  expect([1, 10, 11, 20, 21, 99].map(hanOf)).toEqual(['一', '十', '十一', '二十', '二十一', '九十九']);
});

it.each<[string, number]>([['壹', 1], ['拾贰', 12], ['贰拾', 20], ['一百零五', 105], ['百', 100], ['', NaN], ['十十', NaN], ['千', NaN]])('[L3] %j is %d', (written, n) => expect(hanNumber(written)).toBe(n));
it.each(['', 'iiii', 'vx', 'ic', 'c', 'lc', 'il'])('[L3] %j is no Roman number', (written) => expect(romanNumber(written)).toBeNaN());
it.each<[string, number]>([['12', 12], ['٣٤', 34], ['۵', 5], ['๑๐', 10], ['０７', 7], ['१२', 12]])('[L3] %j is %d', (digits, n) => expect(numberIn(digits)).toBe(n));

it('[L3] no alphabet has a letter twice, so that each has one place in it', () => {
  for (const letters of Object.values(ALPHABETS)) expect(new Set(letters).size).toBe([...letters].length);
});
