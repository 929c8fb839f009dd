import { applyEdits, digestOf, plainSlot, type Provision, type Slot, SLOT_LIMIT, slotDigest, slotOf, type Text } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import {
  type Actor, consentsTo, decide, type DocumentAct, FIELD_SCHEMAS, isLocked, positionRoom, proposalsOf, SERVER, settlementOf, TABLED_PARTS, TABLED_RUNS, TABLED_SPLICES, TABLED_SPLICES_IN_SLOT, type TabledItem, type TabledPart,
  type TabledWords, tabling,
} from './index.ts';
import { table } from './acts/table.ts';

const AZ = 'position:az', KEY = 'en:text', granted = { ok: true, value: undefined };
const refused = (reason: string) => ({ ok: false, reason });
const negotiating = (): RulesFixture => RulesFixture.negotiating(...['p1', 'p2', 'p3', 'p4'].map((id, n) => provision(id, `Words of ${id}, as they stand.`, 'paragraph', `${n + 1}`)));

/** What the position of a party would read: its words of some provisions other ones. */
const reading = (t: RulesFixture, words: Readonly<Record<string, string>>): Text => {
  const text = t.text(AZ);
  return { list: text.list, by: new Map([...text.by].map(([id, p]) => [id, words[id] === undefined ? p : { ...p, slots: { ...p.slots, [KEY]: plainSlot(words[id]) } }])) };
};
const parts = (t: RulesFixture, words: Readonly<Record<string, string>>): TabledPart[] => tabling(t.text(AZ), reading(t, words));
const edited = (t: RulesFixture, ...edits: Parameters<typeof applyEdits>[1]): TabledPart[] => tabling(t.text(AZ), applyEdits(t.text(AZ), edits));
const perform = (t: RulesFixture, of: readonly TabledPart[], actor: Actor = t.az) => t.perform(actor, { t: 'table', parts: of });
const wordsPart = (t: RulesFixture, id: string, words: string): TabledWords => parts(t, { [id]: words })[0] as TabledWords;

/** Refused, and nothing is another value than before. */
function leaves(t: RulesFixture, of: readonly TabledPart[], reason: string, actor: Actor = t.az): void {
  const { rooms, document } = t;
  expect(perform(t, of, actor)).toEqual(refused(reason));
  expect([t.rooms === rooms, t.document === document]).toEqual([true, true]);
}

describe('[NT1] a party tables what it names, in its own position and nowhere else', () => {
  it('words of two provisions by one act: they are its brackets, and everything else is as it was', () => {
    const t = negotiating(), before = t.rooms;
    const act = { v: 1, id: 'x', doc: 'doc', t: 'table', parts: parts(t, { p1: 'Words of p1, as they are to stand.', p3: 'Other words.' }) } as const;
    expect(act.parts).toHaveLength(2);
    const decided = decide(act, t.context(t.az));
    expect(decided.ok && [decided.value.events, decided.value.edits.map(({ room }) => room)]).toEqual([[{ e: 'tabled', party: 'az', provisions: ['p1', 'p3'] }], [AZ]]);
    expect(perform(t, act.parts)).toEqual(granted);
    expect(t.words(AZ, 'p1')).toBe('Words of p1, as they are to stand.');
    expect(t.words(AZ, 'p3')).toBe('Other words.');
    for (const room of ['common', 'position:oc', 'position:chair'] as const) expect(t.rooms[room]).toBe(before[room]);
    expect([...new Set(proposalsOf(t.context(SERVER)).map((p) => `${p.provision} ${p.parties.join()}`))]).toEqual(['p1 az', 'p3 az']);
  });

  it('provisions added, removed, moved, and their label, kind and level', () => {
    const t = negotiating();
    const wanted = edited(t, { do: 'add', provision: provision('n1', ['term', 'meaning'], 'definition', '2 bis'), after: 'p2' }, { do: 'remove', id: 'p3' }, { do: 'move', id: 'p4', after: null },
      { do: 'set', id: 'p1', kind: 'heading', label: 'I', level: 1 });
    expect(wanted.map((part) => part.on === 'item' && (part.item.type === 'field' ? part.item.field : part.item.type))).toEqual(['kind', 'label', 'level', 'remove', 'add', 'move']);
    expect(perform(t, wanted)).toEqual(granted);
    expect(t.text(AZ).list).toEqual(['p4', 'p1', 'p2', 'n1']);
    expect(t.text(AZ).by.get('p1')).toMatchObject({ kind: 'heading', label: 'I', level: 1 });
    expect(t.text(AZ).by.get('n1')).toEqual(provision('n1', ['term', 'meaning'], 'definition', '2 bis'));
  });

  it('a removed provision that is tabled again becomes exactly that provision', () => {
    const t = negotiating(), other: Provision = provision('p2', ['term', 'meaning'], 'definition', '9');
    t.edit(t.az, AZ, 'p2', [{ do: 'remove', id: 'p2' }]);
    expect(perform(t, edited(t, { do: 'add', provision: other, after: 'p4' }))).toEqual(granted);
    expect([t.text(AZ).list, t.text(AZ).by.get('p2')]).toEqual([['p1', 'p3', 'p4', 'p2'], other]);
  });

  it('words of the kind that a provision gets by the same act, in whatever order both stand', () => {
    for (const turned of [false, true]) {
      const t = negotiating(), is: Provision = { ...provision('p2', ['term', 'meaning'], 'definition', '2') };
      const all = tabling(t.text(AZ), { ...t.text(AZ), by: new Map([...t.text(AZ).by, ['p2', is]]) });
      expect(all.map(({ on }) => on)).toEqual(['item', 'words', 'words']);
      leaves(t, all.slice(1), 'text-moved');
      expect(perform(t, turned ? [...all].reverse() : all)).toEqual(granted);
      expect(digestOf(t.text(AZ).by.get('p2')!)).toBe(digestOf(is));
    }
  });
});

