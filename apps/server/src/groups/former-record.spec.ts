import { readFileSync } from 'node:fs';
import { consentsTo, formerAnswers, type Attribution, previewAccept, proposalsOf, requestDigest, REST_MS, RULES_VERSION, type SharedState, standingOf } from '@parley/negotiation';
import { digestOf, provisionsOf, slotOf, textOf } from '@parley/text';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { leafHashOf } from '../record/entry.ts';

interface Former {
  readonly entries: readonly { readonly subject: string; readonly actId?: string; readonly leaf: string; readonly blob: string }[];
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly settled: Readonly<Record<string, { readonly consents: object; readonly approved: object | null; readonly reopening: (Attribution & { readonly party: string; readonly reason: string }) | null }>>;
  readonly declines: readonly { readonly party: string; readonly reason: string }[];
}

/** A record as it was written under the first version of the rules: declines, acceptances, a first consent, an approval, reopenings asked and granted, a withdrawal. */
const former = JSON.parse(readFileSync(new URL('../../test-support/record-of-first-rules.json', import.meta.url), 'utf8')) as Former;

let fixture: RoomsFixture;
beforeEach(async () => {
  const store = new MemoryRecordStore();
  const entries = former.entries.map(({ subject, actId, leaf, blob }) => {
    const bytes = new Uint8Array(Buffer.from(leaf, 'utf8'));
    return { subject, ...(actId !== undefined && { actId }), leaf: bytes, leafHash: leafHashOf(bytes), blob: new Uint8Array(Buffer.from(blob, 'base64')) };
  });
  await store.append('shared', 0, entries, []);
  fixture = await new RoomsFixture(store, { pace: { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] } }).start();
  fixture.clock.at = fixture.log.time() + REST_MS;
});

async function shared(): Promise<SharedState> {
  const udo = await fixture.client('udo', 'd'), { document, group } = await udo.join();
  return { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
}

describe('[V1] [V2] a record of the first version of the rules', () => {
  it('reads as it did: texts, consents, approvals, requests, declines', async () => {
    const { rooms, document } = await shared();
    for (const [room, words] of Object.entries(former.words)) expect(provisionsOf(rooms[room as 'common']!).map((p) => textOf(slotOf(p, 'en:text')))).toEqual(words);
    expect(Object.keys(document.settled)).toEqual(Object.keys(former.settled));
    for (const [id, { consents, approved, reopening }] of Object.entries(former.settled)) {
      expect(document.settled[id]).toMatchObject({ consents, approved });
      expect(Object.entries(document.settled[id]!.reopenings)).toEqual(reopening ? [[reopening.party, { user: reopening.user, at: reopening.at, reason: reopening.reason }]] : []);
    }
    expect(Object.values(document.declines).flat().map(({ party, reason }) => ({ party, reason }))).toEqual(former.declines);
    expect(Object.values(document.declines).flat().map(({ version }) => version)).toEqual(former.declines.map(() => 1));
  });

  it('goes on: what is done from now on names today’s version, and what was done keeps its own', async () => {
    const { document: asked } = await shared(), request = requestDigest(asked, 'p4', Object.keys(asked.settled['p4']!.reopenings)[0]!)!;
    await fixture.perform('bo', { id: 'later-1', doc: 'd', t: 'grantReopening', provision: 'p4', digest: digestOf((await shared()).rooms.common!.by.get('p4')!), request });
    const acts: string[] = [];
    for await (const page of fixture.log.read('d')) for (const entry of page) if (entry.kind === 'act') acts.push(`${entry.act.t} ${entry.rules}`);
    expect(acts.length).toBeGreaterThan(12);
    expect(acts.filter((act) => !act.endsWith(' 1'))).toEqual([`grantReopening ${RULES_VERSION}`]);
    expect(standingOf(await shared(), 'p4')).toBe('clean');
  });

  it('[V3] a first acceptance of the chair’s words is told and counts no more; both heads give it again', async () => {
    const former = formerAnswers(await shared(), 'p3');
    expect(former).toMatchObject([{ said: 'accepted', party: 'a', user: 'anna' }]);
    for (const user of ['bo', 'anna'] as const) {
      const now = await shared(), open = proposalsOf(now, 'p3').find((p) => p.parties.includes('chair'))!;
      expect([...open.outstanding].sort()).toEqual(user === 'bo' ? ['a', 'b'] : ['a']);
      const preview = previewAccept(now, { parts: [open.proposal], party: user === 'bo' ? 'b' : 'a', own: 'withdrawn' });
      if (!preview.ok) throw new Error(preview.reason);
      await fixture.perform(user, { id: `later-${user}`, doc: 'd', ...preview.value.act });
      if (user === 'bo') expect(Object.keys(consentsTo(await shared(), [open.proposal]))).toEqual(['b']);
    }
    const after = await shared();
    expect(textOf(slotOf(after.rooms.common!.by.get('p3'), 'en:text'))).toBe('They meet every month.');
    expect([formerAnswers(after, 'p3'), standingOf(after, 'p3')]).toEqual([[], 'clean']);
  });
});
