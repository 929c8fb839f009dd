import { compactRoom, fillRoom, KINDS, plainSlot, readText, RoomView, slotKeys, type Text, textAt, textFrom } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import { EditorState, type Transaction } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Binding } from './binding.ts';
import { added, moved, relabelled, removed, split } from './commands.ts';
import { differences } from './from-room.ts';
import { normalizeTransaction } from './normalize-transaction.ts';
import { seeded } from '../../../../libs/text/test-support/seeded.ts';
import { allSlots, docNode } from './nodes.ts';
import { schema } from './schema.ts';
import { caretAt } from './selection.ts';
import { cases } from '../../../../libs/text/test-support/cases.ts';

const RUNS = cases(1500);
const STEPS = 16;

/** An editor without a screen: state, binding, and the guard that the screen's dispatch runs. */
class EditorFixture {
  state: EditorState;
  readonly binding: Binding;
  readonly outbox: Uint8Array[] = [];
  readonly held: boolean[] = [];
  readonly homeless: string[] = [];

  constructor(readonly room: Y.Doc, random: () => number) {
    const view = new RoomView(room);
    this.state = EditorState.create({ schema, doc: docNode(view.text) });
    const follow = (tr: Transaction) => { this.state = this.state.apply(tr); };
    this.binding = new Binding(room, view, { get state() { return self.state; }, follow, heldBack: (now) => { this.held.push(now); }, homeless: (words) => { this.homeless.push(...words.map((one) => `${one.id} ${one.key} ${one.words}`)); } }, random);
    const self = this as EditorFixture;
    room.on('update', (update: Uint8Array, origin: unknown) => { if (origin !== 'network') this.outbox.push(update); });
  }

  dispatch(tr: Transaction): void {
    const result = normalizeTransaction(this.state, tr, () => true);
    if (!result.tr) return;
    this.state = this.state.apply(result.tr);
    this.binding.write(result.tr);
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.room, update, 'network');
  }

  get text(): Text {
    return this.binding.view.text;
  }
}

const WORDS = ['the', ' ', 'shall', ' promptly', ', ', '24', '法', '网络 ', '😀', 'ab😁', '.', 'very ', 'é'];

function startText(random: () => number): Text {
  const count = 1 + Math.floor(random() * 4);
  return textFrom(Array.from({ length: count }, (_, i) => {
    const kind = KINDS[Math.floor(random() * KINDS.length)]!;
    const words = () => plainSlot(Array.from({ length: Math.floor(random() * 5) }, () => WORDS[Math.floor(random() * WORDS.length)]).join(''));
    return { id: `p${i}`, kind, label: String(i + 1), level: i % 2, slots: Object.fromEntries(slotKeys(kind).map((key) => [key, words()])) };
  }));
}

const words = (doc: PmNode) => allSlots(doc).map((s) => [s.id, s.key, s.node.textContent]);

/** One thing a member does, by chance. */
function act(context: EditorFixture, random: () => number, fresh: () => string): void {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const { state } = context, size = state.doc.content.size;
  const ids = context.text.list, dice = random();
  if (ids.length === 0) { context.binding.edit(added(context.text, { after: null, kind: 'paragraph', id: fresh(), label: '' })); return; }
  const slot = pick(allSlots(state.doc)), at = slot.start + Math.floor(random() * (slot.node.content.size + 1));
  if (dice < 0.34) context.dispatch(state.tr.insertText(pick(WORDS), at));
  else if (dice < 0.48) context.dispatch(state.tr.delete(at, Math.min(at + 1 + Math.floor(random() * 4), slot.start + slot.node.content.size)));
  else if (dice < 0.56) mark(context, random, at);
  else if (dice < 0.64) {
    const from = Math.floor(random() * size), to = from + Math.floor(random() * (size - from));
    context.dispatch(state.tr.setSelection(caretAt(state.doc, from, to)).insertText(random() < 0.5 ? '' : pick(WORDS)));
  } else if (dice < 0.68) { const from = Math.floor(random() * size); context.dispatch(state.tr.delete(from, from + Math.floor(random() * (size - from)))); }
  else if (dice < 0.75) context.binding.edit(split(context.text, { id: slot.id, key: slot.key, offset: at - slot.start }, { id: fresh(), label: 'bis' }));
  else if (dice < 0.79) context.binding.edit(added(context.text, { after: random() < 0.2 ? null : pick(ids), kind: pick(KINDS), id: fresh(), label: '' }));
  else if (dice < 0.83) context.binding.edit(removed(pick(ids)));
  else if (dice < 0.88) context.binding.edit(moved(context.text, pick(ids), random() < 0.5 ? 'up' : 'down'));
  else if (dice < 0.91) context.binding.edit([{ do: 'set', id: pick(ids), kind: pick(KINDS) }]);
  else if (dice < 0.92) context.binding.edit(relabelled(pick(ids), 'x'));
  else if (dice < 0.97) context.binding.undoLast();
  else context.binding.redoLast();
}

