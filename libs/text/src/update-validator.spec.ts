import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOCK_LIMIT, validateUpdate, UPDATE_LIMIT } from './update-validator.ts';
import { readText, ROOT } from './room.ts';
import { COLLEAGUE, ME, SERVER, anyone, bytes, entry, forged, items, member, mine, unsent, pass, room, stop, text, unit, updateOf } from '../test-support/forge.ts';

describe('size and encoding', () => {
  it('[D2] a large update', () => {
    const server = room();
    expect(stop(server, new Uint8Array(UPDATE_LIMIT + 1))).toBe('too-large');
  });

  it.each([
    ['no bytes', []], ['one byte', [1]], ['garbage', [5, 9, 200, 7, 1, 1, 44]], ['a claim of a milliard structs', [1, 255, 255, 255, 255, 3, 50, 0]],
    ['a number beyond 2^53', [1, 1, 50, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]], ['text that is not UTF-8', [1, 1, 50, 0, 4, 1, 1, 97, 1, 255, 0]],
  ])('[D3] %s', (_name, raw) => {
    expect(stop(room(), Uint8Array.from(raw))).toBe('malformed');
  });

  it('[D3] an update cut short anywhere', () => {
    const server = room();
    const doc = member(server);
    const update = updateOf(doc, () => (text(doc).insert(3, 'new', { em: true }), text(doc).delete(9, 2)));
    for (let n = 0; n < update.length; n++) expect(stop(server, update.slice(0, n))).not.toBe('passed');
  });

  it('[D3] a struct of no length', () => {
    const server = room();
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 4), content: new Y.ContentString('') }))).toBe('malformed');
    expect(stop(server, bytes([new Y.GC(Y.createID(ME, 0), 0)]))).toBe('malformed');
  });

  it('[D3] values nested deeper than the stack', () => {
    const server = room();
    const depth = 100_000;
    const nested = new Uint8Array([...bytes(items([{ parent: entry(server).id, sub: 'label', content: new Y.ContentAny([0]) }])).slice(0, -3), ...new Array<number>(depth).fill([117, 1] as unknown as number).flat(), 126, 0]);
    expect(stop(server, nested)).toBe('malformed');
  });

  it.each<[string, (good: number[]) => number[]]>([
    ['bytes behind the end', (good) => [...good, 0]],
    ['a number in more bytes than it needs', (good) => [0x81, 0, ...good.slice(1)]],
    ['deletions of a client, none of them', (good) => [...good.slice(0, -1), 1, SERVER, 0]],
    ['a section without structs', (good) => [2, ...good.slice(1, -1), 0, 3, 0, 0]],
    ['touching deleted ranges', (good) => [...good.slice(0, -1), 1, ME, 2, 0, 1, 1, 1]],
    ['deleted ranges out of order', (good) => [...good.slice(0, -1), 1, SERVER, 2, 20, 1, 10, 1]],
    ['the same client deleted from twice', (good) => [...good.slice(0, -1), 2, SERVER, 1, 20, 1, SERVER, 1, 10, 1]],
  ])('[D4] %s', (_name, spoil) => {
    const server = room();
    const good = forged({ origin: unit(server, 3), right: unit(server, 4), content: new Y.ContentString('xyz') });
    expect(validateUpdate(server, good, mine).ok).toBe(true);
    expect(stop(server, Uint8Array.from(spoil([...good])))).toBe('not-canonical');
  });

  it('[D4] two sections of one client, or clients in rising order', () => {
    const server = room();
    const [first] = items([{ origin: unit(server, 3), right: unit(server, 4) }]);
    const one = [...bytes([first!])].slice(1, -1);
    expect(stop(server, Uint8Array.from([2, ...one, ...one, 0]))).toBe('not-canonical');
    expect(stop(server, Uint8Array.from([2, ...one, ...one.with(1, COLLEAGUE), 0]), anyone)).toBe('not-canonical');
  });

  it('[D4] the bit that says "has a key" may be there or not, as Yjs itself writes it or leaves it', () => {
    const server = room();
    const doc = member(server);
    const written = updateOf(doc, () => (doc.getMap(ROOT).get('a') as Y.Map<unknown>).set('label', '9'));
    const converted = Y.convertUpdateFormatV2ToV1(Y.convertUpdateFormatV1ToV2(written));
    expect(converted).not.toEqual(written);
    for (const update of [written, converted]) expect(validateUpdate(server, update, mine)).toMatchObject({ ok: true, update: converted });
  });

  it.each<[string, (doc: Y.Doc, server: Y.Doc) => Uint8Array]>([
    ['one transaction', (doc) => updateOf(doc, () => text(doc).insert(3, 'x'))],
    ['a diff by state vector', (doc, server) => (text(doc).insert(3, 'x'), unsent(doc, server))],
    ['the whole state', (doc) => (text(doc).insert(3, 'x'), Y.encodeStateAsUpdate(doc))],
    ['merged', (doc) => updateOf(doc, () => [1, 2, 3].forEach((n) => text(doc).insert(n, 'x')))],
    ['a diff of an update', (doc, server) => (text(doc).insert(3, 'x'), Y.diffUpdate(Y.encodeStateAsUpdate(doc), Y.encodeStateVector(server)))],
    ['deletions alone', (doc) => updateOf(doc, () => (text(doc).delete(2, 3), text(doc, 'b').delete(0, 1)))],
    ['converted', (doc) => Y.convertUpdateFormatV2ToV1(Y.convertUpdateFormatV1ToV2(updateOf(doc, () => text(doc).insert(3, 'x', { ref: 'b' }))))],
  ])('[D4] an honest update passes: %s', (_name, make) => {
    const server = room();
    const doc = member(server);
    pass(server, make(doc, server));
    expect(readText(server)).toEqual(readText(doc));
  });
});

