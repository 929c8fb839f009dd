import { type LogName } from '@parley/negotiation';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { AT_ONCE, RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { logger } from '../logger.ts';
import { AppendConflict } from '../record/record.store.ts';

const A: LogName = 'private:a', DRAFT = 'draft:a:working', POSITION = 'position:a';

type Held = 'open' | 'group' | 'document';

/** A record of which the shared log fails, and answers some reads no sooner than it is told to. */
class Slow extends MemoryRecordStore {
  fails: 'full' | 'conflict' | 'answer lost' | null = null;
  private: Promise<void> | null = null;
  private readonly waiting: (() => void)[] = [];
  private what: Held | null = null;

  hold(what: Held): void {
    this.what = what;
  }

  get held(): number {
    return this.waiting.length;
  }

  /** Answers so many of those that wait, and all that come from now on. */
  answer(count = Infinity): void {
    this.what = null;
    this.waiting.splice(0, count).forEach((go) => go());
  }

  override async append(...args: Parameters<MemoryRecordStore['append']>): Promise<void> {
    const [log, size] = args;
    if (log === A) await this.private;
    if (log === 'shared' && this.fails === 'full') throw new Error('no place left');
    if (log === 'shared' && this.fails === 'conflict') throw new AppendConflict(log, size, size + 1);
    await super.append(...args);
    if (log === 'shared' && this.fails === 'answer lost') throw new Error('the connection ended');
  }

  override async openLog(...args: Parameters<MemoryRecordStore['openLog']>): Promise<{ readonly size: number }> {
    const answer = await super.openLog(...args);
    return this.later(args[0], 'open', answer);
  }

  override async entriesOf(...args: Parameters<MemoryRecordStore['entriesOf']>): ReturnType<MemoryRecordStore['entriesOf']> {
    const answer = await super.entriesOf(...args);
    return this.later(args[0], args[1] === '@' ? 'group' : 'document', answer);
  }

  private async later<T>(log: string, what: Held, answer: T): Promise<T> {
    if (log === 'shared' && what === this.what) await new Promise<void>((go) => { this.waiting.push(go); });
    return answer;
  }
}

/** Everything that can go on has gone on. */
const settled = async (): Promise<void> => { for (let i = 0; i < 30; i++) await new Promise((resolve) => { setImmediate(resolve); }); };

let logged: MockInstance;
beforeEach(() => { logged = vi.spyOn(logger, 'failed').mockImplementation(() => undefined); });
afterEach(() => { logged.mockRestore(); });

async function negotiating(store = new Slow()): Promise<RoomsFixture & { readonly store: Slow }> {
  const f = await new RoomsFixture(store, { pace: AT_ONCE, waitMs: 0 }).established() as RoomsFixture & { readonly store: Slow };
  await f.opened('d', 'Each side shall act.');
  await f.basis('d');
  return f;
}

describe('several loops of one group', () => {
  it('[HD53] open a document once: what it becomes after the one has it is not lost when the other has', async () => {
    const before = await negotiating(), { store } = before;
    await before.rooms.close();
    const f = await new RoomsFixture(store, { pace: AT_ONCE }).start();
    await settled();
    store.hold('document');
    const all = f.client('ann', 'd'), own = f.client('ann', 'd', A);
    await settled();
    expect(store.held).toBe(1);
    store.answer(1);
    const ann = await all;
    expect(await ann.type(POSITION, 'p1', 0, 'Now ')).toMatchObject({ ok: true });
    store.answer();
    expect((await own).words(DRAFT)).toMatch(/Each side shall act.$/u);
    expect((await f.client('bo', 'd')).words(POSITION)).toBe('Now Each side shall act.');
    expect([await ann.type(POSITION, 'p1', 0, 'And '), ann.words(POSITION)]).toMatchObject([{ ok: true }, 'And Now Each side shall act.']);
  });

  it('[HD53] do not open the record again while one of them learns what became of its append', async () => {
    const f = await negotiating(), { store } = f, own = await f.client('ann', 'd', A), told = f.moved.length;
    store.fails = 'answer lost';
    store.hold('open');
    const invited = f.onGroup('anna', { t: 'invite', link: 'c'.repeat(64), role: 'negotiator', delegation: 'a' });
    await settled();
    const typed = own.type(DRAFT, 'p1', 0, 'Now ');
    await settled();
    expect(store.held).toBe(1);
    store.fails = null;
    store.answer();
    expect([await invited, await typed, f.moved.slice(told)]).toEqual([f.log.size - 1, { ok: true, entry: 1, returned: [] }, [{ index: f.log.size - 1, seats: true }]]);
  });

  it('[HD53] decide nothing while the group is read again: who is removed then stays removed', async () => {
    const f = await negotiating(), { store } = f, [own, ann] = [await f.client('ann', 'd', A), await f.client('ann', 'd')];
    store.fails = 'conflict';
    expect(await ann.type(POSITION, 'p1', 0, 'Lost ')).toMatchObject({ ok: false });
    store.fails = null;
    store.hold('group');
    const typed = own.type(DRAFT, 'p1', 0, 'Now ');
    await settled();
    const size = store.entries.length, removed = f.onGroup('anna', { t: 'remove', user: 'ann' });
    await settled();
    expect([store.held, store.entries.length]).toEqual([1, size]);
    store.answer();
    await Promise.all([typed, removed]);
    await settled();
    expect(f.rooms.actorOf('ann')).toBe(null);
  });

  it('[HD53] answer who joins a private log when what all share of the document has been opened again', async () => {
    const f = await negotiating(), { store } = f, [own, ann] = [await f.client('ann', 'd', A), await f.client('ann', 'd')];
    let go: () => void = () => undefined;
    store.private = new Promise((resolve) => { go = resolve; });
    const typed = own.type(DRAFT, 'p1', 0, 'Now '), joined = f.rooms.join('anna', { doc: 'd', log: A, have: {} });
    await settled();
    store.fails = 'full';
    store.hold('document');
    expect(await ann.type(POSITION, 'p1', 0, 'Lost ')).toMatchObject({ ok: false });
    store.fails = null;
    go();
    await settled();
    store.answer();
    expect([await typed, await joined]).toMatchObject([{ ok: true }, { ok: true, entry: 1 }]);
  });
});
