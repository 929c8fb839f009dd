import { describe, expect, it } from 'vitest';
import { CommitLoop, PACE } from './commit-loop.ts';
import type { CommitPort, Job } from './commit-port.ts';
import { CommitBatch, type CommitContext } from './commit-batch.ts';

/** A port on which each request takes the time that is written on it, and nothing else does. */
class Stopwatch implements CommitPort {
  readonly held = true;
  readonly lasts = true;
  readonly reachable = true;
  readonly commits: string[][] = [];
  at = 0;
  private readonly loop = new CommitLoop(this, { ...PACE, intervalMs: 0 }, () => this.at);

  async reach(): Promise<void> {}
  async load(): Promise<void> {}
  async commit(): Promise<ReadonlySet<string>> { return new Set(); }
  isReady(): boolean { return true; }
  deliver(): void {}
  rest(): void {}

  needs(subject: string): readonly string[] {
    return [subject];
  }

  async steady(): Promise<void> {}

  begin(): CommitBatch {
    this.commits.push([]);
    return new CommitBatch('shared', {} as CommitContext);
  }

  /** Asks all at once; resolves when all are answered, with whose job was run, or answered as a reader, in which commit. */
  async ask(...jobs: readonly Partial<Job & { ms: number; then: () => void }>[]): Promise<string[]> {
    this.commits.length = 0;
    await Promise.all(jobs.map(({ ms = 1, then, ...job }) => new Promise<void>((resolve) => {
      const work = (): void => { this.at += ms; this.commits.at(-1)!.push(job.user!); };
      const answer = (): void => { resolve(); then?.(); };
      this.loop.submit({ subject: 'd', user: 'ann', weight: 0, fail: () => resolve(), ...job, run: () => (job.reads ? () => { work(); answer(); } : (work(), answer)) });
    })));
    return this.commits.map((commit) => commit.join(' '));
  }
}

const times = (n: number, job: Partial<Job & { ms: number }>) => Array.from({ length: n }, () => job);

describe('a commit has a budget of time', () => {
  it('[H24] works for ten milliseconds and leaves the rest to the next, in order', async () => {
    expect(await new Stopwatch().ask(...times(25, { user: 'ann' }))).toEqual([times(10, {}), times(10, {}), times(5, {})].map((commit) => commit.map(() => 'ann').join(' ')));
  });

  it('[H24] ends what it began, and always does something', async () => {
    expect(await new Stopwatch().ask(...times(3, { user: 'ann', ms: 80 }))).toEqual(['ann', 'ann', 'ann']);
  });

  it('[H24] takes what has to be written for work too', async () => {
    expect(await new Stopwatch().ask(...times(4, { user: 'ann', ms: 0, weight: 512 * 1024 }))).toEqual(['ann ann', 'ann ann']);
  });

  it('[H24] answers readers for as long, the rest in the next; who changes something is answered in any case', async () => {
    expect(await new Stopwatch().ask({ user: 'ann', ms: 4 }, ...times(3, { user: 'ann', ms: 6, reads: true }), { user: 'ann', ms: 3 })).toEqual(['ann ann ann ann', 'ann']);
  });
});

describe('users share the time of a commit', () => {
  it('[H25] who asks much does not stand before who asks little', async () => {
    const [first, ...rest] = await new Stopwatch().ask(...times(60, { user: 'ann' }), ...times(3, { user: 'ben' }));
    expect(first).toBe('ann ben ann ben ann ben ann ann ann ann');
    expect(rest.every((commit) => !commit.includes('ben'))).toBe(true);
  });

  it('[H25] it is shared by what requests take, not by how many they are', async () => {
    const commits = (await new Stopwatch().ask(...times(10, { user: 'ann', ms: 20 }), ...times(100, { user: 'ben', ms: 1 }))).join(' ').split(' ');
    const bens = commits.lastIndexOf('ben'), anns = commits.slice(0, bens).filter((user) => user === 'ann').length;
    expect(anns).toBeLessThanOrEqual(6);
    expect(anns).toBeGreaterThanOrEqual(4);
  });

  it('[H25] who was dear is served after the others when he asks again, also one request at a time', async () => {
    const port = new Stopwatch();
    for (let i = 0; i < 3; i++) {
      const commits = await port.ask({ user: 'ann', ms: 40 }, { user: 'ben' });
      expect(commits[i === 0 ? 1 : 0]).toMatch(/^ben/);
    }
  });

  it('[H25] what he took is forgiven with time, and alone he never waits', async () => {
    const port = new Stopwatch();
    await port.ask({ user: 'ann', ms: 40 });
    expect(await port.ask(...times(2, { user: 'ann', ms: 5 }))).toEqual(['ann ann']);
    port.at += 1_000;
    expect(await port.ask({ user: 'ann' }, { user: 'ben' })).toEqual(['ann ben']);
  });

  it('[H25] the answers to readers are shared the same way', async () => {
    const commits = await new Stopwatch().ask(...times(9, { user: 'ann', ms: 20, reads: true }), { user: 'ben', ms: 1, reads: true });
    expect(commits.findIndex((commit) => commit.includes('ben'))).toBeLessThanOrEqual(1);
  });

  it('[H25] the order of one user stays, whatever each takes', async () => {
    const port = new Stopwatch(), order: number[] = [];
    await port.ask(...[30, 1, 12, 0, 7].flatMap((ms, i) => [{ user: 'ann', ms, then: () => order.push(i) }, { user: `other${i}`, ms: 3 }]));
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });
});
