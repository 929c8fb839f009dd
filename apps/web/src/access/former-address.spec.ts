import type { GroupSeat } from '@parley/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { groupOf } from './former-address.ts';

afterEach(() => vi.unstubAllGlobals());

const place = (group: string): GroupSeat => ({ group, name: group, role: 'negotiator', delegation: 'a', state: 'seated' });
const PLACES = ['one', 'two', 'three'].map(place);

/** Each group's documents; `null`: it answers no list. */
function holding(groups: Readonly<Record<string, readonly string[] | null>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const documents = groups[path.split('/').at(-1)!];
    return documents ? Response.json({ documents: documents.map((id) => ({ id })) }) : Response.json({ refusal: 'seat-sleeps', sentence: 'Asleep.' }, { status: 403 });
  });
  return asked;
}

it('[Z30] an address of before there were groups is of the only group that somebody has, which is not asked', async () => {
  const asked = holding({ one: [] });
  expect(await Promise.all(['people', 'documents/d', 'documents/d/history'].map((rest) => groupOf(rest, [place('one')])))).toEqual(['one', 'one', 'one']);
  expect(asked).toEqual([]);
});

it('[Z30] of several it is the one in which there is the document, whatever another answers', async () => {
  holding({ one: ['e'], two: ['d', 'f'], three: null });
  expect(await Promise.all(['documents/d', 'documents/d/history', 'documents/e'].map((rest) => groupOf(rest, PLACES)))).toEqual(['two', 'two', 'one']);
});

it('[Z30] where that cannot be told it is none: no document is named, none has it, or two have', async () => {
  holding({ one: ['d', 'e'], two: ['d'], three: null });
  expect(await Promise.all(['people', 'open', 'documents/none', 'documents/d'].map((rest) => groupOf(rest, PLACES)))).toEqual([null, null, null, null]);
});
