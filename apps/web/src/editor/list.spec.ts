import { CHAIR, NO_GROUP } from '@parley/negotiation';
import { applyEdits, type Edit, type Piece, plainSlot, type Provision, type Text, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { nextLabel, pasted, restored, split } from './commands.ts';
import { sayNoPlace } from './places.ts';
import { drawSlot } from './drawing.ts';
import { drawList } from './drawing-list.ts';
import { type Reading, STACKED_WHERE_CROWDED } from './reading.ts';
import { cases, inWords } from '../../../../libs/text/test-support/cases.ts';

const provision = (id: string, label: string, words: string, kind: Provision['kind'] = 'paragraph'): Provision =>
  ({ id, kind, label, level: 0, slots: { 'en:text': plainSlot(words) } });

const COMMON = textFrom([provision('a', '1', 'First.'), provision('b', '2', 'Second.'), provision('c', '3', 'Third.')]);
const GROUP = { ...NO_GROUP, name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }], seats: {} };

const reading = (az: readonly Edit[], oc: readonly Edit[]): Reading => ({
  party: 'az', text: applyEdits(COMMON, az), common: COMMON, others: [{ party: 'oc', text: applyEdits(COMMON, oc) }], directed: [], group: GROUP, document: null, stacking: STACKED_WHERE_CROWDED,
});

const add = (id: string, after: string | null): Edit => ({ do: 'add', after, provision: provision(id, '', `Added ${id}.`) });
const blocks = (r: Reading) => drawList(r).blocks.map((b) => [b.kind, b.provision.id, b.after, [...b.heads, ...b.notes].map((n) => `${n.parties.join()}: ${n.say}`).join('; ')]);
const wordsIn = (text: Text) => text.list.map((id) => textOf(text.by.get(id)!.slots['en:text']!));

const GROUP_OF = ['az', 'oc', CHAIR];

/** What one seat reads of the whole document, line by line: names and notes of places; and apart, the words of each provision with what is said of them. */
function readLines(common: Text, texts: Readonly<Record<string, Text>>, party: string | null): { lines: string[]; units: Record<string, string> } {
  const own = party === null ? common : texts[party]!, others = Object.entries(texts).filter(([p]) => p !== party).map(([p, text]) => ({ party: p, text }));
  const { blocks: all, beside } = drawList({ party, text: own, common, others, directed: [], group: GROUP, document: null, stacking: STACKED_WHERE_CROWDED });
  const lines: string[] = [], units: Record<string, string> = {};
  const note = (n: { parties: readonly string[]; say: string }) => `[${n.parties.join()} ${n.say}]`, isMove = (n: { kind: string }) => n.kind === 'moved';
  const unit = (id: string, label: string, heads: readonly { parties: readonly string[]; say: string }[], notes: readonly { kind: string; parties: readonly string[]; say: string }[], words: string) => {
    const key = heads.some((h) => h.say.startsWith('add')) ? `${id} of ${heads[0]!.parties.join()}` : id;
    units[key] = [...heads.map(note), words, ...notes.filter((n) => !isMove(n)).map(note)].join(' ');
    lines.push([label, ...notes.filter(isMove).map(note)].join(' '));
  };
  const put = (after: string | null) => {
    for (const b of all.filter((one) => one.after === after)) {
      if (b.kind === 'moved') lines.push([b.provision.label, ...b.notes.map(note)].join(' '));
      else unit(b.provision.id, b.provision.label, b.heads, b.notes, b.slots.map((s) => s.pieces.map(shown).join('')).join('|'));
    }
  };
  put(null);
  for (const id of own.list) {
    const { heads = [], notes = [], label = own.by.get(id)!.label } = beside.get(id) ?? {};
    unit(id, label, heads, notes, common.by.has(id) ? ownWords(common, own, others, party, id) : textOf(own.by.get(id)!.slots['en:text']!));
    put(id);
  }
  return { lines, units };
}

const shown = (s: { piece: Piece }): string => said(s.piece);
const said = (p: Piece): string => (p.kind === 'plain' ? textOf(p.words) : `[${p.parties.join()} ${p.kind === 'struck' ? '~' : ''}${textOf(p.words)}]`);

/** The words of a provision in the text shown, with what is drawn over them. */
function ownWords(common: Text, own: Text, others: readonly { party: string; text: Text }[], party: string | null, id: string): string {
  const slot = (text: Text) => text.by.get(id)!.slots['en:text']!, words = textOf(slot(own));
  const { drawn } = drawSlot(slot(common), slot(own), party, others.filter((o) => o.text.by.has(id)).map((o) => ({ party: o.party, slot: slot(o.text) })), GROUP_OF);
  let out = '';
  for (let at = 0; at <= words.length; at++) {
    for (const d of drawn) if (d.kind !== 'point' && d.to === at) out += ']';
    for (const d of drawn) if (d.kind === 'point' && d.at === at) out += d.pieces.map(said).join('');
    for (const d of drawn) if (d.kind !== 'point' && d.from === at) out += `[${d.parties.join()} ${d.kind === 'struck' ? '~' : ''}`;
    out += words[at] ?? '';
  }
  return out;
}

