import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyEdits, type Edit } from './edit.ts';
import { KINDS, slotKeys } from './kinds.ts';
import { type Provision, provisionsOf, type Text, textFrom } from './provision.ts';
import { attributesOf, copyOf, fillRoom, rankAfter, readText, ROOT, type RoomChange, RoomView, textAt, toSlot, writeEdits } from './room.ts';
import { lengthOf, normal, plainSlot, type Run, type Slot, slice, textOf } from './slot.ts';
import { seeded } from '../test-support/seeded.ts';

const paragraph = (id: string, words: string | Slot): Provision =>
  ({ id, kind: 'paragraph', label: id.toUpperCase(), level: 0, slots: { 'en:text': typeof words === 'string' ? plainSlot(words) : words } });
const filled = (...provisions: Provision[]): Y.Doc => {
  const doc = new Y.Doc();
  fillRoom(doc, textFrom(provisions), seeded(7));
  return doc;
};
const words = (doc: Y.Doc, id: string) => textOf(toSlot(textAt(doc, id, 'en:text')!));
const updatesOf = (doc: Y.Doc): Uint8Array[] => {
  const seen: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => seen.push(update));
  return seen;
};

describe('reading', () => {
  it('[R1] a filled room reads as the text it was filled with', () => {
    const text = textFrom([paragraph('a', 'One.'), { id: 'b', kind: 'definition', label: '2', level: 1, slots: { 'en:term': plainSlot('term'), 'en:meaning': [{ t: 'a ' }, { t: 'b', m: 'em ref:a' }] } }]);
    const doc = new Y.Doc();
    fillRoom(doc, text, seeded(1));
    expect(readText(doc)).toEqual(text);
    expect(readText(copyOf(doc))).toEqual(text);
  });

  it('[R1] only an empty room is filled', () => {
    expect(() => fillRoom(filled(paragraph('a', 'One.')), textFrom([]), seeded(1))).toThrow(RangeError);
  });

  it('[R2] every slot of the kind has its text from the start', () => {
    for (const kind of KINDS) {
      const doc = filled({ id: 'a', kind, label: '', level: 0, slots: {} });
      for (const key of slotKeys(kind)) expect(textAt(doc, 'a', key)).toBeInstanceOf(Y.Text);
    }
  });

  it('[R3] marks are attributes, and an unknown one is not a mark', () => {
    const doc = filled(paragraph('a', [{ t: 'x', m: 'em ref:b strong' }]));
    expect(textAt(doc, 'a', 'en:text')!.toDelta()).toEqual([{ insert: 'x', attributes: { em: true, strong: true, ref: 'b' } }]);
    textAt(doc, 'a', 'en:text')!.insert(1, 'y', { ...attributesOf(undefined), ref: 'no id', blink: true });
    expect(toSlot(textAt(doc, 'a', 'en:text')!)).toEqual([{ t: 'x', m: 'em ref:b strong' }, { t: 'y' }]);
  });

  it('[R5] what is gone or malformed is passed over, never thrown at', () => {
    const doc = filled(paragraph('a', 'One.'), paragraph('b', 'Two.'), paragraph('c', 'Three.'));
    const root = doc.getMap<unknown>(ROOT);
    (root.get('b') as Y.Map<unknown>).set('gone', true);
    (root.get('c') as Y.Map<unknown>).delete('rank');
    root.set('d', 'not a map');
    root.set('e', new Y.Map([['kind', 'poem']]));
    expect(readText(doc).list).toEqual(['a']);
  });

  it('[R4] equal ranks are ordered by id', () => {
    const doc = filled(paragraph('b', ''), paragraph('a', ''));
    for (const id of ['a', 'b']) (doc.getMap(ROOT).get(id) as Y.Map<unknown>).set('rank', 'V');
    expect(readText(doc).list).toEqual(['a', 'b']);
  });
});

