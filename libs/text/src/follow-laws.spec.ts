import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { cases, isFast } from '../test-support/cases.ts';
import { byActs, byTyping, copied, copiedRepetitions, D1, D3, D5, D5words, D6, D6moved, D7, doubled, type FollowLaw, type History, privateWords, type Run, run, runTexts, sameText, splices, stepByStepText, type TextRun, textsByActs, wordsOfDraft } from '../test-support/follow-laws.ts';
import { seeded } from '../test-support/seeded.ts';
import { adversarial, type Draw, realistic, valued } from '../test-support/slots.ts';
import { applyEdits, type Edit } from './edit.ts';
import { follow } from './follow.ts';
import type { Text } from './provision.ts';
import { fillRoom, readText, writeEdits } from './room.ts';

/** The same cases at every run; some laws are counted in so many of them. */
const SEED = 72_024, ALL = 2_000, TEXTS = 1_000;
const seeds = (all: number): number[] => fc.sample(fc.noBias(fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }))), { seed: SEED, numRuns: cases(all) });

const broken = <Of>(all: readonly Of[], law: (of: Of) => string | null): string[] => all.flatMap((of) => law(of) ?? []);

/** So many of all cases; of a part no more. */
const breaks = (found: readonly string[], count: number): void => {
  if (isFast) expect(found.length).toBeLessThanOrEqual(count);
  else expect(found.length, found.slice(0, 3).join('\n\n')).toBe(count);
};

/** How many of the cases of each kind break D5, D6 and D7, as the table of SPEC.md says. */
const MEASURED: readonly (readonly [string, (draw: Draw) => History, { readonly d3?: number; readonly d5: number; readonly d6: number; readonly d7: number }])[] = [
  ['sentences, changed by acts', byActs(realistic), { d5: 6, d6: 14, d7: 5 }],
  ['sentences full of values, changed by acts', byActs(valued), { d5: 2, d6: 52, d7: 2 }],
  ['mere repetitions, changed by acts', byActs(adversarial), { d3: 1, d5: 19, d6: 191, d7: 17 }],
  ['sentences, typed over and over', byTyping, { d5: 329, d6: 18, d7: 5 }],
];

const runs = (make: (draw: Draw) => History, all = ALL): Run[] => seeds(all).map((seed) => run(make(seeded(seed))));

describe.each(MEASURED)('a slot that follows: %s', (_, make, { d3 = 0, d5, d6, d7 }) => {
  let all: readonly Run[];
  beforeAll(() => { all = runs(make); });
  const holds = (law: FollowLaw): void => expect(broken(all, law)).toEqual([]);

  it('[F1] D1 who has changed nothing gets the position', () => holds(D1));
  it('[F3] D3 no private word is lost or doubled', () => {
    breaks(broken(all, D3), d3);
    expect(all.reduce((n, { base, now, own }) => n + privateWords(own, [base, now]).length, 0)).toBeGreaterThan(cases(400));
  });
  it('[F7] one splice for each place, from the end, gives the stated words', () => holds(splices));
  it('[F8] D6 again from what was followed to: nothing', () => holds(D6moved));
  it('[F8] D6 again from the same base', () => breaks(broken(all, D6), d6));
  it('[F9] D5 late as step by step', () => breaks(broken(all, D5), d5));
  it('[F9] D5 no private word is lost or doubled step by step', () => breaks(broken(all, D5words), d3));
  it('[F10] D7 no difference where the draft had none', () => breaks(broken(all, D7), d7));
});

describe('words that the draft had before the position, and then edited', () => {
  it('[F4] stand twice in so many sentences', () => breaks(broken(runs(copied), doubled), 14));
  it('[F4] stand twice in so many slots of mere repetitions', () => breaks(broken(runs(copiedRepetitions), doubled), 72));
});

const room = (text: Text): Y.Doc => {
  const doc = new Y.Doc();
  fillRoom(doc, text, seeded(7));
  return doc;
};

const written = (draft: Text, edits: readonly Edit[]): Text => {
  const doc = room(draft);
  writeEdits(doc, edits, seeded(11));
  return readText(doc);
};

/** The list first, then each slot once: within it from the end, apart. */
const inOrder = (edits: readonly Edit[]): boolean => edits.every((edit, i) => {
  const last = edits[i - 1];
  if (edit.do !== 'splice') return last?.do !== 'splice';
  const before = edits.slice(0, i).findLast((e) => e.do === 'splice' && e.id === edit.id && e.key === edit.key);
  return before === undefined || (before === last && before.do === 'splice' && edit.to <= before.from);
});

const LISTS: readonly (readonly [string, (draw: Draw) => ReturnType<ReturnType<typeof textsByActs>>, { readonly d5: number; readonly d6: number }])[] = [
  ['sentences', textsByActs(realistic), { d5: 41, d6: 36 }], ['mere repetitions', textsByActs(adversarial), { d5: 51, d6: 90 }],
];

describe.each(LISTS)('a whole text that follows: %s', (_, make, { d5, d6 }) => {
  let all: readonly TextRun[];
  beforeAll(() => { all = seeds(TEXTS).map((seed) => runTexts(make(seeded(seed)))); });
  const failing = (holds: (of: TextRun) => boolean): string[] => all.flatMap((of, i) => (holds(of) ? [] : String(i)));

  it('[F1] D1 who has changed nothing gets the position', () => expect(failing(({ base, now }) => sameText(follow(base, now, base).text, now))).toEqual([]));
  it('[F1] base and position alike: nothing, and the very draft', () => expect(failing(({ now, draft }) => { const { text, edits, marked } = follow(now, now, draft); return text === draft && edits.length + marked.length === 0; })).toEqual([]));
  it('[F3] D3 no private word is lost or doubled', () => expect(broken(all, wordsOfDraft)).toEqual([]));
  it('[F7] the edits give the stated text, in a value and in a room', () => expect(failing(({ draft, late: { text, edits } }) => sameText(applyEdits(draft, edits), text) && sameText(written(draft, edits), text))).toEqual([]));
  it('[F7] the list first, then in each slot one splice for each place, from the end', () => expect(failing(({ late }) => inOrder(late.edits))).toEqual([]));
  it('[F8] D6 again from what was followed to: nothing', () => expect(failing(({ now, late }) => follow(now, now, late.text).edits.length === 0)).toEqual([]));
  it('[F8] D6 again from the same base', () => breaks(failing(({ base, now, late }) => sameText(follow(base, now, late.text).text, late.text)), d6));
  it('[F9] D5 late as step by step', () => breaks(failing((of) => sameText(stepByStepText(of), of.late.text)), d5));
});
