import { plainSlot } from '@parley/text';
import type { Act } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { documentActSchema, groupActSchema, readAct, REFUSAL, REFUSALS, writeAct } from './index.ts';

const salt = 'ab'.repeat(16);
const accept: Act = {
  v: 1, id: 'act-1', t: 'accept', doc: 'doc-1', own: 'withdrawn', givesUp: { hunks: [], items: [] },
  proposal: { on: 'words', party: 'azure', provision: 'p1', key: 'en:text', digest: 'a'.repeat(64), version: 1, hunks: [{ from: 3, to: 5, removed: plainSlot('24'), inserted: plainSlot('二十四') }] },
};
const establish: Act = { v: 1, id: 'g1', t: 'establish', name: 'Dialogue', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }] };

describe('an act on its way', () => {
  it('comes back as it was, and passes its schema', () => {
    expect(documentActSchema.parse(readAct(writeAct(accept, salt)))).toEqual(accept);
    expect(groupActSchema.parse(readAct(writeAct(establish, salt)))).toEqual(establish);
  });

  it('the operation names words only by hash, and says which text it is about', () => {
    const { op } = writeAct(accept, salt);
    expect(op).not.toMatch(/二十四|"24"/);
    expect(JSON.parse(op)).toMatchObject({ t: 'accept', proposal: { party: 'azure', provision: 'p1', key: 'en:text' } });
    expect(writeAct(accept, 'cd'.repeat(16)).op).not.toBe(op);
  });

  it('is refused when the two parts do not belong together or are not canonical', () => {
    const sent = writeAct(accept, salt);
    expect(readAct({ ...sent, words: writeAct(accept, 'cd'.repeat(16)).words })).toBeNull();
    expect(readAct({ ...sent, op: sent.op.replace('"p1"', '"p2"') })).toBeNull();
    expect(readAct({ ...sent, op: sent.op.replace('{', '{ ') })).toBeNull();
    expect(readAct({ ...sent, words: sent.words.replace('二十四', '四十八') })).toBeNull();
    for (const bad of ['', 'null', '[]', '{"a":1.5}', '{"a":1,"a":2}']) expect(readAct({ op: bad, words: sent.words })).toBeNull();
  });

  it('a schema refuses fields it does not know, and the server’s own act', () => {
    expect(documentActSchema.safeParse({ ...accept, extra: 1 }).success).toBe(false);
    expect(documentActSchema.safeParse({ v: 1, id: 'x', t: 'lapse', doc: 'd', provision: 'p1' }).success).toBe(false);
    expect(documentActSchema.safeParse({ ...accept, doc: '../etc' }).success).toBe(false);
  });
});

describe('refusals', () => {
  it('every refusal has a sentence that ends, and a status', () => {
    for (const refusal of REFUSALS) {
      expect(REFUSAL[refusal].sentence).toMatch(/^[A-Z].*\.$/s);
      expect(REFUSAL[refusal].status).toBeGreaterThanOrEqual(400);
    }
  });
});
