import { expect, it } from 'vitest';
import { FairQueue, type QueuePlace, QueueFull } from './fair-queue.ts';

/** Runs pieces of work that end when told, and says in which order they began. */
function queue(most = { atOnce: 1, inLane: 4, inAll: 8 }, random = () => 0) {
  const fair = new FairQueue(most, random), began: string[] = [], ends: (() => void)[] = [], refused: string[] = [];
  const ask = (what: string, place: QueuePlace): void => {
    void fair.run(place, () => new Promise<void>((resolve) => {
      began.push(what);
      ends.push(resolve);
    })).catch((error: unknown) => {
      expect(error).toBeInstanceOf(QueueFull);
      refused.push(what);
    });
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (): Promise<void> => { ends.shift()!(); await settle(); };
  return { began, refused, ask, end, settle };
}
const stranger = (lane: string, name = 'n'): QueuePlace => ({ lane, name, known: false });
const known = (lane: string): QueuePlace => ({ lane, name: 'b', known: true });

it('[Z6] addresses take turns, and names at one address', async () => {
  const { began, ask, end } = queue();
  for (const what of ['x1', 'x2', 'x3']) ask(what, stranger('x', 'many'));
  ask('x4', stranger('x', 'one'));
  ask('y1', stranger('y'));
  for (let n = 0; n < 4; n++) await end();
  expect(began).toEqual(['x1', 'x2', 'y1', 'x4', 'x3']);
});

it('[Z6] a browser that knows its person waits for no more than the one before, however many strangers there are', async () => {
  const { began, ask, end } = queue({ atOnce: 1, inLane: 4, inAll: 100 });
  for (let n = 0; n < 20; n++) ask(`s${n}`, stranger(`lane ${n}`));
  ask('known', known('ana'));
  await end();
  await end();
  expect(began.slice(0, 3)).toContain('known');
});

it('[Z6] strangers are not kept out by those who are known', async () => {
  const { began, ask, end } = queue();
  for (let n = 0; n < 4; n++) ask(`k${n}`, known('ana'));
  ask('s', stranger('x'));
  for (let n = 0; n < 3; n++) await end();
  expect(began.slice(0, 3)).toContain('s');
});

it.each([0, 0.5, 0.999])('[Z6] a lane that is full loses one of the name that waits for most, never the single one, whatever the lot: %d', async (lot) => {
  const { began, refused, ask, end, settle } = queue({ atOnce: 1, inLane: 4, inAll: 8 }, () => lot);
  for (let n = 0; n < 5; n++) ask(`flood${n}`, stranger('x', 'flood'));
  ask('single', stranger('x', 'single'));
  for (let n = 5; n < 50; n++) ask(`flood${n}`, stranger('x', 'flood'));
  await settle();
  expect(refused).toHaveLength(46);
  expect(refused).not.toContain('single');
  for (let n = 0; n < 4; n++) await end();
  expect(began).toContain('single');
});

it('[Z6] where each of a full lane is another’s, one loses his place and all others have their turn', async () => {
  const { began, refused, ask, end, settle } = queue();
  for (let n = 0; n < 6; n++) ask(`x${n}`, stranger('x', `${n}`));
  await settle();
  expect(refused).toHaveLength(1);
  for (let n = 0; n < 4; n++) await end();
  expect([...began, ...refused].sort()).toEqual(['x0', 'x1', 'x2', 'x3', 'x4', 'x5']);
});

it.each([['first', 'x', 'y'], ['last', 'z', 'y']])('[Z6] when all is full, the longest lane loses one: it came %s', async (_when, long, short) => {
  const { refused, ask, settle } = queue({ atOnce: 1, inLane: 4, inAll: 6 }), one = (n: number): void => ask(`${short}${n}`, stranger(`${short}${n}`));
  ask('at work', stranger('w'));
  if (long > short) one(0);
  for (let n = 0; n < 4; n++) ask(`${long}${n}`, stranger(long));
  for (let n = long > short ? 1 : 0; n < 3; n++) one(n);
  await settle();
  expect(refused).toHaveLength(1);
  expect(refused[0]!.startsWith(long)).toBe(true);
});

it('[Z6] who was refused waits no more: those who come later have that place', async () => {
  const { refused, ask, settle } = queue({ atOnce: 1, inLane: 4, inAll: 8 });
  for (let n = 0; n < 50; n++) ask(`x${n}`, stranger('x'));
  for (let n = 0; n < 4; n++) ask(`y${n}`, stranger(`y${n}`));
  await settle();
  expect([refused.length, refused.every((what) => what.startsWith('x'))]).toEqual([45, true]);
});
