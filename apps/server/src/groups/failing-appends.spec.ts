import { describe, expect, it } from 'vitest';
import { MemoryRecordStore, subjectOf } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, sent } from '../../../../test/support/rooms-fixture.ts';
import type { DocumentRow, NewEntry } from '../record/record.store.ts';
import type { Pace } from '../commit/commit-loop.ts';

type Append = (log: string, size: number, entries: readonly NewEntry[], rows: readonly DocumentRow[]) => Promise<void>;

/** A record whose appends go as the test says. */
class Unruly extends MemoryRecordStore {
  /** Instead of the next appends, in order; they may call `really`. */
  readonly next: Append[] = [];
  away = false;

  readonly really: Append = (...args) => super.append(...args);

  override async append(...args: Parameters<Append>): Promise<void> {
    if (this.away) throw new Error('connection refused');
    const special = this.next.shift();
    return special ? special(...args) : super.append(...args);
  }

  override async openLog(log: string, origin: string): Promise<{ readonly size: number }> {
    if (this.away) throw new Error('connection refused');
    return super.openLog(log, origin);
  }

  override async entriesOf(...args: Parameters<MemoryRecordStore['entriesOf']>): ReturnType<MemoryRecordStore['entriesOf']> {
    if (this.away) throw new Error('connection refused');
    return super.entriesOf(...args);
  }
}

const refuse: Append = async () => { throw new Error('a row was refused'); };
const PACE = { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [5, 20] as const };

async function fixture(...docs: string[]): Promise<{ fixture: RoomsFixture; store: Unruly }> {
  return benchAt(PACE, ...docs);
}

async function benchAt(pace: Pace, ...docs: string[]): Promise<{ fixture: RoomsFixture; store: Unruly }> {
  const store = new Unruly();
  const made = await new RoomsFixture(store, { pace, waitMs: 30 }).established();
  for (const doc of docs) await made.opened(doc, 'One.');
  return { fixture: made, store };
}

