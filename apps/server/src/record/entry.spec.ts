import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hex, leafHash } from '@parley/ledger';
import { type Act, ACTS, type DocumentAct } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { BrokenEntry, decodeEntry, encodeEntry, LEAF_LIMIT, type EntryContent } from './entry.ts';

const salt = new Uint8Array(32).fill(7);
const update: EntryContent = {
  kind: 'update', by: 'ann', room: 'position:a', touched: ['p1'],
  writes: [{ room: 'position:a', by: 'ann', update: Uint8Array.of(1, 2, 255) }, { room: 'position:a', by: 'server', update: Uint8Array.of(0) }],
};
const act: DocumentAct = { v: 1, id: 'x', doc: 'd', t: 'askReopening', provision: 'p1', reason: 'Ségolène “asks”' };
const performed: EntryContent = {
  kind: 'act', by: 'anna', act, sent: writeAct(act, '0'.repeat(32)), rules: 2, writes: [], events: [{ e: 'reopeningAsked', provision: 'p1', party: 'a', reason: act.reason }],
};

const stored = (content: EntryContent) => ({ index: 4, ...encodeEntry(content, 'd', 1_000, salt) });
const leafOf = (content: EntryContent) => JSON.parse(Buffer.from(stored(content).leaf).toString()) as Record<string, unknown>;

describe('an entry', () => {
  it('of an update says who, where and what was committed to, and no more', () => {
    const { blob, leaf, leafHash: hashed } = stored(update);
    expect(leafOf(update)).toEqual({ v: 1, ts: 1_000, by: 'ann', at: 'd/position:a', c: hash('sha256', blob), len: blob.length - 32 });
    expect(hex(hashed)).toBe(hex(leafHash(leaf)));
    expect(Buffer.from(leaf).toString()).toBe(JSON.stringify(leafOf(update), Object.keys(leafOf(update)).sort()));
  });

  it('of an act has the operation verbatim and the reason nowhere in the leaf', () => {
    expect(leafOf(performed)).toMatchObject({ by: 'anna', op: performed.kind === 'act' && performed.sent.op });
    expect(Buffer.from(stored(performed).leaf).toString()).not.toContain('Ségolène');
    expect(stored(performed).actId).toBe('x');
    expect(stored(update).actId).toBeUndefined();
  });

  it('[W21] of every act there is has the leaf that it always had, and commits to the same payload', () => {
    const leaves = JSON.parse(readFileSync(new URL('../../test-support/leaves-of-acts.json', import.meta.url), 'utf8')) as { act: Act; leaf: string }[];
    for (const { act: recorded, leaf } of leaves) {
      const content: EntryContent = { kind: 'act', by: 'anna', act: recorded, sent: writeAct(recorded, 'ab'.repeat(16)), rules: 2, writes: [], events: [] };
      expect([recorded.t, Buffer.from(encodeEntry(content, 'doc-1', 1_000, salt).leaf).toString()]).toEqual([recorded.t, leaf]);
    }
    expect([...new Set(leaves.map(({ act }) => act.t))].sort()).toEqual([...ACTS.onDocument, ...ACTS.onGroup].map(({ t }) => t).sort());
  });

  it('comes back as it went in', () => {
    expect(decodeEntry(stored(update))).toEqual({ ...update, index: 4, at: 1_000 });
    const { sent, ...rest } = performed as Extract<EntryContent, { kind: 'act' }>;
    expect(decodeEntry(stored(performed))).toEqual({ ...rest, op: sent.op, index: 4, at: 1_000 });
  });

  it('keeps an optional field that was left undefined out of the payload', () => {
    const events = [{ e: 'seated', seat: { user: 'udo', role: 'auditor', delegation: undefined } }] as unknown as Extract<EntryContent, { kind: 'act' }>['events'];
    const entry = decodeEntry(stored({ ...performed, events } as EntryContent));
    expect(entry.kind === 'act' && entry.events).toEqual([{ e: 'seated', seat: { user: 'udo', role: 'auditor' } }]);
  });

  it('whose payload is another one is not read', () => {
    const entry = stored(update);
    const blob = entry.blob.slice();
    blob[40]! ^= 1;
    expect(() => decodeEntry({ ...entry, blob })).toThrow(BrokenEntry);
    expect(() => decodeEntry({ ...entry, leaf: Uint8Array.of(1) })).toThrow(BrokenEntry);
    const words = stored({ ...performed, sent: { ...(performed as { sent: { op: string } }).sent, words: '{}' } } as EntryContent);
    expect(() => decodeEntry(words)).toThrow(BrokenEntry);
  });

  it('does not fit when its operation is too long for a leaf', () => {
    const long = { op: '"'.repeat(LEAF_LIMIT / 2), words: '{}' };
    expect(() => encodeEntry({ ...performed, sent: long } as EntryContent, 'd', 1_000, salt)).toThrow(RangeError);
  });
});