describe('writing', () => {
  it('[R6] new text never inherits the marks of its neighbour', () => {
    const doc = filled(paragraph('a', [{ t: 'bold', m: 'strong' }]));
    writeEdits(doc, [{ do: 'splice', id: 'a', key: 'en:text', from: 4, to: 4, insert: plainSlot(' plain') }], seeded(1));
    expect(readText(doc).by.get('a')!.slots['en:text']).toEqual([{ t: 'bold', m: 'strong' }, { t: ' plain' }]);
  });

  it('[R6] a splice writes only what differs', () => {
    const doc = filled(paragraph('a', 'The Parties shall consult promptly.'));
    const [before] = [Y.encodeStateVector(doc)];
    writeEdits(doc, [{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 35, insert: plainSlot('The Parties shall consult quickly.') }], seeded(1));
    const written = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, before)).structs.flatMap((s) => (s instanceof Y.Item && s.content instanceof Y.ContentString ? [s.content.str] : []));
    expect(words(doc, 'a')).toBe('The Parties shall consult quickly.');
    expect(written).toEqual(['quick']);
  });

  it('[R6] a splice that says what is there writes nothing', () => {
    const doc = filled(paragraph('a', 'One.'));
    const updates = updatesOf(doc);
    writeEdits(doc, [{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 4, insert: plainSlot('One.') }, { do: 'move', id: 'a', after: null }], seeded(1));
    expect(updates).toHaveLength(0);
  });

  it('[R6] where only marks differ the words stay the same items', () => {
    const doc = filled(paragraph('a', 'shall consult'));
    const peer = copyOf(doc);
    peer.on('update', (u: Uint8Array) => Y.applyUpdate(doc, u));
    textAt(peer, 'a', 'en:text')!.insert(8, '??');
    const other = copyOf(doc);
    writeEdits(other, [{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 15, insert: [{ t: 'shall co??nsult', m: 'em' }] }], seeded(1));
    writeEdits(doc, [{ do: 'splice', id: 'a', key: 'en:text', from: 8, to: 10, insert: [] }], seeded(1));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(toSlot(textAt(doc, 'a', 'en:text')!)).toEqual([{ t: 'shall consult', m: 'em' }]);
  });

  it('[R6] a splice never parts a surrogate pair', () => {
    const doc = filled(paragraph('a', 'a😀b'));
    writeEdits(doc, [{ do: 'splice', id: 'a', key: 'en:text', from: 1, to: 3, insert: plainSlot('😁') }], seeded(1));
    expect(words(doc, 'a')).toBe('a😁b');
    expect(words(copyOf(doc), 'a')).toBe('a😁b');
  });

  it('[R6] a slot is gone through once, however many places of it and however many marks are written', () => {
    const doc = filled(paragraph('a', 'x'.repeat(1_000))), y = textAt(doc, 'a', 'en:text')!, times = { applyDelta: 0, insert: 0, delete: 0, format: 0 };
    for (const name of ['applyDelta', 'insert', 'delete', 'format'] as const) {
      const does = y[name].bind(y) as (...args: unknown[]) => void;
      Object.assign(y, { [name]: (...args: unknown[]) => { times[name] += 1; does(...args); } });
    }
    const edits = Array.from({ length: 300 }, (_, i): Edit => ({ do: 'splice', id: 'a', key: 'en:text', from: 997 - 3 * i, to: 998 - 3 * i, insert: [{ t: 'b', m: 'em' }, { t: 'c', m: 'strong' }] }));
    const expected = applyEdits(readText(doc), edits);
    writeEdits(doc, edits, seeded(1));
    expect([times, readText(doc)]).toEqual([{ applyDelta: 1, insert: 0, delete: 0, format: 0 }, expected]);
  });

  it('[R6] [R10] several places of a slot at once are what each by itself gives, also those that would part a character', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const draw = seeded(seed), below = (n: number): number => Math.floor(draw() * n), length = 12;
      const cuts = Array.from({ length: 2 * (1 + below(4)) }, () => below(length + 2)).sort((a, b) => b - a), inserts = [[], plainSlot('x'), plainSlot('😁'), [{ t: 'a', m: 'em' }, { t: 'b' }]];
      const edits = cuts.flatMap((to, i): Edit[] => (i % 2 === 0 ? [{ do: 'splice', id: 'a', key: 'en:text', from: cuts[i + 1]!, to, insert: inserts[below(inserts.length)]! }] : []));
      const [together, apart] = [0, 1].map(() => filled(paragraph('a', normal([{ t: 'ab😀' }, { t: 'c😀d', m: 'em' }, { t: '😀ef' }])))) as [Y.Doc, Y.Doc];
      const value = edits.reduce((text, edit) => applyEdits(text, [edit]), readText(together));
      expect(applyEdits(readText(together), edits)).toEqual(value);
      writeEdits(together, edits, seeded(1));
      for (const edit of edits) writeEdits(apart, [edit], seeded(1));
      expect([seed, readText(together)]).toEqual([seed, readText(apart)]);
    }
  });

  it('[R7] a removed provision keeps its words, and comes back as exactly what is said', () => {
    const doc = filled(paragraph('a', 'One.'), paragraph('b', 'Two words.'), paragraph('c', 'Three.'));
    writeEdits(doc, [{ do: 'remove', id: 'b' }], seeded(1));
    expect(readText(doc).list).toEqual(['a', 'c']);
    expect(words(doc, 'b')).toBe('Two words.');
    const back = { ...paragraph('b', 'Two wards.'), label: '9', level: 3 };
    writeEdits(doc, [{ do: 'add', provision: back, after: 'c' }], seeded(1));
    expect(readText(doc).list).toEqual(['a', 'c', 'b']);
    expect(readText(doc).by.get('b')).toEqual(back);
  });

  it('[R8] words typed while a colleague moves or removes the provision survive', () => {
    const doc = filled(paragraph('a', 'One.'), paragraph('b', 'Two.'));
    const peer = copyOf(doc);
    writeEdits(doc, [{ do: 'move', id: 'a', after: 'b' }, { do: 'remove', id: 'b' }], seeded(1));
    writeEdits(peer, [{ do: 'splice', id: 'a', key: 'en:text', from: 3, to: 3, insert: plainSlot(' more') }, { do: 'splice', id: 'b', key: 'en:text', from: 3, to: 3, insert: plainSlot(' more') }], seeded(2));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer));
    expect([words(doc, 'a'), words(doc, 'b')]).toEqual(['One more.', 'Two more.']);
    expect(readText(doc).list).toEqual(['a']);
  });

  it('[R8] unknown and gone ids are passed over', () => {
    const doc = filled(paragraph('a', 'One.'), paragraph('b', 'Two.'));
    writeEdits(doc, [{ do: 'remove', id: 'b' }], seeded(1));
    const updates = updatesOf(doc);
    writeEdits(doc, [{ do: 'move', id: 'x', after: null }, { do: 'remove', id: 'b' }, { do: 'set', id: 'x', level: 2 }, { do: 'splice', id: 'b', key: 'en:text', from: 0, to: 1, insert: [] }], seeded(1));
    expect(updates).toHaveLength(0);
  });

  it('[R2] another kind gets its texts, and going back finds the words', () => {
    const doc = filled(paragraph('a', 'One.'));
    writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }], seeded(1));
    expect(textAt(doc, 'a', 'en:meaning')).toBeInstanceOf(Y.Text);
    writeEdits(doc, [{ do: 'set', id: 'a', kind: 'paragraph' }], seeded(1));
    expect(readText(doc).by.get('a')!.slots['en:text']).toEqual(plainSlot('One.'));
  });

  it('[R9] one transaction, with its origin', () => {
    const doc = filled(paragraph('a', 'One.'), paragraph('b', 'Two.'));
    const origins: unknown[] = [];
    doc.on('afterTransaction', (t: Y.Transaction) => origins.push(t.origin));
    writeEdits(doc, [{ do: 'move', id: 'a', after: 'b' }, { do: 'set', id: 'a', label: '7' }], seeded(1), 'act');
    expect(origins).toEqual(['act']);
  });

  it('[R4] rankAfter stands between the anchor and the next', () => {
    const doc = filled(paragraph('a', ''), paragraph('b', ''));
    const rank = (id: string) => (doc.getMap(ROOT).get(id) as Y.Map<unknown>).get('rank') as string;
    const made = rankAfter(doc, 'a', seeded(1));
    expect(rank('a') < made && made < rank('b')).toBe(true);
    expect(rankAfter(doc, null, seeded(1)) < rank('a')).toBe(true);
    expect(rankAfter(doc, 'unknown', seeded(1)) < rank('a')).toBe(true);
  });
});

