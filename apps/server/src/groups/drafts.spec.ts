import { type LogName, tabling } from '@parley/negotiation';
import { applyEdits, type Edit, writeEdits } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { AT_ONCE, type Client, RoomsFixture, sent } from '../../../../test/support/rooms-fixture.ts';
import { type Rules, RULES } from '../commit/rules.ts';
import { logger } from '../logger.ts';
import { decodeEntry } from '../record/entry.ts';

const A: LogName = 'private:a', DRAFT = 'draft:a:working', BASE = 'base:a:working', POSITION = 'position:a';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A record of which one log takes nothing for a while. */
class Held extends MemoryRecordStore {
  held: string | null = null;

  override async append(...[logId, ...rest]: Parameters<MemoryRecordStore['append']>): Promise<void> {
    if (logId === this.held) throw new Error('no place left');
    await super.append(logId, ...rest);
  }
}

async function negotiating(store = new Held(), snapshots = new MemorySnapshots(), more = {}): Promise<RoomsFixture> {
  const fixture = await new RoomsFixture(store, { pace: AT_ONCE, waitMs: 0, ...more }, snapshots).established();
  await fixture.opened('d', 'Each side shall act.', 'Within 24 hours.');
  await fixture.basis('d');
  return fixture;
}

/** What the private log of A holds. */
const entriesOf = ({ store }: RoomsFixture) => (store as MemoryRecordStore).of(A).map((entry, index) => decodeEntry({ ...entry, index }));
/** Everything that waits is done. */
const settled = async (): Promise<void> => { for (let i = 0; i < 30; i++) await new Promise((resolve) => { setImmediate(resolve); }); };
const add = (client: Client, id: string, words: string) => client.send(DRAFT, client.edit(DRAFT, (doc) => writeEdits(doc, [{ do: 'add', provision: { id, kind: 'paragraph', label: '3', level: 0, slots: { 'en:text': [{ t: words }] } }, after: null }], Math.random)));
/** Tables everything that a draft would change. */
const tableAll = (fixture: RoomsFixture, own: Client, user = 'ann') => fixture.perform(user, { doc: 'd', t: 'table', parts: tabling(own.text(BASE), own.text(DRAFT)) });