describe('[NT2] who tables, and when', () => {
  const everybody = (t: RulesFixture): readonly Actor[] => [t.azHead, t.az, t.ocHead, t.oc, t.chair, t.auditor, t.observer, t.admin, SERVER];
  const field = (from: number, to: number): TabledPart => ({ on: 'item', provision: 'p1', item: { type: 'field', field: 'level', from, to } });
  const answers = (t: RulesFixture) => everybody(t).map((actor) => { const { rooms } = t, verdict = perform(t, [field(0, 1)], actor); t.rooms = rooms; return verdict.ok ? 'ok' : verdict.reason; });
  const others = ['role-forbids', 'role-forbids', 'role-forbids', 'role-forbids'];

  it('members of each delegation in its position, the moderator in the chair’s', () => {
    const t = negotiating();
    expect(answers(t)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', ...others]);
    for (const [actor, party] of [[t.oc, 'oc'], [t.chair, 'chair'], [t.azHead, 'az']] as const) {
      const { rooms } = t;
      expect(perform(t, [field(0, 1)], actor)).toEqual(granted);
      expect(Object.keys(t.rooms).filter((room) => t.rooms[room as typeof AZ] !== rooms[room as typeof AZ])).toEqual([positionRoom(party)]);
    }
  });

  it('in negotiation alone', () => {
    const t = RulesFixture.seated();
    expect(answers(t)).toEqual([...Array<string>(5).fill('stage-forbids'), ...others]);
    t.must(t.chair, { t: 'openDocument', title: 'T', template: 'understanding', provisions: [provision('p1', 'Words.')] });
    expect(answers(t)).toEqual([...Array<string>(5).fill('stage-forbids'), ...others]);
    t.must(t.azHead, { t: 'acceptAsBasis', digest: t.paperDigest() });
    expect(answers(t)).toEqual([...Array<string>(5).fill('stage-forbids'), ...others]);
    t.must(t.ocHead, { t: 'acceptAsBasis', digest: t.paperDigest() });
    const closing = t.performed(t.chair, { t: 'proposeClosing', reason: '' });
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'assentToClosing', closing });
    expect(answers(t)).toEqual([...Array<string>(5).fill('document-closed'), ...others]);
  });

  it('nothing of an agreed or approved provision', () => {
    const t = negotiating(), all = [...parts(t, { p1: 'Other words.', p2: 'Other words.' }), ...edited(t, { do: 'move', id: 'p1', after: 'p3' }), ...edited(t, { do: 'remove', id: 'p1' }), field(0, 1)];
    for (const head of [t.azHead, t.ocHead]) t.agree(head, 'p1');
    expect(isLocked(t.document, 'p1')).toBe(true);
    for (const part of all.filter(({ provision: id }) => id === 'p1')) leaves(t, [part], 'provision-locked');
    leaves(t, all.slice(0, 2), 'provision-locked');
    t.must(t.chair, { t: 'approve', provision: 'p1', digest: t.digest('p1') });
    leaves(t, [field(0, 1)], 'provision-locked');
    expect(perform(t, [all[1]!])).toEqual(granted);
    t.must(t.ocHead, { t: 'askReopening', provision: 'p1', digest: t.digest('p1'), reason: '' });
    leaves(t, [field(0, 1)], 'provision-locked');
  });
});

