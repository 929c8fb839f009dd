import type { DocumentAct } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import { expect, it } from 'vitest';
import { RoomsFixture, SALT, sent } from '../../../../test/support/rooms-fixture.ts';
import { WorkerOverdue } from '../limits/bounded-worker.ts';
import type { ActReader } from './act-reader.ts';
import { ActReading } from './act-reading.ts';
import { LargeActs } from './large-acts.ts';

const provisions = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `p${n}`, kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': [{ t: `Words ${n}.` }] } }));
const opening = (id: string, count: number): DocumentAct => ({ v: 1, id, doc: 'd', t: 'openDocument', title: 'D', template: 'metrics', provisions: provisions(count) } as unknown as DocumentAct);
const bodyOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Reading by a clock in hand: each body takes as long as it has zeros in front, and the test says when what is asked of the reader is answered. */
function atHand() {
  let now = 0;
  const log: string[] = [], latches: (() => void)[] = [], acts = new LargeActs();
  let pieces = 0;
  const reader: ActReader = {
    async read(body) {
      const text = new TextDecoder().decode(body), tookMs = text.length;
      log.push(text.trim().slice(0, 40));
      if (text.includes('overdue')) throw new WorkerOverdue('no answer');
      if (text.includes('broken')) throw new Error('broken');
      await new Promise<void>((resolve) => { latches.push(resolve); });
      return { ...acts.read(body), tookMs };
    },
    piece: async (n) => { pieces += 1; return acts.piece(n); },
    close: async () => undefined,
  };
  const reading = new ActReading(reader, () => now);
  const small = (user: string, ms: number): string => {
    const answer = reading.small(user, () => { log.push(user); now += ms; return 'read'; });
    return typeof answer === 'string' ? answer : answer.ok ? 'read' : answer.reason;
  };
  const large = (user: string, text: string): Promise<string> => reading.large(user, new TextEncoder().encode(text)).then((answer) => (answer.ok ? 'read' : answer.reason), (error: Error) => error.message);
  const settle = async (): Promise<void> => { for (let i = 0; i < 5; i++) await new Promise((resolve) => { setImmediate(resolve); }); };
  const goOn = async (): Promise<void> => { await settle(); latches.shift()?.(); await settle(); };
  return { small, large, log, passes: (ms: number) => { now += ms; }, goOn, settle, reading, taken: () => pieces };
}

it('[HG55] who has let 600 ms be spent on reading acts is busy, and nothing more of that user is read until it is paid back; nobody else is touched', () => {
  const { small, log, passes } = atHand();
  expect(Array.from({ length: 20 }, () => small('az', 100))).toEqual([...Array.from({ length: 7 }, () => 'read'), ...Array.from({ length: 13 }, () => 'busy')]);
  expect(log).toHaveLength(7);
  expect(small('oc', 100)).toBe('read');
  passes(1_000);
  expect(small('az', 100)).toBe('read');
  expect(small('az', 100)).toBe('busy');
});

it('[HG55] what breaks in reading is counted too, and small acts are never kept waiting', () => {
  const { small, passes, reading } = atHand();
  for (let i = 0; i < 5_000; i++) {
    expect(small('az', 0.2)).toBe('read');
    passes(5);
  }
  for (let i = 0; i < 8; i++) expect(() => reading.small('oc', () => { passes(80); throw new Error('broken'); })).toThrow('broken');
  expect(small('oc', 1)).toBe('busy');
});