describe('drawing of the list', () => {
  it('[E16] what parties add behind one provision stands in party order, the reader’s own included', () => {
    const r = reading([add('mine', 'a')], [add('theirs', 'a'), add('first', null)]);
    expect(blocks(r)).toEqual([['added', 'first', null, 'oc: add paragraph to the beginning'], ['added', 'theirs', 'mine', 'oc: add paragraph after 1']]);
    expect(drawList(r).beside.get('mine')).toEqual({ heads: [{ kind: 'added', parties: ['az'], say: 'add paragraph after 1', declined: [] }], notes: [], label: '' });
    expect(blocks({ ...r, party: 'oc', text: r.others[0]!.text, others: [{ party: 'az', text: r.text }] })).toEqual([['added', 'mine', 'a', 'az: add paragraph after 1']]);
  });

  it('[E16] what the own side removed stands where it stood with everything proposed in it, and what others add behind it follows', () => {
    const r = reading([{ do: 'remove', id: 'b' }], [add('theirs', 'b'), { do: 'splice', id: 'b', key: 'en:text', from: 0, to: 6, insert: plainSlot('Other') }]);
    expect(blocks(r)).toEqual([['removed', 'b', 'a', 'az: delete 2'], ['added', 'theirs', 'a', 'oc: add paragraph after 2']]);
    expect(drawList(r).blocks[0]!.slots.map((s) => s.pieces.map(shown).join(''))).toEqual(['[oc ~Second][oc Other].']);
  });

  it('[E16] a moved provision is named at both places by the words of its card; its words stand where the reader’s own position has it', () => {
    const moved: Edit = { do: 'move', id: 'c', after: 'a' }, r = reading([moved], []);
    expect(blocks(r)).toEqual([['moved', 'c', 'b', 'az: move 3 after 1']]);
    expect(drawList(r).beside.get('c')!.notes).toEqual([{ kind: 'moved', parties: ['az'], say: 'move 3 after 1', declined: [] }]);
    const theirs = reading([], [moved]);
    expect([blocks(theirs), drawList(theirs).beside.get('c')!.notes.map((n) => n.say)]).toEqual([[['moved', 'c', 'a', 'oc: move 3 after 1']], ['move 3 after 1']]);
  });

  it('[E16] says the same proposal of both once, and the label that all read', () => {
    const relabel: Edit = { do: 'set', id: 'b', label: '2 bis' }, { beside } = drawList(reading([relabel], [relabel]));
    expect(beside.get('b')).toEqual({ heads: [], notes: [{ kind: 'field', parties: ['az', 'oc'], say: 'relabel “2” as “2 bis”', declined: [] }], label: '2' });
  });

  it('[E16] the words of a provision that is turned into one of other fields are read by everybody, and drawn anew as they are written', () => {
    const turned = (text: Text, meaning: string): Text => applyEdits(text, [{ do: 'set', id: 'b', kind: 'definition' }, { do: 'splice', id: 'b', key: 'en:term', from: 0, to: 0, insert: plainSlot('Reply') }, { do: 'splice', id: 'b', key: 'en:meaning', from: 0, to: 0, insert: plainSlot(meaning) }]);
    const notes = (az: Text, oc: Text): unknown[] => ['az', 'oc', null].map((party) => {
      const texts = [{ party: 'az', text: az }, { party: 'oc', text: oc }], own = texts.find((t) => t.party === party);
      const { blocks: [turnedHere], beside } = drawList({ party, text: own?.text ?? COMMON, common: COMMON, others: texts.filter((t) => t !== own), directed: [], group: GROUP, document: null, stacking: STACKED_WHERE_CROWDED });
      return (turnedHere ?? beside.get('b')!).notes.map((n) => `${n.parties.join()}: ${n.say}`);
    });
    const says = 'turn 2 from a paragraph into a definition', oc = turned(COMMON, 'a first answer'), typed = applyEdits(oc, [{ do: 'splice', id: 'b', key: 'en:meaning', from: 14, to: 14, insert: plainSlot(' in writing') }]);
    expect(notes(COMMON, oc)).toEqual(Array(3).fill([`oc: ${says}: “Reply · a first answer”`]));
    expect(notes(COMMON, typed)).toEqual(Array(3).fill([`oc: ${says}: “Reply · a first answer in writing”`]));
    expect(notes(oc, oc)).toEqual(Array(3).fill([`az,oc: ${says}: “Reply · a first answer”`]));
    expect(notes(turned(COMMON, 'any answer'), oc)).toEqual(Array(3).fill([`az,oc: ${says}: AZ “Reply · any answer”; OC “Reply · a first answer”`]));
    expect(notes(COMMON, applyEdits(COMMON, [{ do: 'set', id: 'b', kind: 'heading' }]))).toEqual(Array(3).fill(['oc: turn 2 from a paragraph into a heading']));
  });

  it('[E16] who turned a provision into one of other fields reads before those what everybody reads: the words of the common text, what others propose in them, and what the turn gives', () => {
    const oc = applyEdits(COMMON, [{ do: 'set', id: 'b', kind: 'definition' }, { do: 'splice', id: 'b', key: 'en:term', from: 0, to: 0, insert: plainSlot('Reply') }]);
    const az = applyEdits(COMMON, [{ do: 'splice', id: 'b', key: 'en:text', from: 0, to: 6, insert: plainSlot('Other') }]);
    const drawn = (party: string) => {
      const texts = [{ party: 'az', text: az }, { party: 'oc', text: oc }], own = texts.find((t) => t.party === party)!;
      return drawList({ party, text: own.text, common: COMMON, others: texts.filter((t) => t !== own), directed: [], group: GROUP, document: null, stacking: STACKED_WHERE_CROWDED });
    };
    const [mine] = drawn('oc').blocks, theirs = drawn('az');
    expect([mine!.kind, mine!.provision.id, mine!.after, mine!.slots.map(({ pieces }) => pieces.map(shown).join(''))]).toEqual(['removed', 'b', 'a', ['[az ~Second][az Other].']]);
    expect([theirs.blocks, mine!.notes]).toEqual([[], theirs.beside.get('b')!.notes]);
    expect(drawn('oc').beside.has('b')).toBe(false);
  });

  it(`[E10] every seat reads the same lines and the same words of each provision (${inWords(cases(1_500))} random documents)`, () => {
    let a = 5;
    const next = () => { a = (a * 1664525 + 1013904223) >>> 0; return a / 4294967296; }, pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    for (let run = 0; run < cases(1_500); run++) {
      const ids = Array.from({ length: 2 + Math.floor(next() * 5) }, (_, i) => `p${i}`), common = textFrom(ids.map((id, i) => provision(id, String(i + 1), `The words of ${id} stand here.`)));
      const random = (party: string): Text => applyEdits(common, Array.from({ length: Math.floor(next() * 5) }, (_, i): Edit => {
        const id = pick(ids), after = next() < 0.2 ? null : pick(ids);
        switch (Math.floor(next() * 5)) {
          case 0: return { do: 'move', id, after: after === id ? null : after };
          case 1: return { do: 'remove', id };
          case 2: return { do: 'add', after, provision: provision(`${party}${i}`, '', `Added by ${party}.`) };
          case 3: return { do: 'set', id, label: `${id} bis` };
          default: return { do: 'splice', id, key: 'en:text', from: 4, to: pick([4, 9]), insert: plainSlot(pick(['', 'other ', 'many '])) };
        }
      }));
      const texts = { az: random('az'), oc: random('oc'), ...(next() < 0.3 ? { [CHAIR]: random('ch') } : {}) };
      const [first, ...others] = [...Object.keys(texts), null].map((seat) => readLines(common, texts, seat));
      for (const other of others) expect(other, `${run}`).toEqual(first);
    }
  });
});

