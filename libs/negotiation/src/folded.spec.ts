import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { absent, ACTS, type DocumentEvent, type DocumentState, foldDocument, foldGroup, type GroupEvent, type GroupState, NO_GROUP } from './index.ts';

/** Made before acts had files of their own: every sort of event in a row, with the state after each. */
const folded = <E, S>(name: string) => JSON.parse(readFileSync(new URL(`../test-support/folded-${name}.json`, import.meta.url), 'utf8')) as { event: E; at: number; state: S }[];

it('[V4] every event of a document is folded as ever', () => {
  const rows = folded<DocumentEvent, DocumentState>('document');
  expect(new Set(rows.map(({ event }) => event.e))).toEqual(new Set(ACTS.onDocument.flatMap(({ events }) => events.map(({ e }) => e))));
  rows.reduce((state, { event, at, state: after }) => {
    const now = foldDocument(state, event, { user: 'u1', at });
    expect([event, now]).toEqual([event, after]);
    return now;
  }, absent('doc-1'));
});

it('[V4] every event of the working group is folded as ever', () => {
  const rows = folded<GroupEvent, GroupState>('group');
  expect(new Set(rows.map(({ event }) => event.e))).toEqual(new Set(ACTS.onGroup.flatMap(({ events }) => events.map(({ e }) => e))));
  rows.reduce((state, { event, at, state: after }) => {
    const now = foldGroup(state, event, { user: 'admin', at });
    expect([event, now]).toEqual([event, after]);
    return now;
  }, NO_GROUP);
});
