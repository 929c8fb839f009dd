import * as Y from 'yjs';
import { CLOCK_LIMIT, type UpdateRefusal, type UpdateRule, UPDATE_LIMIT } from '../src/update-validator.ts';
import { copyOf, readText, ROOT, textAt, writeEdits } from '../src/room.ts';
import { plainSlot, SLOT_LIMIT } from '../src/slot.ts';
import { bytes, COLLEAGUE, entry, forged, type Forged, items, ME, unsent, paragraph, random, text, unit, updateOf, valueOf } from './forge.ts';

/**
 * What is tried on the validator of a room, as data: the specs of the validator hold each against the function, the journeys send each over a real socket. The room is one
 * with the provisions *a* ("The Parties 😀 shall consult.") and *b* ("Second."), to which a colleague has added words under the clientID `COLLEAGUE`; the attacker
 * is a member who writes as `ME`.
 */
export interface Attack {
  readonly name: string;
  readonly rule: UpdateRule;
  /** `empty`: it passes, and adds nothing. */
  readonly reason: UpdateRefusal | 'empty';
  /** The validator says: perhaps only behind, join again. */
  readonly rejoin?: boolean;
  /** What honest members send before; made one after the other, each of the room as it then is. */
  readonly before?: readonly { readonly by: 'attacker' | 'colleague'; readonly update: (room: Y.Doc) => Uint8Array }[];
  readonly update: (room: Y.Doc) => Uint8Array;
  /**
   * What a room suffers that lets it in: no other rule refuses it (a deletion ahead of its time is then acknowledged and forgotten). Absent where others refuse it too.
   */
  readonly harm?: (room: Y.Doc) => boolean;
}

/** What the colleague has written when the attacks begin. */
export const colleaguesWords = (room: Y.Doc): Uint8Array => {
  const doc = as(room, COLLEAGUE);
  return updateOf(doc, () => text(doc, 'b').insert(7, ' Third.'));
};

const as = (room: Y.Doc, client: number): Y.Doc => Object.assign(copyOf(room), { clientID: client });
const serverOf = (room: Y.Doc): number => entry(room).id.client;
const mapOf = (doc: Y.Doc, id = 'a'): Y.Map<unknown> => doc.getMap(ROOT).get(id) as Y.Map<unknown>;
const pending = (room: Y.Doc): boolean => Boolean(room.store.pendingStructs ?? room.store.pendingDs);
const value = (of: unknown): Y.ContentAny => new Y.ContentAny([of]);
const flag = (value: unknown): object => value as object;
const deleting = (item: Y.Item): Uint8Array => bytes([], [[item.id.client, item.id.clock, item.length]]);
const words = (content: string) => (room: Y.Doc): Uint8Array => forged({ ...between(room), content: new Y.ContentString(content) });
/** Two units of *a* that stand side by side. */
const between = (room: Y.Doc, at = 3): Forged => ({ origin: unit(room, at), right: unit(room, at + 1) });
const good = (room: Y.Doc): number[] => [...forged({ ...between(room), content: new Y.ContentString('xyz') })];
const laid = (room: Y.Doc, content: Y.Item['content']): Uint8Array => forged({ ...between(room), content });
const over = (field: string, content: Y.Item['content']) => (room: Y.Doc): Uint8Array => forged({ origin: valueOf(room, field).id, content });
const field = (id: string, name: string) => (room: Y.Doc): unknown => mapOf(room, id).get(name);
const inRoot = (sub: string, content: Y.Item['content']) => (): Uint8Array => forged({ parent: ROOT, sub, content });
const written = (change: (doc: Y.Doc) => void) => (room: Y.Doc): Uint8Array => {
  const doc = as(room, ME);
  return updateOf(doc, () => doc.transact(() => change(doc)));
};
/** Types nested in one another, so deep that a walk over them would break the stack. */
const nested = (depth: number, rootSub: string) => (): Uint8Array =>
  forged(...Array.from({ length: depth }, (_, i): Forged => ({ parent: i === 0 ? ROOT : Y.createID(ME, i - 1), sub: i === 0 ? rootSub : 'a', content: new Y.ContentType(new Y.Map()) })));
