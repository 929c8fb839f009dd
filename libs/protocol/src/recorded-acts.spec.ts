import { readFileSync } from 'node:fs';
import { type Act, ACTS, type FormerAct } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { documentActSchema, groupActSchema, readAct, writeAct } from './index.ts';

/** Made before acts had files of their own, and of each act that was added since when it was: one of every act and of every form that the record may hold, with what was written of it. */
const RECORDED = JSON.parse(readFileSync(new URL('../test-support/recorded-acts.json', import.meta.url), 'utf8')) as { act: Act | FormerAct; op: string; words: string }[];
const salt = 'ab'.repeat(16);

describe('[W21] acts of the record', () => {
  it('are all there are', () => expect(new Set(RECORDED.map(({ act }) => act.t))).toEqual(new Set([...ACTS.onDocument, ...ACTS.onGroup].map(({ t }) => t))));

  it('are written as they were, to the byte, and read as they were', () => {
    for (const { act, op, words } of RECORDED) {
      expect([act.t, writeAct(act, salt)]).toEqual([act.t, { op, words }]);
      expect(readAct({ op, words })).toEqual(act);
    }
  });

  it('can be sent where people perform them today, and come out of their schema as they are', () => {
    const taken = RECORDED.filter(({ act }) => {
      const parsed = [documentActSchema, groupActSchema].map((schema) => schema.safeParse(act)).find(({ success }) => success);
      if (parsed) expect(parsed.data).toEqual(act);
      return parsed !== undefined;
    });
    const sendable = [...ACTS.onDocument, ...ACTS.onGroup].filter(({ performedBy }) => performedBy === 'people').map(({ t }) => t);
    expect(new Set(taken.map(({ act }) => act.t))).toEqual(new Set(sendable));
  });
});