describe('[NT3] a place that does not stand as its part says refuses the whole; movement anywhere else refuses nothing', () => {
  it('two that were made of one text: the second is refused where both name a slot, and performed where they do not', () => {
    const t = negotiating(), [first, same, other] = [parts(t, { p1: 'One.' }), parts(t, { p1: 'Two.', p3: 'Two.' }), parts(t, { p3: 'Three.', p4: 'Four.' })];
    expect(perform(t, first)).toEqual(granted);
    leaves(t, same, 'text-moved');
    expect(perform(t, other, t.azHead)).toEqual(granted);
    expect(['p1', 'p3', 'p4'].map((id) => t.words(AZ, id))).toEqual(['One.', 'Three.', 'Four.']);
    leaves(t, first, 'text-moved');
  });

  it('what a colleague types in the same slot refuses it, in another place nothing, also where it was moved, relabelled or stands beside what is new', () => {
    const t = negotiating(), wanted = parts(t, { p1: 'Tabled.' });
    t.write(t.azHead, 'p1', 'Words of p1, as they stand!');
    leaves(t, wanted, 'text-moved');
    t.write(t.azHead, 'p1', 'Words of p1, as they stand.');
    t.write(t.azHead, 'p2', 'Typed.');
    t.edit(t.azHead, AZ, 'p1', [{ do: 'set', id: 'p1', label: '7' }, { do: 'move', id: 'p1', after: 'p4' }, { do: 'add', provision: provision('n', 'New.'), after: 'p1' }]);
    t.write(t.oc, 'p1', 'Words of Ochre.');
    expect(perform(t, wanted)).toEqual(granted);
    expect([t.words(AZ, 'p1'), t.text(AZ).list]).toEqual(['Tabled.', ['p2', 'p3', 'p4', 'p1', 'n']]);
  });

  it.each<[string, (t: RulesFixture) => TabledPart[], Parameters<typeof applyEdits>[1], string]>([
    ['an added provision that is there', (t) => edited(t, { do: 'add', provision: provision('n', 'New.'), after: 'p1' }), [{ do: 'add', provision: provision('n', 'Their own.'), after: 'p4' }], 'text-moved'],
    ['an added provision behind one that has gone', (t) => edited(t, { do: 'add', provision: provision('n', 'New.'), after: 'p1' }), [{ do: 'remove', id: 'p1' }], 'text-moved'],
    ['a removed provision of other words', (t) => edited(t, { do: 'remove', id: 'p2' }), [{ do: 'splice', id: 'p2', key: KEY, from: 0, to: 0, insert: plainSlot('x') }], 'text-moved'],
    ['a removed provision that has gone', (t) => edited(t, { do: 'remove', id: 'p2' }), [{ do: 'remove', id: 'p2' }], 'text-moved'],
    ['a moved provision that stands elsewhere', (t) => edited(t, { do: 'move', id: 'p1', after: 'p3' }), [{ do: 'move', id: 'p1', after: 'p4' }], 'text-moved'],
    ['a moved provision that stands there already', (t) => edited(t, { do: 'move', id: 'p1', after: 'p3' }), [{ do: 'move', id: 'p1', after: 'p3' }], 'text-moved'],
    ['a moved provision that has gone', (t) => edited(t, { do: 'move', id: 'p1', after: 'p3' }), [{ do: 'remove', id: 'p1' }], 'text-moved'],
    ['a move behind one that has gone', (t) => edited(t, { do: 'move', id: 'p1', after: 'p3' }), [{ do: 'remove', id: 'p3' }], 'text-moved'],
    ['a field of another value', (t) => edited(t, { do: 'set', id: 'p1', label: '9' }), [{ do: 'set', id: 'p1', label: '8' }], 'text-moved'],
    ['a field of one that has gone', (t) => edited(t, { do: 'set', id: 'p1', level: 3 }), [{ do: 'remove', id: 'p1' }], 'text-moved'],
    ['words of one that has gone', (t) => parts(t, { p1: 'Tabled.' }), [{ do: 'remove', id: 'p1' }], 'text-moved'],
    ['words of one that has another kind', (t) => parts(t, { p1: 'Tabled.' }), [{ do: 'set', id: 'p1', kind: 'metric' }], 'text-moved'],
  ])('%s', (_what, make, meanwhile, reason) => {
    const t = negotiating(), made = make(t);
    t.rooms = { ...t.rooms, [AZ]: applyEdits(t.text(AZ), meanwhile) };
    leaves(t, [...parts(t, { p4: 'Also tabled.' }), ...made], reason);
  });

  it('moves that undo each other, though each of them moves something', () => {
    const t = negotiating(), move = (id: string, after: string | null): TabledItem => ({ on: 'item', provision: id, item: { type: 'move', from: { after: null, before: null }, after } });
    t.write(t.az, 'p1', 'Typed before.');
    t.rest();
    leaves(t, [move('p1', 'p2'), move('p2', 'p1')], 'text-moved');
    leaves(t, [...parts(t, { p3: 'Tabled.' }), move('p1', 'p2'), move('p2', 'p1')], 'text-moved');
    leaves(t, [move('p4', null), move('p1', 'p2'), move('p2', 'p1')], 'text-moved');
    expect(perform(t, [move('p1', 'p3'), move('p2', 'p3')])).toEqual(granted);
    expect(t.text(AZ).list).toEqual(['p3', 'p2', 'p1', 'p4']);
  });

  it('items stand although others have been added, removed and moved beside them', () => {
    const t = negotiating(), add = edited(t, { do: 'add', provision: provision('n', 'New.'), after: 'p2' }), move = edited(t, { do: 'move', id: 'p1', after: 'p3' });
    t.rooms = { ...t.rooms, [AZ]: applyEdits(t.text(AZ), [{ do: 'add', provision: provision('m', 'Of a colleague.'), after: 'p2' }, { do: 'add', provision: provision('l', 'Of a colleague.'), after: null }, { do: 'remove', id: 'p4' }]) };
    expect(perform(t, [...add, ...move])).toEqual(granted);
    expect(t.text(AZ).list).toEqual(['l', 'p2', 'n', 'm', 'p3', 'p1']);
  });

  it('another result than its digest says', () => {
    const t = negotiating(), part = wordsPart(t, 'p1', 'Tabled.');
    leaves(t, [{ ...part, result: slotDigest(plainSlot('Otherwise.')) }], 'text-moved');
    leaves(t, [{ ...part, splices: [{ from: 0, to: 500, insert: plainSlot('Tabled.') }] }], 'text-moved');
    const [add] = edited(t, { do: 'add', provision: provision('n', 'New.'), after: 'p2' }) as [TabledItem];
    leaves(t, [{ ...add, item: { ...add.item, digest: 'f'.repeat(64) } as TabledItem['item'] }], 'text-moved');
    leaves(t, [{ ...add, provision: 'm' }], 'text-moved');
  });
});

