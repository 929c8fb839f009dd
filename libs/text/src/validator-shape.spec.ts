import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { validateUpdate, PROVISION_LIMIT, ROOM_LIMIT, WORDS_LIMIT } from './update-validator.ts';
import type { Edit } from './edit.ts';
import { textFrom } from './provision.ts';
import { attributesOf, fillRoom, mayUndo, readText, ROOT, textAt, writeEdits } from './room.ts';
import { plainSlot, SLOT_LIMIT } from './slot.ts';
import { COLLEAGUE, ME, SERVER, anyone, bytes, type Content, entry, type Forged, forged, items, member, unsent, paragraph, pass, random, room, stop, text, unit, updateOf, valueOf } from '../test-support/forge.ts';

describe('the shape of a room', () => {
  it.each<[string, string, (server: Y.Doc) => Forged]>([
    ['another root', 'bad-shape', () => ({ parent: 'x', sub: 'a', content: new Y.ContentAny([1]) })],
    ['a list on the root', 'bad-shape', () => ({ parent: ROOT })],
    ['an entry whose id is no id', 'bad-shape', () => ({ parent: ROOT, sub: 'no id', content: new Y.ContentType(new Y.Map()) })],
    ['an entry named __proto__', 'bad-shape', () => ({ parent: ROOT, sub: '__proto__', content: new Y.ContentType(new Y.Map()) })],
    ['an entry that is a value', 'bad-content', () => ({ parent: ROOT, sub: 'new', content: new Y.ContentAny([1]) })],
    ['an entry that is a text', 'bad-content', () => ({ parent: ROOT, sub: 'new', content: new Y.ContentType(new Y.Text()) })],
    ['an entry that is XML', 'bad-content', () => ({ parent: ROOT, sub: 'new', content: new Y.ContentType(new Y.XmlElement('p')) })],
    ['an empty provision', 'bad-shape', () => ({ parent: ROOT, sub: 'new', content: new Y.ContentType(new Y.Map()) })],
    ['a list in a provision', 'bad-shape', (server) => ({ parent: entry(server).id })],
    ['a key no provision has', 'bad-shape', (server) => ({ parent: entry(server).id, sub: 'colour', content: new Y.ContentAny(['red']) })],
    ['a slot no kind has', 'bad-shape', (server) => ({ parent: entry(server).id, sub: 'en:poem', content: new Y.ContentType(new Y.Text()) })],
    ['a language there is not', 'bad-shape', (server) => ({ parent: entry(server).id, sub: 'fr:text', content: new Y.ContentType(new Y.Text()) })],
    ['a key of a text', 'bad-shape', (server) => ({ parent: valueOf(server, 'en:text').id, sub: 'lang', content: new Y.ContentAny(['x']) })],
    ['something inside a value', 'bad-shape', (server) => ({ parent: valueOf(server, 'label').id })],
    ['a slot that is XML text', 'bad-content', (server) => ({ parent: entry(server).id, sub: 'en:term', content: new Y.ContentType(new Y.XmlText()) })],
    ['a slot that is a map', 'bad-content', (server) => ({ parent: entry(server).id, sub: 'en:term', content: new Y.ContentType(new Y.Map()) })],
    ['a slot that is a value', 'bad-content', (server) => ({ parent: entry(server).id, sub: 'en:term', content: new Y.ContentAny(['x']) })],
  ])('[D12] %s: %s', (_name, reason, make) => {
    const server = room();
    expect(stop(server, forged(make(server)))).toBe(reason);
  });

  it('[D12] a provision put in the place of another', () => {
    const server = room();
    expect(stop(server, forged({ origin: entry(server).id, content: new Y.ContentType(new Y.Map()) }))).toBe('bad-shape');
    expect(stop(server, forged({ origin: entry(server).id, content: new Y.ContentDeleted(1) }))).toBe('bad-shape');
    const doc = member(server);
    expect(stop(server, updateOf(doc, () => doc.getMap(ROOT).set('a', new Y.Map())))).toBe('bad-shape');
  });

  it.each<[string, unknown[]]>([
    ['rank', ['']], ['rank', ['a0']], ['rank', ['ä']], ['rank', ['a'.repeat(201)]], ['rank', [5]], ['rank', [null]], ['label', [7]], ['label', ['x'.repeat(41)]], ['label', [['1']]],
    ['kind', ['poem']], ['kind', ['constructor']], ['level', [1.5]], ['level', [-1]], ['level', [9]], ['level', ['1']], ['gone', ['true']], ['gone', [null]], ['gone', [undefined]], ['gone', [{ a: 1 }]], ['level', [1, 2]],
  ])('[D13] %s cannot be %j', (field, values) => {
    const server = room();
    expect(stop(server, forged({ origin: valueOf(server, field).id, content: new Y.ContentAny(values) }))).toBe('bad-content');
  });

  it.each<[string, Content]>([
    ['words', new Y.ContentString('V')], ['bytes', new Y.ContentBinary(new Uint8Array(2))], ['JSON', new Y.ContentJSON(['V'])], ['a mark', new Y.ContentFormat('em', true)], ['a text', new Y.ContentType(new Y.Text())],
    ['a document', new Y.ContentDoc(new Y.Doc())], ['an embed', new Y.ContentEmbed({ a: 1 })],
  ])('[D13] a field cannot hold %s, smuggled in through its origin', (_name, content) => {
    const server = room();
    expect(stop(server, forged({ origin: valueOf(server, 'rank').id, content }))).toBe('bad-content');
  });

  it('[D13] every field can be set to what it may be', () => {
    const server = room();
    const doc = member(server);
    for (const [field, value] of Object.entries({ rank: 'V5', label: '2 bis', kind: 'heading', level: 8, gone: true })) {
      pass(server, updateOf(doc, () => (doc.getMap(ROOT).get('a') as Y.Map<unknown>).set(field, value)));
      expect(valueOf(server, field).content.getContent()).toEqual([value]);
    }
  });

  const added = (doc: Y.Doc, spoil: (map: Y.Map<unknown>) => void = () => undefined): Uint8Array => updateOf(doc, () => doc.transact(() => {
    writeEdits(doc, [{ do: 'add', provision: { ...paragraph('new', 'New.'), kind: 'definition', slots: {} }, after: 'a' }], random);
    spoil(doc.getMap(ROOT).get('new') as Y.Map<unknown>);
  }));

  it.each(['rank', 'label', 'kind', 'level', 'gone', 'en:meaning'])('[D14] a new provision without %s', (key) => {
    const server = room();
    expect(stop(server, added(member(server), (map) => map.delete(key)))).toMatch(/bad-shape|bad-delete/);
    pass(server, added(member(server)));
  });

  it('[D14] another kind without its texts', () => {
    const server = room();
    expect(stop(server, forged({ origin: valueOf(server, 'kind').id, content: new Y.ContentAny(['definition']) }))).toBe('bad-shape');
    const doc = member(server);
    pass(server, updateOf(doc, () => writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }], random)));
  });

  it.each<[string, Content]>([
    ['an embed', new Y.ContentEmbed({ image: 'x' })], ['a value', new Y.ContentAny(['x'])], ['JSON', new Y.ContentJSON(['x'])], ['bytes', new Y.ContentBinary(new Uint8Array(2))], ['a document', new Y.ContentDoc(new Y.Doc())],
    ['a nested text', new Y.ContentType(new Y.Text())], ['a nested map', new Y.ContentType(new Y.Map())], ['an array', new Y.ContentType(new Y.Array())],
    ['an unknown mark', new Y.ContentFormat('blink', true as unknown as object)], ['a mark named like a method', new Y.ContentFormat('toString', true as unknown as object)],
    ['a mark with a strange value', new Y.ContentFormat('em', 1 as unknown as object)], ['a mark with an object', new Y.ContentFormat('strong', { a: 1 })],
    ['a link to a script', new Y.ContentFormat('ref', 'javascript:alert(1)' as unknown as object)], ['a link that is no id', new Y.ContentFormat('ref', true as unknown as object)],
  ])('[D15] a text cannot hold %s', (_name, content) => {
    const server = room();
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 4), content }))).toBe('bad-content');
  });

  it('[D15] a text can hold words and the three marks', () => {
    const server = room();
    const doc = member(server);
    pass(server, updateOf(doc, () => text(doc).insert(4, 'bold', { em: true, strong: true, ref: 'b' })));
    pass(server, updateOf(doc, () => text(doc).format(2, 9, attributesOf('ref:a'))));
    pass(server, updateOf(doc, () => text(doc).format(0, 12, attributesOf(undefined))));
    expect(readText(server)).toEqual(readText(doc));
  });

  it.each(['\ufffd', 'a\u202Eb', 'a\u200Bb', 'a\nb', '\0', '\ud83d'])('[D16] words that cannot be seen or read alike: %j', (words) => {
    const server = room();
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 4), content: new Y.ContentString(words) }))).toBe('bad-text');
    expect(stop(server, forged({ origin: valueOf(server, 'label').id, content: new Y.ContentAny([words]) }))).toBe('bad-text');
  });

  it('[D16] nothing may cut a character in half: no insertion, no deletion, no second half', () => {
    const server = room();
    const [high, low] = [unit(server, 12), unit(server, 13)];
    expect(stop(server, forged({ origin: high, right: low }))).toBe('bad-text');
    expect(stop(server, bytes([], [[SERVER, low.clock, 3]]))).toBe('bad-text');
    expect(stop(server, bytes([], [[SERVER, low.clock - 4, 4]]))).toBe('bad-text');
    expect(stop(server, bytes(items([{ origin: unit(server, 3), right: unit(server, 4), content: new Y.ContentString('😀') }]), [[ME, 0, 1]]))).toBe('bad-text');
    pass(server, forged({ origin: unit(server, 3), right: unit(server, 4), content: new Y.ContentString('x') }));
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 5), content: new Y.ContentString('😀') }))).toBe('bad-text');
  });
});