const until = async (what: () => boolean): Promise<void> => {
  for (let i = 0; !what(); i++) {
    if (i > 2_000) throw new Error('it never came');
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
};

describe('an append', () => {
  it('[HD17] that is refused takes no count with it: documents saved one by one have their rows', async () => {
    const { fixture: b, store } = await benchAt({ ...PACE, countMs: 250 }, 'd', 'e');
    for (const doc of ['d', 'e']) await b.basis(doc);
    const [ann, ben] = [await b.client('ann', 'd'), await b.client('ben', 'e')];
    b.clock.at += 250;
    store.next.push(refuse);
    expect(await Promise.all([ann.type('position:a', 'p1', 0, 'x'), ben.type('position:b', 'p1', 0, 'x')])).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await store.documents()).toMatchObject([{ progress: { standings: { bracketed: 1 } } }, { progress: { standings: { bracketed: 1 } } }]);
  });

  it('[HD17] of a count alone that fails takes no word with it, and is made up for with the next entry', async () => {
    const { fixture: b, store } = await benchAt({ ...PACE, countMs: 1 }, 'd');
    await b.basis('d');
    const ann = await b.client('ann', 'd'), before = b.rebuilt.length;
    store.next.push(store.really, refuse);
    expect(await ann.type('position:a', 'p1', 0, 'a')).toMatchObject({ ok: true });
    await until(() => b.rebuilt.length > before);
    expect((await store.documents())[0]).toMatchObject({ progress: { standings: { clean: 1, bracketed: 0 } } });
    expect(await ann.type('position:a', 'p1', 1, 'b')).toMatchObject({ ok: true });
    expect(ann.words('position:a')).toBe('abOne.');
    expect((await store.documents())[0]).toMatchObject({ progress: { standings: { clean: 0, bracketed: 1 } } });
  });

  it('[H1] [W14] shows and acknowledges nothing before it has ended', async () => {
    const { fixture: b, store } = await fixture('d');
    const [ann, ben] = [await b.client('ann', 'd'), await b.client('ben', 'd')];
    let release = () => undefined as void;
    let reached = false;
    store.next.push(async (...args) => {
      reached = true;
      await new Promise<void>((resolve) => { release = resolve; });
      return store.really(...args);
    });
    let answered = false;
    const commits = b.commits.length;
    const typed = ann.type('working', 'p1', 0, 'a').then((answer) => { answered = true; return answer; });
    await until(() => reached);
    const joining = b.rooms.join('ben', { doc: 'd', have: {} });
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect([answered, b.commits.length, ben.words('working')]).toEqual([false, commits, 'One.']);
    release();
    const answer = await typed;
    expect(answer).toMatchObject({ ok: true });
    expect(ben.words('working')).toBe('aOne.');
    expect(await joining).toMatchObject({ ok: true, entry: answer.ok && answer.entry });
  });

  it('[H10] that fails makes the document again and answers not-saved; the same update goes in afterwards', async () => {
    const { fixture: b, store } = await fixture('d');
    const [ann, ben] = [await b.client('ann', 'd'), await b.client('ben', 'd')];
    store.next.push(refuse);
    const update = ann.typed('working', 'p1', 0, 'a');
    const commits = b.commits.length;
    expect(await ann.send('working', update)).toEqual({ ok: false, reason: 'not-saved' });
    expect(b.commits.length).toBe(commits);
    await until(() => b.rebuilt.length > 0);
    expect(b.rebuilt).toEqual(['d']);
    expect((await b.client('mo', 'd')).words('working')).toBe('One.');
    expect(await ann.send('working', update)).toMatchObject({ ok: true });
    expect(ben.words('working')).toBe('aOne.');
  });

  it('[H10] refused for one document is saved for the others', async () => {
    const { fixture: b, store } = await fixture('d', 'e', 'f');
    const clients = await Promise.all(['d', 'e', 'f'].map((doc) => b.client('ann', doc)));
    const pickyOf = (doc: string): Append => async (...args) => {
      if (args[2].some((entry) => subjectOf(entry.leaf) === doc)) throw new Error('check constraint');
      return store.really(...args);
    };
    for (let i = 0; i < 4; i++) store.next.push(pickyOf('e'));
    const answers = await Promise.all(clients.map((client) => client.type('working', 'p1', 0, 'a')));
    expect(answers.map((a) => a.ok)).toEqual([true, false, true]);
    store.next.length = 0;
    const [first, , last] = answers;
    expect(last!.ok && first!.ok && last!.entry - first!.entry).toBe(1);
    await until(() => b.rebuilt.includes('e'));
    expect((await b.client('mo', 'e')).words('working')).toBe('One.');
    expect((await b.client('mo', 'f')).words('working')).toBe('aOne.');
  });

  it('[H11] whose answer was lost is acknowledged', async () => {
    const { fixture: b, store } = await fixture('d');
    const [ann, ben] = [await b.client('ann', 'd'), await b.client('ben', 'd')];
    store.next.push(async (...args) => {
      await store.really(...args);
      throw new Error('connection lost');
    });
    expect(await ann.type('working', 'p1', 0, 'a')).toMatchObject({ ok: true, entry: store.entries.length - 1 });
    expect(ben.words('working')).toBe('aOne.');
    expect(b.rebuilt).toEqual([]);
    expect(await ben.type('working', 'p1', 0, 'b')).toMatchObject({ ok: true });
  });

  it('[H12] waits out a record that is away, and what was given up then is told when it is back', async () => {
    const { fixture: b, store } = await fixture('d', 'e');
    const [ann, ben] = [await b.client('ann', 'd'), await b.client('ben', 'e')];
    store.away = true;
    const update = ann.typed('working', 'p1', 0, 'a');
    expect(await ann.send('working', update)).toEqual({ ok: false, reason: 'not-saved' });
    const queue = ben.type('working', 'p1', 0, 'b');
    let answered = false;
    void queue.then(() => { answered = true; });
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    expect(answered).toBe(false);
    store.away = false;
    expect(await queue).toMatchObject({ ok: true });
    await until(() => b.rebuilt.includes('d'));
    expect(await ann.send('working', update)).toMatchObject({ ok: true });
    expect((await b.client('mo', 'd')).words('working')).toBe('aOne.');
  });

  it('[H12] tells of what was given up also when nobody asks for anything', async () => {
    const { fixture: b, store } = await fixture('d');
    const ann = await b.client('ann', 'd');
    store.away = true;
    expect(await ann.type('working', 'p1', 0, 'a')).toEqual({ ok: false, reason: 'not-saved' });
    store.away = false;
    await until(() => b.rebuilt.includes('d'));
  });

  /** While the record is away: so many joins of each, in order; which of them are answered `busy` once it is back. */
  async function answersOf(asks: readonly (readonly [user: string, doc: string, count: number])[]): Promise<string[]> {
    const { fixture: b, store } = await fixture('d', 'e');
    const ann = await b.client('ann', 'd');
    store.away = true;
    await ann.type('working', 'p1', 0, 'a');
    const answers = asks.flatMap(([user, doc, count]) => Array.from({ length: count }, async () => {
      const answer = await b.rooms.join(user, { doc, have: {} });
      return answer.ok ? [] : [`${user} ${doc} ${answer.reason}`];
    }));
    store.away = false;
    return (await Promise.all(answers)).flat();
  }

  it('[H12] beyond the limit the answer is busy', async () => {
    const people = ['ann', 'anna', 'ben', 'bo', 'mo'].flatMap((user) => [[user, 'd', 500], [user, 'e', 500]] as const);
    expect(await answersOf([...people, ['udo', 'd', 7]])).toEqual(Array(7).fill('udo d busy'));
  });

  it('[H12] one user takes a fifth of it and one document half: busy for these alone', async () => {
    expect(await answersOf([['ann', 'd', 1_100], ['ben', 'd', 1], ['ann', 'e', 1]])).toEqual([...Array<string>(100).fill('ann d busy'), 'ann e busy']);
    expect(await answersOf([['ann', 'd', 900], ['ben', 'd', 900], ['bo', 'd', 900], ['ben', 'e', 50]])).toEqual(Array(200).fill('bo d busy'));
  });

  it('[H13] of a log that somebody else continued reads everything again', async () => {
    const { fixture: b, store } = await fixture('d', 'e');
    const other = await new RoomsFixture(store).start();
    const [ann, ben] = [await b.client('ann', 'd'), await b.client('ben', 'e')];
    await other.onGroup('anna', { t: 'remove', user: 'ann' });
    await (await other.client('ben', 'e')).type('working', 'p1', 0, 'other ');
    expect(await ann.type('working', 'p1', 0, 'a')).toEqual({ ok: false, reason: 'not-saved' });
    await until(() => b.rebuilt.length === 2);
    expect(b.moved.at(-1)).toMatchObject({ seats: true });
    expect(b.rooms.actorOf('ann')).toBeNull();
    await ben.join();
    expect(ben.words('working')).toBe('other One.');
  });

  it('[HD6] of an act that failed leaves its id free', async () => {
    const { fixture: b, store } = await fixture();
    const act = sent({ doc: 'd', t: 'openDocument', title: 'D', template: 'metrics', provisions: [] });
    store.next.push(refuse);
    expect(await b.rooms.perform('mo', 'd', act)).toEqual({ ok: false, reason: 'not-saved' });
    expect(await b.rooms.perform('mo', 'd', act)).toMatchObject({ ok: true });
  });

  it('[HG14] of a seat that failed seats nobody', async () => {
    const { fixture: b, store } = await fixture();
    store.next.push(refuse);
    expect(await b.rooms.performOnGroup('ada', sent({ t: 'invite', link: 'f'.repeat(64), role: 'observer' }))).toEqual({ ok: false, reason: 'not-saved' });
    expect(b.rooms.group().invitations).toEqual({});
  });
});