describe('[NT4] the room takes what is tabled as it takes what is typed', () => {
  const spliced = (t: RulesFixture, id: string, from: number, to: number, insert: Provision['slots'][string]): TabledWords => {
    const before = slotOf(t.text(AZ).by.get(id), KEY), after = slotOf(applyEdits(t.text(AZ), [{ do: 'splice', id, key: KEY, from, to, insert }]).by.get(id), KEY);
    return { on: 'words', provision: id, key: KEY, digest: slotDigest(before), result: slotDigest(after), splices: [{ from, to, insert }] };
  };

  it.each<[string, Provision['slots'][string]]>([
    ['a bidi override', plainSlot('\u202e')], ['a line break', plainSlot('a\nb')], ['a mark that no room has', [{ t: 'a', m: 'blink' }]],
    ['marks out of order', [{ t: 'a', m: 'strong em' }]], ['an empty mark', [{ t: 'a', m: '' }]], ['two references', [{ t: 'a', m: 'ref:p1 ref:p2' }]], ['runs that are one', [{ t: 'a' }, { t: 'b' }]],
  ])('%s is bad text', (_what, insert) => {
    const t = negotiating();
    leaves(t, [spliced(t, 'p1', 0, 0, insert)], 'bad-text');
    const [add] = edited(t, { do: 'add', provision: { ...provision('n', ''), slots: { [KEY]: insert } }, after: 'p2' });
    leaves(t, [add!], 'bad-text');
  });

  it('so is a cut within a character, a label that nobody can see, a slot that the kind does not have', () => {
    const t = negotiating();
    t.write(t.az, 'p1', '😀x😁');
    leaves(t, [spliced(t, 'p1', 1, 4, [])], 'bad-text');
    leaves(t, [{ ...wordsPart(t, 'p2', 'Tabled.'), splices: [{ from: 0, to: 0, insert: [{ t: '\ud83d' }] }] }], 'bad-text');
    leaves(t, edited(t, { do: 'set', id: 'p2', label: '\u202e1' }), 'bad-text');
    const [add] = edited(t, { do: 'add', provision: provision('n', 'New.'), after: 'p2' }) as [TabledItem];
    leaves(t, [{ ...add, item: { ...add.item, provision: { ...provision('n', 'New.'), slots: { 'en:term': plainSlot('x') } } } as TabledItem['item'] }], 'bad-text');
    expect(perform(t, [spliced(t, 'p1', 0, 2, plainSlot('ok'))])).toEqual(granted);
    expect(perform(t, [spliced(t, 'p3', 0, 0, [{ t: 'a', m: 'em ref:p2 strong' }])])).toEqual(granted);
  });

  it('a slot holds no more than it may', () => {
    const t = negotiating(), length = t.words(AZ, 'p1').length;
    leaves(t, [spliced(t, 'p1', 0, 0, plainSlot('x'.repeat(SLOT_LIMIT - length + 1)))], 'too-long');
    expect(perform(t, [spliced(t, 'p1', 0, 0, plainSlot('x'.repeat(SLOT_LIMIT - length)))])).toEqual(granted);
  });
});