describe('[E15] the drawing of the list', () => {
  const words = (id: string, said: string): Edit => ({ do: 'splice', id, key: 'en:text', from: 0, to: 0, insert: plainSlot(said) });
  const standing = [add('x', 'a'), { do: 'remove', id: 'b' }] as const;
  const lists = (az: Text, oc: Text) => drawList({ party: 'az', text: az, common: COMMON, others: [{ party: 'oc', text: oc }], directed: [], group: GROUP, document: null, stacking: STACKED_WHERE_CROWDED });

  it('is the same value while words of provisions are typed that all have, and another for words that it shows', () => {
    const az = applyEdits(COMMON, standing), oc = applyEdits(COMMON, [add('y', 'b')]), before = lists(az, oc);
    expect(lists(applyEdits(az, [words('a', 'So ')]), applyEdits(oc, [words('c', 'And ')]))).toBe(before);
    const removed = lists(az, applyEdits(oc, [words('b', 'Yet ')])), added = lists(az, applyEdits(oc, [words('y', 'Yet ')]));
    for (const shows of [removed, added]) expect(JSON.stringify(shows.blocks)).toContain('Yet');
    for (const other of [removed, added, lists(applyEdits(az, [{ do: 'set', id: 'c', label: '9' }]), oc)]) expect(other).not.toEqual(before);
  });
});

