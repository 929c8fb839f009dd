import { describe, expect, it } from 'vitest';
import { type BoundedWorker, WorkerOverdue } from '../limits/bounded-worker.ts';
import { RequestRefused } from './request-refused.ts';
import { WorkerGuessEstimate } from './worker-guess-estimate.ts';

const outcome = (asked: Promise<number>) => asked.catch((error: unknown) => (error instanceof RequestRefused ? error.refusal : (error as Error).message));
const asking = (ask: (question: unknown) => Promise<unknown>) => new WorkerGuessEstimate({ ask: ask as BoundedWorker['ask'], close: async () => undefined });

describe('[Z13] an estimate in a worker', () => {
  it('is made one at a time; who has asked for most loses a place, and is told that all are busy', async () => {
    const order: string[] = [], answers: (() => void)[] = [];
    const estimate = asking(() => new Promise((resolve) => { answers.push(() => resolve(12)); }));
    const ask = async (user: string) => { order.push(`${user}: ${await outcome(estimate.log10('a password', [], user))}`); };
    const all = [...Array.from({ length: 17 }, () => ask('ann')), ask('ben')];
    while (order.length < all.length) {
      expect(answers.length).toBeLessThanOrEqual(1);
      answers.pop()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(order.filter((one) => one === 'ann: busy')).toHaveLength(1);
    expect(order.filter((one) => !one.endsWith('busy')).indexOf('ben: 12')).toBeLessThanOrEqual(2);
  });

  it('that takes too long is busy; another failure is one', async () => {
    const fates = [new WorkerOverdue('no answer'), new Error('out of memory')];
    const estimate = asking(() => { const fate = fates.shift(); return fate ? Promise.reject(fate) : Promise.resolve(11); });
    expect(await outcome(estimate.log10('a password', [], 'ann'))).toBe('busy');
    expect(await outcome(estimate.log10('a password', [], 'ann'))).toBe('out of memory');
    expect(await outcome(estimate.log10('a password', [], 'ann'))).toBe(11);
  });
});