describe('[NT5] what comes over the wire', () => {
  const schema = table.fields(FIELD_SCHEMAS).parts, takes = (all: readonly unknown[]): boolean => schema.safeParse(all).success;
  const t = negotiating(), part = wordsPart(t, 'p1', 'Tabled.'), digest = 'a'.repeat(64);
  const item = (of: TabledItem['item'], id = 'p1'): TabledItem => ({ on: 'item', provision: id, item: of });
  const splices = (...all: readonly (readonly [number, number, string])[]): TabledWords => ({ ...part, splices: all.map(([from, to, insert]) => ({ from, to, insert: plainSlot(insert) })) });

  it('every part that leads from a text to another is taken', () => {
    const all = edited(t, { do: 'add', provision: provision('n', 'New.'), after: null }, { do: 'remove', id: 'p3' }, { do: 'move', id: 'p4', after: null }, { do: 'set', id: 'p1', kind: 'heading', label: 'I', level: 1 });
    expect(schema.parse([part, ...all])).toEqual([part, ...all]);
  });

  it('a part that changes nothing is not', () => {
    expect(takes([{ ...part, result: part.digest }])).toBe(false);
    for (const of of [
      { type: 'field', field: 'label', from: '1', to: '1' }, { type: 'field', field: 'kind', from: 'step', to: 'step' }, { type: 'field', field: 'level', from: 1, to: 1 },
      { type: 'move', from: { after: 'p2', before: null }, after: 'p2' }, { type: 'move', from: { after: 'p2', before: null }, after: 'p1' },
    ] as const) expect([of, takes([item(of)])]).toEqual([of, false]);
    expect(takes([splices([3, 3, '']), part])).toBe(false);
  });

  it('nor a place twice, nor more of a provision that is added or removed', () => {
    const remove = item({ type: 'remove', digest }), add = item({ type: 'add', after: null, digest, provision: provision('p1', '') }), label = item({ type: 'field', field: 'label', from: '1', to: '2' });
    const move = item({ type: 'move', from: { after: null, before: null }, after: 'p2' });
    for (const two of [[part, part], [remove, part], [label, add], [move, remove], [label, label], [move, move]]) expect([two, takes(two)]).toEqual([two, false]);
    expect(takes([part, label, move, { ...part, key: 'en:term' }, { ...part, provision: 'p2' }, { ...remove, provision: 'p3' }])).toBe(true);
  });

  it('nor splices that overlap or do not stand from the end, nor what the act does not have', () => {
    expect(takes([splices([5, 6, 'a'], [3, 5, 'b'], [3, 3, 'c'])])).toBe(false);
    expect(takes([splices([3, 5, 'b'], [5, 6, 'a'])])).toBe(false);
    expect(takes([splices([4, 6, 'a'], [3, 5, 'b'])])).toBe(false);
    expect(takes([splices([4, 3, 'a'])])).toBe(false);
    expect(takes([splices([5, 6, 'a'], [3, 5, 'b'])])).toBe(true);
    expect(takes([{ ...part, draft: 'd1' }])).toBe(false);
    for (const of of [{ type: 'field', field: 'label', from: 1, to: 2 }, { type: 'field', field: 'level', from: 0, to: 9 }, { type: 'field', field: 'rank', from: 'a', to: 'b' }]) expect(takes([{ ...item({ type: 'remove', digest }), item: of }])).toBe(false);
  });

  it('nor more than its limits', () => {
    const many = (n: number): TabledItem[] => Array.from({ length: n }, (_, i) => item({ type: 'remove', digest }, `p${i}`));
    expect([takes([]), takes(many(1)), takes(many(TABLED_PARTS)), takes(many(TABLED_PARTS + 1))]).toEqual([false, true, true, false]);
    const cut = (n: number, id = 'p1'): TabledWords => ({ ...splices(...Array.from({ length: n }, (_, i) => [2 * (n - i), 2 * (n - i) + 1, ''] as const)), provision: id });
    expect([takes([cut(TABLED_SPLICES_IN_SLOT)]), takes([cut(TABLED_SPLICES_IN_SLOT + 1)])]).toEqual([true, false]);
    const five = Array.from({ length: TABLED_SPLICES / TABLED_SPLICES_IN_SLOT }, (_, i) => cut(TABLED_SPLICES_IN_SLOT, `p${i}`));
    expect([takes(five), takes([...five, cut(1, 'q')])]).toEqual([true, false]);
  });

  it('nor more stretches of words that have other marks than their neighbours, in splices and in what is added', () => {
    const runs = (n: number): Slot => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? { t: 'a', m: 'em' } : { t: 'b' }));
    const words = (n: number): TabledWords => ({ ...splices([0, 0, 'x']), splices: [{ from: 0, to: 0, insert: runs(n) }] });
    const add = (n: number): TabledItem => item({ type: 'add', after: null, digest, provision: { ...provision('n', ['', ''], 'definition'), slots: { 'en:term': runs(n), 'en:meaning': runs(1) } } }, 'n');
    expect([takes([words(TABLED_RUNS - 2_001), add(2_000)]), takes([words(TABLED_RUNS - 2_000), add(2_000)])]).toEqual([true, false]);
  });
});