const MARKS = [undefined, undefined, 'em', 'strong', 'em strong', 'ref:a'];
const LETTERS = ['a', 'b', 'shall ', 'the ', '双', '😀', '. '];

function someSlot(random: () => number, runs = 3): Slot {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return normal(Array.from({ length: Math.floor(random() * (runs + 1)) }, (): Run => {
    const [t, m] = [pick(LETTERS) + pick(LETTERS), pick(MARKS)];
    return m ? { t, m } : { t };
  }));
}

function someEdit(text: Text, n: number, random: () => number): Edit {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const [id, after] = [pick(text.list), random() < 0.2 ? null : pick(text.list)];
  const kind = random();
  if (!id || kind < 0.15) {
    const added = pick(KINDS);
    return { do: 'add', after, provision: { id: random() < 0.3 ? `p${Math.floor(random() * n)}` : `p${n}`, kind: added, label: `${n}`, level: n % 9, slots: Object.fromEntries(slotKeys(added).map((key) => [key, someSlot(random)])) } };
  }
  if (kind < 0.25) return { do: 'move', id, after };
  if (kind < 0.32) return { do: 'remove', id };
  if (kind < 0.4) return { do: 'set', id, ...(random() < 0.5 ? { kind: pick(KINDS) } : { label: `l${n}`, level: n % 9 }) };
  const key = pick(slotKeys(text.by.get(id)!.kind));
  const old = text.by.get(id)!.slots[key] ?? [];
  const cuts = [0, ...[...textOf(old)].reduce<number[]>((at, c) => [...at, (at.at(-1) ?? 0) + c.length], [])].filter((c) => c <= lengthOf(old));
  const [x, y] = [pick(cuts), pick(cuts)].sort((p, q) => p - q) as [number, number];
  const insert = random() < 0.2 ? slice(old, x, y).map((r) => ({ t: r.t, m: 'em' })) : someSlot(random);
  return { do: 'splice', id, key, from: x, to: y, insert };
}