function mark(context: EditorFixture, random: () => number, from: number): void {
  const { state } = context, to = Math.min(state.doc.content.size, from + 1 + Math.floor(random() * 30));
  const type = [schema.marks.em, schema.marks.strong, schema.marks.ref][Math.floor(random() * 3)]!;
  const made = type === schema.marks.ref ? type.create({ id: 'p0' }) : type.create();
  context.dispatch(random() < 0.6 ? state.tr.addMark(from, to, made) : state.tr.removeMark(from, to, type));
}

function run(seed: number, composes = false): void {
  const random = seeded(seed);
  const origin = new Y.Doc();
  fillRoom(origin, startText(random), random);
  const first = Y.encodeStateAsUpdate(origin);
  let made = 0;
  const editors = [0, 1].map(() => {
    const room = new Y.Doc();
    Y.applyUpdate(room, first, 'network');
    return new EditorFixture(room, random);
  });
  const deliver = () => editors.forEach((context, i) => { for (const update of context.outbox.splice(0)) editors[1 - i]!.receive(update); });
  for (let step = 0; step < STEPS; step++) {
    const context = editors[Math.floor(random() * 2)]!;
    if (composes && random() < 0.2) { if (context.binding.holdsBack) context.binding.letGo(); else context.binding.holdBack(); }
    act(context, random, () => `n${made++}`);
    if (random() < 0.3) deliver();
    // Not `expect` for each: it costs more than what it asks.
    const parted = editors.filter((d) => !d.binding.holdsBack).flatMap((d) => differences(d.state.doc, d.text));
    if (parted.length > 0) expect(parted, `seed ${seed}, step ${step}`).toEqual([]);
  }
  for (const context of editors) context.binding.letGo();
  deliver();
  deliver();
  for (const d of editors) {
    expect(differences(d.state.doc, readText(d.room)), `seed ${seed}, at the end`).toEqual([]);
    d.state.doc.check();
    d.binding.destroy();
  }
  expect(words(editors[0]!.state.doc), `seed ${seed}: both editors read the same`).toEqual(words(editors[1]!.state.doc));
}