describe('what the server has', () => {
  it('[D5] a replay is empty', () => {
    const server = room();
    const doc = member(server);
    const update = updateOf(doc, () => (text(doc).insert(3, 'new'), text(doc).delete(9, 2)));
    pass(server, update);
    expect(validateUpdate(server, update, mine)).toMatchObject({ ok: true, empty: true, clients: [], touched: new Set() });
    expect(validateUpdate(server, Y.encodeStateAsUpdate(server), mine)).toMatchObject({ ok: true, empty: true });
  });

  it('[D5] of an item half known only the rest goes on', () => {
    const server = room();
    const doc = member(server);
    text(doc).insert(3, 'one');
    pass(server, unsent(doc, server));
    text(doc).insert(6, ' two');
    text(doc).delete(12, 2);
    const again = pass(server, Y.encodeStateAsUpdate(doc));
    const { structs, ds } = Y.decodeUpdate(again.update);
    expect(structs.map((s) => [s.id.client, s.id.clock, s.length])).toEqual([[ME, 3, 4]]);
    expect([...ds.clients.keys()]).toEqual([SERVER]);
    expect(readText(server)).toEqual(readText(doc));
  });

  it('[D5] of a deleted range half known only the rest goes on', () => {
    const server = room();
    const [one, two] = [member(server), member(server)];
    pass(server, updateOf(one, () => text(one).delete(2, 4)));
    const verdict = pass(server, updateOf(two, () => text(two).delete(0, 8)));
    const from = unit(room(), 0).clock;
    expect([...Y.decodeUpdate(verdict.update).ds.clients.get(SERVER)!].map(({ clock, len }) => [clock - from, len])).toEqual([[0, 2], [6, 2]]);
  });

  it('[D5] known clocks with other content change nothing', () => {
    const server = room();
    const doc = member(server);
    pass(server, updateOf(doc, () => text(doc).insert(3, 'one')));
    expect(validateUpdate(server, forged({ origin: unit(server, 0), right: unit(server, 1), content: new Y.ContentString('two') }), mine)).toMatchObject({ ok: true, empty: true });
  });

  it('[D5] names the provisions and clients of what is new', () => {
    const server = room();
    const doc = member(server);
    const verdict = pass(server, updateOf(doc, () => (text(doc).insert(3, 'one'), text(doc, 'b').delete(0, 1))));
    expect(verdict).toMatchObject({ touched: new Set(['a', 'b']), clients: [ME], empty: false, orphaned: [] });
  });

  it('[D6] a gap in the clocks, and a Skip', () => {
    const server = room();
    const [origin, right] = [unit(server, 3), unit(server, 4)];
    expect(stop(server, forged({ clock: 1, origin, right }))).toBe('gap (resync)');
    expect(stop(server, bytes([new Y.Skip(Y.createID(ME, 0), 2), ...items([{ clock: 2, origin, right }])]))).toBe('gap (resync)');
    expect(stop(server, bytes([...items([{ origin, right }]), new Y.Skip(Y.createID(ME, 1), 2)]))).toBe('gap (resync)');
  });

  it("[D7] structs under another's clientID, the server's own among them", () => {
    const server = room();
    const doc = member(server, COLLEAGUE);
    const update = updateOf(doc, () => text(doc).insert(3, 'x'));
    expect(stop(server, update)).toBe('foreign-client');
    const forgedServer = forged({ client: SERVER, clock: Y.getState(server.store, SERVER), origin: unit(server, 3), right: unit(server, 4) });
    expect(stop(server, forgedServer)).toBe('foreign-client');
    pass(server, update, { mayWriteAs: (client) => client === COLLEAGUE });
  });

  it("[D7] a member's earlier clientIDs go through together, and known structs of others with them", () => {
    const server = room();
    const doc = member(server, ME);
    text(doc).insert(3, 'one');
    doc.clientID = ME + 1;
    text(doc).insert(4, 'two');
    const verdict = pass(server, Y.encodeStateAsUpdate(doc), { mayWriteAs: (client) => client === ME || client === ME + 1 });
    expect(verdict.clients).toEqual([ME + 1, ME]);
  });

  it('[D8] a milliard of units in nine bytes', () => {
    const server = room();
    expect(stop(server, bytes([new Y.GC(Y.createID(ME, 0), CLOCK_LIMIT + 1)]))).toBe('limit');
    expect(stop(server, forged({ origin: unit(server, 3), right: unit(server, 4), content: new Y.ContentDeleted(1e9) }))).toBe('limit');
  });
});