describe('a private draft', () => {
  it('[HD59] is there when its log is first joined: a copy of the position, and of what it followed', async () => {
    const fixture = await negotiating(), own = await fixture.client('ann', 'd', A), joined = await own.join();
    expect([own.words(DRAFT), own.words(DRAFT, 'p2'), own.words(BASE)]).toEqual(['Each side shall act.', 'Within 24 hours.', 'Each side shall act.']);
    expect(joined.document.drafts).toEqual({ working: { name: '', followed: fixture.log.size - 1, marked: [], away: false } });
    expect(entriesOf(fixture)).toMatchObject([{ by: 'server', act: { t: 'followPosition', party: 'a', draft: 'working', to: fixture.log.size - 1 } }]);
    await fixture.client('anna', 'd', A);
    expect(entriesOf(fixture)).toHaveLength(1);
  });

  it('[HD59] is not there before negotiation, and nobody writes what was followed', async () => {
    const fixture = await new RoomsFixture(undefined, { pace: AT_ONCE }).established();
    await fixture.opened('d', 'Each side shall act.');
    const own = await fixture.client('ann', 'd', A);
    expect([[...own.docs.keys()], await own.send(DRAFT, new Uint8Array([0, 0]))]).toEqual([[], { ok: false, reason: 'stage-forbids' }]);
    await fixture.basis('d');
    await own.join();
    expect(await own.type(BASE, 'p1', 0, 'Now ')).toEqual({ ok: false, reason: 'role-forbids' });
    expect(await own.type(DRAFT, 'p1', 0, 'Now ')).toMatchObject({ ok: true });
  });

  it('[HD59] what is written in it reaches the own party alone, and changes nothing that all share', async () => {
    const fixture = await negotiating(), [ann, anna] = [await fixture.client('ann', 'd', A), await fixture.client('anna', 'd', A)], size = fixture.log.size;
    await ann.type(DRAFT, 'p1', 0, 'Perhaps ');
    expect([anna.words(DRAFT), anna.words(BASE), fixture.log.size]).toEqual(['Perhaps Each side shall act.', 'Each side shall act.', size]);
    for (const user of ['bo', 'ben', 'mo', 'udo']) await expect(fixture.client(user, 'd', A)).rejects.toThrow('not-found');
    expect((await fixture.client('bo', 'd', 'private:b')).words('draft:b:working')).toBe('Each side shall act.');
  });

  it('[HD59] follows an act at once, and what was tabled from it is then no difference', async () => {
    const fixture = await negotiating(), own = await fixture.client('ann', 'd', A);
    await own.type(DRAFT, 'p1', 0, 'Perhaps ');
    await add(own, 'p9', 'Nobody tells.');
    const draft = own.text(DRAFT), entry = await tableAll(fixture, own);
    await settled();
    const shared = await fixture.client('bo', 'd');
    expect([shared.words(POSITION), shared.words(POSITION, 'p9')]).toEqual(['Perhaps Each side shall act.', 'Nobody tells.']);
    expect([tabling(own.text(BASE), own.text(DRAFT)), own.text(DRAFT)]).toEqual([[], draft]);
    expect((await own.join()).document.drafts).toEqual({ working: { name: '', followed: entry, marked: [], away: false } });
    expect(entriesOf(fixture).map((e) => (e.kind === 'act' ? e.act.t : e.room))).toEqual(['followPosition', DRAFT, DRAFT, 'followPosition']);
  });

  it('[HD59] follows what the other side has brought about, marks what both have changed, and keeps its own words', async () => {
    const fixture = await negotiating(), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd');
    await own.send(DRAFT, own.edit(DRAFT, (doc) => writeEdits(doc, [{ do: 'splice', id: 'p2', key: 'en:text', from: 7, to: 9, insert: [{ t: '72' }] }], Math.random)));
    await live.send(POSITION, live.edit(POSITION, (doc) => writeEdits(doc, [{ do: 'splice', id: 'p2', key: 'en:text', from: 7, to: 9, insert: [{ t: '48' }] }, { do: 'splice', id: 'p1', key: 'en:text', from: 20, to: 20, insert: [{ t: ' Both.' }] }], Math.random)));
    expect(own.words(BASE, 'p2')).toBe('Within 24 hours.');
    await vi.advanceTimersByTimeAsync(1_000);
    await settled();
    expect([own.words(DRAFT), own.words(DRAFT, 'p2'), own.words(BASE, 'p2')]).toEqual(['Each side shall act. Both.', 'Within 72 hours.', 'Within 48 hours.']);
    expect((await own.join()).document.drafts['working']!.marked).toEqual([{ provision: 'p2', key: 'en:text' }]);
  });

  it('[HD59] typing is followed in batches, one second after its first key', async () => {
    const fixture = await negotiating(), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd');
    for (let i = 0; i < 9; i++) {
      await live.type(POSITION, 'p1', 0, `${i} `);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(entriesOf(fixture)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    await settled();
    expect([entriesOf(fixture).length, own.words(DRAFT)]).toEqual([2, '8 7 6 5 4 3 2 1 0 Each side shall act.']);
  });

  it('[HD59] follows when it is opened, from what it last followed to now in one step, also after a restart and after a crash between the two commits', async () => {
    const store = new Held(), snapshots = new MemorySnapshots(), fixture = await negotiating(store, snapshots), own = await fixture.client('ann', 'd', A);
    await own.type(DRAFT, 'p1', 0, 'Perhaps ');
    store.held = A;
    await tableAll(fixture, own);
    await settled();
    expect((await fixture.client('bo', 'd')).words(POSITION)).toBe('Perhaps Each side shall act.');
    expect(entriesOf(fixture)).toHaveLength(2);
    store.held = null;
    const next = await new RoomsFixture(store, { pace: AT_ONCE }, snapshots).start();
    const live = await next.client('anna', 'd');
    await live.type(POSITION, 'p2', 0, 'Soon: ');
    const there = await next.client('anna', 'd', A);
    expect([there.words(DRAFT), there.words(BASE), there.words(DRAFT, 'p2'), entriesOf(next).length]).toEqual(['Perhaps Each side shall act.', 'Perhaps Each side shall act.', 'Soon: Within 24 hours.', 3]);
    expect((await there.join()).document.drafts).toEqual({ working: { name: '', followed: next.log.size - 1, marked: [], away: false } });
  });

  it('[HD59] is read again from its entries as it was, with what it followed and what is marked', async () => {
    const store = new Held(), fixture = await negotiating(store), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd');
    const edits = (words: string): readonly Edit[] => [{ do: 'splice', id: 'p2', key: 'en:text', from: 7, to: 9, insert: [{ t: words }] }];
    await own.send(DRAFT, own.edit(DRAFT, (doc) => writeEdits(doc, edits('72'), Math.random)));
    await live.send(POSITION, live.edit(POSITION, (doc) => writeEdits(doc, edits('48'), Math.random)));
    await vi.advanceTimersByTimeAsync(1_000);
    const before = await own.join(), next = await new RoomsFixture(store, { pace: AT_ONCE }).start(), again = await next.client('ann', 'd', A), after = await again.join();
    expect([after.document.drafts, again.text(DRAFT), again.text(BASE), after.entry]).toEqual([before.document.drafts, own.text(DRAFT), own.text(BASE), before.entry]);
    expect(again.text(DRAFT).by.get('p2')).toEqual(applyEdits(own.text(BASE), edits('72')).by.get('p2'));
  });

  it('[HD60] another draft is a copy of one, or of the position; it is written, follows, is put away, and follows again when it is taken up', async () => {
    const fixture = await negotiating(), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd'), size = fixture.log.size;
    await own.type(DRAFT, 'p1', 0, 'Perhaps ');
    const make = (draft: string, name: string, copied: 'draft' | 'position') => fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'makeDraft', draft, name, from: 'working', copied }));
    expect([await make('two', 'Fallback 2', 'draft'), await make('three', 'If they move', 'position')]).toMatchObject([{ ok: true }, { ok: true }]);
    expect([await make('four', 'Fallback 2', 'draft'), await make('two', 'Another', 'draft')]).toEqual([{ ok: false, reason: 'draft-exists' }, { ok: false, reason: 'draft-exists' }]);
    const [two, three] = ['draft:a:two', 'draft:a:three'] as const;
    expect([own.words(two), own.words(three), own.words('base:a:two'), fixture.log.size]).toEqual(['Perhaps Each side shall act.', 'Each side shall act.', 'Each side shall act.', size]);
    expect(await own.type(two, 'p1', 0, 'Never: ')).toMatchObject({ ok: true });
    await fixture.perform('ann', { doc: 'd', t: 'putDraftAway', draft: 'two' });
    expect([await own.type(two, 'p1', 0, 'Late '), await own.type(three, 'p1', 0, 'Now ')]).toMatchObject([{ ok: false, reason: 'draft-put-away' }, { ok: true }]);
    await live.type(POSITION, 'p2', 0, 'Soon: ');
    await vi.advanceTimersByTimeAsync(1_000);
    await settled();
    const there = await fixture.client('anna', 'd', A);
    expect([there.words(DRAFT, 'p2'), there.words(two, 'p2'), there.words(three, 'p2')]).toEqual(['Soon: Within 24 hours.', 'Within 24 hours.', 'Soon: Within 24 hours.']);
    await fixture.perform('anna', { doc: 'd', t: 'takeDraftUp', draft: 'two' });
    expect([there.words(two, 'p2'), there.words(two), (await there.join()).document.drafts['two']]).toEqual(['Soon: Within 24 hours.', 'Never: Perhaps Each side shall act.', { name: 'Fallback 2', followed: fixture.log.size - 1, marked: [], away: false }]);
    expect(await fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'putDraftAway', draft: 'working' }))).toEqual({ ok: false, reason: 'move-not-open' });
  });

  it('[HD60] a party has no more than twenty drafts of a document', async () => {
    const fixture = await negotiating();
    const made = [];
    for (let n = 2; n <= 21; n++) made.push((await fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'makeDraft', draft: `d${n}`, name: `Draft ${n}`, from: 'working', copied: 'draft' }))));
    expect([made.filter(({ ok }) => ok).length, made.at(-1)]).toEqual([19, { ok: false, reason: 'too-many-drafts' }]);
  });

  it('[HD60] twenty of which much is to be written follow in commits of their own, and who writes in one waits for no more than it takes', async () => {
    let at = 0;
    const fixture = await negotiating(undefined, undefined, { pace: { ...AT_ONCE, workMs: 1 }, now: () => (at += 2) }), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd');
    for (let n = 2; n <= 20; n++) await fixture.perform('ann', { doc: 'd', t: 'makeDraft', draft: `d${n}`, name: `Draft ${n}`, from: 'working', copied: 'draft' });
    const before = entriesOf(fixture).length, edits = Array.from({ length: 100 }, (_, n): Edit => ({ do: 'add', provision: { id: `q${n}`, kind: 'paragraph', label: '3', level: 0, slots: { 'en:text': [{ t: 'More.' }] } }, after: null }));
    await live.send(POSITION, live.edit(POSITION, (doc) => writeEdits(doc, edits, Math.random)));
    expect(await own.type(DRAFT, 'p1', 0, 'Now ')).toMatchObject({ ok: true });
    expect(entriesOf(fixture).length - before).toBeLessThan(4);
    for (let i = 0; i < 20; i++) await settled();
    expect(entriesOf(fixture).length - before).toBe(21);
    expect([DRAFT, 'draft:a:d20'].map((room) => own.text(room as typeof DRAFT).list.length)).toEqual([102, 102]);
  });

  it('[HD59] one that cannot follow stays as it is: it is opened and written all the same', async () => {
    let broken = false;
    const logged = vi.spyOn(logger, 'failed').mockImplementation(() => undefined);
    const decide: Rules['decide'] = (act, context) => { if (broken && act.t === 'followPosition') throw new Error('a mistake'); return RULES.decide(act, context); };
    const fixture = await negotiating(undefined, undefined, { rules: { ...RULES, decide } }), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd');
    broken = true;
    await live.type(POSITION, 'p1', 0, 'Now ');
    expect([await own.type(DRAFT, 'p2', 0, 'Soon: '), (await fixture.client('anna', 'd', A)).words(DRAFT, 'p2')]).toMatchObject([{ ok: true }, 'Soon: Within 24 hours.']);
    expect(logged.mock.calls.map(([event]) => event)).toEqual(['draft-not-followed']);
    logged.mockRestore();
    broken = false;
    await live.type(POSITION, 'p1', 0, 'And ');
    expect((await fixture.client('anna', 'd', A)).words(DRAFT)).toBe('And Now Each side shall act.');
  });

  it('[HD60] notes are the party’s own, also before negotiation, and nobody writes over what he has not read', async () => {
    const fixture = await new RoomsFixture(undefined, { pace: AT_ONCE }).established();
    await fixture.opened('d', 'Each side shall act.');
    const size = fixture.log.size, write = (user: string, text: string, before: string | null) => fixture.rooms.perform(user, 'd', sent({ doc: 'd', t: 'writeNote', note: 'n1', provision: 'p1', level: 'must', text, before }));
    expect(await write('ann', 'Never more than 24 hours.', null)).toEqual({ ok: true, entry: 0 });
    expect([await write('anna', 'Never more than 48 hours.', null), await write('anna', 'Never more than 48 hours.', 'Never more than 24 hours.')]).toEqual([{ ok: false, reason: 'text-moved' }, { ok: true, entry: 1 }]);
    expect((await (await fixture.client('ann', 'd', A)).join()).document.notes).toMatchObject({ n1: { provision: 'p1', level: 'must', text: 'Never more than 48 hours.', user: 'anna' } });
    expect([await write('udo', 'Ours?', null), await write('ada', 'Ours?', null), await write('stranger', 'Ours?', null)]).toEqual([{ ok: false, reason: 'role-forbids' }, { ok: false, reason: 'not-found' }, { ok: false, reason: 'not-found' }]);
    expect(await write('bo', 'Theirs.', null)).toEqual({ ok: true, entry: 0 });
    expect([fixture.log.size, (await (await fixture.client('bo', 'd')).join()).document.notes]).toEqual([size, {}]);
    expect(await fixture.rooms.perform('ann', 'd', sent({ doc: 'd', t: 'removeNote', note: 'n1' }))).toEqual({ ok: true, entry: 2 });
  });

  it('[HD60] an act that was sent twice is one, and its id says nothing to another party', async () => {
    const fixture = await negotiating(), act = sent({ doc: 'd', id: 'same', t: 'makeDraft', draft: 'two', name: 'Fallback', from: 'working', copied: 'draft' });
    await fixture.client('ann', 'd', A);
    const first = await fixture.rooms.perform('ann', 'd', act);
    expect([first.ok, await fixture.rooms.perform('ann', 'd', act)]).toEqual([true, first]);
    expect(await fixture.rooms.perform('bo', 'd', sent({ doc: 'd', id: 'same', t: 'makeDraft', draft: 'two', name: 'Fallback', from: 'working', copied: 'draft' }))).toMatchObject({ ok: true });
    expect(await fixture.rooms.perform('ben', 'd', sent({ doc: 'd', id: 'same', t: 'setUnknown' } as never))).toEqual({ ok: false, reason: 'bad-request' });
  });

  it('[HD60] marks go when somebody has looked at them', async () => {
    const fixture = await negotiating(), own = await fixture.client('ann', 'd', A), live = await fixture.client('anna', 'd');
    const edits = (words: string): readonly Edit[] => [{ do: 'splice', id: 'p2', key: 'en:text', from: 7, to: 9, insert: [{ t: words }] }];
    await own.send(DRAFT, own.edit(DRAFT, (doc) => writeEdits(doc, edits('72'), Math.random)));
    await live.send(POSITION, live.edit(POSITION, (doc) => writeEdits(doc, edits('48'), Math.random)));
    const look = () => fixture.rooms.perform('anna', 'd', sent({ doc: 'd', t: 'lookAtPlaces', draft: 'working', places: [{ provision: 'p2', key: 'en:text' }, { provision: 'p1' }] }));
    // It follows before the act is decided.
    expect(await look()).toMatchObject({ ok: true });
    expect((await own.join()).document.drafts['working']!.marked).toEqual([]);
    expect(await look()).toEqual({ ok: false, reason: 'nothing-pending' });
  });
});