describe('binding', () => {
  it(`[E1] document, room and a colleague's document never part: ${RUNS} random sessions`, () => {
    for (let seed = 1; seed <= RUNS; seed++) run(seed);
  }, 240_000);

  it(`[E8] also while words are held back, and others write around them: ${Math.ceil(RUNS / 10)} random sessions`, () => {
    for (let seed = 1; seed <= RUNS / 10; seed++) run(seed, true);
  }, 240_000);

  it('[E8] what is held back is sent by nobody, stands where it stood when others write, and is one step of undo', () => {
    const random = seeded(1), origin = new Y.Doc();
    fillRoom(origin, textFrom([{ id: 'a', kind: 'paragraph', label: '', level: 0, slots: { 'en:text': [{ t: 'one two' }] } }]), random);
    const [context, colleague] = [0, 1].map(() => { const room = new Y.Doc(); Y.applyUpdate(room, Y.encodeStateAsUpdate(origin), 'network'); return new EditorFixture(room, random); }) as [EditorFixture, EditorFixture];
    const shown = (d: EditorFixture) => d.state.doc.textContent, type = (d: EditorFixture, text: string, at: number) => d.dispatch(d.state.tr.insertText(text, 2 + at));
    type(context, 'x', 7);
    for (const update of context.outbox.splice(0)) colleague.receive(update);
    context.binding.holdBack();
    type(context, 'n', 3);
    type(context, 'i', 4);
    type(colleague, 'zero ', 0);
    for (const update of colleague.outbox.splice(0)) context.receive(update);
    expect([shown(context), context.outbox.length]).toEqual(['zero oneni twox', 0]);
    context.dispatch(context.state.tr.insertText('你', 2 + 8, 2 + 10));
    context.binding.letGo();
    for (const update of context.outbox.splice(0)) colleague.receive(update);
    expect([shown(context), shown(colleague)]).toEqual(['zero one你 twox', 'zero one你 twox']);
    context.binding.undoLast();
    expect(shown(context)).toBe('zero one twox');
    context.binding.undoLast();
    expect(shown(context)).toBe('zero one two');
  });

  it('[E8] [E41] what is held back in a provision that others remove, or give another kind, goes back to its author, once; the rest stays held', () => {
    for (const away of [{ do: 'remove', id: 'a' }, { do: 'set', id: 'a', kind: 'definition' }] as const) {
      const random = seeded(1), origin = new Y.Doc(), one = (id: string) => ({ id, kind: 'paragraph' as const, label: '', level: 0, slots: { 'en:text': [{ t: 'one two' }] } });
      fillRoom(origin, textFrom([one('a'), one('b')]), random);
      const [context, colleague] = [0, 1].map(() => { const room = new Y.Doc(); Y.applyUpdate(room, Y.encodeStateAsUpdate(origin), 'network'); return new EditorFixture(room, random); }) as [EditorFixture, EditorFixture];
      context.binding.holdBack();
      context.dispatch(context.state.tr.insertText('ni', allSlots(context.state.doc)[0]!.start + 3));
      colleague.binding.edit([away]);
      for (const update of colleague.outbox.splice(0)) context.receive(update);
      expect(context.homeless).toEqual(['a en:text oneni']);
      context.dispatch(context.state.tr.insertText('hao', allSlots(context.state.doc).at(-1)!.start + 3));
      context.binding.letGo();
      expect([context.homeless.length, differences(context.state.doc, context.text), context.state.doc.textContent.includes('onehao two'), context.state.doc.textContent.includes('ni')]).toEqual([1, [], true, false]);
    }
  });

  it('[E32] a text that the server replaces by the same words moves nothing on the page: caret, words and what is typed next stay where they are', () => {
    const random = seeded(3), server = new Y.Doc();
    fillRoom(server, textFrom([{ id: 'a', kind: 'paragraph', label: '', level: 0, slots: { 'en:text': [{ t: 'one two' }] } }]), random);
    for (let n = 0; n < 30; n++) { textAt(server, 'a', 'en:text')!.insert((n * 5) % 7, 'f'); textAt(server, 'a', 'en:text')!.delete((n * 5) % 7, 1); }
    const room = new Y.Doc();
    Y.applyUpdate(room, Y.encodeStateAsUpdate(server), 'network');
    const context = new EditorFixture(room, random), type = (text: string, at: number) => context.dispatch(context.state.tr.insertText(text, 2 + at));
    type('!', 7);
    for (const update of context.outbox.splice(0)) Y.applyUpdate(server, update);
    context.dispatch(context.state.tr.setSelection(caretAt(context.state.doc, 2 + 3)));
    const before = context.state.doc, vector = Y.encodeStateVector(server);
    expect(compactRoom(server)).toBe(1);
    context.receive(Y.encodeStateAsUpdate(server, vector));
    expect([context.state.doc === before, context.state.selection.head]).toEqual([true, 5]);
    type(' and a half', 3);
    expect(context.state.doc.textContent).toBe('one and a half two!');
    for (const update of context.outbox.splice(0)) Y.applyUpdate(server, update);
    expect(readText(server)).toEqual(context.text);
    context.binding.undoLast();
    expect([context.state.doc.textContent, differences(context.state.doc, context.text)]).toEqual(['one two!', []]);
  });
});
