import { readFileSync } from 'node:fs';
import { consentsTo, type DocumentEvent, formerAnswers, type Mark, previewAccept, proposalsOf, type RecordedAct, REST_MS, review, type Scenery, SERVER, standingOf } from '@parley/negotiation';
import { provisionsOf, slotOf, textOf } from '@parley/text';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { Bench } from '../../../../test/support/rooms.ts';
import { type ActEntry, leafHashOf } from '../record/entry.ts';
import { Replay } from './replay.ts';

interface Former {
  readonly entries: readonly { readonly subject: string; readonly actId?: string; readonly leaf: string; readonly blob: string }[];
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly settled: Readonly<Record<string, { readonly consents: object; readonly approved: object | null; readonly reopening: (Mark & { readonly party: string; readonly reason: string }) | null }>>;
  readonly declines: readonly { readonly party: string; readonly reason: string }[];
}

/** A record as it was written under the first version of the rules: declines, acceptances, a first consent, an approval, reopenings asked and granted, a withdrawal. */
const former = JSON.parse(readFileSync(new URL('fixtures/record-of-first-rules.json', import.meta.url), 'utf8')) as Former;

let bench: Bench;
beforeEach(async () => {
  const store = new MemoryRecordStore();
  const entries = former.entries.map(({ subject, actId, leaf, blob }) => {
    const bytes = new Uint8Array(Buffer.from(leaf, 'utf8'));
    return { subject, ...(actId !== undefined && { actId }), leaf: bytes, leafHash: leafHashOf(bytes), blob: new Uint8Array(Buffer.from(blob, 'base64')) };
  });
  await store.append('shared', 0, entries, []);
  bench = await new Bench(store, { pace: { turnMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] } }).start();
  bench.clock.at = bench.log.time() + REST_MS;
});

async function scenery(): Promise<Scenery> {
  const udo = await bench.client('udo', 'd'), { document, group } = await udo.join();
  return { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
}

/** Every act of the document, as a replay that knows today's rules takes it. */
async function reviewed(): Promise<string[]> {
  const replay = new Replay('d'), { group } = await scenery(), out: string[] = [];
  for await (const page of bench.log.read('d')) for (const entry of page) {
    if (entry.kind === 'act') out.push(`${entry.act.t} ${verdictOn(entry, replay, group)}`);
    replay.add([entry]);
  }
  return out;
}

function verdictOn(entry: ActEntry, replay: Replay, group: Scenery['group']): string {
  const scene = {
    document: replay.document, group, rooms: Object.fromEntries(replay.texts()), at: entry.at, actor: group.seats[entry.by] ?? SERVER,
    typedAt: (room: Parameters<typeof replay.lastEdits.get>[0], id: string) => replay.lastEdits.get(room)?.get(id)?.at,
  };
  const taken = review({ act: entry.act as RecordedAct, rules: entry.rules, events: entry.events as readonly DocumentEvent[] }, scene);
  return taken.taken === 'as-recorded' ? `as recorded under ${taken.rules}` : taken.agrees ? 'decided anew, the same' : 'decided anew, otherwise';
}

describe('[V1] [V2] a record of the first version of the rules', () => {
  it('reads as it did: texts, consents, approvals, requests, declines', async () => {
    const { rooms, document } = await scenery();
    for (const [room, words] of Object.entries(former.words)) expect(provisionsOf(rooms[room as 'common']!).map((p) => textOf(slotOf(p, 'en:text')))).toEqual(words);
    expect(Object.keys(document.settled)).toEqual(Object.keys(former.settled));
    for (const [id, { consents, approved, reopening }] of Object.entries(former.settled)) {
      expect(document.settled[id]).toMatchObject({ consents, approved });
      expect(Object.entries(document.settled[id]!.reopenings)).toEqual(reopening ? [[reopening.party, { user: reopening.user, at: reopening.at, reason: reopening.reason }]] : []);
    }
    expect(Object.values(document.declines).flat().map(({ party, reason }) => ({ party, reason }))).toEqual(former.declines);
    expect(Object.values(document.declines).flat().map(({ version }) => version)).toEqual(former.declines.map(() => 1));
  });

  it('is taken as it stands by a replay, which says so; what is done from now on is decided anew', async () => {
    const before = await reviewed();
    expect(before.length).toBeGreaterThan(12);
    expect(before.filter((line) => !line.endsWith('as recorded under 1'))).toEqual([]);
    await bench.perform('bo', { id: 'later-1', doc: 'd', t: 'grantReopening', provision: 'p4' });
    await bench.perform('bo', { id: 'later-2', doc: 'd', t: 'takeBackConsent', consent: { on: 'provision', provision: 'p5' } });
    expect((await reviewed()).slice(before.length)).toEqual(['grantReopening decided anew, the same', 'takeBackConsent decided anew, the same']);
  });

  it('[V3] a first acceptance of the chair’s words is told and counts no more; both heads give it again', async () => {
    const told = formerAnswers(await scenery(), 'p3');
    expect(told).toMatchObject([{ said: 'accepted', party: 'a', user: 'anna' }]);
    for (const user of ['bo', 'anna'] as const) {
      const now = await scenery(), open = proposalsOf(now, 'p3').find((p) => p.parties.includes('chair'))!;
      expect([...open.outstanding].sort()).toEqual(user === 'bo' ? ['a', 'b'] : ['a']);
      const preview = previewAccept(now, { parts: [open.proposal], party: user === 'bo' ? 'b' : 'a', own: 'withdrawn' });
      if (!preview.ok) throw new Error(preview.reason);
      await bench.perform(user, { id: `later-${user}`, doc: 'd', ...preview.value.act });
      if (user === 'bo') expect(Object.keys(consentsTo(await scenery(), [open.proposal]))).toEqual(['b']);
    }
    const after = await scenery();
    expect(textOf(slotOf(after.rooms.common!.by.get('p3'), 'en:text'))).toBe('They meet every month.');
    expect([formerAnswers(after, 'p3'), standingOf(after, 'p3')]).toEqual([[], 'clean']);
  });
});