/** A slot that holds nothing and is not of the kind is as good as not there. */
const bare = (text: Text) => provisionsOf(text).map((p) => ({ ...p, slots: Object.fromEntries([...Object.entries(p.slots), ...slotKeys(p.kind).map((k) => [k, p.slots[k] ?? []] as const)].filter(([k, s]) => s.length > 0 || slotKeys(p.kind).includes(k))) }));

describe('rooms and values', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('[R10] writing edits into a room is applying them to its value, and the view keeps up, seed %i', (seed) => {
    const random = seeded(seed);
    const doc = new Y.Doc();
    const view = new RoomView(doc);
    let value: Text = textFrom([]);
    for (let n = 0; n < 150; n++) {
      const edits: Edit[] = [];
      let next = value;
      for (let i = 0; i <= random() * 3; i++) {
        edits.push(someEdit(next, n, random));
        next = applyEdits(value, edits);
      }
      writeEdits(doc, edits, random);
      value = next;
      expect(bare(view.text)).toEqual(bare(value));
      expect(view.text.list).toEqual(value.list);
    }
    expect(view.text).toEqual(readText(doc));
    expect(readText(copyOf(doc))).toEqual(view.text);
  });
});

describe('RoomView', () => {
  const watched = (doc: Y.Doc) => {
    const view = new RoomView(doc);
    const changes: RoomChange[] = [];
    view.onChange((change) => changes.push(change));
    return { view, changes };
  };

  it('[R11] untouched provisions and slots keep their identity', () => {
    const doc = filled(paragraph('a', 'One.'), { id: 'b', kind: 'definition', label: '', level: 0, slots: { 'en:term': plainSlot('t'), 'en:meaning': plainSlot('m') } });
    const { view, changes } = watched(doc);
    const before = view.text;
    writeEdits(doc, [{ do: 'splice', id: 'b', key: 'en:meaning', from: 0, to: 1, insert: plainSlot('n') }], seeded(1), 'me');
    expect(view.text.list).toBe(before.list);
    expect(view.text.by.get('a')).toBe(before.by.get('a'));
    expect(view.text.by.get('b')!.slots['en:term']).toBe(before.by.get('b')!.slots['en:term']);
    expect(view.text.by.get('b')!.slots['en:meaning']).toEqual(plainSlot('n'));
    expect(changes).toEqual([{ touched: new Set(['b']), listChanged: false, slots: new Map([['b', new Set(['en:meaning'])]]), origin: 'me', local: true }]);
    expect(before.by.get('b')!.slots['en:meaning']).toEqual(plainSlot('m'));
  });

  it('[R11] one change per transaction; a move is a changed list and touches no provision', () => {
    const doc = filled(paragraph('a', 'One.'), paragraph('b', 'Two.'), paragraph('c', 'Three.'));
    const { view, changes } = watched(doc);
    writeEdits(doc, [{ do: 'move', id: 'a', after: 'c' }, { do: 'remove', id: 'b' }], seeded(1));
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ touched: new Set(['b']), listChanged: true });
    expect(view.text.list).toEqual(['c', 'a']);
  });

  it('[R11] words typed into a gone provision are no change of the text', () => {
    const doc = filled(paragraph('a', 'One.'));
    writeEdits(doc, [{ do: 'remove', id: 'a' }], seeded(1));
    const { changes } = watched(doc);
    textAt(doc, 'a', 'en:text')!.insert(0, 'x');
    expect(changes).toEqual([]);
  });

  it('[R11] remote updates say so, and after destroy nothing is told', () => {
    const doc = filled(paragraph('a', 'One.'));
    const peer = copyOf(doc);
    const { view, changes } = watched(doc);
    textAt(peer, 'a', 'en:text')!.insert(0, 'x');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer), 'wire');
    expect(changes[0]).toMatchObject({ origin: 'wire', local: false });
    view.destroy();
    textAt(doc, 'a', 'en:text')!.insert(0, 'y');
    expect(changes).toHaveLength(1);
  });
});
