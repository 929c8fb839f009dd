import { compactRoom, fillRoom, validateUpdate, plainSlot, readText, textAt, textFrom, writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Outbox } from './outbox.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { typedBy } from './typed.ts';
import { lacking, partsOf } from './updates.ts';

const grown = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const vectorOf = (doc: Y.Doc) => Y.encodeStateVector(doc);
const all = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc);
const given = (doc: Y.Doc) => ({ vector: vectorOf(doc), updates: [all(doc)] });
const words = (doc: Y.Doc) => doc.getText('t').toString();

/** Random typing and deleting in one text. */
function editRandomly(doc: Y.Doc, random: () => number, times: number): void {
  const text = doc.getText('t');
  for (let i = 0; i < times; i++) {
    const at = Math.floor(random() * (text.length + 1));
    if (random() < 0.6) text.insert(at, 'abcdefgh'.slice(Math.floor(random() * 8)));
    else text.delete(at, Math.min(text.length - at, Math.floor(random() * 5)));
  }
}

describe('what a server lacks', () => {
  it('[S15] nothing, when both hold the same; deletes alone, when only words went', () => {
    const server = new Y.Doc();
    server.getText('t').insert(0, 'one two three');
    const client = grown(server);
    expect(lacking(client, given(server))).toBeNull();
    client.getText('t').delete(4, 4);
    const update = lacking(client, given(server))!;
    expect(Y.decodeUpdate(update).structs).toEqual([]);
    expect(update.length).toBeLessThan(20);
    Y.applyUpdate(server, update);
    expect(words(server)).toBe('one three');
    expect(lacking(client, given(server))).toBeNull();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('[S14] exactly what is missing, seed %i', (seed) => {
    const random = seeded(seed);
    const server = new Y.Doc();
    editRandomly(server, random, 30);
    const client = grown(server);
    for (let round = 0; round < 10; round++) {
      editRandomly(client, random, 8);
      editRandomly(server, random, 8);
      Y.applyUpdate(client, Y.encodeStateAsUpdate(server, vectorOf(client)));
      const update = lacking(client, given(server))!;
      Y.applyUpdate(server, update);
      expect(words(server)).toBe(words(client));
      expect(Y.equalDeleteSets(Y.snapshot(server).ds, Y.snapshot(client).ds)).toBe(true);
      expect(lacking(client, given(server))).toBeNull();
    }
  });
});

describe('parts', () => {
  it.each([11, 12, 13, 14, 15, 16])('[S6] each fits and can be applied in its turn, several authors in one update, seed %i', (seed) => {
    const random = seeded(seed);
    const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    for (let round = 0; round < 12; round++) {
      for (const doc of docs) editRandomly(doc, random, 25);
      for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, vectorOf(to)));
    }
    const parts = partsOf(all(docs[0]!), 1_500);
    expect(parts.length).toBeGreaterThan(3);
    const server = new Y.Doc();
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(1_500);
      Y.applyUpdate(server, part);
      expect(server.store.pendingStructs).toBeNull();
      expect(server.store.pendingDs).toBeNull();
    }
    expect(words(server)).toBe(words(docs[0]!));
  });

  it('[S6] a new provision goes whole: a long paper pasted at once is taken part by part', () => {
    const [room, page] = [new Y.Doc(), new Y.Doc()], updates: Uint8Array[] = [], random = seeded(6);
    fillRoom(room, textFrom([]), random);
    page.on('update', (update: Uint8Array) => updates.push(update));
    const words = 'The competent authority shall preserve data for ninety days and shall inform the requesting side.'.repeat(3);
    writeEdits(page, Array.from({ length: 450 }, (_, n) => ({ do: 'add', after: n === 0 ? null : `n${n - 1}`, provision: { id: `n${n}`, kind: n % 9 === 0 ? 'definition' : 'paragraph', label: `${n}`, level: 0, slots: { [n % 9 === 0 ? 'en:meaning' : 'en:text']: plainSlot(words) } } })), random);
    for (const [limit, most] of [[128 * 1024, 2_000], [9_000, 2_000], [1_000_000, 101]] as const) {
      const server = grown(room), parts = partsOf(updates[0]!, limit, most);
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) {
        const verdict = validateUpdate(server, part, { mayWriteAs: () => true });
        expect(verdict).toMatchObject({ ok: true });
        Y.applyUpdate(server, part);
      }
      expect(readText(server)).toEqual(readText(page));
    }
  });

  it('[S6] a new kind goes with its texts, and a field that was overwritten has a value, wherever a part ends', () => {
    const random = seeded(9), room = new Y.Doc();
    fillRoom(room, textFrom([{ id: 'a', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('One.') } }]), random);
    const page = Object.assign(grown(room), { clientID: 5 }), kinds = ['metric', 'step', 'evidence', 'definition'] as const;
    page.transact(() => kinds.forEach((kind, n) => {
      writeEdits(page, [{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 0, insert: plainSlot(`${n}`) }, { do: 'set', id: 'a', label: `${n}`, kind, level: n }], random);
    }));
    const update = lacking(page, { updates: [Y.encodeStateAsUpdate(room)], vector: Y.encodeStateVector(room) })!, { structs } = Y.decodeUpdate(update);
    for (let most = 14; most < structs.length; most++) {
      const server = grown(room), parts = partsOf(update, 1_000_000, most);
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) {
        expect(validateUpdate(server, part, { mayWriteAs: () => true }), `at most ${most}`).toMatchObject({ ok: true });
        Y.applyUpdate(server, part);
      }
      expect(readText(server)).toEqual(readText(page));
    }
  });

  it('[S6] a small update stays as it is', () => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'x');
    expect(partsOf(all(doc), 1_000)).toEqual([all(doc)]);
  });

  it('[S6] cuts small ones too when they have many structs, each part still applicable in its turn', () => {
    const doc = new Y.Doc(), text = doc.getText('t'), read = new Y.Doc();
    doc.transact(() => { for (let i = 0; i < 1_000; i++) text.insert(0, 'abc'[i % 3]!); });
    const parts = partsOf(all(doc), 1_000_000, 300);
    expect(parts.map((part) => Y.decodeUpdate(part).structs.length)).toEqual([300, 300, 300, 100]);
    for (const part of parts) {
      Y.applyUpdate(read, part);
      expect(read.store.pendingStructs).toBeNull();
    }
    expect(read.getText('t').toString()).toBe(text.toString());
    expect(partsOf(all(doc), 1_000_000, 1_000)).toEqual([all(doc)]);
  });
});

