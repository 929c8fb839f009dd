import { decide, type LogName } from '@parley/negotiation';
import type { Commit } from '@parley/protocol';
import { type Provision, writeEdits } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { SECRET_ROOMS } from '../../../../libs/negotiation/test-support/secret-rooms.ts';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, type Client } from '../../../../test/support/rooms-fixture.ts';
import { logger } from '../logger.ts';
import { PACE } from '../commit/commit-loop.ts';
import { type Rules, RULES } from '../commit/rules.ts';

const A: LogName = 'private:a', ROOM = 'secret:a';
const options = { catalogue: SECRET_ROOMS, pace: { ...PACE, intervalMs: 0, workMs: Infinity, countMs: 0 } };

/** A record whose appends to one log fail, or wait. */
class Troubled extends MemoryRecordStore {
  failing: string | null = null;
  shut: string | null = null;
  queue: { readonly log: string; readonly until: Promise<void> } | null = null;
  readonly appended: string[] = [];

  override async openLog(logId: string, origin: string): Promise<{ readonly size: number }> {
    if (logId === this.shut) throw new Error('not to be reached');
    return super.openLog(logId, origin);
  }

  override async append(...[logId, ...rest]: Parameters<MemoryRecordStore['append']>): Promise<void> {
    if (logId === this.queue?.log) await this.queue.until;
    if (logId === this.failing) throw new Error('no place left');
    await super.append(logId, ...rest);
    this.appended.push(logId);
  }
}

let logged: MockInstance;
beforeEach(() => { logged = vi.spyOn(logger, 'failed').mockImplementation(() => undefined); });
afterEach(() => { logged.mockRestore(); });

async function fixture(store = new Troubled(), snapshots = new MemorySnapshots(), more = {}): Promise<RoomsFixture & { readonly store: Troubled }> {
  const made = await new RoomsFixture(store, { ...options, ...more }, snapshots).established() as RoomsFixture & { readonly store: Troubled };
  await made.opened('d', 'Each side shall act.');
  return made;
}

