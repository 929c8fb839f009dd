import { compareTexts, ROOT, textAt, writeEdits } from '@parley/text';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { GROUP, testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, type Client, sent } from '../../../../test/support/rooms-fixture.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import type { RecordStore } from '../record/record.store.ts';
import { PostgresRecordStore } from '../storage/postgres-record.store.ts';
import { PACE } from '../commit/commit-loop.ts';
import type { RoomsOptions } from './server-rooms.ts';

const databases: TestDatabase[] = [];
afterAll(async () => { for (const database of databases) await database.drop(); });

const inMemory = async (): Promise<RecordStore> => new MemoryRecordStore();
const inPostgres = async (): Promise<RecordStore> => {
  databases.push(await testDatabase());
  return new PostgresRecordStore(databases.at(-1)!.dataSource, TEST_MAC, GROUP);
};

const kinds = (fixture: RoomsFixture) => fixture.commits.at(-1)!.notices.map((n) => (n.kind === 'act' ? n.act.t : n.room));
const lastLeaves = async ({ store, log }: RoomsFixture, count: number) =>
  (await store.entriesBetween('shared', log.size - count, log.size)).map(({ leaf }) => JSON.parse(Buffer.from(leaf).toString()) as { ts: number });

describe.each([['memory', inMemory], ['PostgreSQL', inPostgres]])('on a record in %s', (_name, record) => {
  let options: RoomsOptions = {};

  const working = async (...paragraphs: string[]): Promise<RoomsFixture> => {
    const fixture = await new RoomsFixture(await record(), options).established();
    await fixture.opened('d', ...paragraphs);
    return fixture;
  };

  const negotiating = async (...paragraphs: string[]): Promise<RoomsFixture> => {
    const fixture = await working(...paragraphs);
    await fixture.basis('d');
    return fixture;
  };

  describe('two people type', () => {
    it('[HD3] both read the same, whoever was first', async () => {
      const fixture = await working('The Parties shall act.');
      const ann = await fixture.client('ann', 'd');
      const ben = await fixture.client('ben', 'd');
      const [one, two] = [ann.typed('working', 'p1', 0, 'First. '), ben.typed('working', 'p1', 22, ' Second.')];
      expect(await Promise.all([ann.send('working', one), ben.send('working', two)])).toMatchObject([{ ok: true }, { ok: true }]);
      expect(ann.words('working')).toBe('First. The Parties shall act. Second.');
      expect(ben.words('working')).toBe(ann.words('working'));
    });

    it('[H2] [W12] requests of one commit arrive as one message, with consecutive entries', async () => {
      const fixture = await working('One.');
      const ann = await fixture.client('ann', 'd');
      const ben = await fixture.client('ben', 'd');
      const before = fixture.commits.length;
      const answers = await Promise.all([ann.type('working', 'p1', 0, 'a'), ben.type('working', 'p1', 0, 'b')]);
      expect(fixture.commits.length).toBe(before + 1);
      const { notices, after, rooms } = fixture.commits.at(-1)!;
      // Which of two users comes first in a commit depends on what their requests have cost (H25).
      expect(Object.fromEntries(notices.map((n) => [n.by, n.index]))).toEqual(Object.fromEntries(answers.map((a, i) => [['ann', 'ben'][i], a.ok && a.entry])));
      expect(notices[1]!.index).toBe(notices[0]!.index + 1);
      expect(notices[0]).toMatchObject({ kind: 'update', room: 'working', touched: ['p1'] });
      expect(after).toBe(notices[0]!.index - 1);
      expect(rooms.working).toHaveLength(2);
    });

    it('[HD3] a document opened again from its entries is the same, and its client ids are still theirs', async () => {
      const fixture = await working('One.', 'Two.');
      const ann = await fixture.client('ann', 'd');
      await ann.type('working', 'p1', 4, ' More.');
      await ann.send('working', ann.edit('working', (doc) => textAt(doc, 'p2', 'en:text')!.format(0, 3, { em: true })));
      const again = await new RoomsFixture(fixture.store).start();
      const ben = await again.client('ben', 'd');
      expect(ben.text('working')).toEqual(ann.text('working'));
      const { lastEdits, entry } = await ben.join();
      expect(lastEdits.working?.p1?.by).toBe('ann');
      expect(entry).toBe(ann.entry);
      ben.room('working').clientID = ann.room('working').clientID;
      expect(await ben.type('working', 'p1', 0, 'x')).toMatchObject({ ok: false, reason: 'foreign-update' });
    });

    it('[HD7] an update that adds nothing makes no entry', async () => {
      const fixture = await working('One.');
      const ann = await fixture.client('ann', 'd');
      const update = ann.typed('working', 'p1', 0, 'a');
      const first = await ann.send('working', update);
      const size = fixture.log.size;
      expect(await ann.send('working', update)).toEqual(first);
      expect(fixture.log.size).toBe(size);
    });

    it('a client that is behind is asked to join again', async () => {
      const fixture = await working('One.');
      const ann = await fixture.client('ann', 'd');
      ann.typed('working', 'p1', 0, 'never sent ');
      expect(await ann.type('working', 'p1', 0, 'b')).toMatchObject({ ok: false, reason: 'out-of-step', rejoin: true, violation: { rule: 'D6' } });
      const { rooms } = await ann.join();
      await ann.send('working', Y.encodeStateAsUpdate(ann.room('working'), rooms.working!.vector));
      expect((await fixture.client('ben', 'd')).words('working')).toBe('bnever sent One.');
    });
  });

  describe('who may', () => {
    it('[HD4] [W10] an update under the client id of somebody else is refused', async () => {
      const fixture = await working('One.');
      const ann = await fixture.client('ann', 'd');
      const ben = await fixture.client('ben', 'd');
      await ann.type('working', 'p1', 0, 'a');
      ben.room('working').clientID = ann.room('working').clientID;
      expect(await ben.type('working', 'p1', 0, 'b')).toMatchObject({ ok: false, reason: 'foreign-update', violation: { rule: 'D7' } });
    });

    it('[HG5] somebody removed while the update was under way does not get in, and sees no document', async () => {
      const fixture = await working('One.');
      const ann = await fixture.client('ann', 'd');
      const removed = fixture.rooms.performOnGroup('anna', sent({ t: 'remove', user: 'ann' }));
      const update = ann.type('working', 'p1', 0, 'a');
      expect(await removed).toMatchObject({ ok: true });
      await expect(fixture.client('ann', 'd')).rejects.toThrow('not-found');
      expect(await ann.type('working', 'p1', 0, 'b')).toEqual({ ok: false, reason: 'not-found' });
      await update;
      expect(fixture.moved.at(-1)).toMatchObject({ seats: true });
    });

    it('[HG5] [W8] nobody writes in the common text or in another party’s position', async () => {
      const fixture = await negotiating('One.');
      const ann = await fixture.client('ann', 'd');
      expect(await ann.type('common', 'p1', 0, 'x')).toMatchObject({ ok: false, reason: 'role-forbids' });
      expect(await ann.type('position:b', 'p1', 0, 'x')).toMatchObject({ ok: false, reason: 'other-delegation' });
      expect(await ann.type('position:a', 'p1', 0, 'x')).toMatchObject({ ok: true });
      const udo = await fixture.client('udo', 'd');
      expect(await udo.type('position:a', 'p1', 0, 'x')).toMatchObject({ ok: false, reason: 'role-forbids' });
    });

    it('[HG5] a document that is not there, the group’s own name, and a stranger get the same answer', async () => {
      const fixture = await working('One.');
      for (const [user, doc] of [['ann', 'nothing'], ['ann', 'group'], ['stranger', 'd'], ['ada', 'd']] as const) {
        expect(await fixture.rooms.join(user, { doc, have: {} })).toEqual({ ok: false, reason: 'not-found' });
      }
    });

    it('[HG14] nobody who sends acts establishes a group, which has no seats yet: an administrator of the installation does, once', async () => {
      const fixture = await new RoomsFixture(await record()).start();
      const establish = { t: 'establish', name: 'G', delegations: [{ id: 'a', code: 'A', name: 'A' }, { id: 'b', code: 'B', name: 'B' }] } as const;
      for (const user of ['eve', 'ada']) expect(await fixture.rooms.performOnGroup(user, sent(establish))).toEqual({ ok: false, reason: 'bad-request' });
      expect(await fixture.rooms.performByAdministrator('ada', establish)).toEqual({ ok: true, entry: 0 });
      expect(await fixture.rooms.performByAdministrator('eve', establish)).toMatchObject({ ok: false });
      expect(fixture.rooms.actorOf('ada')).toEqual({ user: 'ada', role: 'administrator' });
      expect(fixture.rooms.actorOf('toString')).toBeNull();
    });
  });

  describe('acts', () => {
    it('[HD6] [W7] the first acceptance freezes the paper; the second makes a room for the common text and for each position, in one entry', async () => {
      const fixture = await working('One.', 'Two.');
      const ann = await fixture.client('ann', 'd');
      await fixture.basis('d');
      const commit = fixture.commits.at(-1)!;
      expect(commit.notices).toHaveLength(1);
      expect(Object.keys(commit.rooms).sort()).toEqual(['common', 'position:a', 'position:b', 'position:chair']);
      expect(ann.text('common')).toEqual(ann.text('position:b'));
      expect(ann.words('common', 'p2')).toBe('Two.');
    });

    it('[HD6] [W22] the same act again gives the same entry, before and after a restart; another under its id is refused', async () => {
      const fixture = await working('One.');
      const act = sent({ id: 'x', doc: 'd', t: 'acceptAsBasis', digest: '0'.repeat(64) });
      expect(await fixture.rooms.perform('anna', 'd', act)).toEqual({ ok: false, reason: 'text-moved' });
      const open = sent({ id: 'open-e', doc: 'e', t: 'openDocument', title: 'E', template: 'metrics', provisions: [] });
      const [one, two] = await Promise.all([fixture.rooms.perform('mo', 'e', open), fixture.rooms.perform('mo', 'e', open)]);
      expect(one).toMatchObject({ ok: true });
      expect(two).toEqual(one);
      expect(await fixture.rooms.perform('anna', 'e', open)).toEqual({ ok: false, reason: 'bad-request' });
      const other = sent({ id: 'open-e', doc: 'f', t: 'openDocument', title: 'F', template: 'metrics', provisions: [] });
      expect(await fixture.rooms.perform('mo', 'f', other)).toEqual({ ok: false, reason: 'bad-request' });
      const again = await new RoomsFixture(fixture.store).start();
      expect(await again.rooms.perform('mo', 'e', open)).toEqual(one);
    });

    it('[HD6] an empty document has its room, also after a restart', async () => {
      const fixture = await new RoomsFixture(await record()).established();
      await fixture.opened('d');
      expect([...(await fixture.client('ann', 'd')).docs.keys()]).toEqual(['working']);
      const again = await new RoomsFixture(fixture.store).start();
      expect([...(await again.client('ann', 'd')).docs.keys()]).toEqual(['working']);
    });

    it('an act that is not what it says, or for another document, is refused', async () => {
      const fixture = await working('One.');
      const act = sent({ doc: 'd', t: 'takeBackBasis' });
      expect(await fixture.rooms.perform('anna', 'e', act)).toEqual({ ok: false, reason: 'bad-request' });
      expect(await fixture.rooms.perform('anna', 'd', { ...act, words: '{}' })).toEqual({ ok: false, reason: 'bad-request' });
      expect(await fixture.rooms.perform('anna', 'd', act)).toEqual({ ok: false, reason: 'nothing-pending' });
    });

    it('[HD17] the row of a document says what acts made of it, and people are told only when it changes', async () => {
      const fixture = await negotiating('One.', '');
      const [row] = await fixture.store.documents();
      expect(row).toMatchObject({ id: 'd', stage: 'negotiation', lastEntry: fixture.log.size - 1, progress: { standings: { clean: 1, open: 1 } }, awaiting: { a: { toAgree: 1 } } });
      const ann = await fixture.client('ann', 'd');
      const before = fixture.moved.length;
      fixture.clock.at += PACE.countMs;
      await ann.type('position:a', 'p1', 0, 'x');
      expect(fixture.moved.length).toBe(before + 1);
      fixture.clock.at += PACE.countMs;
      await ann.type('position:a', 'p1', 0, 'x');
      expect(fixture.moved.length).toBe(before + 1);
      expect((await fixture.store.documents())[0]).toMatchObject({ progress: { standings: { bracketed: 1 } }, awaiting: { b: { proposals: 1 } } });
    });

    it('[HD17] a row that would say nothing new is written again only when ten seconds have passed', async () => {
      const fixture = await negotiating('One.', 'Two.');
      const ann = await fixture.client('ann', 'd');
      fixture.clock.at += PACE.countMs;
      await ann.type('position:a', 'p1', 0, 'x');
      const [written] = await fixture.store.documents();
      fixture.clock.at += 9_999;
      await ann.type('position:a', 'p1', 0, 'x');
      expect(await fixture.store.documents()).toEqual([written]);
      fixture.clock.at += PACE.countMs;
      await ann.type('position:a', 'p1', 0, 'x');
      expect((await fixture.store.documents())[0]).toMatchObject({ lastEntry: fixture.log.size - 1, progress: { lastAt: fixture.clock.at } });
      fixture.clock.at += PACE.countMs;
      await ann.type('position:a', 'p2', 0, 'x');
      expect((await fixture.store.documents())[0]).toMatchObject({ lastEntry: fixture.log.size - 1, awaiting: { b: { proposals: 2 } } });
    });

    it('[HD17] [HD56] whoever types first in a document after a restart, or after it was closed, is news to nobody else', async () => {
      const before = await working('One.', 'Two.');
      for (const doc of ['e', 'f']) await before.opened(doc, 'One.');
      await before.basis('d');
      const ann = await before.client('ann', 'd');
      before.clock.at += PACE.countMs;
      await ann.type('position:a', 'p1', 0, 'x');
      const fixture = await new RoomsFixture(before.store, { ...options, openDocuments: 1 }).start();
      fixture.clock.at = before.clock.at;
      for (const [doc, room] of [['d', 'position:a'], ['e', 'working'], ['f', 'working'], ['d', 'position:a']] as const) {
        fixture.clock.at += PACE.countMs;
        await (await fixture.client('ann', doc)).type(room, 'p1', 0, 'x');
      }
      expect([fixture.commits.length, fixture.moved.filter(({ seats }) => !seats)]).toEqual([4, []]);
      fixture.clock.at += PACE.countMs;
      await (await fixture.client('ann', 'd')).type('position:a', 'p2', 0, 'x');
      expect(fixture.moved.filter(({ seats }) => !seats)).toHaveLength(1);
    });

    it('[HD56] what was counted while the rows were read that were there before is no news once more', async () => {
      const before = await negotiating('One.', 'Two.'), old = await before.store.listed(), latches: (() => void)[] = [];
      before.clock.at += PACE.countMs;
      const fixture = new RoomsFixture(before.store, options), { listed } = before.store;
      fixture.clock.at = before.clock.at;
      before.store.listed = () => new Promise((resolve) => { latches.push(() => resolve(old)); });
      const started = fixture.start();
      while (latches.length === 0) await new Promise((resolve) => { setImmediate(resolve); });
      const ann = await fixture.client('ann', 'd');
      await ann.type('position:a', 'p1', 0, 'x');
      expect(fixture.moved.filter(({ seats }) => !seats)).toHaveLength(1);
      before.store.listed = listed;
      latches.forEach((open) => open());
      await started;
      fixture.clock.at += PACE.countMs;
      await ann.type('position:a', 'p1', 0, 'x');
      expect(fixture.moved.filter(({ seats }) => !seats)).toHaveLength(1);
    });

    describe('right after a count', () => {
      beforeEach(() => {
        options = { pace: { ...PACE, intervalMs: 0, workMs: Infinity } };
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      });
      afterEach(() => {
        options = {};
        vi.useRealTimers();
      });

      /** Three paragraphs that have just been counted, and a word that was typed since. */
      const typedSince = async () => {
        const fixture = await negotiating('One.', 'Two.', 'Three.');
        const [counted] = await fixture.store.documents();
        const ann = await fixture.client('ann', 'd');
        await ann.type('position:a', 'p1', 0, 'x');
        expect(await fixture.store.documents()).toEqual([counted]);
        return { fixture, ann, size: fixture.log.size };
      };

      it('[HD17] what is typed is counted a quarter of a second later, without another entry, and people are told of it', async () => {
        const { fixture, ann, size } = await typedSince(), before = fixture.moved.length;
        await vi.advanceTimersByTimeAsync(PACE.countMs);
        await ann.join();
        expect([fixture.log.size, fixture.moved.slice(before)]).toEqual([size, [{ index: size - 1, seats: false }]]);
        expect((await fixture.store.documents())[0]).toMatchObject({ lastEntry: size - 1, progress: { standings: { bracketed: 1, clean: 2 } } });
      });

      it('[HD17] an act is counted at once, and what was typed before with it', async () => {
        const { fixture } = await typedSince();
        await fixture.agree('anna', 'd', 'p2');
        await fixture.agree('bo', 'd', 'p2');
        expect((await fixture.store.documents())[0]).toMatchObject({ lastEntry: fixture.log.size - 1, progress: { standings: { bracketed: 1, agreed: 1, clean: 1 } } });
      });

      it('[HD17] a server that stops counts what it owes first', async () => {
        const { fixture } = await typedSince();
        await fixture.rooms.close();
        expect((await fixture.store.documents())[0]).toMatchObject({ progress: { standings: { bracketed: 1, clean: 2 } } });
      });
    });
  });

  describe('what is agreed', () => {
    it('[HD9] a single consent lapses in the commit of the edit that brackets its text', async () => {
      const fixture = await negotiating('One.', 'Two.');
      await fixture.agree('anna', 'd', 'p1');
      const ben = await fixture.client('ben', 'd');
      await ben.type('position:b', 'p1', 0, 'x');
      expect(kinds(fixture)).toEqual(['position:b', 'lapse']);
      expect(fixture.commits.at(-1)!.notices[1]).toMatchObject({ by: 'server', events: [{ e: 'lapsed', provision: 'p1' }] });
      expect((await ben.join()).document.settled).toEqual({});
    });

    const agreed = async (...paragraphs: string[]): Promise<{ fixture: RoomsFixture; ann: Client }> => {
      const fixture = await negotiating(...paragraphs);
      await fixture.agree('anna', 'd', 'p2');
      await fixture.agree('bo', 'd', 'p2');
      return { fixture, ann: await fixture.client('ann', 'd') };
    };

    it('[HD8] what is typed into an agreed provision comes back to its author, and the rest stays', async () => {
      const { fixture, ann } = await agreed('One.', 'Two words.', 'Three.');
      const update = ann.edit('position:a', (doc) => {
        textAt(doc, 'p1', 'en:text')!.insert(0, 'kept ');
        textAt(doc, 'p2', 'en:text')!.insert(4, 'lost ');
      });
      const answer = await ann.send('position:a', update);
      expect(answer).toMatchObject({ ok: true, returned: [{ provision: 'p2', key: 'en:text' }] });
      expect(answer.ok && answer.returned.map((r) => r.words.map((run) => run.t).join('')).join('')).toContain('lost');
      expect(ann.words('position:a', 'p1')).toBe('kept One.');
      expect(ann.words('position:a', 'p2')).toBe('Two words.');
      expect(fixture.commits.at(-1)!.notices).toHaveLength(1);
      const again = await new RoomsFixture(fixture.store).start();
      expect((await again.client('bo', 'd')).text('position:a')).toEqual(ann.text('position:a'));
    });

    it.each([
      ['removed', (doc: Y.Doc) => writeEdits(doc, [{ do: 'remove', id: 'p2' }], Math.random)],
      ['moved', (doc: Y.Doc) => writeEdits(doc, [{ do: 'move', id: 'p2', after: 'p3' }], Math.random)],
      ['renamed', (doc: Y.Doc) => writeEdits(doc, [{ do: 'set', id: 'p2', label: 'X', level: 3 }], Math.random)],
      ['emptied', (doc: Y.Doc) => textAt(doc, 'p2', 'en:text')!.delete(0, 4)],
      ['all at once', (doc: Y.Doc) => writeEdits(doc, [{ do: 'splice', id: 'p2', key: 'en:text', from: 0, to: 2, insert: [{ t: 'no', m: 'em' }] }, { do: 'move', id: 'p2', after: null }, { do: 'remove', id: 'p2' }], Math.random)],
    ])('[HD8] an agreed provision that was %s stands again exactly as it did', async (_what, work) => {
      const { ann } = await agreed('One.', 'Two.', 'Three.');
      const before = ann.text('position:a');
      const answer = await ann.send('position:a', ann.edit('position:a', work));
      expect(answer).toMatchObject({ ok: true });
      expect(ann.text('position:a')).toEqual(before);
      expect(compareTexts(ann.text('common'), ann.text('position:a')).items).toEqual([]);
    });

    it('[HD8] what is typed into a provision that a colleague removed comes back', async () => {
      const fixture = await working('One.', 'Two.');
      const ann = await fixture.client('ann', 'd');
      const ben = await fixture.client('ben', 'd');
      const late = ben.typed('working', 'p2', 4, ' Late words.');
      await ann.send('working', ann.edit('working', (doc) => (doc.getMap(ROOT).get('p2') as Y.Map<unknown>).set('gone', true)));
      expect(await ben.send('working', late)).toMatchObject({ ok: true, returned: [{ provision: 'p2', key: 'en:text', words: [{ t: ' Late words.' }] }] });
    });
  });

  describe('the record', () => {
    it('[HD6] holds the operation verbatim, and the words only beside the leaf', async () => {
      const fixture = await working('Secret words.');
      const [leaf] = await lastLeaves(fixture, 1);
      expect(Object.keys(leaf!)).toEqual(['by', 'c', 'len', 'op', 'ts', 'v']);
      expect(JSON.stringify(leaf)).not.toContain('Secret');
    });

    it('time does not run backwards in it', async () => {
      const fixture = await working('One.');
      const ann = await fixture.client('ann', 'd');
      fixture.clock.at -= 60_000;
      await ann.type('working', 'p1', 0, 'a');
      const [before, last] = await lastLeaves(fixture, 2);
      expect(last!.ts).toBe(before!.ts);
    });
  });
});
