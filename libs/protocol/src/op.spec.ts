import { refusalSentence } from '@parley/messages';
import { readFileSync } from 'node:fs';
import { plainSlot } from '@parley/text';
import type { Act, FormerAct, Proposal } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { documentActSchema, groupActSchema, readAct, REFUSAL_STATUS, REFUSALS, writeAct } from './index.ts';

const salt = 'ab'.repeat(16);
const proposal: Proposal = { on: 'words', party: 'azure', provision: 'p1', key: 'en:text', digest: 'a'.repeat(64), version: 1, hunks: [{ from: 3, to: 5, removed: plainSlot('24'), inserted: plainSlot('二十四') }] };
const accept: Act = {
  v: 1, id: 'act-1', t: 'accept', doc: 'doc-1', own: 'withdrawn', parts: [proposal], givesUp: [{ ...proposal, party: 'ochre' }],
  result: { provisions: [{ provision: 'p1', digest: 'b'.repeat(64) }], order: null },
};
const establish: Act = { v: 1, id: 'g1', t: 'establish', name: 'Dialogue', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }] };
const invite: Act = { v: 1, id: 'g2', t: 'invite', link: 'c'.repeat(64), role: 'negotiator', delegation: 'azure' };

describe('an act on its way', () => {
  it('comes back as it was, and passes its schema', () => {
    expect(documentActSchema.parse(readAct(writeAct(accept, salt)))).toEqual(accept);
    expect(groupActSchema.parse(readAct(writeAct(invite, salt)))).toEqual(invite);
  });

  it('[W21] and is none that people send, where an administrator of the installation performs it by a way of its own', () => {
    expect(groupActSchema.safeParse(readAct(writeAct(establish, salt))).success).toBe(false);
  });

  it('the operation names words only by hash, and says which text it is about', () => {
    const { op } = writeAct(accept, salt);
    expect(op).not.toMatch(/二十四|"24"/);
    expect(JSON.parse(op)).toEqual({ v: 1, id: 'act-1', t: 'accept', doc: 'doc-1', own: 'withdrawn', parts: [{ on: 'words', party: 'azure', provision: 'p1', key: 'en:text' }], result: accept.result, words: expect.any(String) });
    expect(writeAct(accept, 'cd'.repeat(16)).op).not.toBe(op);
  });

  it('[W21] of the first version of the rules has the same leaf as ever, and can be read and not performed', () => {
    const former = JSON.parse(readFileSync(new URL('../test-support/acts-of-first-rules.json', import.meta.url), 'utf8')) as { act: Act | FormerAct; op: string }[];
    expect(new Set(former.map(({ act }) => act.t)).size).toBe(15);
    for (const { act, op } of former) {
      const sent = writeAct(act, salt);
      expect([act.t, sent.op]).toEqual([act.t, op]);
      expect(readAct(sent)).toEqual(act);
    }
    const performed = former.filter(({ act }) => documentActSchema.safeParse(act).success).map(({ act }) => act.t);
    expect(performed).toEqual(['openDocument', 'acceptAsBasis', 'takeBackBasis', 'agree', 'approve']);
  });

  it('[A13] that names a hunk or an item twice, in one part or in two, is not taken; different ones of one place are', () => {
    if (proposal.on !== 'words') throw new Error('words');
    const [hunk] = proposal.hunks, other = { ...hunk!, from: 9, to: 9 }, item: Proposal = { on: 'item', party: 'azure', provision: 'p1', version: 1, item: { type: 'move', after: null } };
    const taken = (...parts: Proposal[]) => documentActSchema.safeParse({ v: 1, id: 'a', t: 'withdraw', doc: 'd', parts }).success;
    const label: Proposal = { ...item, item: { type: 'field', field: 'label', from: '1', to: '2' } };
    expect([taken({ ...proposal, hunks: [hunk!, other] }), taken(proposal, { ...proposal, hunks: [other] }), taken(proposal, { ...proposal, provision: 'p2' }), taken(item, label, proposal)]).toEqual([true, true, true, true]);
    expect([taken({ ...proposal, hunks: [hunk!, hunk!] }), taken(proposal, proposal), taken({ ...proposal, hunks: [hunk!, other] }, { ...proposal, hunks: [other] }), taken(item, proposal, item), taken(label, label)])
      .toEqual([false, false, false, false, false]);
  });

  it('[NS9] [W24] about one text names what it was shown with, legibly, and is not taken without', () => {
    const acts = [
      ...(['askReopening', 'grantReopening', 'declineReopening', 'takeBackReopening'] as const).map((t) => ({ v: 1, id: 'x', t, doc: 'd', provision: 'p1', digest: 'a'.repeat(64), ...(t === 'askReopening' ? { reason: 'a slip' } : { request: 'b'.repeat(64) }) })),
      { v: 1, id: 'x', t: 'declineBasis', doc: 'd', digest: 'a'.repeat(64), reason: 'not yet' },
      { v: 1, id: 'x', t: 'takeBackConsent', doc: 'd', consent: { on: 'provision', provision: 'p1', digest: 'a'.repeat(64) } },
    ] as unknown as Act[];
    for (const act of acts) {
      const sent = writeAct(act, salt);
      expect(sent.op).toContain('a'.repeat(64));
      expect(documentActSchema.parse(readAct(sent))).toEqual(act);
      const unseen = JSON.parse(JSON.stringify(act, (key, value: unknown) => (key === 'digest' ? undefined : value))) as Act;
      expect([act.t, documentActSchema.safeParse(unseen).success]).toEqual([act.t, false]);
    }
  });

  it('[W21] hides every field that is not listed as legible', () => {
    const { op } = writeAct({ ...accept, novel: 'a secret' } as unknown as Act, salt);
    expect(op).not.toContain('secret');
    expect(writeAct({ v: 1, id: 'x', t: 'unheardOf', whatever: 'a secret' } as unknown as Act, salt).op).not.toContain('secret');
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
    expect(documentActSchema.safeParse({ v: 1, id: 'x', t: 'lapseParts', doc: 'd', key: `chair|${'0'.repeat(24)}` }).success).toBe(false);
    expect(documentActSchema.safeParse({ ...accept, doc: '../etc' }).success).toBe(false);
  });
});

describe('refusals', () => {
  it('[W23] every refusal has a sentence that ends, and a status', () => {
    for (const refusal of REFUSALS) {
      expect(refusalSentence(refusal)).toMatch(/^[A-Z].*\.$/s);
      expect(REFUSAL_STATUS[refusal]).toBeGreaterThanOrEqual(400);
    }
  });
});
