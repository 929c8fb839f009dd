import { expect, it } from 'vitest';
import { foldUserName } from './account.store.ts';

it.each([['ADA', 'ada'], [' Ada.Root ', 'ada.root'], ['ＡＤＡ', 'ada'], ['\u212Aim', 'kim'], ['ada\u00A0', 'ada'], ['ẞ', 'ß'], ['Ꭰ', 'ꭰ'], ['ǅ', 'dž'], ['ﬁne', 'fine'], ['Ⅳ', 'iv'], ['①', '1'], ['ΟΔΟΣ', 'οδος'], ['Å', 'å'], ['A\u030A', 'å'], ['𝐀da', 'ada'], ['ﾅ', 'ナ'], ['', '']])('[Z5] %j is the user name %j', (name, folded) => {
  expect(foldUserName(name)).toBe(folded);
  expect(foldUserName(folded)).toBe(folded);
});

it.each([['İda', 'ida'], ['ıda', 'ida'], ['аda', 'ada'], ['straße', 'strasse'], ['ɑda', 'ada'], ['ádа', 'ada'], ['a da', 'ada'], ['ada\u200B', 'ada']])('[Z5] %j is not the user name %j', (name, other) => {
  expect(foldUserName(name)).not.toBe(other);
});

it('[Z5] a name folds to the same however often it is folded, and takes no longer than its length', () => {
  for (const name of ['İ', 'ﬀ', 'ΑΣ', 'ẖ', 'ŉ', 'ǰ', '\u0345', '\u1E9E', 'Ⓐ', '㎜', '\ufdfa', '\u{1F130}'].map((part) => part.repeat(500))) expect(foldUserName(foldUserName(name))).toBe(foldUserName(name));
});
