import { copyDigest, structsIn, textAt, writeEdits } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, type Client } from '../../../../test/support/rooms-fixture.ts';
import { seeded } from '../../../../libs/text/test-support/seeded.ts';
import { Forger } from '../../../../test/campaign/forger.ts';
import { PACE } from '../commit/commit-loop.ts';
import { COMPACTION, Compactions } from './compactions.ts';
import type { DocumentSession } from './document-session.ts';
import { SERVER_USER } from './client-id-owners.ts';
import { cases } from '../../../../libs/text/test-support/cases.ts';

const KEY = 'en:text', WORDS = 'The Parties shall consult.';
const OPTIONS = { compaction: { above: 150, atOnceAbove: 1e9, quietMs: 0, everyMs: 60_000 }, pace: { ...PACE, workMs: Infinity } };

/** Scattered letters, all deleted again: the words are what they were, in pieces. */
const scatter = (client: Client, letters = 150, room: 'working' | 'position:a' = 'working'): Promise<unknown> => client.send(room, client.edit(room, (doc) => {
  const text = textAt(doc, 'p1', KEY)!;
  for (let i = 0; i < letters; i++) text.insert((i * 7) % text.length, 'f');
  for (let at = text.toString().indexOf('f'); at >= 0; at = text.toString().indexOf('f')) text.delete(at, 1);
}));

const compactions = ({ commits }: RoomsFixture) => commits.flatMap(({ notices }) => notices).filter(({ kind, by }) => kind === 'update' && by === SERVER_USER);
const joined = (fixture: RoomsFixture) => fixture.client('udo', 'd');

