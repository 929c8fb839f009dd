import { afterEach, describe, expect, it, vi } from 'vitest';
import { BoundedWorker, WorkerOverdue } from './bounded-worker.ts';

/** Does what it is asked; its thread tells one worker from the next. */
const OBEDIENT = `
  import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', (ask) => {
    if (ask.t === 'thread') return parentPort.postMessage({ answer: threadId });
    if (ask.t === 'environment') return parentPort.postMessage({ answer: Object.keys(process.env) });
    if (ask.t === 'length') return parentPort.postMessage({ answer: ask.bytes.byteLength });
    if (ask.t === 'signal') {
      parentPort.postMessage({ answer: 'late' });
      Atomics.store(ask.flag, 0, 1);
      Atomics.notify(ask.flag, 0);
    }
    if (ask.t === 'fail') return parentPort.postMessage({ error: new RangeError('its own error') });
    if (ask.t === 'loop') for (;;);
    if (ask.t === 'throw') throw new Error('nobody caught it');
    if (ask.t === 'exit') process.exit(3);
    if (ask.t === 'fill') for (const all = [];;) all.push(new Array(1000).fill(all.length));
  });`;
const file = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

const made: BoundedWorker[] = [];
function worker(bounds: { heapMb?: number; answerMs?: number } = {}, code = OBEDIENT): BoundedWorker {
  const one = new BoundedWorker(file(code), { heapMb: 64, answerMs: 30_000, ...bounds });
  made.push(one);
  return one;
}
const lines = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
const logged = () => lines.mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string; error: string }).filter(({ event }) => event === 'worker ended');
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(made.splice(0).map((one) => one.close()));
  lines.mockClear();
});

describe('a bounded worker', () => {
  it('answers, stays, takes buffers without a copy, and knows nothing of the environment', async () => {
    const one = worker(), bytes = new ArrayBuffer(1_000);
    const thread = await one.ask({ t: 'thread' });
    expect(await one.ask({ t: 'length', bytes }, [bytes])).toBe(1_000);
    expect(bytes.byteLength).toBe(0);
    expect(await one.ask({ t: 'environment' })).toEqual([]);
    await expect(one.ask({ t: 'fail' })).rejects.toThrow(new RangeError('its own error'));
    expect(await one.ask({ t: 'thread' })).toBe(thread);
    expect(logged()).toEqual([]);
  });

  it('is ended when it does not answer in time, though it never comes to rest; the next question starts another', async () => {
    const one = worker({ answerMs: 30_000 }), thread = await one.ask({ t: 'thread' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const ended = expect(one.ask({ t: 'loop' })).rejects.toThrow(WorkerOverdue);
    vi.advanceTimersByTime(29_999);
    expect(logged()).toEqual([]);
    vi.advanceTimersByTime(1);
    await ended;
    expect(logged()).toMatchObject([{ error: 'WorkerOverdue' }]);
    expect(await one.ask({ t: 'thread' })).not.toBe(thread);
  });

  it('has its time for each question: one that it has answered does not end it later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const one = worker(), thread = await one.ask({ t: 'thread' });
    vi.advanceTimersByTime(60_000);
    expect([await one.ask({ t: 'thread' }), logged()]).toEqual([thread, []]);
  });

  it('is not listened to any more once it was ended: its answer is none to what the next is asked', async () => {
    const one = worker(), thread = await one.ask({ t: 'thread' }), flag = new Int32Array(new SharedArrayBuffer(4));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const ended = expect(one.ask({ t: 'signal', flag })).rejects.toThrow(WorkerOverdue);
    Atomics.wait(flag, 0, 0, 30_000);
    vi.advanceTimersByTime(30_000);
    const next = one.ask({ t: 'thread' });
    await ended;
    expect([typeof await next, await next === thread]).toEqual(['number', false]);
  });

  it.each(['throw', 'exit', 'fill'])('that ends by itself fails one question, is logged, and the next starts another: %s', async (t) => {
    const one = worker({ heapMb: 16 }), thread = await one.ask({ t: 'thread' });
    await expect(one.ask({ t })).rejects.toThrow(/nobody caught it|ended with 3|memory/);
    expect(logged()).toHaveLength(1);
    expect(await one.ask({ t: 'thread' })).not.toBe(thread);
  });

  it('that cannot start, a question that cannot be sent and a second question are reported', async () => {
    await expect(worker({}, 'this is no program').ask({ t: 'thread' })).rejects.toThrow(SyntaxError);
    const one = worker();
    await expect(one.ask({ t: () => 'a function' })).rejects.toThrow(/could not be cloned/);
    const first = one.ask({ t: 'thread' });
    await expect(one.ask({ t: 'thread' })).rejects.toThrow(/has a question/);
    expect(await first).toEqual(expect.any(Number));
  });

  it('ends at once when it is closed, and answers nothing afterwards', async () => {
    const one = worker();
    await one.ask({ t: 'thread' });
    const waits = expect(one.ask({ t: 'loop' })).rejects.toThrow(/closed/);
    await one.close();
    await waits;
    await expect(one.ask({ t: 'thread' })).rejects.toThrow(/closed/);
    expect(logged()).toEqual([]);
  });
});
