import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemEntropy } from '../record/clock.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import { CommitLoop, PACE } from './commit-loop.ts';
import { ProcessBounds } from './process-bounds.ts';
import type { CommitPort, Job } from './commit-port.ts';
import { CommitBatch, type CommitContext } from './commit-batch.ts';

/** A port that writes down what the loop does with it. */
class RecordingPort implements CommitPort {
  readonly held = true;
  readonly lasts = true;
  reachable = true;
  readonly commits: string[][] = [];
  readonly entropy = new SystemEntropy();
  loads = 0;
  ready = (_subject: string) => true;
  commitMs = 0;

  async reach(): Promise<void> {}

  isReady(subject: string): boolean {
    return this.ready(subject);
  }

  async load(): Promise<void> {
    this.loads += 1;
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    this.ready = () => true;
  }

  needs(subject: string): readonly string[] {
    return [subject];
  }

  async steady(): Promise<void> {}

  begin(): CommitBatch {
    this.commits.push([]);
    return new CommitBatch('shared', {} as CommitContext);
  }

  async commit(): Promise<ReadonlySet<string>> {
    if (this.commitMs > 0) await new Promise((resolve) => { setTimeout(resolve, this.commitMs); });
    return new Set();
  }

  deliver(): void {}

  rest(): void {}

  job(name: string, subject = 'd', answer: () => void = () => undefined): Job & { readonly done: Promise<string> } {
    let settle: (outcome: string) => void = () => undefined;
    const done = new Promise<string>((resolve) => { settle = resolve; });
    const run = () => {
      this.commits.at(-1)!.push(name);
      return () => { answer(); settle('ok'); };
    };
    return { subject, user: 'ana', weight: 1, run, fail: (refusal) => settle(refusal), done };
  }
}

describe('the commit loop', () => {
  describe('by a clock of its own', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
    afterEach(() => void vi.useRealTimers());

    /** Lets everything happen that needs no time; then so many milliseconds pass. */
    const pass = async (ms = 0): Promise<void> => {
      for (let i = 0; i < 10; i++) await new Promise((resolve) => { setImmediate(resolve); });
      await vi.advanceTimersByTimeAsync(ms);
      for (let i = 0; i < 10; i++) await new Promise((resolve) => { setImmediate(resolve); });
    };

    it('[H15] starts at once when idle, and gathers while a commit is under way', async () => {
      const port = new RecordingPort();
      const loop = new CommitLoop(port);
      port.commitMs = 10;
      loop.submit(port.job('a'));
      await pass();
      expect(port.commits).toEqual([['a']]);
      for (const name of ['b', 'c', 'd']) loop.submit(port.job(name));
      await pass(9);
      expect(port.commits).toEqual([['a']]);
      await pass(1);
      expect(port.commits).toEqual([['a'], ['b', 'c', 'd']]);
    });

    it('[H15] lets a few that come close together start at once after a rest, and spares again when it has rested', async () => {
      const port = new RecordingPort();
      const loop = new CommitLoop(port, { ...PACE, intervalMs: 8, spare: 3 });
      const turnsOf = async (jobs: number): Promise<number> => {
        const before = port.commits.length;
        for (let i = 0; i < jobs; i++) {
          loop.submit(port.job(`${i}`));
          await pass();
        }
        return port.commits.length - before;
      };
      expect(await turnsOf(10)).toBe(4);
      await pass(8);
      expect(port.commits).toHaveLength(5);
      await pass(2 * 8);
      expect(await turnsOf(10)).toBe(2);
      await pass(8);
      await pass(1_000);
      expect(await turnsOf(10)).toBe(4);
    });

    it('[H15] keeps the pace under load', async () => {
      const port = new RecordingPort();
      const loop = new CommitLoop(port, { ...PACE, intervalMs: 8, spare: 0 });
      for (let i = 0; i < 5; i++) {
        loop.submit(port.job(`${i}`));
        await pass();
        expect(port.commits).toHaveLength(Math.max(1, i));
        await pass(i === 0 ? 0 : 7);
        expect(port.commits).toHaveLength(Math.max(1, i));
        await pass(i === 0 ? 0 : 1);
        expect(port.commits).toHaveLength(i + 1);
      }
    });
  });

  it('[HG14] gives an act on the group a commit of its own, in its place', async () => {
    const port = new RecordingPort();
    const loop = new CommitLoop(port);
    const jobs = [port.job('a'), port.job('g', GROUP_SUBJECT), port.job('b'), port.job('c')];
    jobs.forEach((job) => loop.submit(job));
    await Promise.all(jobs.map((job) => job.done));
    expect(port.commits).toEqual([['a'], ['g'], ['b', 'c']]);
  });

  it('lets requests about a document wait until it is open, in order, and nobody else', async () => {
    const port = new RecordingPort();
    port.ready = (subject) => subject !== 'slow';
    const loop = new CommitLoop(port);
    const jobs = [port.job('s1', 'slow'), port.job('a'), port.job('s2', 'slow')];
    jobs.forEach((job) => loop.submit(job));
    await Promise.all(jobs.map((job) => job.done));
    expect([port.commits, port.loads]).toEqual([[['a'], ['s1', 's2']], 1]);
  });

  it('[H58] has no commit while another group of the process is nearer, and goes on after it', async () => {
    const bounds = new ProcessBounds(), one = new RecordingPort(), other = new RecordingPort();
    const loops = [one, other].map((port) => new CommitLoop(port, { ...PACE, intervalMs: 0 }, undefined, undefined, bounds));
    bounds.groups.charge('greedy', 1_000);
    const jobs = [{ ...one.job('a'), user: 'greedy' }, other.job('b')], order: string[] = [];
    for (const job of jobs) void job.done.then(() => order.push(job.user));
    jobs.forEach((job, i) => loops[i]!.submit(job));
    await Promise.all(jobs.map(({ done }) => done));
    expect(order).toEqual(['ana', 'greedy']);
  });

  it('[H2] never begins a commit in the macrotask in which it answered the last', async () => {
    const port = new RecordingPort();
    const loop = new CommitLoop(port, { ...PACE, intervalMs: 0 });
    let inAnswer = 0;
    const second = port.job('b');
    const first = port.job('a', 'd', () => {
      loop.submit(second);
      void Promise.resolve().then(() => Promise.resolve()).then(() => { inAnswer = port.commits.length; });
    });
    loop.submit(first);
    await second.done;
    expect([inAnswer, port.commits.length]).toEqual([1, 2]);
  });

  it('[H16] an answer that breaks is still an answer', async () => {
    const port = new RecordingPort();
    const loop = new CommitLoop(port);
    const [broken, next] = [port.job('a', 'd', () => { throw new Error('a bug'); }), port.job('b')];
    loop.submit(broken);
    loop.submit(next);
    expect(await Promise.all([broken.done, next.done])).toEqual(['server-error', 'ok']);
  });
});