describe('[E10] where there is no place in the words to go to', () => {
  const literal = (words: string): Reading => ({ ...reading([], []), common: textFrom([provision('a', '1', words)]), text: textFrom([provision('a', '1', words)]), others: [] });
  it.each([
    ['nothing in brackets', reading([], []), 'Nothing stands in brackets.'],
    ['brackets typed in the text', literal('Within [24] [48] hours.'), 'No words are proposed. The text itself has brackets in 1 provision.'],
    ['brackets of another script', literal('［二十四］小时'), 'No words are proposed. The text itself has brackets in 1 provision.'],
    ['a provision added by us', reading([add('n', 'a')], []), 'No words are proposed. What is proposed concerns whole provisions: it is in the list of proposals.'],
    ['one removed by the other side', reading([], [{ do: 'remove', id: 'b' }]), 'No words are proposed. What is proposed concerns whole provisions: it is in the list of proposals.'],
    ['a label', reading([], [{ do: 'set', id: 'b', label: '2 bis' }]), 'No words are proposed. What is proposed concerns whole provisions: it is in the list of proposals.'],
  ] as const)('%s is what is said', (_name, shown, says) => expect(sayNoPlace(shown)).toBe(says));
});

describe('structural commands', () => {
  it('[E6] Enter moves the words behind the caret into a new provision', () => {
    const after = applyEdits(COMMON, split(COMMON, { id: 'b', key: 'en:text', offset: 3 }, { id: 'new', label: '2 bis' }));
    expect([after.list, wordsIn(after)]).toEqual([['a', 'b', 'new', 'c'], ['First.', 'Sec', 'ond.', 'Third.']]);
  });

  it.each([
    ['They meet. They report.', 10, 'They meet.', 'They report.'], ['They meet. They report.', 11, 'They meet.', 'They report.'], ['They meet.  They report.', 11, 'They meet.', 'They report.'],
    ['within\u00A024 hours', 7, 'within', '24 hours'], ['双方同意。双方报告。', 5, '双方同意。', '双方报告。'], ['第一\u3000第二', 2, '第一', '第二'], ['They meet. ', 11, 'They meet.', ''], ['They meet. ', 10, 'They meet.', ''], ['a ', 1, 'a', ''],
  ])('[E6] of %j, at %i, Enter leaves no space at either end of the two halves', (words, offset, before, behind) => {
    const text = textFrom([provision('a', '', words)]);
    expect(wordsIn(applyEdits(text, split(text, { id: 'a', key: 'en:text', offset }, { id: 'new', label: '' })))).toEqual([before, behind]);
  });

  it('[E6] Enter before the first word leaves the words their id', () => {
    const after = applyEdits(COMMON, split(COMMON, { id: 'b', key: 'en:text', offset: 0 }, { id: 'new', label: '' }));
    expect([after.list, after.by.get('b')]).toEqual([['a', 'new', 'b', 'c'], COMMON.by.get('b')]);
  });

  it('[E6] Enter never cuts a character in two', () => {
    const text = textFrom([provision('a', '', '😀😁')]);
    expect(wordsIn(applyEdits(text, split(text, { id: 'a', key: 'en:text', offset: 3 }, { id: 'new', label: '' })))).toEqual(['😀', '😁']);
  });

  it('[E9] several paragraphs join what stands before and behind the caret', () => {
    const edits = pasted(COMMON, { id: 'b', key: 'en:text', offset: 3 }, ['x', 'y', 'z'].map((t) => ({ label: '', level: 0, heading: false, words: plainSlot(t), whole: plainSlot(t) })), [{ id: 'n1', label: '' }, { id: 'n2', label: '' }]);
    expect(wordsIn(applyEdits(COMMON, edits))).toEqual(['First.', 'Secx', 'y', 'zond.', 'Third.']);
  });

  it('[E6] a provision added in negotiation is called bis, then ter; while drafting nothing', () => {
    const bis = textFrom([provision('a', '2', ''), provision('b', '2 bis', '')]);
    expect([nextLabel(COMMON, 'b', true), nextLabel(bis, 'a', true), nextLabel(bis, 'b', true), nextLabel(bis, 'a', false), nextLabel(bis, null, true)]).toEqual(['2 bis', '2 ter', '2 ter', '', '']);
  });

  it('[E16] a removed provision comes back as the common text has it, behind what stands before it', () => {
    const text = applyEdits(COMMON, [{ do: 'remove', id: 'a' }, { do: 'remove', id: 'b' }]);
    expect(applyEdits(text, restored(text, COMMON, 'b')).list).toEqual(['b', 'c']);
  });
});
