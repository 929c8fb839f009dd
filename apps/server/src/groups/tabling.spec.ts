import { REST_MS, tabledEdits, TABLED_PARTS, type TabledPart, tabling } from '@parley/negotiation';
import { applyEdits, type Edit, fillRoom, plainSlot, readText, textDigest, WORDS_LIMIT, writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { drawn } from '../../../../libs/negotiation/test-support/tabling-cases.ts';
import { cases } from '../../../../libs/text/test-support/cases.ts';
import { seeded } from '../../../../libs/text/test-support/seeded.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { AT_ONCE, type Client, RoomsFixture, sent } from '../../../../test/support/rooms-fixture.ts';

const OWN = 'position:a', KEY = 'en:text';
const paragraph = (id: string, words: string) => ({ id, kind: 'paragraph' as const, label: '', level: 0, slots: { [KEY]: plainSlot(words) } });
const instead = (id: string, length: number, words: string): Edit => ({ do: 'splice', id, key: KEY, from: 0, to: length, insert: plainSlot(words) });
const wanted = (client: Client, ...edits: readonly Edit[]): TabledPart[] => tabling(client.text(OWN), applyEdits(client.text(OWN), edits));
const kinds = (fixture: RoomsFixture) => fixture.commits.at(-1)!.notices.map((notice) => (notice.kind === 'act' ? notice.act.t : notice.room));

async function negotiating(record = new MemoryRecordStore(), snapshots = new MemorySnapshots()): Promise<RoomsFixture> {
  const fixture = await new RoomsFixture(record, { pace: AT_ONCE, snapshotEvery: 1 }, snapshots).established();
  await fixture.opened('d', 'One.', 'Two.', 'Three.', 'Four.');
  await fixture.basis('d');
  return fixture;
}

describe('tabling in the rooms of a server', () => {
  it('[NT1] [NT3] puts words and items into the one room, in one entry; what stands elsewhere by then is refused and leaves nothing', async () => {
    const fixture = await negotiating(), [ann, anna] = [await fixture.client('ann', 'd'), await fixture.client('anna', 'd')];
    const edits: readonly Edit[] = [instead('p1', 4, 'Eins.'), { do: 'add', provision: paragraph('n', 'New.'), after: 'p2' }, { do: 'move', id: 'p4', after: null }, { do: 'remove', id: 'p3' }, { do: 'set', id: 'p2', label: '2 bis' }];
    const parts = wanted(ann, ...edits), stale = wanted(anna, instead('p1', 4, 'Uno.'), instead('p2', 4, 'Due.'));
    const entry = await fixture.perform('ann', { doc: 'd', t: 'table', parts });
    const commit = fixture.commits.at(-1)!;
    expect([commit.notices, Object.keys(commit.rooms)]).toMatchObject([[{ kind: 'act', by: 'ann', index: entry, events: [{ e: 'tabled', party: 'a', provisions: ['p1', 'p2', 'p3', 'n', 'p4'] }] }], [OWN]]);
    expect([ann.text(OWN).list, ann.words(OWN, 'p1'), ann.words(OWN, 'n'), ann.text(OWN).by.get('p2')!.label]).toEqual([['p4', 'p1', 'p2', 'n'], 'Eins.', 'New.', '2 bis']);
    expect(await fixture.rooms.perform('anna', 'd', sent({ doc: 'd', t: 'table', parts: stale }))).toEqual({ ok: false, reason: 'text-moved' });
    expect([fixture.commits.at(-1), anna.words(OWN, 'p2')]).toEqual([commit, 'Two.']);
  });

  it('[NT3] typing that comes first refuses it in the same slot and nowhere else', async () => {
    const fixture = await negotiating(), [ann, anna] = [await fixture.client('ann', 'd'), await fixture.client('anna', 'd')];
    const parts = wanted(ann, instead('p1', 3, 'Eins')), others = wanted(ann, instead('p2', 3, 'Zwei'));
    const [typed, first, second] = await Promise.all([anna.type(OWN, 'p1', 0, 'x'), fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'table', parts })), fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'table', parts: others }))]);
    expect([typed.ok, first, second.ok]).toEqual([true, { ok: false, reason: 'text-moved' }, true]);
    expect([ann.words(OWN, 'p1'), ann.words(OWN, 'p2')]).toEqual(['xOne.', 'Zwei.']);
  });

  it('[NT6] [HD26] [A10] [W33] rests from its own time, as everybody is told, and the same after a restart from a snapshot and from the log', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots(), fixture = await negotiating(record, snapshots), ann = await fixture.client('ann', 'd');
    await ann.type(OWN, 'p2', 3, ' and a half');
    fixture.clock.at += 4_000;
    await fixture.perform('ann', { doc: 'd', t: 'table', parts: wanted(ann, instead('p1', 3, 'Eins')) });
    const told = { by: 'ann', at: fixture.clock.at };
    expect((await ann.join()).lastEdits[OWN]).toEqual({ p2: { by: 'ann', at: told.at - 4_000 }, p1: told });
    expect([await fixture.acceptedIn('d', 'p2'), await fixture.acceptedIn('d', 'p1')]).toEqual([6, 10]);
    await fixture.rooms.close();
    for (const states of [snapshots, new MemorySnapshots()]) {
      const again = await new RoomsFixture(record, { pace: AT_ONCE }, states).start();
      again.clock.at = fixture.clock.at + 1_000;
      expect([await again.acceptedIn('d', 'p2'), await again.acceptedIn('d', 'p1')]).toEqual([5, 9]);
    }
    const last = await new RoomsFixture(record, { pace: AT_ONCE }, snapshots).start();
    last.clock.at = fixture.clock.at + REST_MS;
    expect([await last.acceptedIn('d', 'p2'), await last.acceptedIn('d', 'p1')]).toEqual([0, 0]);
  });

  it('[NT6] [HD9] lets a single consent lapse in its commit, as typing does', async () => {
    const fixture = await negotiating(), ann = await fixture.client('ann', 'd');
    for (const id of ['p1', 'p2']) await fixture.agree('bo', 'd', id);
    await fixture.perform('ann', { doc: 'd', t: 'table', parts: wanted(ann, instead('p1', 3, 'Eins'), { do: 'move', id: 'p2', after: null }) });
    expect(kinds(fixture)).toEqual(['table', 'lapse']);
    await ann.type(OWN, 'p2', 0, 'x');
    expect(kinds(fixture)).toEqual([OWN, 'lapse']);
  });

  it('[NT4] has no place where the room has none (D23), and its leaf holds as many parts as it may have', async () => {
    const fixture = await negotiating(), ann = await fixture.client('ann', 'd'), id = (n: number) => `${'p'.repeat(19)}${n}`;
    const many = Array.from({ length: TABLED_PARTS }, (_, n): Edit => ({ do: 'add', provision: paragraph(id(n + 100), 'x'), after: null }));
    await fixture.perform('ann', { doc: 'd', t: 'table', parts: wanted(ann, ...many) });
    await fixture.perform('ann', { doc: 'd', t: 'table', parts: wanted(ann, ...Array.from({ length: TABLED_PARTS }, (_, n) => instead(id(n + 100), 1, 'y'))) });
    const full = Array.from({ length: 3 }, (_, n) => Array.from({ length: 10 }, (_each, m): Edit => instead(id(100 + 10 * n + m), 1, 'z'.repeat(19_900))));
    const tabled = await Promise.all(full.map((edits) => fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'table', parts: wanted(ann, ...edits) }))));
    expect([30 * 19_900 > WORDS_LIMIT, tabled.map((answer) => (answer.ok ? 'ok' : answer.reason))]).toEqual([true, ['ok', 'ok', 'document-full']]);
  });

  it('[NT7] a room reads what was written by all parts as the text that was wanted', () => {
    for (let seed = 1; seed <= cases(300); seed++) {
      const draw = seeded(seed), { position, wanted: after } = drawn(draw), edits = tabledEdits(position, tabling(position, after)), doc = new Y.Doc();
      if (!edits.ok) throw new Error(edits.reason);
      fillRoom(doc, position, draw);
      writeEdits(doc, edits.value, draw);
      expect([seed, readText(doc).list, textDigest(readText(doc))]).toEqual([seed, after.list, textDigest(after)]);
    }
  });
});