it('[HG55] large acts are read one at a time, users take turns, four of one wait and one more is busy; what reading takes elsewhere is counted as well', async () => {
  const { large, log, goOn, settle, small } = atHand();
  const azs = Array.from({ length: 6 }, (_, n) => large('az', `az ${n}`.padEnd(110))), oc = large('oc', 'oc');
  await settle();
  expect(log).toEqual(['az 0']);
  await goOn();
  await goOn();
  expect(log.slice(1)).toEqual([expect.stringMatching(/^az/), 'oc']);
  for (let n = 0; n < 4; n++) await goOn();
  expect(await oc).toBe('bad-request');
  const answers = await Promise.all(azs);
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'bad-request')).toHaveLength(5);
  const sixth = large('az', 'az 6'.padEnd(110)), seventh = large('az', 'az 7');
  await goOn();
  expect([await sixth, await seventh, small('az', 1), await large('az', 'az 8')]).toEqual(['bad-request', 'busy', 'busy', 'busy']);
  expect(small('oc', 1)).toBe('read');
});

it('[HG55] the loop has a turn between any two pieces of what was read', async () => {
  const { reading, goOn, taken } = atHand(), body = bodyOf(writeAct(opening('a', 900), SALT)), most: number[] = [];
  const read = reading.large('mo', body);
  let before = 0, done = false;
  void read.then(() => { done = true; });
  await goOn();
  for (; !done; await new Promise((resolve) => { setImmediate(resolve); })) {
    most.push(taken() - before);
    before = taken();
  }
  expect(taken()).toBeGreaterThan(5);
  expect(Math.max(...most.slice(1))).toBe(1);
  expect(await read).toMatchObject({ ok: true, act: opening('a', 900) });
});

it('[HG55] a reader that ends, or is too slow, fails the act that it was asked for, and no other', async () => {
  const { large, goOn } = atHand();
  const [broken, overdue, next] = [large('az', 'broken'), large('az', 'overdue'), large('az', '{}')];
  await goOn();
  expect([await broken, await overdue, await next]).toEqual(['broken', 'busy', 'bad-request']);
});

it('[HG55] a large act is performed as a small one is, and refused for the same', async () => {
  const fixture = await new RoomsFixture().established(), act = opening('large', 800), written = writeAct(act, SALT);
  const perform = (value: unknown, doc = 'd') => fixture.rooms.perform('mo', doc, value instanceof Uint8Array ? value : bodyOf(value));
  for (const [value, reason] of [
    ['{', 'bad-request'], [new Uint8Array([0xff, 0x7b]), 'bad-request'], [{ op: written.op }, 'bad-request'], [{ ...written, more: 1 }, 'bad-request'], [{ ...written, words: `${written.words} ` }, 'bad-request'],
    [writeAct({ ...act, t: 'none' } as never, SALT), 'bad-request'], [writeAct({ v: 1, id: 'l', doc: 'd', t: 'lapse', provision: 'p1' }, SALT), 'bad-request'], [{ op: written.op, words: 'a\0b' }, 'bad-text'],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'bad-request'],
  ] as const) expect([reason, await perform(value)]).toEqual([reason, { ok: false, reason }]);
  expect(await perform(written, 'e')).toEqual({ ok: false, reason: 'bad-request' });
  const done = await perform(written);
  expect(done).toMatchObject({ ok: true });
  expect(await fixture.rooms.perform('mo', 'd', written)).toEqual(done);
  const reader = await fixture.client('ann', 'd');
  expect(reader.text('working').list).toHaveLength(800);
  expect(reader.words('working', 'p799')).toBe('Words 799.');
  expect(await fixture.rooms.perform('ben', 'd', bodyOf(sent({ doc: 'd', t: 'takeBackBasis' })))).toMatchObject({ ok: false });
});

it('[HG55] a large act whose sender was signed out while it was read, or waited to be, is not performed; one of who is signed in is', async () => {
  const fixture = await new RoomsFixture().established(), body = bodyOf(writeAct(opening('late', 800), SALT)), before = fixture.commits.length;
  expect(await fixture.rooms.perform('mo', 'd', body, async () => false)).toEqual({ ok: false, reason: 'signed-out' });
  expect(fixture.commits).toHaveLength(before);
  expect(await fixture.rooms.perform('mo', 'd', body, async () => true)).toMatchObject({ ok: true });
});
