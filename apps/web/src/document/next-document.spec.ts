import type { DocumentRowView } from '@parley/protocol';
import { expect, it } from 'vitest';
import { nextDocument } from './next-document.ts';

const row = (id: string, toAgree: number | null): DocumentRowView =>
  ({ id, awaiting: toAgree === null ? null : { proposals: 0, toAgree, reopenings: 0, toApprove: 0, basis: false, closing: false } }) as DocumentRowView;

it('[N18] from the last thing of a document one is led into the next document where something waits, around', () => {
  const documents = [row('a', 1), row('b', 0), row('c', 2), row('d', null)];
  expect(['a', 'b', 'c', 'd', 'not listed'].map((doc) => nextDocument(documents, doc)?.id)).toEqual(['c', 'c', 'a', 'a', 'a']);
  expect(nextDocument([row('a', 1), row('b', 0)], 'a')).toBeUndefined();
});