describe('deletions', () => {
  it('[D17] of what is not written yet', () => {
    const server = room();
    expect(stop(server, bytes([], [[COLLEAGUE, 0, 5]]))).toBe('gap (resync)');
    expect(stop(server, bytes([], [[SERVER, Y.getState(server.store, SERVER) - 1, 2]]))).toBe('gap (resync)');
    expect(stop(server, bytes(items([{ origin: unit(server, 3), right: unit(server, 4) }]), [[ME, 0, 2]]))).toBe('gap (resync)');
  });

  it.each<[string, (server: Y.Doc) => Y.Item]>([
    ['a provision', (server) => entry(server)],
    ['the text of a slot', (server) => valueOf(server, 'en:text')],
    ['a rank', (server) => valueOf(server, 'rank')],
    ['a kind', (server) => valueOf(server, 'kind')],
  ])('[D18] %s cannot be deleted', (_name, find) => {
    const server = room();
    const { id, length } = find(server);
    expect(stop(server, bytes([], [[id.client, id.clock, length]]))).toBe('bad-delete');
  });

  it('[D18] a field deleted by what takes its place and is itself nothing', () => {
    const server = room();
    expect(stop(server, forged({ origin: valueOf(server, 'rank').id, content: new Y.ContentDeleted(1) }))).toBe('bad-delete');
    const dead = items([{ origin: valueOf(server, 'rank').id, content: new Y.ContentAny(['V5']) }]);
    expect(stop(server, bytes(dead, [[ME, 0, 1]]))).toBe('bad-delete');
    const doc = member(server);
    expect(stop(server, updateOf(doc, () => (doc.getMap(ROOT).get('a') as Y.Map<unknown>).delete('gone')))).toBe('bad-delete');
  });

  it('[D18] a field overwritten, twice before sending, and at the same time by a colleague', () => {
    const server = room();
    const docs = [member(server), member(server, COLLEAGUE)];
    const map = (doc: Y.Doc) => doc.getMap(ROOT).get('a') as Y.Map<unknown>;
    const updates = docs.map((doc) => updateOf(doc, () => ['3', '4'].forEach((label) => map(doc).set('label', label + doc.clientID))));
    for (const update of updates) pass(server, update, anyone);
    for (const doc of docs) Y.applyUpdate(doc, unsent(server, doc));
    expect(new Set([server, ...docs].map((doc) => map(doc).get('label'))).size).toBe(1);
  });

  it.each<[string, Edit]>([
    ['a move', { do: 'move', id: 'a', after: 'b' }],
    ['a removal', { do: 'remove', id: 'a' }],
    ['a label', { do: 'set', id: 'a', label: '9' }],
    ['another kind', { do: 'set', id: 'a', kind: 'definition' }],
    ['a splice', { do: 'splice', id: 'a', key: 'en:text', from: 0, to: 3, insert: [{ t: 'Both', m: 'em' }] }],
  ])('[D18] %s can be undone and done again, with the filter that spares provisions and slots', (_name, edit) => {
    const server = room();
    const doc = member(server);
    const undo = new Y.UndoManager(doc.getMap(ROOT), { trackedOrigins: new Set(['me']), deleteFilter: mayUndo });
    const before = readText(server);
    writeEdits(doc, [edit], random, 'me');
    const after = readText(doc);
    pass(server, unsent(doc, server));
    undo.undo();
    pass(server, unsent(doc, server));
    expect(readText(server)).toEqual(before);
    undo.redo();
    pass(server, unsent(doc, server));
    expect(readText(server)).toEqual(after);
  });

  it("[D19] a slot's text cannot be put in the place of another", () => {
    const server = room();
    expect(stop(server, forged({ origin: valueOf(server, 'en:text').id, content: new Y.ContentType(new Y.Text()) }))).toBe('bad-shape');
    const client = SERVER + 1;
    const beside = forged({ client, parent: entry(server).id, sub: 'en:text', content: new Y.ContentType(new Y.Text()) });
    expect(stop(server, beside, anyone)).toBe('bad-shape (resync)');
    const nothing = forged({ client, parent: entry(server).id, sub: 'en:text', content: new Y.ContentDeleted(1) });
    expect(stop(server, nothing, anyone)).toBe('bad-shape');
  });

  it('[D19] two members who change the kind at the same moment both pass, while no words are lost', () => {
    const server = room();
    const docs = [member(server, 5), member(server)];
    const updates = docs.map((doc) => updateOf(doc, () => writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }], random)));
    for (const update of updates) pass(server, update, anyone);
    for (const doc of docs) Y.applyUpdate(doc, unsent(server, doc));
    expect(docs.map((doc) => textAt(doc, 'a', 'en:term')!._item!.id.client)).toEqual([ME, ME]);
    const late = member(server, 4);
    (late.getMap(ROOT).get('a') as Y.Map<unknown>).set('gone', true);
    pass(server, unsent(late, server), anyone);
  });

  it('[D19] and are sent to join again when words would be lost, the first ones or the second', () => {
    for (const [first, second] of [[5, ME], [ME, 5]] as const) {
      const server = room();
      const docs = [member(server, first), member(server, second)];
      for (const doc of docs) writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }, { do: 'splice', id: 'a', key: 'en:term', from: 0, to: 0, insert: plainSlot('term') }], random);
      pass(server, unsent(docs[0]!, server), anyone);
      expect(stop(server, unsent(docs[1]!, server), anyone)).toBe('bad-shape (resync)');
    }
  });

  it('[D20] a slot holds 20,000 units and no more, and may always shrink', () => {
    const server = room(paragraph('long', 'x'.repeat(SLOT_LIMIT - 3)));
    const doc = member(server);
    pass(server, updateOf(doc, () => text(doc, 'long').insert(7, 'abc')));
    expect(stop(server, updateOf(doc, () => text(doc, 'long').insert(7, 'd')))).toBe('limit');
    const again = member(server, ME + 1);
    pass(server, updateOf(again, () => again.transact(() => (text(again, 'long').insert(0, 'y'.repeat(900)), text(again, 'long').delete(5_000, 900)))), anyone);
    expect(text(server, 'long').length).toBe(SLOT_LIMIT);
  });

  it('[D20] a room holds 1,000 provisions and no more', () => {
    const server = new Y.Doc();
    fillRoom(server, textFrom(Array.from({ length: PROVISION_LIMIT }, (_, i) => paragraph(`p${i}`, ''))), random);
    const doc = member(server);
    pass(server, updateOf(doc, () => text(doc, 'p0').insert(0, 'x')));
    expect(stop(server, updateOf(doc, () => writeEdits(doc, [{ do: 'add', provision: paragraph('one-more', ''), after: null }], random)))).toBe('full');
  });

  it('[D20] a room holds 100,000 structs and no more, and may always shrink', () => {
    const ids = Array.from({ length: 11 }, (_, i) => `p${i}`), server = room(...ids.map((id) => paragraph(id, '')));
    const size = (): number => [...server.store.clients.values()].reduce((n, structs) => n + structs.length, 0);
    // Each in front of the last: Yjs cannot join two of them.
    const fillTo = (structs: number): void => server.transact(() => { for (let n = size(); n < structs; n++) text(server, ids[n % ids.length]).insert(0, 'x'); });
    fillTo(ROOM_LIMIT / 2 + 1);
    const [filler, other] = [SERVER + 1, ME].map((client) => member(server, client)).map((writer) => updateOf(writer, () => text(writer, 'p0').insert(0, 'y')));
    expect([stop(server, filler!, { mayWriteAs: (id) => id === SERVER || id === SERVER + 1 }), stop(server, other!)]).toEqual(['full', 'passed']);
    fillTo(ROOM_LIMIT - 1);
    const doc = member(server);
    pass(server, updateOf(doc, () => text(doc, 'p0').insert(0, 'y')));
    expect(size()).toBe(ROOM_LIMIT);
    const full = member(server, ME + 1);
    expect(stop(server, updateOf(doc, () => text(doc, 'p0').insert(0, 'z')))).toBe('full');
    pass(server, updateOf(full, () => text(full, 'p1').delete(0, 9)), anyone);
  });

  /** Members who write under one client each. */
  const alone = (client: number) => ({ mayWriteAs: (id: number) => id === client });
  /** A member fills what the validator lets him, in chunks, with `chunk`; gives how many passed. */
  function fills(server: Y.Doc, client: number, chunk: (doc: Y.Doc, n: number) => void): number {
    const doc = member(server, client);
    for (let n = 0; ; n++) {
      const update = updateOf(doc, () => doc.transact(() => chunk(doc, n)));
      const verdict = validateUpdate(server, update, alone(client));
      if (!verdict.ok) return verdict.reason === 'full' ? n : -1;
      Y.applyUpdate(server, verdict.update);
    }
  }

  it('[D20] a room holds half a million characters: one member takes half of it, the next a quarter, and who deletes has place again', () => {
    const CHUNK = SLOT_LIMIT / 2, server = room(...Array.from({ length: 60 }, (_, i) => paragraph(`w${i}`, '')));
    const chunk = (first: number) => (doc: Y.Doc, n: number): void => { text(doc, `w${first + n}`).insert(0, 'x'.repeat(CHUNK)); };
    expect([fills(server, ME, chunk(0)), fills(server, COLLEAGUE, chunk(25)), fills(server, 90, chunk(37))]).toEqual([WORDS_LIMIT / CHUNK / 2, 12, 6]);
    const doc = member(server, ME + 1), own = { mayWriteAs: (id: number) => id === ME || id === ME + 1 };
    const again = member(server, ME + 1);
    expect(stop(server, updateOf(again, () => text(again, 'w50').insert(0, 'y'.repeat(CHUNK))), own)).toBe('full');
    pass(server, updateOf(doc, () => doc.transact(() => { for (let i = 0; i < 20; i++) text(doc, `w${i}`).delete(0, CHUNK); })), own);
    pass(server, updateOf(doc, () => text(doc, 'w0').insert(0, 'y'.repeat(CHUNK))), own);
  });

  it('[D20] nor does one member take all the provisions', () => {
    const server = new Y.Doc(), named = (by: string) => (doc: Y.Doc, n: number): void => writeEdits(doc, Array.from({ length: 125 }, (_, i) => ({ do: 'add', provision: paragraph(`${by}${n}-${i}`, ''), after: null }) as const), random);
    fillRoom(server, textFrom([paragraph('a', '')]), random);
    expect([fills(server, ME, named('m')), fills(server, COLLEAGUE, named('c'))]).toEqual([4, 2]);
  });

  it('[D21] what was typed and deleted before it was sent comes as deleted items', () => {
    const server = room();
    const doc = member(server);
    text(doc).insert(4, 'typed ');
    text(doc).delete(4, 6);
    writeEdits(doc, [{ do: 'add', provision: paragraph('undone', 'undone'), after: null }], random);
    doc.getMap(ROOT).delete('undone');
    const { structs } = Y.decodeUpdate(unsent(doc, server));
    expect(structs.some((s) => s instanceof Y.GC) && structs.some((s) => s instanceof Y.Item && s.content instanceof Y.ContentDeleted)).toBe(true);
    pass(server, unsent(doc, server));
    expect(readText(server)).toEqual(readText(doc));
  });

  it('[D21] words for a text that is no more are told, and harm nothing', () => {
    const server = room();
    const docs = [member(server, 5), member(server)];
    const updates = docs.map((doc) => updateOf(doc, () => writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }], random)));
    pass(server, updates[0]!, anyone);
    const typed = updateOf(docs[0]!, () => (textAt(docs[0]!, 'a', 'en:term')!.insert(0, 'lost'), text(docs[0]!).insert(0, 'Kept. ')));
    pass(server, updates[1]!, anyone);
    expect(pass(server, typed, anyone)).toMatchObject({ orphaned: [{ id: '', key: '', words: 'lost' }], empty: false, touched: new Set(['a']) });
    expect(text(server).toString()).toBe('Kept. The Parties 😀 shall consult.');
  });

  it('[D21] an origin in such a text cannot pull words into one that is there', () => {
    const server = room();
    const docs = [member(server, 5), member(server)];
    for (const doc of docs) writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }], random);
    const term = textAt(docs[0]!, 'a', 'en:term')!._item!.id;
    for (const doc of docs) pass(server, unsent(doc, server), anyone);
    pass(server, bytes(items([{ client: 99, parent: term, content: new Y.ContentString('dead') }])), anyone);
    expect(Y.getItem(server.store, Y.createID(99, 0))).toBeInstanceOf(Y.GC);
    expect(stop(server, forged({ client: 98, origin: unit(server, 3), right: Y.createID(99, 0) }), anyone)).toBe('foreign-list');
  });
});