describe('[D24] [HD42] a room that consists mostly of what was deleted', () => {
  const grown = async (record = new MemoryRecordStore(), snapshots = new MemorySnapshots()) => {
    const fixture = await new RoomsFixture(record, OPTIONS, snapshots).established();
    await fixture.opened('d', WORDS, 'Second.');
    return fixture;
  };

  it('is compacted by an entry of the server that changes no word, for those who are there and those who come', async () => {
    const fixture = await grown(), ann = await fixture.client('ann', 'd');
    await scatter(ann);
    const reader = await joined(fixture);
    expect(compactions(fixture)).toMatchObject([{ kind: 'update', by: SERVER_USER, room: 'working', touched: [] }]);
    expect([ann.words('working'), reader.words('working')]).toEqual([WORDS, WORDS]);
    expect(copyDigest(ann.room('working'))).toBe(copyDigest(reader.room('working')));
    expect(structsIn(reader.room('working'))).toBeLessThan(60);
  });

  it('not again before it has grown to three times of that, and no more often than every so often', async () => {
    const fixture = await grown(), ann = await fixture.client('ann', 'd');
    for (let n = 0; n < 4; n++) { await scatter(ann); await joined(fixture); }
    expect(compactions(fixture)).toHaveLength(1);
    fixture.clock.at += 60_000;
    await scatter(ann);
    await joined(fixture);
    expect(compactions(fixture)).toHaveLength(2);
  });

  it.each([['snapshots', true], ['the log alone', false]])('takes what somebody wrote before it, also after a restart from %s: nothing is refused, and words, deletions and marks go where they belong', async (_from, hasSnapshots) => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots(), fixture = await grown(record, snapshots), ann = await fixture.client('ann', 'd'), away = await fixture.client('ben', 'd');
    const epoch = (await ann.join()).epoch;
    const struck = away.edit('working', (doc) => textAt(doc, 'p1', KEY)!.delete(4, 7));
    const wrote = away.edit('working', (doc) => textAt(doc, 'p1', KEY)!.insert(4, 'two sides'));
    const marked = away.edit('working', (doc) => textAt(doc, 'p1', KEY)!.format(0, 3, { em: true }));
    const fresh = away.edit('working', (doc) => writeEdits(doc, [{ do: 'set', id: 'p2', label: 'new' }], Math.random));
    // `away` is told of nothing from now on.
    await scatter(ann);
    await joined(fixture);
    expect(compactions(fixture)).toHaveLength(1);
    await fixture.rooms.close();
    const again = await new RoomsFixture(record, OPTIONS, hasSnapshots ? snapshots : new MemorySnapshots()).start(), late = await again.client('anna', 'd');
    for (const update of [struck, wrote, marked, fresh]) expect(await again.rooms.update('ben', { doc: 'd', room: 'working', update })).toMatchObject({ ok: true, returned: [] });
    expect(late.words('working')).toBe('The two sides shall consult.');
    expect(late.text('working').by.get('p1')!.slots[KEY]![0]).toMatchObject({ m: 'em' });
    expect(late.text('working').by.get('p2')!.label).toBe('new');
    expect((await late.join()).epoch).toBe(epoch);
    const reader = await joined(again);
    expect(copyDigest(reader.room('working'))).toBe(copyDigest(late.room('working')));
    const third = await new RoomsFixture(record, OPTIONS, new MemorySnapshots()).start(), replayed = await joined(third);
    expect(copyDigest(replayed.room('working'))).toBe(copyDigest(late.room('working')));
    expect(replayed.words('working')).toBe(late.words('working'));
  });

  it('records what is done to the new texts as done by who wrote it, each person under client ids of their own, also where the page wrote elsewhere first', async () => {
    const fixture = await grown(), ann = await fixture.client('ann', 'd'), away = { ben: await fixture.client('ben', 'd'), bo: await fixture.client('bo', 'd') };
    const late = Object.entries(away).flatMap(([user, page]) => [page.typed('working', 'p2', 0, `${user} `), page.typed('working', 'p1', 0, `${user} `)].map((update) => ({ user, update })));
    await scatter(ann);
    await joined(fixture);
    expect(compactions(fixture)).toHaveLength(1);
    const from = fixture.log.size, clients = new Map<number, Set<string>>();
    for (const { user, update } of late) expect(await fixture.rooms.update(user, { doc: 'd', room: 'working', update })).toMatchObject({ ok: true, returned: [] });
    for await (const entries of fixture.log.read('d', from)) {
      for (const { by, writes } of entries) {
        const words = writes.filter((write) => Y.decodeUpdate(write.update).structs.some((struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentString));
        expect(words.map((write) => write.by)).toEqual(words.map(() => by));
        for (const { id } of words.flatMap(({ update }) => Y.decodeUpdate(update).structs)) clients.set(id.client, (clients.get(id.client) ?? new Set()).add(by));
      }
    }
    expect([...clients.values()].map((of) => [...of].join())).toEqual(expect.arrayContaining(['ben', 'bo']));
    expect([...clients.values()].filter((of) => of.size > 1)).toEqual([]);
    const reader = await joined(fixture), count = (one: string, provision: string) => reader.words('working', provision).split(`${one} `).length - 1;
    for (const one of Object.keys(away)) expect([one, count(one, 'p1'), count(one, 'p2')]).toEqual([one, 1, 1]);
  });

  it.each([['snapshots', true], ['the log alone', false]])('takes what was written before the last three, also after a restart from %s, and gives back what was written before the one before', async (_from, hasSnapshots) => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots(), fixture = await grown(record, snapshots), ann = await fixture.client('ann', 'd'), away = await fixture.client('ben', 'd');
    const compacted = async () => { fixture.clock.at += 60_000; await scatter(ann, 400); await joined(fixture); };
    const early = away.edit('working', (doc) => textAt(doc, 'p1', KEY)!.insert(4, 'two sides'));
    await compacted();
    const later = await fixture.client('bo', 'd'), late = later.edit('working', (doc) => textAt(doc, 'p1', KEY)!.insert(4, 'three sides'));
    for (let n = 0; n < 3; n++) await compacted();
    expect(compactions(fixture)).toHaveLength(4);
    await fixture.rooms.close();
    const again = await new RoomsFixture(record, OPTIONS, hasSnapshots ? snapshots : new MemorySnapshots()).start();
    expect(await again.rooms.update('bo', { doc: 'd', room: 'working', update: late })).toMatchObject({ ok: true, returned: [] });
    expect(await again.rooms.update('ben', { doc: 'd', room: 'working', update: early })).toMatchObject({ ok: true, returned: [{ words: [{ t: 'two sides' }] }] });
    expect((await joined(again)).words('working')).toBe('The three sidesParties shall consult.');
  });

  it('takes nothing in by way of the old texts that the validator would not: forged updates leave one text for those who were there, those who come, and the record', async () => {
    let passed = 0;
    for (let seed = 1; seed <= cases(2); seed++) {
      const random = seeded(seed), record = new MemoryRecordStore(), fixture = await grown(record), ann = await fixture.client('ann', 'd');
      await scatter(ann, 74);
      const old = Y.encodeStateAsUpdate(ann.room('working'));
      for (let n = 0; n < seed; n++) { await scatter(ann, 400); await joined(fixture); fixture.clock.at += 60_000; }
      expect(compactions(fixture)).toHaveLength(seed);
      for (let n = 0; n < 150; n++) {
        const paper = new Y.Doc();
        Y.applyUpdate(paper, old);
        paper.clientID = 1_000_000 + seed * 1_000 + n;
        const vector = Y.encodeStateVector(paper), y = textAt(paper, 'p1', KEY)!;
        for (let i = 0; i < 3; i++) { y.insert(Math.floor(random() * y.length), '双方'); y.delete(Math.floor(random() * (y.length - 3)), 3); }
        const update = new Forger(random, paper).forge(Y.encodeStateAsUpdate(paper, vector));
        passed += Number((await fixture.rooms.update('ben', { doc: 'd', room: 'working', update })).ok);
      }
      const fresh = await joined(fixture), again = await (await new RoomsFixture(record, OPTIONS).start()).client('udo', 'd');
      for (const reader of [fresh, again]) {
        expect(reader.text('working')).toEqual(ann.text('working'));
        expect(copyDigest(reader.room('working'))).toBe(copyDigest(ann.room('working')));
      }
      expect(JSON.stringify([...ann.text('working').by.values()])).not.toContain('\ufffd');
      expect(ann.room('working').store.pendingStructs).toBeNull();
    }
    expect(passed).toBeGreaterThan(20);
  });

  it('gives back what a field has no place for, and what was meant for a text that is agreed by now', async () => {
    const fixture = await grown();
    await fixture.basis('d');
    const ann = await fixture.client('ann', 'd'), away = await fixture.client('anna', 'd'), room = 'position:a';
    const little = away.edit(room, (doc) => textAt(doc, 'p1', KEY)!.insert(0, 'Now ')), much = away.edit(room, (doc) => textAt(doc, 'p1', KEY)!.insert(4, 'w'.repeat(19_990)));
    await scatter(ann, 150, room);
    await joined(fixture);
    expect(compactions(fixture)).toHaveLength(1);
    for (const head of ['anna', 'bo']) await fixture.agree(head, 'd', 'p1');
    for (const [update, words] of [[little, 'Now '], [much, 'w'.repeat(19_990)]] as const) {
      expect(await fixture.rooms.update('anna', { doc: 'd', room, update })).toMatchObject({ ok: true, returned: [{ words: [{ t: words }] }] });
    }
    expect((await joined(fixture)).words(room)).toBe(WORDS);
  });
});

