import { expect, it } from 'vitest';
import { foldUserName } from './account.store.ts';

it.each([['ADA', 'ada'], [' Ada.Root ', 'ada.root'], ['ＡＤＡ', 'ada'], ['\u212Aim', 'kim'], ['ada\u00A0', 'ada']])('[Z5] %j is the user name %j', (name, folded) => {
  expect(foldUserName(name)).toBe(folded);
  expect(foldUserName(folded)).toBe(folded);
});

it.each([['İda', 'ida'], ['ıda', 'ida'], ['аda', 'ada']])('[Z5] %j is not the user name %j', (name, other) => {
  expect(foldUserName(name)).not.toBe(other);
});
