import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Edit } from './edit.ts';
import { writeEdits } from './room.ts';
import { hasRoomForEdits, validateUpdate } from './update-validator.ts';
import { structsIn } from './compaction.ts';
import { seeded } from '../test-support/seeded.ts';
import { GAP_STEP, ROOM_LIMIT, STRUCTS_LIMIT, WORK_LIMIT } from './validator-limits.ts';
import { bytes, COLLEAGUE, type Forged, items, ME, member, mine, room, text, updateOf } from '../test-support/forge.ts';

/** So many structs stood in the position when its member's next updates stopped every document for seconds. */
const MADE = 178_000;

/** A member makes as many structs in one text of the own position as the validator lets him, each in front of the one before it: Yjs can join no two of them. */
function crowded(most: number): { server: Y.Doc; doc: Y.Doc; made: number } {
  const server = room(), doc = member(server);
  for (let made = 0; ;) {
    const more = Math.min(STRUCTS_LIMIT, most - made);
    if (more === 0) return { server, doc, made };
    const update = updateOf(doc, () => doc.transact(() => { for (let i = 0; i < more; i++) text(doc).insert(4, 'm'); text(doc).delete(4, made === 0 ? more - 1 : more); }));
    const verdict = validateUpdate(server, update, mine);
    if (!verdict.ok) return { server, doc: member(server), made };
    Y.applyUpdate(server, verdict.update);
    made += more;
  }
}

/** Counts how often anybody looks beside a struct of the document, while `work` runs. */
function looksIn(server: Y.Doc, work: () => void): number {
  let looks = 0;
  for (const structs of server.store.clients.values()) {
    for (const struct of structs) {
      for (const side of ['left', 'right'] as const) {
        if (!(struct instanceof Y.Item)) continue;
        let beside = struct[side];
        Object.defineProperty(struct, side, { configurable: true, enumerable: true, get: () => { looks += 1; return beside; }, set: (to: Y.Item | null) => { beside = to; } });
      }
    }
  }
  work();
  return looks;
}

/** Letters that an honest member of this client puts at these places of the text, one after the other. */
const typed = (server: Y.Doc, client: number, places: (words: string) => readonly number[]): Uint8Array => {
  const doc = member(server, client);
  return updateOf(doc, () => doc.transact(() => { for (const at of places(text(doc).toString())) text(doc).insert(at, 'c'); }));
};
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** The first and the last struct of the text. */
const ends = (server: Y.Doc): readonly [Y.ID, Y.ID] => {
  let last = text(server)._start!;
  const first = last.id;
  while (last.right) last = last.right;
  return [first, last.lastId];
};

/** Updates of at most 1.6 kB in which nothing stands where reading order would have it: what they ask of the validator is to find where it belongs. */
const OUT_OF_ORDER: readonly [string, string, (server: Y.Doc) => Uint8Array][] = [
  ['a colleague’s letters, the last place first', 'passed', (server) => typed(server, COLLEAGUE, (words) => upTo(words.length).filter((at) => !/[\uDC00-\uDFFF]/.test(words[at]!)).reverse())],
  ['the member’s own, in the midst of what he has made', 'passed', (server) => typed(server, ME + 1, () => upTo(60).map((n) => 4 + (n * 7) % 5))],
  ['letters far from one another, to and fro', 'passed', (server) => typed(server, COLLEAGUE, (words) => upTo(60).map((n) => (n % 2 ? n % 4 : words.length + n)))],
  ['letters whose origins are the wrong way round', 'misplaced', (server) => {
    const [origin, right] = ends(server);
    return bytes(items([{ client: COLLEAGUE, origin: right, right: origin }]));
  }],
  ['later letters without the earlier ones', 'gap', (server) => {
    const [origin] = ends(server);
    return bytes(items([{ client: ME, clock: Y.getState(server.store, ME) + 50, origin }]));
  }],
  ['letters behind what nobody has', 'unknown-origin', () => bytes(items(upTo(40).map((n): Forged => ({ client: COLLEAGUE, origin: Y.createID(ME, 900_000 + n) }))))],
];

describe('[D20] [D22] a position in which its own member has made all the structs that the validator lets him', () => {
  const full = crowded(MADE), nearly = crowded(45_000), small = crowded(2_000);

  it('holds far fewer than 178,000: half of the room', () => {
    expect([full.made, small.made]).toEqual([ROOM_LIMIT / 2, 2_000]);
    expect([...full.server.store.clients.values()].reduce((sum, structs) => sum + structs.length, 0)).toBeLessThan(ROOM_LIMIT);
  });

  it.each(OUT_OF_ORDER)('is looked at no more than a small room for an update out of order: %s', (_what, answer, make) => {
    const [inFull, inSmall] = [nearly, small].map(({ server }) => {
      const update = make(server);
      expect(update.length).toBeLessThan(1_600);
      return looksIn(server, () => {
        const verdict = validateUpdate(server, update, { mayWriteAs: () => true });
        expect(verdict.ok ? 'passed' : verdict.reason).toBe(answer);
      });
    });
    expect(inFull).toBeLessThanOrEqual(inSmall! + 8);
    expect(inFull).toBeLessThan(1_000);
  });

  it('between whose ends something is put is searched no longer than the validator’s budget, whatever stands there', () => {
    const [origin, right] = ends(nearly.server), update = bytes(items([{ client: COLLEAGUE, origin, right }]));
    expect(looksIn(nearly.server, () => expect(validateUpdate(nearly.server, update, { mayWriteAs: () => true })).toMatchObject({ ok: false }))).toBeLessThan(WORK_LIMIT / GAP_STEP + 100);
  });
});

describe('[D23] what the server writes for acts', () => {
  const marks = (runs: number) => Array.from({ length: runs }, (_, i) => ({ t: 'a', m: i % 2 === 0 ? 'em' : 'ref:p1 strong' }));
  const added = (n: number, runs: number): Edit => ({ do: 'add', provision: { id: `n${n}`, kind: 'paragraph', label: '', level: 0, slots: { 'en:text': marks(runs) } }, after: null });

  it('never makes a room of more structs than it may have, so that words can always be typed in it again', () => {
    const doc = room();
    let written = 0;
    for (; written < 200 && hasRoomForEdits(doc, [added(written, 1_000)]); written++) writeEdits(doc, [added(written, 1_000)], seeded(written));
    expect([written > 20, written < 200, structsIn(doc) <= ROOM_LIMIT]).toEqual([true, true, true]);
    expect(hasRoomForEdits(doc, [{ do: 'set', id: 'n1', label: '1' }, { do: 'remove', id: 'n1' }])).toBe(true);
    expect(hasRoomForEdits(doc, [{ do: 'splice', id: 'n1', key: 'en:text', from: 0, to: 1_000, insert: [] }])).toBe(true);
    expect(hasRoomForEdits(doc, [{ do: 'splice', id: 'n1', key: 'en:text', from: 0, to: 0, insert: marks(1_000) }])).toBe(false);
  });
});
