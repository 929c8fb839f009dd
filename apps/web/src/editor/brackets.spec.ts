import { NO_GROUP } from '@parley/negotiation';
import { applyEdits, plainSlot, type Provision, type Text, textFrom } from '@parley/text';
import { EditorState } from 'prosemirror-state';
import type { Decoration } from 'prosemirror-view';
import { describe, expect, it } from 'vitest';
import { bracketPlugins, bracketsOf, redraw } from './brackets.ts';
import { docNode, posOf, provisionAt, slotValue, type Spot } from './nodes.ts';
import { asEditorPlace, placeBeyond, placesIn } from './places.ts';
import { type Reading, STACKED_WHERE_CROWDED } from './reading.ts';
import { schema } from './schema.ts';

const provision = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: '', level: 0, slots: { 'en:text': plainSlot(words) } });
const COMMON = textFrom([provision('a', 'within 24 hours'), provision('b', 'a first reply')]);
const GROUP = { ...NO_GROUP, name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }], seats: {} };
const spliced = (text: Text, id: string, from: number, to: number, words: string): Text => applyEdits(text, [{ do: 'splice', id, key: 'en:text', from, to, insert: plainSlot(words) }]);
const OCHRE = spliced(COMMON, 'b', 7, 7, ' reasoned');

const readingOf = (text: Text, ochre = OCHRE): Reading => ({ party: 'az', text, common: COMMON, others: [{ party: 'oc', text: ochre }], directed: [], group: GROUP, document: null, stacking: STACKED_WHERE_CROWDED });
const wish = (reading: Reading, typingAt: Spot | null = null) => ({ reading, focus: null, carets: [], now: 0, typingAt });

function start(text: Text): EditorState {
  const state = EditorState.create({ schema, doc: docNode(text), plugins: bracketPlugins() });
  return state.apply(redraw(state.tr, wish(readingOf(text))));
}

/** Types words and draws, as the editor does: the text is read back off the document. */
function typed(state: EditorState, before: Text, spot: Spot, words: string): { state: EditorState; text: Text } {
  const next = state.apply(state.tr.insertText(words, posOf(state.doc, spot)!));
  const slot = slotValue(provisionAt(next.doc, spot.id)!.node.child(0));
  const text = applyEdits(before, [{ do: 'splice', id: spot.id, key: spot.key, from: 0, to: 9999, insert: slot }]);
  const at = { ...spot, offset: spot.offset + words.length };
  return { state: next.apply(redraw(next.tr, wish(readingOf(text), at))), text };
}

const drawnIn = (state: EditorState, id: string): Decoration[] => bracketsOf(state).inner.find(undefined, undefined, (spec) => spec.id === id);
const a = (offset: number): Spot => ({ id: 'a', key: 'en:text', offset });

describe('brackets over the text', () => {
  it('[E15] only the provision that changed is drawn anew', () => {
    const state = start(COMMON), before = bracketsOf(state).drawn.get('b');
    expect(drawnIn(state, 'b')).toHaveLength(1);
    const after = typed(state, COMMON, a(15), ' at most').state;
    expect(bracketsOf(after).drawn.get('b')).toBe(before);
    expect(drawnIn(after, 'a').length).toBeGreaterThan(0);
    expect(drawnIn(after, 'b')[0]!.from).toBe(drawnIn(state, 'b')[0]!.from + ' at most'.length);
  });

  it('[E15] a word half typed on a common word waits; its end draws it', () => {
    let now = typed(start(COMMON), COMMON, a(15), 'x');
    expect([bracketsOf(now.state).waiting, drawnIn(now.state, 'a')]).toEqual(['a', []]);
    now = typed(now.state, now.text, a(16), 'y');
    expect(bracketsOf(now.state).waiting).toBe('a');
    now = typed(now.state, now.text, a(17), ' ');
    expect(bracketsOf(now.state).waiting).toBe(null);
    expect(drawnIn(now.state, 'a').length).toBeGreaterThan(0);
  });

  it('[E15] words added to an own insertion are drawn at once', () => {
    const inserted = spliced(COMMON, 'a', 15, 15, ' only');
    const now = typed(start(inserted), inserted, a(20), 's');
    expect(bracketsOf(now.state).waiting).toBe(null);
    expect(drawnIn(now.state, 'a').at(-1)!.to).toBe(posOf(now.state.doc, a(21)));
  });

  it('[E15] a change of the other side draws that provision alone', () => {
    const state = start(COMMON), before = bracketsOf(state).drawn.get('a');
    const next = state.apply(redraw(state.tr, wish(readingOf(COMMON, spliced(OCHRE, 'b', 0, 1, 'one')))));
    expect(bracketsOf(next).drawn.get('a')).toBe(before);
    expect(drawnIn(next, 'b').length).toBeGreaterThan(1);
  });

  it('[E10] places are gone through in reading order and said aloud', () => {
    const own = spliced(spliced(COMMON, 'a', 7, 9, '12'), 'b', 0, 2, '');
    const reading = readingOf(own, spliced(OCHRE, 'a', 7, 9, '72')), state = EditorState.create({ schema, doc: docNode(own), plugins: bracketPlugins() });
    const shown = state.apply(redraw(state.tr, wish(reading))), places = placesIn(shown.doc, bracketsOf(shown));
    expect(places.map((place) => asEditorPlace(reading, places, place).say)).toEqual([
      'Place 1 of 3: within 24 hours. Azure: replace “24” by “12”. Ochre: replace “24” by “72”.', 'Place 2 of 3: a first reply. Azure: delete “a ”.', 'Place 3 of 3: a first reply. Ochre: insert “ reasoned”.',
    ]);
    const ids = ['a', 'b'];
    expect(placeBeyond(places, ids, a(3), 1)).toBe(places[0]);
    expect(placeBeyond(places, ids, a(8), 1)).toBe(places[1]);
    expect(placeBeyond(places, ids, a(14), 1)).toBe(places[1]);
    expect(placeBeyond(places, ids, a(14), -1)).toBe(places[0]);
    expect(placeBeyond(places, ids, { id: 'b', key: 'en:text', offset: 0 }, -1)).toBe(places[0]);
    expect(placeBeyond(places, ids, null, -1)).toBe(places[2]);
  });
});