const paragraph = (words: string): Provision => ({ id: 's1', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': [{ t: words }] } });
/** The first words in a secret room. */
const begin = (client: Client, words: string) => client.send(ROOM, client.edit(ROOM, (doc) => writeEdits(doc, [{ do: 'add', provision: paragraph(words), after: null }], Math.random)));

describe('a room that one party reads', () => {
  it('[HG50] is kept in a log of its own, with an epoch and a count of its own, and nothing of it is in any other', async () => {
    const b = await fixture(), shared = b.store.entries.length, rows = JSON.stringify([...b.store.rows]), committed: [string, Commit][] = [];
    b.rooms.events.on('committed', (commit, readers) => committed.push([readers.log, commit]));
    const moved = b.moved.length, [ann, anna] = [await b.client('ann', 'd', A), await b.client('anna', 'd', A)];
    expect(await begin(ann, 'Ours alone.')).toEqual({ ok: true, entry: 0, returned: [] });
    expect(await anna.type(ROOM, 's1', 0, 'Still ')).toEqual({ ok: true, entry: 1, returned: [] });
    expect([ann.words(ROOM, 's1'), anna.words(ROOM, 's1'), b.store.of(A).length]).toEqual(['Still Ours alone.', 'Still Ours alone.', 2]);
    expect([b.store.entries.length, JSON.stringify([...b.store.rows]), b.moved.length]).toEqual([shared, rows, moved]);
    expect(committed.map(([log, commit]) => [log, commit.log, commit.after, Object.keys(commit.rooms)])).toEqual([[A, A, -1, [ROOM]], [A, A, 0, [ROOM]]]);
    const [own, all] = [await b.rooms.join('ann', { doc: 'd', log: A, have: {} }), await b.rooms.join('ann', { doc: 'd', have: {} })];
    if (!own.ok || !all.ok) throw new Error('no answer');
    expect([own.entry, Object.keys(own.rooms), Object.keys(all.rooms), Object.keys(all.lastEdits)]).toEqual([1, [ROOM], ['working'], []]);
    expect(own.epoch).not.toBe(all.epoch);
  });

  it('[HG51] does not exist for others: joined, compared or written it is answered as what nobody has', async () => {
    const b = await fixture();
    await begin(await b.client('ann', 'd', A), 'Ours alone.');
    for (const user of ['bo', 'ben', 'mo', 'udo', 'ada', 'nobody']) {
      const answers = async (log: LogName, room: `${string}:${string}`) => [
        await b.rooms.join(user, { doc: 'd', log, have: {} }), await b.rooms.compare(user, { doc: 'd', log, entry: 0, rooms: { [room]: '0'.repeat(64) } }),
        await b.rooms.update(user, { doc: 'd', room, update: new Uint8Array([0, 0]) }),
      ];
      expect(await answers(A, ROOM)).toEqual(await answers('private:none', 'nothing:none'));
      expect(b.rooms.audienceOf(user, A)).toBeNull();
      const shared = await b.rooms.compare(user, { doc: 'd', entry: 0, rooms: { [ROOM]: '0'.repeat(64) } });
      expect(JSON.stringify(shared).replaceAll(ROOM, 'nothing:none')).toBe(JSON.stringify(await b.rooms.compare(user, { doc: 'd', entry: 0, rooms: { 'nothing:none': '0'.repeat(64) } })));
    }
    expect(b.rooms.audienceOf('ann', A)?.log).toBe(A);
  });

  it('[H52] what all share neither waits for what is private nor fails with it', async () => {
    const b = await fixture(), ann = await b.client('ann', 'd'), own = await b.client('ann', 'd', A);
    let go: () => void = () => undefined;
    b.store.queue = { log: A, until: new Promise((resolve) => { go = resolve; }) };
    const secret = begin(own, 'Ours.');
    let answered = false;
    void secret.then(() => { answered = true; });
    expect(await ann.type('working', 'p1', 0, 'Now ')).toMatchObject({ ok: true });
    expect([answered, ann.words('working')]).toEqual([false, 'Now Each side shall act.']);
    go();
    expect(await secret).toMatchObject({ ok: true, entry: 0 });
    b.store.queue = null;
    b.store.failing = A;
    const lost = own.type(ROOM, 's1', 0, 'Lost ');
    expect(await ann.type('working', 'p1', 0, 'And ')).toMatchObject({ ok: true });
    expect(await lost).toEqual({ ok: false, reason: 'not-saved' });
    b.store.failing = null;
    const again = await b.client('anna', 'd', A);
    expect([again.words(ROOM, 's1'), b.rebuilt]).toEqual(['Ours.', [`d in ${A}`]]);
  });

  it('[H52] one party’s log does not wait for another’s', async () => {
    const b = await fixture(), own = await b.client('ann', 'd', A), theirs = await b.client('ben', 'd', 'private:b'), room = 'secret:b';
    let go: () => void = () => undefined;
    b.store.queue = { log: A, until: new Promise((resolve) => { go = resolve; }) };
    let answered = false;
    const first = begin(own, 'Ours.').then((answer) => { answered = true; return answer; });
    const second = theirs.send(room, theirs.edit(room, (doc) => writeEdits(doc, [{ do: 'add', provision: paragraph('Theirs.'), after: null }], Math.random)));
    expect([await second, answered]).toEqual([{ ok: true, entry: 0, returned: [] }, false]);
    go();
    expect([await first, own.docs.has(room), theirs.docs.has(ROOM)]).toEqual([{ ok: true, entry: 0, returned: [] }, false, false]);
  });

  it('[H52] a private log that cannot be reached is waited for by those alone who ask for it', async () => {
    // What became of a lost append of the shared log is asked for so long.
    const b = await fixture(undefined, undefined, { waitMs: 1_000_000 }), ann = await b.client('ann', 'd'), own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    b.store.failing = b.store.shut = A;
    const lost = own.type(ROOM, 's1', 0, 'Lost ');
    expect([await lost, await ann.type('working', 'p1', 0, 'Now ')]).toEqual([{ ok: false, reason: 'not-saved' }, { ok: true, entry: b.log.size - 1, returned: [] }]);
    expect(await b.rooms.join('anna', { doc: 'd', log: A, have: {} })).toEqual({ ok: false, reason: 'busy' });
    expect(await ann.type('working', 'p1', 0, 'And ')).toMatchObject({ ok: true });
    b.store.failing = b.store.shut = null;
    const again = await b.client('anna', 'd', A);
    expect([again.words(ROOM, 's1'), await again.type(ROOM, 's1', 0, 'Still '), b.rebuilt]).toEqual(['Ours.', { ok: true, entry: 1, returned: [] }, [`d in ${A}`]]);
  });

  it('[HG50] whose client id is whose is known in each log for itself: nobody learns of one elsewhere by a refusal', async () => {
    const b = await fixture(), own = await b.client('ann', 'd', A), ben = await b.client('ben', 'd');
    own.room(ROOM).clientID = ben.room('working').clientID = 4_711;
    expect([await begin(own, 'Ours.'), await ben.type('working', 'p1', 0, 'Now ')]).toMatchObject([{ ok: true }, { ok: true }]);
    const ann = await b.client('ann', 'd');
    ann.room('working').clientID = 4_711;
    expect(await ann.type('working', 'p1', 4, 'Not ')).toMatchObject({ ok: false, reason: 'foreign-update' });
  });

  it('[HG54] a room is written by acts in the log that it is kept in alone', async () => {
    const stray: Rules['decide'] = (act, context) => {
      const verdict = decide(act, context);
      return verdict.ok && act.t === 'closePaper' ? { ok: true, value: { ...verdict.value, edits: [{ room: ROOM, edits: [{ do: 'add', provision: paragraph('Astray.'), after: null }] }] } } : verdict;
    };
    const b = await fixture(undefined, undefined, { rules: { ...RULES, decide: stray } }), size = b.log.size;
    await expect(b.perform('mo', { doc: 'd', t: 'closePaper', reason: 'over' })).rejects.toThrow('server-error');
    expect([b.log.size, b.store.of(A).length, Object.keys((await (await b.client('bo', 'd')).join()).rooms)]).toEqual([size, 0, ['working']]);
  });

  it('[HG51] nobody who sleeps reads it, and nobody is told that it is there', async () => {
    const b = await fixture(), own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    await b.rooms.performByAdministrator('ada', { t: 'resetAccount', user: 'ann', link: 'f'.repeat(64) });
    const asleep = { ok: false, reason: 'seat-sleeps' };
    expect([await own.type(ROOM, 's1', 0, 'More '), await b.rooms.join('ann', { doc: 'd', log: A, have: {} }), await b.rooms.join('ann', { doc: 'd', log: 'private:none', have: {} })]).toEqual([asleep, asleep, asleep]);
    expect([b.rooms.audienceOf('ann', A), b.rooms.audienceOf('ann', 'shared')]).toEqual([null, null]);
  });

  it('[HD53] what is private of a document waits for a commit that may change what it is decided by, and does not fail with it', async () => {
    const b = await fixture(), ann = await b.client('ann', 'd'), own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    b.store.failing = 'shared';
    const [shared, secret] = await Promise.all([ann.type('working', 'p1', 0, 'Lost '), own.type(ROOM, 's1', 0, 'Kept ')]);
    expect([shared, secret]).toEqual([{ ok: false, reason: 'not-saved' }, { ok: true, entry: 1, returned: [] }]);
    b.store.failing = null;
    expect((await b.client('anna', 'd', A)).words(ROOM, 's1')).toBe('Kept Ours.');
    expect((await b.client('anna', 'd')).words('working')).toBe('Each side shall act.');
  });

  it('[HD53] is neither decided nor answered while a commit of what all share is under way, and is told as soon as it is durable', async () => {
    const b = await fixture(), ann = await b.client('ann', 'd'), own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    let go: () => void = () => undefined;
    b.store.queue = { log: 'shared', until: new Promise((resolve) => { go = resolve; }) };
    const happened: string[] = [], appended = b.store.of(A).length;
    b.rooms.events.on('committed', ({ log }) => happened.push(log));
    const shared = ann.type('working', 'p1', 0, 'Now ').then(() => happened.push('shared answered')), secret = own.type(ROOM, 's1', 0, 'Still ').then(() => happened.push('private answered'));
    for (let i = 0; i < 20; i++) await new Promise((resolve) => { setImmediate(resolve); });
    expect([happened, b.store.of(A).length]).toEqual([[], appended]);
    go();
    await Promise.all([shared, secret]);
    expect(happened).toEqual(['shared', 'shared answered', A, 'private answered']);
  });

  it('[HD53] is answered although what all share was opened anew meanwhile', async () => {
    const b = await fixture(), ann = await b.client('ann', 'd'), own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    let go: () => void = () => undefined;
    b.store.queue = { log: A, until: new Promise((resolve) => { go = resolve; }) };
    const secret = own.type(ROOM, 's1', 0, 'Still '), joined = b.rooms.join('anna', { doc: 'd', log: A, have: {} });
    await ann.type('working', 'p1', 0, 'Now ');
    b.store.failing = 'shared';
    expect(await ann.type('working', 'p1', 0, 'Lost ')).toEqual({ ok: false, reason: 'not-saved' });
    go();
    b.store.failing = null;
    expect([await secret, await joined]).toMatchObject([{ ok: true, entry: 1 }, { ok: true, entry: 1 }]);
  });

  it('[HG50] is opened again from a snapshot of its own log, and from its entries alone', async () => {
    const store = new Troubled(), snapshots = new MemorySnapshots(), b = await fixture(store, snapshots, { snapshotEvery: 3 });
    const own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    for (let i = 0; i < 8; i++) await own.type(ROOM, 's1', 0, `${i} `);
    const read = own.words(ROOM, 's1');
    await b.rooms.close();
    expect([[...snapshots.of(A).keys()], snapshots.of(A).get('d')!.index]).toEqual([['d'], 8]);
    for (const states of [snapshots, new MemorySnapshots()]) {
      const next = await new RoomsFixture(store, options, states).start(), there = await next.client('anna', 'd', A);
      expect([there.words(ROOM, 's1'), there.entry]).toEqual([read, 8]);
      expect(Object.keys((await (await next.client('bo', 'd')).join()).rooms)).toEqual(['working']);
      await next.rooms.close();
    }
  });

  it('[HG51] ends with the seat: who was removed reads and writes it no more, and who comes to another party never', async () => {
    const b = await fixture(), own = await b.client('ann', 'd', A);
    await begin(own, 'Ours.');
    await b.onGroup('anna', { t: 'remove', user: 'ann' });
    expect(await own.type(ROOM, 's1', 0, 'More ')).toEqual({ ok: false, reason: 'not-found' });
    await b.seat('bo', 'ann', 'negotiator', 'b');
    expect(await b.rooms.join('ann', { doc: 'd', log: A, have: {} })).toEqual({ ok: false, reason: 'not-found' });
    expect(await own.type(ROOM, 's1', 0, 'More ')).toEqual({ ok: false, reason: 'not-found' });
    expect(b.store.of(A)).toHaveLength(1);
  });

  it('[HG51] is asked when one’s turn comes: what was asked while the seat was another one is answered as what nobody has', async () => {
    const b = await fixture();
    await begin(await b.client('ann', 'd', A), 'Ours.');
    const asking = b.rooms.audienceOf('ann', A)!;
    await b.onGroup('anna', { t: 'remove', user: 'ann' });
    await b.seat('bo', 'ann', 'negotiator', 'b');
    const then = vi.spyOn(b.rooms, 'audienceOf').mockReturnValue(asking);
    const answers = [await b.rooms.join('ann', { doc: 'd', log: A, have: {} }), await b.rooms.compare('ann', { doc: 'd', log: A, entry: 0, rooms: { [ROOM]: '0'.repeat(64) } })];
    expect([then.mock.calls.length, ...answers]).toEqual([2, { ok: false, reason: 'not-found' }, { ok: false, reason: 'not-found' }]);
  });
});