describe('[HD42] the time of a compaction', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const begun = (structs: number, compactedAt = -Infinity) => {
    const due: string[] = [], compactions = new Compactions(COMPACTION, (subject) => due.push(subject));
    const session = { subject: 'd', compactedAt, roomToCompact: (most: number) => (structs > most ? 'working' : null) } as DocumentSession;
    return { due, seen: (at = 1_000_000) => compactions.seen(session, at), stop: () => compactions.stop() };
  };

  it('is when nobody has typed for three seconds', () => {
    const { due, seen } = begun(20_001);
    seen();
    vi.advanceTimersByTime(2_900);
    seen();
    vi.advanceTimersByTime(2_900);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(due).toEqual(['d']);
  });

  it('is now for a room of more than 40,000 structs, and never for one of 20,000', () => {
    const large = begun(40_001), small = begun(20_000);
    large.seen();
    small.seen();
    vi.advanceTimersByTime(60_000);
    expect([large.due, small.due]).toEqual([['d'], []]);
  });

  it('is ten minutes after the last at the soonest, and not after the server has been told to stop', () => {
    const lately = begun(90_000, 1_000_000), stopped = begun(30_000);
    lately.seen(1_599_999);
    expect(lately.due).toEqual([]);
    lately.seen(1_600_000);
    expect(lately.due).toEqual(['d']);
    stopped.seen();
    stopped.stop();
    vi.advanceTimersByTime(10_000);
    expect(stopped.due).toEqual([]);
  });
});