describe('the outbox', () => {
  it('[S5] merges ten thousand key presses in little time, and loses none', () => {
    const doc = new Y.Doc();
    const outbox = new Outbox();
    doc.on('update', (update: Uint8Array) => outbox.add(update));
    for (let i = 0; i < 10_000; i++) doc.getText('t').insert(Math.floor(i / 2), 'k');
    expect(outbox.changes).toBe(10_000);
    expect(outbox.all().length).toBeLessThan(100);
    const server = new Y.Doc();
    for (let update = outbox.next(); update; update = outbox.next()) {
      Y.applyUpdate(server, update);
      outbox.acknowledged();
    }
    expect(words(server)).toBe('k'.repeat(10_000));
    expect(outbox.changes).toBe(0);
  });
});

describe('words that go back', () => {
  it('[S20] are what these updates typed and still stands, apart from what others wrote', () => {
    const doc = new Y.Doc();
    const text = new Y.Text();
    doc.getMap<Y.Map<unknown>>('provisions').set('a', new Y.Map([['en:text', text]]));
    text.insert(0, 'The two sides consult.');
    const other = grown(doc);
    const mine: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown) => void (origin === null && mine.push(update)));
    text.insert(4, 'first ');
    text.insert(22, 'promptly and often');
    text.delete(30, 4);
    (other.getMap('provisions').get('a') as Y.Map<Y.Text>).get('en:text')!.insert(0, 'Theirs. ');
    Y.applyUpdate(doc, all(other), 'remote');
    expect(typedBy(mine, doc)).toEqual([
      { provision: 'a', key: 'en:text', words: 'first ' }, { provision: 'a', key: 'en:text', words: 'promptly often' },
    ]);
  });

  it('[S20] also of a text that the server has replaced meanwhile: each word once, and none that its author deleted', () => {
    const doc = new Y.Doc(), random = seeded(5);
    fillRoom(doc, textFrom([{ id: 'a', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('Both sides consult.') } }]), random);
    for (let n = 0; n < 30; n++) { textAt(doc, 'a', 'en:text')!.insert((n * 5) % 19, 'f'); textAt(doc, 'a', 'en:text')!.delete((n * 5) % 19, 1); }
    const server = grown(doc), mine: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown) => void (origin === null && mine.push(update)));
    textAt(doc, 'a', 'en:text')!.insert(5, 'two three ');
    textAt(doc, 'a', 'en:text')!.delete(9, 6);
    expect(compactRoom(server)).toBe(1);
    Y.applyUpdate(doc, all(server), 'remote');
    expect(typedBy(mine, doc)).toEqual([{ provision: '', key: '', words: 'two ' }]);
  });
});
