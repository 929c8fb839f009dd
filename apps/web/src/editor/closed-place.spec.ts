import { describe, expect, it } from 'vitest';
import { ClosedPlace } from './closed-place.ts';
import type { PlacedSpot } from './nodes.ts';

const spot = (id: string, offset = 3): PlacedSpot => ({ id, key: 'en:text', offset, start: 2 });

function table() {
  const told: string[] = [];
  const place = new ClosedPlace({ closed: (at) => told.push(`closed ${at.id}`), late: (at, words) => told.push(`${at.id}: ${words ?? '⌫'}`) });
  const types = (...keys: string[]) => keys.map((key) => place.key({ key, ctrlKey: false, metaKey: false, altKey: false }));
  return { told, place, types };
}

describe('[E41] a place that is closed under somebody who types', () => {
  it('is told once, and every key from then on is late words', () => {
    const { told, place, types } = table();
    place.look(spot('p'), true, true);
    expect(types('a')).toEqual([false]);
    place.look(spot('p'), false, true);
    place.look(spot('p', 4), false, true);
    expect(types('n', 'o', 't', ' ', '字', 'Enter', 'Backspace', 'Shift', 'ArrowLeft')).toEqual([true, true, true, true, true, true, true, false, false]);
    expect(place.key({ key: 'c', ctrlKey: true, metaKey: false, altKey: false })).toBe(false);
    expect(place.words('pasted')).toBe(true);
    expect(told).toEqual(['closed p', 'p: n', 'p: o', 'p: t', 'p:  ', 'p: 字', 'p: \n', 'p: ⌫', 'p: pasted']);
  });

  it('keeps letters that are written with AltGr or Option too', () => {
    const { told, place } = table();
    place.look(spot('p'), true, true);
    place.look(spot('p'), false, true);
    for (const [key, ctrlKey] of [['ą', true], ['@', true], ['ø', false]] as const) expect(place.key({ key, ctrlKey, metaKey: false, altKey: true })).toBe(true);
    expect(told).toEqual(['closed p', 'p: ą', 'p: @', 'p: ø']);
  });

  it('ends when the caret leaves the provision, the focus goes, or the text opens again', () => {
    const ends: [PlacedSpot, boolean, boolean][] = [[spot('q'), false, true], [spot('p'), false, false], [spot('p'), true, true]];
    for (const end of ends) {
      const { place, types } = table();
      place.look(spot('p'), true, true);
      place.look(spot('p'), false, true);
      place.look(...end);
      expect(types('x')).toEqual([false]);
    }
  });

  it('is none where the caret is put into a text that is closed already', () => {
    const { told, place, types } = table();
    place.look(spot('p'), false, true);
    place.look(spot('q'), true, true);
    place.look(spot('p'), false, true);
    expect([types('x'), told]).toEqual([[false], []]);
  });

  it('is taken over by the editor that takes the place of another', () => {
    const told: string[] = [];
    const place = new ClosedPlace({ closed: () => told.push('closed'), late: (_at, words) => told.push(words ?? '') }, spot('p'));
    place.look(spot('p'), false, true);
    place.key({ key: 'x', ctrlKey: false, metaKey: false, altKey: false });
    expect(told).toEqual(['x']);
  });

  it('goes on when its provision is gone with what was not delivered, until the caret leaves where it was put', () => {
    for (const [stands, here] of [[spot('q'), 'q'], [null, undefined]] as const) {
      const told: string[] = [];
      const place = new ClosedPlace({ closed: () => told.push('closed'), late: (at, words) => told.push(`${at.id}: ${words}`) }, spot('p'));
      place.putInto(here);
      place.look(stands, false, true);
      expect(place.key({ key: 'x', ctrlKey: false, metaKey: false, altKey: false })).toBe(true);
      place.look(spot('r'), false, true);
      expect([place.key({ key: 'y', ctrlKey: false, metaKey: false, altKey: false }), told]).toEqual([false, ['p: x']]);
    }
  });
});
