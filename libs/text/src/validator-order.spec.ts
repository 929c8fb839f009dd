import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { validateUpdate } from './update-validator.ts';
import { readText, ROOT } from './room.ts';
import { seeded } from '../test-support/seeded.ts';
import { COLLEAGUE, ME, SERVER, anyone, bytes, entry, type Forged, forged, items, member, mine, unsent, paragraph, pass, room, stop, text, unit, updateOf, valueOf } from '../test-support/forge.ts';

describe('origins and places', () => {
  const ahead = Y.createID(ME, 5);

  it.each<[string, (server: Y.Doc) => Uint8Array]>([
    ['an origin of a client nobody knows', () => forged({ origin: Y.createID(999, 0) })],
    ['a right origin that is not written yet', () => forged({ right: Y.createID(SERVER, 99_999) })],
    ['a parent that is not written yet', () => forged({ parent: ahead })],
    ['an item that is its own origin', () => forged({ origin: Y.createID(ME, 0) })],
    ['an origin among its own later clocks', () => forged(...[5, 0, 1, 2, 3, 4].map((clock): Forged => ({ origin: Y.createID(ME, clock) })))],
  ])('[D9] %s', (_name, make) => {
    expect(stop(room(), make(room()))).toBe('unknown-origin (resync)');
  });

  it('[D9] two items that wait for each other', () => {
    const update = bytes([...items([{ origin: Y.createID(ME + 1, 0) }]), ...items([{ client: ME + 1, origin: Y.createID(ME, 0) }])]);
    expect(stop(room(), update, anyone)).toBe('unknown-origin (resync)');
  });

  it('[D10] origins in two texts, in a text and a field, in two fields', () => {
    const server = room();
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 2, 'b') }))).toBe('foreign-list');
    expect(stop(server, forged({ origin: valueOf(server, 'label').id, right: unit(server, 4) }))).toBe('foreign-list');
    expect(stop(server, forged({ origin: valueOf(server, 'label').id, right: valueOf(server, 'rank').id }))).toBe('foreign-list');
  });

  it('[D11] origins in the wrong order', () => {
    const server = room();
    expect(stop(server, forged({ origin: unit(server, 4), right: unit(server, 3) }))).toBe('misplaced');
    expect(stop(server, forged({ origin: unit(server, 4), right: unit(server, 4) }))).toBe('misplaced');
  });

  it('[D11] the wrong order within one item, where a second item hides it', () => {
    const server = room();
    const plain: Forged = { origin: unit(server, 0), right: unit(server, 1) };
    expect(stop(server, forged(plain, { origin: unit(server, 6), right: unit(server, 5) }))).toBe('misplaced');
    expect(validateUpdate(server, forged(plain, { origin: unit(server, 5), right: unit(server, 6) }), mine).ok).toBe(true);
  });

  it('[D11] words between the origins that the author must have known', () => {
    const server = room();
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 5) }))).toBe('misplaced');
    const [origin, right] = [unit(server, 3), unit(server, 4)];
    expect(stop(server, forged({ origin, right }, { origin, right }))).toBe('misplaced');
    expect(stop(server, forged({ origin, right }, { origin, right: null }))).toBe('misplaced');
    expect(stop(server, forged({ origin, right }, { parent: valueOf(server, 'en:text').id }))).toBe('misplaced');
  });

  it('[D11] who names only the first of a run may not have seen the rest', () => {
    const server = room();
    expect(validateUpdate(server, forged({ origin: unit(server, 3) }), mine).ok).toBe(true);
    expect(validateUpdate(server, forged({ parent: valueOf(server, 'en:text').id }), mine).ok).toBe(true);
  });

  it('[D11] words known only through what a named word was written next to', () => {
    const server = room();
    const doc = member(server, COLLEAGUE);
    const other = member(server, 80);
    pass(server, updateOf(other, () => text(other).insert(4, 'new')), anyone);
    Y.applyUpdate(doc, unsent(server, doc));
    pass(server, updateOf(doc, () => text(doc).insert(7, 'next')), anyone);
    const next = unit(server, 7);
    expect(next.client).toBe(COLLEAGUE);
    expect(stop(server, forged({ origin: unit(server, 3), right: next }))).toBe('misplaced');
  });

  it('[D11] words between the origins that the author did not know are honest', () => {
    const server = room();
    const [doc, other] = [member(server), member(server, COLLEAGUE)];
    pass(server, updateOf(other, () => text(other).insert(4, 'theirs')), anyone);
    pass(server, updateOf(doc, () => text(doc).insert(4, 'mine')));
    Y.applyUpdate(doc, unsent(server, doc));
    expect(readText(doc)).toEqual(readText(server));
  });

  it('[D11] a value that is put before the last one its author knew', () => {
    const server = room();
    const doc = member(server);
    pass(server, updateOf(doc, () => (doc.getMap(ROOT).get('a') as Y.Map<unknown>).set('label', '2')));
    const rows = items([{ parent: entry(server).id, sub: 'label', content: new Y.ContentAny(['3']) }], Y.getState(server.store, ME));
    expect(stop(server, bytes(rows))).toBe('misplaced');
    const left = items([{ right: valueOf(server, 'label').id, content: new Y.ContentAny(['3']) }], Y.getState(server.store, ME));
    expect(stop(server, bytes(left))).toBe('misplaced');
  });

  it('[D22] more searching than any honest update needs: every item goes into another gap, and each is full', () => {
    const server = room();
    const fill = member(server, COLLEAGUE);
    const n = 2_400;
    fill.transact(() => Array.from({ length: n }).forEach(() => text(fill).insert(4, 'f')));
    pass(server, unsent(fill, server), anyone);
    const rows = Array.from({ length: n }, (_, i): Forged => ({ origin: i === 0 ? unit(server, 3) : Y.createID(ME, i - 1), right: unit(server, 4 + n - i) }));
    expect(stop(server, forged(...rows))).toBe('limit');
  });

  /** Two who have received nothing of each other for a while type letters at the ends of five texts, now here, now there; the second one's update comes when the first one's is in. */
  function apart(letters: number, [first, second]: readonly [number, number]): { server: Y.Doc; docs: Y.Doc[]; verdict: ReturnType<typeof validateUpdate> } {
    const ids = ['b', 'c', 'd', 'e', 'f'], random = seeded(7), server = room(...ids.slice(1).map((id) => paragraph(id, 'Words.')));
    const docs = [first, second].map((client) => {
      const doc = member(server, client);
      for (let i = 0; i < letters; i++) { const into = text(doc, ids[Math.floor(random() * 5)]!); into.insert(into.length, 'x'); }
      return doc;
    });
    pass(server, unsent(docs[0]!, server), anyone);
    const update = unsent(docs[1]!, server), verdict = validateUpdate(server, update, anyone);
    if (verdict.ok) Y.applyUpdate(server, verdict.update);
    for (const doc of docs) Y.applyUpdate(doc, unsent(server, doc));
    return { server, docs, verdict };
  }

  it.each<[string, readonly [number, number]]>([
    ['goes in front of the other’s', [COLLEAGUE, ME]], ['goes behind the other’s', [ME, COLLEAGUE]],
  ])('[D22] [D0] where a colleague has written meanwhile each place is searched once, not for every letter, when what one writes %s', (_where, order) => {
    const work = [800, 1_600].map((letters) => {
      const { server, docs, verdict } = apart(letters, order);
      for (const doc of docs) expect(readText(doc)).toEqual(readText(server));
      return verdict.ok ? verdict.work : Infinity;
    });
    expect(work[0]).toBeLessThan(15_000);
    expect(work[1]).toBeLessThan(2.2 * work[0]!);
  });

  it('[D11] [D22] whoever writes on behind what he wrote before is searched for anew when he has come to know of something there', () => {
    const server = room(), gap = { origin: unit(server, 3), right: unit(server, 4) }, written = (content: string) => ({ client: COLLEAGUE, content: new Y.ContentString(content) });
    pass(server, bytes(items([{ ...gap, ...written('the') }, { origin: unit(server, 13), right: unit(server, 14), ...written('end') }])), anyone);
    const on: Forged = { origin: Y.createID(ME, 0), right: gap.right }, behindTheEnd: Forged = { origin: Y.createID(COLLEAGUE, 5), right: unit(server, 20) };
    expect(unit(server, 19)).toEqual(behindTheEnd.origin);
    expect(validateUpdate(server, forged(gap, on), mine).ok).toBe(true);
    expect(stop(server, forged(gap, behindTheEnd, on))).toBe('misplaced');
  });

  it('[D22] what an author knew is followed once for all the texts of an update', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `t${i}`), server = room(...ids.map((id) => paragraph(id, 'Words.')));
    const [doc, other] = [member(server), member(server, COLLEAGUE)];
    doc.transact(() => { for (let i = 0; i < 9_000; i++) text(doc).insert(4, 'm'); });
    Y.applyUpdate(server, unsent(doc, server));
    pass(server, updateOf(other, () => ids.forEach((id) => text(other, id).insert(6, ' Theirs.'))), anyone);
    const verdict = validateUpdate(server, updateOf(doc, () => ids.forEach((id) => text(doc, id).insert(6, ' Mine.'))), mine);
    expect(verdict.ok && verdict.work).toBeLessThan(12_000);
  });

  /** A room with so many structs in one text, each in front of the one before it, and a member who writes at several places of it, backwards. */
  function crowded(n: number): { server: Y.Doc; update: Uint8Array } {
    const server = room(), fill = member(server, COLLEAGUE);
    fill.transact(() => Array.from({ length: n }).forEach(() => text(fill).insert(4, 'f')));
    Y.applyUpdate(server, unsent(fill, server));
    const doc = member(server);
    return { server, update: updateOf(doc, () => doc.transact(() => { for (let i = 100; i > 0; i--) text(doc).insert(4 + i * 7, 'm'); })) };
  }

  it('[D22] what it takes to place an update is a matter of the update, not of how much the room holds', () => {
    const work = [500, 8_000].map((n) => {
      const { server, update } = crowded(n);
      const verdict = validateUpdate(server, update, mine);
      return verdict.ok && verdict.work;
    });
    expect(work[0]).toBe(work[1]);
    expect(work[0]).toBeLessThan(1_000);
  });

  it('[D22] nor of how often a field was overwritten', () => {
    const work = [10, 400].map((n) => {
      const server = room();
      for (let i = 0; i < n; i++) {
        const other = member(server, 2_000 + i);
        pass(server, updateOf(other, () => (other.getMap(ROOT).get('a') as Y.Map<unknown>).set('label', `${i}`)), anyone);
      }
      const late = member(server);
      const update = updateOf(late, () => late.transact(() => ['x', 'y', 'z'].forEach((label) => (late.getMap(ROOT).get('a') as Y.Map<unknown>).set('label', label))));
      const verdict = validateUpdate(server, update, mine);
      return verdict.ok && verdict.work;
    });
    expect(work).toEqual([0, 0]);
  });

  it('[D11] words between the origins are found known also when they lie far behind what the author last wrote', () => {
    const { server } = crowded(300), doc = member(server);
    pass(server, updateOf(doc, () => text(doc).insert(200, 'mine')));
    const [origin, right] = [unit(server, 20), unit(server, 24)], next = Y.getState(server.store, ME);
    expect(stop(server, bytes(items([{ origin, right }], next)))).toBe('misplaced');
    expect(stop(server, bytes(items([{ origin, right, client: 99 }])), anyone)).toBe('misplaced');
  });

  it('[D8] structs of more clients than anybody has pages', () => {
    const rows = (n: number): Uint8Array => bytes(Array.from({ length: n }, (_, i) => items([{ client: 100 + i, parent: ROOT, sub: 'a' }])[0]!));
    expect(stop(room(), rows(1_001), anyone)).toBe('limit');
  });

  it('[D8] more structs than can be validated in a moment', () => {
    const server = room(), rows = Array.from({ length: 2_501 }, (_, i): Forged => (i === 0 ? { origin: unit(server, 3), right: unit(server, 4) } : { origin: Y.createID(ME, i - 1), right: unit(server, 4) }));
    expect([stop(server, forged(...rows)), stop(server, forged(...rows.slice(1)))]).toEqual(['limit', 'unknown-origin (resync)']);
  });
});