describe('a job that fails', () => {
  it('[H16] takes only its own document’s requests with it', async () => {
    const { RULES } = await import('../commit/rules.ts');
    const store = new Unruly();
    const decide: typeof RULES.decide = (act, context) => {
      if (act.t === 'takeBackBasis') throw new Error('a bug');
      return RULES.decide(act, context);
    };
    const b = await new RoomsFixture(store, { pace: PACE, rules: { ...RULES, decide } }).established();
    for (const doc of ['d', 'e']) await b.opened(doc, 'One.');
    const [inD, inE] = [await b.client('ann', 'd'), await b.client('ann', 'e')];
    const size = store.entries.length;
    const update = inD.typed('working', 'p1', 0, 'a');
    const acting = b.rooms.perform('anna', 'd', sent({ doc: 'd', t: 'takeBackBasis' }));
    await Promise.resolve();
    const [act, typed, elsewhere] = await Promise.all([acting, inD.send('working', update), inE.type('working', 'p1', 0, 'a')]);
    expect(act).toEqual({ ok: false, reason: 'server-error' });
    expect(elsewhere).toMatchObject({ ok: true });
    if (!typed.ok) expect(await inD.send('working', update)).toMatchObject({ ok: true });
    expect(store.entries.length).toBe(size + 2);
  });
});

it('[HD3] closing answers what was taken', async () => {
  const { fixture: b } = await fixture('d');
  const ann = await b.client('ann', 'd');
  const typed = ann.type('working', 'p1', 0, 'a');
  await b.rooms.close();
  expect(await typed).toMatchObject({ ok: true });
  expect(await ann.type('working', 'p1', 0, 'b')).toEqual({ ok: false, reason: 'elsewhere' });
});