describe('what follows from it is what follows from typing', () => {
  it('[NT6] [A10] it rests from its tabling, words and items, and nothing else does', () => {
    const t = negotiating();
    t.write(t.az, 'p2', 'Typed long before.');
    t.rest();
    expect(perform(t, [...parts(t, { p1: 'Tabled.' }), ...edited(t, { do: 'move', id: 'p4', after: 'p2' }), ...edited(t, { do: 'add', provision: provision('n', 'New.'), after: 'p4' })])).toEqual(granted);
    t.at += 4_000;
    const answer = (id: string) => { const { rooms, document } = t, verdict = t.perform(t.ocHead, t.preview(t.ocHead, [t.proposals(id)[0]!.proposal])); Object.assign(t, { rooms, document }); return verdict.ok ? 0 : verdict.seconds; };
    const moved = t.proposals().find(({ proposal }) => proposal.on === 'item' && proposal.item.type === 'move')!;
    expect([answer('p1'), answer('n'), answer(moved.provision), answer('p2')]).toEqual([6, 6, 6, 0]);
    t.at += 6_000;
    expect(answer('p1')).toBe(0);
  });

  it('[NT6] [A10] so does a provision that others were moved past, where it is found to have moved', () => {
    const t = negotiating(), isMove = ({ on, item }: { on: string; item?: { type: string } }): boolean => on === 'item' && item!.type === 'move';
    t.write(t.az, 'p3', 'Typed long before.');
    t.rest();
    expect(perform(t, [
      { on: 'item', provision: 'p1', item: { type: 'move', from: { after: null, before: null }, after: 'p3' } },
      { on: 'item', provision: 'p2', item: { type: 'move', from: { after: null, before: null }, after: 'p1' } },
    ])).toEqual(granted);
    const moved = t.proposals().filter(({ proposal }) => isMove(proposal as never));
    expect([t.text(AZ).list, moved.map(({ provision: id }) => id)]).toEqual([['p3', 'p1', 'p2', 'p4'], ['p3']]);
    expect(t.perform(t.ocHead, t.preview(t.ocHead, [moved[0]!.proposal]))).toEqual({ ok: false, reason: 'not-rested', seconds: 10 });
  });

  it('[NT6] [NS3] a single consent lapses at the bracket, as when the words are typed; one to a provision that is only moved or relabelled stays', () => {
    const consented = (): RulesFixture => { const t = negotiating(); t.agree(t.ocHead, 'p1'); t.agree(t.ocHead, 'p2'); return t; };
    const given = (t: RulesFixture) => ['p1', 'p2'].map((id) => Object.keys(settlementOf(t.document, id).consents).length);
    const [tabled, typed] = [consented(), consented()];
    expect(perform(tabled, [...parts(tabled, { p1: 'Tabled.' }), ...edited(tabled, { do: 'move', id: 'p2', after: null }, { do: 'set', id: 'p2', label: '9' })])).toEqual(granted);
    typed.write(typed.az, 'p1', 'Tabled.');
    typed.edit(typed.az, AZ, 'p2', [{ do: 'move', id: 'p2', after: null }, { do: 'set', id: 'p2', label: '9' }]);
    expect([given(tabled), given(typed)]).toEqual([[0, 1], [0, 1]]);
    for (const edits of [[{ do: 'remove', id: 'p2' }], [{ do: 'set', id: 'p2', kind: 'heading' }]] as const) {
      const t = consented();
      expect(perform(t, edited(t, ...edits))).toEqual(granted);
      expect(given(t)).toEqual([1, 0]);
    }
  });

  it('[NT6] [A5] a consent to parts of the chair lapses when the chair tables other words there', () => {
    const t = negotiating();
    t.write(t.chair, 'p1', 'Bridging words.');
    expect(t.acceptParts(t.azHead, [t.proposals('p1')[0]!.proposal]).ok).toBe(true);
    expect(Object.keys(consentsTo(t.context(SERVER), [t.proposals('p1')[0]!.proposal]))).toEqual(['az']);
    expect(perform(t, tabling(t.text('position:chair'), { ...t.text('position:chair'), by: new Map([...t.text('position:chair').by, ['p1', provision('p1', 'Other bridging words.', 'paragraph', '1')]]) }), t.chair)).toEqual(granted);
    expect(t.document.partConsents).toEqual({});
  });

  it('[NT6] declines stay, as when words are typed, and what was declined is back when its words are', () => {
    const t = negotiating();
    t.must(t.az, { t: 'table', parts: parts(t, { p1: 'Tabled.' }) });
    t.must(t.ocHead, { t: 'decline', parts: [t.proposals('p1')[0]!.proposal], reason: '' });
    t.must(t.az, { t: 'table', parts: parts(t, { p1: 'Words of p1, as they stand.' }) });
    expect(t.proposals('p1')).toEqual([]);
    t.must(t.az, { t: 'table', parts: parts(t, { p1: 'Tabled.' }) });
    expect(t.proposals('p1')[0]!.declines).toHaveLength(1);
  });

  it('says where, and no words', () => {
    const t = negotiating(), act = { v: 1, id: 'x', doc: 'doc', t: 'table', parts: [...parts(t, { p1: 'One.', p2: 'Two.' }), ...edited(t, { do: 'set', id: 'p1', label: '9' })] } satisfies DocumentAct;
    expect(table.says(act, [])).toEqual({ id: 'table', provisions: ['p1', 'p2'] });
  });
});
