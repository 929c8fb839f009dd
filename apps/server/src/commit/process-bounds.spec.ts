import { describe, expect, it } from 'vitest';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture } from '../../../../test/support/rooms-fixture.ts';
import { OpenDocuments } from './open-documents.ts';
import { ProcessBounds } from './process-bounds.ts';

const PACE = { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [5, 20] as const };

/** A record that says which documents were read from it, and can be away or slow. */
class Watched extends MemoryRecordStore {
  readonly read: string[] = [];
  away = false;
  before: () => Promise<void> = async () => undefined;

  override async entriesOf(...args: Parameters<MemoryRecordStore['entriesOf']>): ReturnType<MemoryRecordStore['entriesOf']> {
    if (args[1] !== '@') this.read.push(args[1]);
    return super.entriesOf(...args);
  }

  override async openLog(log: string, origin: string): Promise<{ readonly size: number }> {
    if (this.away) throw new Error('connection refused');
    return super.openLog(log, origin);
  }

  override async append(...args: Parameters<MemoryRecordStore['append']>): Promise<void> {
    if (this.away) throw new Error('connection refused');
    await this.before();
    return super.append(...args);
  }
}

/** Two groups of one process, and in each the documents that are named. */
async function groups(bounds: ProcessBounds, ...docs: readonly (readonly string[])[]): Promise<{ fixture: RoomsFixture; store: Watched }[]> {
  const made: { fixture: RoomsFixture; store: Watched }[] = [];
  for (const [i, names] of docs.entries()) {
    const store = new Watched(), fixture = await new RoomsFixture(store, { pace: PACE, waitMs: 30, bounds }, new MemorySnapshots(), `test/w/${i}`).established();
    for (const doc of names) await fixture.opened(doc, 'One.');
    made.push({ fixture, store });
  }
  return made;
}

describe('all groups of a process together', () => {
  it('[H12] let one user have a thousand requests waiting, in however many groups he asks', async () => {
    const [one, other] = await groups(new ProcessBounds(), ['d'], ['d']), answers: Promise<string>[] = [];
    for (const { fixture, store } of [one!, other!]) {
      const ann = await fixture.client('ann', 'd');
      store.away = true;
      await ann.type('working', 'p1', 0, 'a');
    }
    const ask = ({ fixture }: { fixture: RoomsFixture }, user: string, count: number): void => {
      for (let i = 0; i < count; i++) answers.push(fixture.rooms.join(user, { doc: 'd', have: {} }).then((answer) => (answer.ok ? 'joined' : `${user} ${answer.reason}`)));
    };
    ask(one!, 'ann', 600);
    ask(other!, 'ann', 600);
    ask(other!, 'ben', 1);
    for (const { store } of [one!, other!]) store.away = false;
    expect((await Promise.all(answers)).filter((answer) => answer !== 'joined')).toEqual(Array(200).fill('ann busy'));
  });

  it('[H58] keep so many documents open: what was not asked for longest is closed, in whatever group', async () => {
    const [one, other] = await groups(new ProcessBounds(undefined, new OpenDocuments(2)), ['d', 'e'], ['f']);
    for (const { store } of [one!, other!]) store.read.length = 0;
    for (const doc of ['e', 'd', 'e']) await one!.fixture.client('ann', doc);
    expect(one!.store.read).toEqual(['d']);
    await other!.fixture.client('ann', 'f');
    expect(other!.store.read).toEqual(['f']);
    await one!.fixture.client('ann', 'e');
    expect(one!.store.read).toEqual(['d']);
    await one!.fixture.client('ann', 'd');
    expect(one!.store.read).toEqual(['d', 'd']);
  });

  it('[H58] close nothing of a group that has a commit under way', async () => {
    const [one, other] = await groups(new ProcessBounds(undefined, new OpenDocuments(1)), ['d'], ['f']), ann = await one!.fixture.client('ann', 'd');
    let go: () => void = () => undefined;
    const appending = new Promise<void>((begun) => {
      one!.store.before = () => new Promise((resolve) => { go = resolve; begun(); });
    });
    const typed = ann.type('working', 'p1', 0, 'a');
    await appending;
    await other!.fixture.client('ann', 'f');
    one!.store.before = async () => undefined;
    go();
    expect(await typed).toMatchObject({ ok: true });
    expect((await one!.fixture.client('ben', 'd')).words('working')).toBe('aOne.');
  });
});