const unclean = (name: string, content: string): Attack => ({
  name, rule: 'D16', reason: 'bad-text', update: words(content), harm: (room) => text(room).toString() !== 'The Parties 😀 shall consult.',
});
const scattered = 2_400;

export const ATTACKS: readonly Attack[] = [
  // Size and encoding.
  { name: '1 MB: more than is taken', rule: 'D2', reason: 'too-large', harm: (room) => Y.encodeStateAsUpdate(room).length > UPDATE_LIMIT,
    update: written((doc) => { for (let n = 0; n < 14; n++) writeEdits(doc, [{ do: 'add', provision: paragraph(`n${n}`, 'x'.repeat(SLOT_LIMIT)), after: null }], random); }) },
  { name: 'garbage', rule: 'D3', reason: 'malformed', update: () => Uint8Array.from([5, 9, 200, 7, 1, 1, 44]) },
  { name: 'no bytes', rule: 'D3', reason: 'malformed', update: () => new Uint8Array() },
  { name: 'truncated', rule: 'D3', reason: 'malformed', update: (room) => Uint8Array.from(good(room).slice(0, -3)) },
  { name: 'a claim of a milliard structs', rule: 'D3', reason: 'malformed', update: () => Uint8Array.from([1, 255, 255, 255, 255, 3, 50, 0]) },
  { name: 'a struct of no length', rule: 'D3', reason: 'malformed', harm: (room) => room.store.clients.get(ME)!.some(({ length }) => length === 0),
    update: (room) => bytes([new Y.GC(Y.createID(ME, 0), 0), ...items([between(room)])]) },
  { name: 'depth bomb in a value', rule: 'D3', reason: 'malformed',
    update: (room) => Uint8Array.from([...[...forged({ parent: entry(room).id, sub: 'label', content: value(0) })].slice(0, -3), ...Array.from({ length: 100_000 }, () => [117, 1]).flat(), 126, 0]) },
  { name: 'bytes behind the end', rule: 'D4', reason: 'not-canonical', harm: () => true, update: (room) => Uint8Array.from([...good(room), 0]) },
  { name: 'a duplicate client section: overlap', rule: 'D4', reason: 'not-canonical', update: (room) => { const one = good(room).slice(1, -1); return Uint8Array.from([2, ...one, ...one, 0]); } },
  { name: 'touching deleted ranges', rule: 'D4', reason: 'not-canonical', update: (room) => Uint8Array.from([...good(room).slice(0, -1), 1, ME, 2, 0, 1, 1, 1]) },

  // What the server has.
  { name: 'a replay', rule: 'D5', reason: 'empty', before: [{ by: 'attacker', update: words('one') }], update: (room) => Y.encodeStateAsUpdate(room) },
  { name: 'another content for known clocks', rule: 'D5', reason: 'empty', before: [{ by: 'attacker', update: words('one') }],
    update: (room) => { const known = Y.getItem(room.store, Y.createID(ME, 0)); return forged({ origin: known.origin, right: known.rightOrigin, content: new Y.ContentString('two') }); } },
  { name: 'a gap in the clocks', rule: 'D6', reason: 'gap', rejoin: true, harm: pending, update: (room) => forged({ clock: 5, ...between(room) }) },
  { name: 'a Skip', rule: 'D6', reason: 'gap', rejoin: true, harm: pending, update: (room) => bytes([...items([between(room)]), new Y.Skip(Y.createID(ME, 1), 4), ...items([{ clock: 5, ...between(room, 7) }])]) },
  { name: 'a forged clientID: a colleague’s', rule: 'D7', reason: 'foreign-client', harm: (room) => room.store.clients.get(COLLEAGUE)!.length > 0 && text(room).toString().includes('Thex'),
    update: (room) => forged({ client: COLLEAGUE, clock: Y.getState(room.store, COLLEAGUE), origin: unit(room, 2), right: unit(room, 3) }) },
  { name: 'a forged clientID: the server’s', rule: 'D7', reason: 'foreign-client', harm: (room) => text(room).toString().includes('Thex'),
    update: (room) => forged({ client: serverOf(room), clock: Y.getState(room.store, serverOf(room)), origin: unit(room, 2), right: unit(room, 3) }) },
  { name: 'a forged clientID among the own', rule: 'D7', reason: 'foreign-client',
    update: (room) => bytes([...items([{ client: COLLEAGUE, clock: Y.getState(room.store, COLLEAGUE), ...between(room, 8) }]), ...items([between(room)])].sort((a, b) => b.id.client - a.id.client)) },
  { name: 'GC of a milliard units', rule: 'D8', reason: 'limit', harm: (room) => Y.getState(room.store, ME) > CLOCK_LIMIT, update: () => bytes([new Y.GC(Y.createID(ME, 0), 1_000_000_000)]) },
  { name: 'ContentDeleted of a milliard units', rule: 'D8', reason: 'limit', harm: (room) => Y.getState(room.store, ME) > CLOCK_LIMIT, update: (room) => laid(room, new Y.ContentDeleted(1e9)) },

  // Origins and places.
  { name: 'a missing dependency', rule: 'D9', reason: 'unknown-origin', rejoin: true, harm: pending, update: () => forged({ origin: Y.createID(999, 0) }) },
  { name: 'a parent that is not written', rule: 'D9', reason: 'unknown-origin', rejoin: true, harm: pending, update: () => forged({ parent: Y.createID(ME, 5) }) },
  { name: 'an item that waits for itself', rule: 'D9', reason: 'unknown-origin', rejoin: true, update: () => forged({ origin: Y.createID(ME, 0) }) },
  { name: 'an origin where nothing is left, to take what stands right of it', rule: 'D10', reason: 'foreign-list', harm: (room) => !(room.store.clients.get(ME)!.at(-1) instanceof Y.Item),
    update: (room) => bytes([new Y.GC(Y.createID(ME, 0), 1), ...items([{ clock: 1, origin: Y.createID(ME, 0), right: unit(room, 4) }])]) },
  { name: 'origin and rightOrigin in different texts', rule: 'D10', reason: 'foreign-list', update: (room) => forged({ origin: unit(room, 3), right: unit(room, 2, 'b') }) },
  { name: 'text moved between provisions by its origin', rule: 'D10', reason: 'foreign-list', update: (room) => forged({ origin: valueOf(room, 'label').id, right: unit(room, 4) }) },
  { name: 'origins in the wrong order', rule: 'D11', reason: 'misplaced', harm: () => true, update: (room) => forged({ origin: unit(room, 4), right: unit(room, 3) }) },
  { name: 'words wedged between what their author must have known', rule: 'D11', reason: 'misplaced', harm: () => true, update: (room) => forged({ origin: unit(room, 3), right: unit(room, 5) }) },
  { name: 'a value put before the last one its author knew', rule: 'D11', reason: 'misplaced', before: [{ by: 'attacker', update: written((doc) => mapOf(doc).set('label', '2')) }],
    update: (room) => bytes(items([{ parent: entry(room).id, sub: 'label', content: value('3') }], Y.getState(room.store, ME))) },

  // The shape of a room.
  { name: 'getMap(‘x’): another root', rule: 'D12', reason: 'bad-shape', harm: (room) => room.share.has('x'), update: () => forged({ parent: 'x', sub: 'a' }) },
  { name: 'a list part of the root', rule: 'D12', reason: 'bad-shape', harm: (room) => (room.getMap(ROOT) as Y.AbstractType<unknown>)._start !== null, update: () => forged({ parent: ROOT }) },
  { name: 'an entry named __proto__', rule: 'D12', reason: 'bad-shape', update: inRoot('__proto__', new Y.ContentType(new Y.Map())) },
  { name: 'an unknown node: XML', rule: 'D12', reason: 'bad-content', update: inRoot('new', new Y.ContentType(new Y.XmlElement('p'))) },
  { name: 'a subdocument for a provision', rule: 'D12', reason: 'bad-content', update: inRoot('new', new Y.ContentDoc(new Y.Doc())) },
  { name: 'a provision put in the place of another', rule: 'D12', reason: 'bad-shape', harm: (room) => readText(room).by.get('a')?.slots['en:text']?.[0]?.t !== 'The Parties 😀 shall consult.',
    update: replacing },
  { name: 'map part of a text', rule: 'D12', reason: 'bad-shape', update: (room) => forged({ parent: valueOf(room, 'en:text').id, sub: 'lang', content: value('x') }) },
  { name: 'a depth bomb: 2,400 types in one another', rule: 'D13', reason: 'bad-shape', update: nested(2_400, 'new') },
  { name: 'a depth bomb of roots', rule: 'D12', reason: 'bad-shape', update: nested(2_400, 'no id') },
  { name: 'self-accept: a key “accepted”', rule: 'D13', reason: 'bad-shape', harm: (room) => mapOf(room).has('accepted'), update: (room) => forged({ parent: entry(room).id, sub: 'accepted', content: value(true) }) },
  { name: 'an unknown attribute', rule: 'D13', reason: 'bad-shape', harm: (room) => mapOf(room).has('colour'), update: (room) => forged({ parent: entry(room).id, sub: 'colour', content: value('red') }) },
  { name: 'a level beyond the last', rule: 'D13', reason: 'bad-content', harm: (room) => field('a', 'level')(room) === 99, update: over('level', value(99)) },
  { name: 'a rank that is none', rule: 'D13', reason: 'bad-content', harm: (room) => field('a', 'rank')(room) === '~', update: over('rank', value('~')) },
  { name: 'two values at once', rule: 'D13', reason: 'bad-content', update: over('level', new Y.ContentAny([1, 2])) },
  { name: 'a ContentString smuggled in as a value through its origin', rule: 'D13', reason: 'bad-content', harm: (room) => !readText(room).by.has('a') || field('a', 'rank')(room) !== undefined, update: over('rank', new Y.ContentString('V')) },
  { name: 'a subdocument smuggled in as a value', rule: 'D13', reason: 'bad-content', update: over('label', new Y.ContentDoc(new Y.Doc())) },
  { name: 'a provision without its fields', rule: 'D14', reason: 'bad-shape', harm: (room) => room.getMap(ROOT).has('new') && !readText(room).by.has('new'), update: inRoot('new', new Y.ContentType(new Y.Map())) },
  { name: 'another kind without its texts', rule: 'D14', reason: 'bad-shape', harm: (room) => field('a', 'kind')(room) === 'definition' && !textAt(room, 'a', 'en:term'), update: over('kind', value('definition')) },
  { name: 'change party: a mark that no room has', rule: 'D15', reason: 'bad-content', harm: (room) => JSON.stringify(text(room).toDelta()).includes('insA'), update: (room) => laid(room, new Y.ContentFormat('insA', flag(true))) },
  { name: 'self-accept: a mark “acc”', rule: 'D15', reason: 'bad-content', update: (room) => laid(room, new Y.ContentFormat('acc', flag(true))) },
  { name: 'a mark with a value of its own', rule: 'D15', reason: 'bad-content', harm: (room) => JSON.stringify(text(room).toDelta()).includes('"em":1'), update: (room) => laid(room, new Y.ContentFormat('em', flag(1))) },
  { name: 'a reference that is a script', rule: 'D15', reason: 'bad-content', harm: (room) => JSON.stringify(text(room).toDelta()).includes('javascript:'), update: (room) => laid(room, new Y.ContentFormat('ref', flag('javascript:alert(1)'))) },
  { name: 'an embed', rule: 'D15', reason: 'bad-content', harm: (room) => JSON.stringify(text(room).toDelta()).includes('image'), update: (room) => laid(room, new Y.ContentEmbed({ image: 'x' })) },
  { name: 'a subdocument in a text', rule: 'D15', reason: 'bad-content', update: (room) => laid(room, new Y.ContentDoc(new Y.Doc())) },
  { name: 'bytes in a text', rule: 'D15', reason: 'bad-content', update: (room) => laid(room, new Y.ContentBinary(new Uint8Array(9))) },
  { name: 'a type in a text', rule: 'D15', reason: 'bad-content', update: (room) => laid(room, new Y.ContentType(new Y.XmlText())) },

  // Words.
  unclean('a lone surrogate, which all others read as U+FFFD', '\ud83d'), unclean('U+FFFD', '\ufffd'), unclean('a bidi override', 'not\u202Eton'), unclean('a bidi isolate', '\u2066a\u2069'),
  unclean('a zero-width space', 'a\u200Bb'), unclean('an invisible letter', 'a\u3164b'), unclean('a hidden sentence of tags', '\u{E0061}\u{E0062}'), unclean('a control character', 'a\u0000b'), unclean('a line break', 'a\nb'),
  { name: 'half a character', rule: 'D16', reason: 'bad-text', harm: (room) => text(room).toString().includes('\ufffd') || !text(room).toString().includes('😀'), update: (room) => forged({ origin: unit(room, 12), right: unit(room, 13) }) },
  { name: 'half a character deleted', rule: 'D16', reason: 'bad-text', harm: (room) => !text(room).toString().includes('😀'), update: (room) => bytes([], [[unit(room, 13).client, unit(room, 13).clock, 3]]) },
  { name: 'a bidi override in a label', rule: 'D16', reason: 'bad-text', harm: (room) => field('a', 'label')(room) === '\u202E1', update: over('label', value('\u202E1')) },

  // Deletions.
  { name: 'unknown deletes', rule: 'D17', reason: 'gap', rejoin: true, harm: (room) => !pending(room), update: () => bytes([], [[999, 0, 5]]) },
  { name: 'future deletes: of what a colleague will write', rule: 'D17', reason: 'gap', rejoin: true, harm: (room) => !pending(room), update: (room) => bytes([], [[COLLEAGUE, Y.getState(room.store, COLLEAGUE), 100]]) },
  { name: 'a parent element deleted without its children: a provision', rule: 'D18', reason: 'bad-delete', harm: (room) => !readText(room).by.has('a'), update: (room) => deleting(entry(room)) },
  { name: 'a parent element deleted without its children: a text', rule: 'D18', reason: 'bad-delete', harm: (room) => !textAt(room, 'a', 'en:text'), update: (room) => deleting(valueOf(room, 'en:text')) },
  { name: 'a field deleted', rule: 'D18', reason: 'bad-delete', harm: (room) => !readText(room).by.has('a'), update: (room) => deleting(valueOf(room, 'rank')) },
  { name: 'a field overwritten by nothing', rule: 'D18', reason: 'bad-delete', harm: (room) => !readText(room).by.has('a'), update: over('kind', new Y.ContentDeleted(1)) },
  { name: 'a text put in the place of another', rule: 'D19', reason: 'bad-shape', harm: (room) => text(room).toString() === '', update: over('en:text', new Y.ContentType(new Y.Text())) },

  // Limits.
  { name: 'a slot longer than its limit', rule: 'D20', reason: 'limit', harm: (room) => text(room).length > SLOT_LIMIT, update: (room) => laid(room, new Y.ContentString('x'.repeat(SLOT_LIMIT))) },
  { name: 'an endless search for a place', rule: 'D22', reason: 'limit', harm: () => true,
    before: [{ by: 'colleague', update: (room) => { const doc = as(room, COLLEAGUE); doc.transact(() => Array.from({ length: scattered }).forEach(() => text(doc).insert(4, 'f'))); return unsent(doc, room); } }],
    update: (room) => forged(...Array.from({ length: scattered }, (_, i): Forged => ({ origin: i === 0 ? unit(room, 3) : Y.createID(ME, i - 1), right: unit(room, 4 + scattered - i) }))) },
];

/** A whole provision, and well-formed, under the id of one that is there. */
function replacing(room: Y.Doc): Uint8Array {
  const elsewhere = new Y.Doc();
  elsewhere.clientID = ME;
  writeEdits(elsewhere, [{ do: 'add', provision: { ...paragraph('a', ''), slots: { 'en:text': plainSlot('Nothing is owed.') } }, after: null }], random);
  const structs = Y.decodeUpdate(Y.encodeStateAsUpdate(elsewhere)).structs as Y.Item[];
  return bytes(structs.map((item) => (item.parent as unknown) === ROOT ? new Y.Item(item.id, null, entry(room).id, null, null, null, null, item.content) : item));
}
