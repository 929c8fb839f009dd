import { beforeEach, describe, expect, it } from 'vitest';
import { Pace, TYPING_MS, WORDS_MS } from './pace.ts';

let now: number, timers: { readonly at: number; readonly then: () => void }[], drawn: number[], pace: Pace;

/** Lets the time come, and whatever is due at it. */
function at(time: number): void {
  for (let due = timers.filter((timer) => timer.at <= time); due.length > 0; due = timers.filter((timer) => timer.at <= time)) {
    const [next] = due.sort((a, b) => a.at - b.at);
    timers = timers.filter((timer) => timer !== next);
    now = next!.at;
    next!.then();
  }
  now = time;
}

beforeEach(() => {
  now = 10_000; timers = []; drawn = [];
  const after = (milliseconds: number, then: () => void) => { const timer = { at: now + milliseconds, then }; timers.push(timer); return () => { timers = timers.filter((one) => one !== timer); }; };
  pace = new Pace({ now: () => now, after }, () => drawn.push(now - 10_000));
});

const typedAt = (...times: number[]): void => { for (const time of times) { at(10_000 + time); pace.changed(false); } };

describe('[E45] the pace at which words are drawn beside the text', () => {
  it('the first after a rest is drawn at once, and nothing after it when nothing more changes', () => {
    typedAt(0);
    expect(drawn).toEqual([0]);
    at(20_000);
    typedAt(10_000);
    expect(drawn).toEqual([0, 10_000]);
  });

  it('while keys come they are drawn once in each stretch, and the last of them always', () => {
    typedAt(0, 100, 200, 300, 400, 500, 600);
    at(20_000);
    expect(drawn).toEqual([0, WORDS_MS, 2 * WORDS_MS, 3 * WORDS_MS]);
    expect(timers).toEqual([]);
  });

  it('what is urgent is drawn at once, with what was waiting, which is not drawn again', () => {
    typedAt(0, 100);
    pace.changed(true);
    expect(drawn).toEqual([0, 100]);
    at(20_000);
    expect(drawn).toEqual([0, 100]);
  });

  it('words wait after something urgent as after words', () => {
    pace.changed(true);
    typedAt(100);
    at(20_000);
    expect(drawn).toEqual([0, WORDS_MS]);
  });

  it('what will be told again when it is saved is drawn then, once', () => {
    pace.changing();
    at(10_030);
    pace.changed(false);
    at(20_000);
    expect(drawn).toEqual([30]);
  });

  it('where that does not come it is drawn all the same, also while more is typed', () => {
    for (const time of [0, 100, 200, 300, 400]) { at(10_000 + time); pace.changing(); }
    at(20_000);
    expect(drawn).toEqual([WORDS_MS, 400 + WORDS_MS]);
  });

  it('while somebody types here it waits for a pause, and no longer than that without one', () => {
    const key = (time: number): void => { at(10_000 + time); pace.changing(); at(10_030 + time); pace.changed(false); };
    for (let time = 0; time <= 2_400; time += 120) key(time);
    at(20_000);
    expect(drawn).toEqual([30, 30 + TYPING_MS, 30 + 2 * TYPING_MS, 2_400 + WORDS_MS]);
  });

  it('somebody else’s words wait no longer for what is typed here than that', () => {
    typedAt(0, 100);
    for (let time = 150; time < 3_000; time += 50) { at(10_000 + time); pace.changing(); }
    expect(drawn).toEqual([0, TYPING_MS, 2 * TYPING_MS]);
  });

  it('draws nothing once it was stopped', () => {
    typedAt(0, 100);
    pace.stop();
    at(20_000);
    expect(drawn).toEqual([0]);
  });
});
