import { compareSlots, type Hunk } from '../src/compare.ts';
import { follow, type Followed } from '../src/follow.ts';
import { type FollowedSlot, followSlot } from '../src/follow-slot.ts';
import { sameProvision, slotOf } from '../src/kinds.ts';
import { compareLists } from '../src/list.ts';
import { applyEdit } from '../src/edit.ts';
import { type Provision, provisionsOf, type Text, textFrom } from '../src/provision.ts';
import { acceptInCommon, itemInCommon } from '../src/rebase.ts';
import { equalSlots, lengthOf, plainSlot, type Slot, splice, textOf } from '../src/slot.ts';
import { wordsOf } from '../src/words.ts';
import { texts } from './list-laws.ts';
import { below, type Case, type Draw, edited, realistic, repetitions } from './slots.ts';

/** What the position read when the draft last followed it, what it read after each change since, and the draft. */
export interface History { readonly base: Slot; readonly steps: readonly Slot[]; readonly own: Slot }
/** With what the draft reads when it follows in one step, from the base to now. */
export interface Run extends History { readonly now: Slot; readonly late: FollowedSlot }
/** null, or what went wrong. */
export type FollowLaw = (run: Run) => string | null;

const pick = <T>(list: readonly T[], draw: Draw): T => list[below(draw, list.length)]!;
const written = (slot: Slot): string => slot.map((r) => (r.m ? `<${r.m}>${r.t}</>` : r.t)).join('');
const told = ({ base, steps, own, late }: Run, ...more: readonly Slot[]): string => [base, ...steps, own, late.slot, ...more].map(written).join('\n');

/** As positions change by acts: one hunk of the one text comes after the other, in any order. The draft is the other text. */
export const byActs = (make: (draw: Draw) => Case) => (draw: Draw): History => {
  const { common, a, b } = make(draw), steps: Slot[] = [];
  for (let now = common, left = compareSlots(now, a); left.length > 0; left = compareSlots(now, a)) steps.push(now = acceptInCommon(now, [pick(left, draw)]));
  return { base: common, steps, own: b };
};

/** As positions change where a party types live: up to four times, also over what was written before. */
export function byTyping(draw: Draw): History {
  const { common, b } = realistic(draw), steps: Slot[] = [];
  for (let n = 1 + below(draw, 4); n > 0; n--) steps.push(edited(textOf(steps.at(-1) ?? common), draw, 2));
  return { base: common, steps, own: b };
}

/** The draft has the position's new words already, and has then edited them. */
export function copied(draw: Draw): History {
  const { common, a } = realistic(draw);
  return { base: common, steps: [a], own: edited(textOf(a), draw, 2) };
}

/** The same with next to nothing but repetitions. */
export function copiedRepetitions(draw: Draw): History {
  const { make, written: slot, changed } = repetitions(draw), words = make(below(draw, 14)), now = changed(words);
  return { base: slot(words), steps: [slot(now)], own: slot(changed(now)) };
}

export function run(history: History): Run {
  const now = history.steps.at(-1) ?? history.base;
  return { ...history, now, late: followSlot(history.base, now, history.own) };
}

/** How often the letters of a word stand in a slot, also as a part of what has no space beside it. */
const timesIn = (slot: Slot, word: string): number => textOf(slot).toLowerCase().split(word).length - 1;

/** Words that only the draft has: none of `others` holds their letters anywhere. */
export const privateWords = (own: Slot, others: readonly Slot[]): string[] => [...new Set(wordsOf(own).list)].filter((word) => others.every((slot) => timesIn(slot, word) === 0));

export const D1: FollowLaw = ({ base, now }) => (equalSlots(followSlot(base, now, base).slot, now) ? null : `${written(base)}\n${written(now)}`);

/** Nothing of what only the draft has is lost or doubled. */
export const D3: FollowLaw = (r) => {
  const wrong = privateWords(r.own, [r.base, r.now]).find((word) => timesIn(r.own, word) !== timesIn(r.late.slot, word));
  return wrong === undefined ? null : `${wrong}\n${told(r)}`;
};

const stepByStep = ({ base, steps, own }: History): Slot => steps.reduce((draft, step, i) => followSlot(steps[i - 1] ?? base, step, draft).slot, own);

export const D5: FollowLaw = (r) => {
  const slot = stepByStep(r);
  return equalSlots(slot, r.late.slot) ? null : told(r, slot);
};

/** Step by step, too, what only the draft has is neither lost nor doubled. */
export const D5words: FollowLaw = (r) => {
  const slot = stepByStep(r), wrong = privateWords(r.own, [r.base, ...r.steps]).find((word) => timesIn(r.own, word) !== timesIn(slot, word));
  return wrong === undefined ? null : `${wrong}\n${told(r, slot)}`;
};

/** Again, from the same base. */
export const D6: FollowLaw = (r) => {
  const again = followSlot(r.base, r.now, r.late.slot).slot;
  return equalSlots(again, r.late.slot) ? null : told(r, again);
};

/** Again, from what it has followed to. */
export const D6moved: FollowLaw = ({ now, late }) => (followSlot(now, now, late.slot).splices.length === 0 ? null : written(now));

/** Where an offset of a text was before it was changed by `hunks`. */
function before(hunks: readonly Hunk[], offset: number, end: boolean): number {
  let shift = 0;
  for (const h of hunks) {
    if (offset < h.posFrom || (offset === h.posFrom && !end)) break;
    if (offset <= h.posTo) return end ? h.to : h.from;
    shift = h.to - h.posTo;
  }
  return offset + shift;
}

/** Every difference of the draft from the position touches, a character aside, what the draft had changed, or is marked. */
export const D7: FollowLaw = (r) => {
  const moved = compareSlots(r.own, r.late.slot), changes = compareSlots(r.base, r.own);
  const isFrom = (h: Hunk): boolean => r.late.marked.some((m) => m.from - 1 <= h.posTo && h.posFrom <= m.to + 1)
    || changes.some((c) => c.posFrom - 1 <= before(moved, h.posTo, true) && before(moved, h.posFrom, false) <= c.posTo + 1);
  return compareSlots(r.now, r.late.slot).every(isFrom) ? null : told(r);
};

/** The splices in order give the slot; they go from the end and lie apart; and the marks lie in it, in order. */
export const splices: FollowLaw = (r) => {
  const { slot, splices: all, marked } = r.late, size = lengthOf(slot);
  const wrong = !equalSlots(all.reduce((text, s) => splice(text, s.from, s.to, s.insert), r.own), slot) || all.some((s, i) => i > 0 && s.to > all[i - 1]!.from)
    || marked.some((m, i) => m.from > m.to || m.to > size || (i > 0 && marked[i - 1]!.to > m.from));
  return wrong ? told(r) : null;
};

const countIn = (slot: Slot, word: string): number => wordsOf(slot).list.filter((w) => w === word).length;

/** Words that stand more often in the draft than in what it was and in the position. */
export const doubled: FollowLaw = (r) => {
  const wrong = wordsOf(r.late.slot).list.find((word) => countIn(r.late.slot, word) > Math.max(countIn(r.own, word), countIn(r.now, word)));
  return wrong === undefined ? null : `${wrong}\n${told(r)}`;
};

/** The same of whole texts: what the position read, what it read after each change since, and the draft. */
export interface TextHistory { readonly base: Text; readonly steps: readonly Text[]; readonly draft: Text }

const KEY = 'en:text';
const withWords = (p: Provision, words: Slot): Provision => ({ ...p, slots: { ...p.slots, [KEY]: words } });

/** Lists in which both sides add, remove, move, relabel and turn into another kind, with words of `make` in what they share; a word that nobody else has at the end of some slots of the draft. */
export const textsByActs = (make: (draw: Draw) => Case) => (draw: Draw): TextHistory => {
  const { common, a, b } = texts(draw), words = new Map(common.list.map((id) => [id, make(draw)]));
  const text = (of: Text, side: (c: Case) => Slot, more: (id: string, words: Slot) => Slot): Text =>
    textFrom(provisionsOf(of).map((p) => { const c = words.get(p.id); return withWords(p, more(p.id, c ? (draw() < 0.5 ? c.common : side(c)) : slotOf(p, KEY))); }));
  const base = textFrom(provisionsOf(common).map((p) => withWords(p, words.get(p.id)!.common))), as = (_: string, slot: Slot): Slot => slot;
  const now = text(a, (c) => c.a, as), draft = text(b, (c) => c.b, (id, slot) => (draw() < 0.3 ? splice(slot, lengthOf(slot), lengthOf(slot), plainSlot(` own${id}`)) : slot));
  return { base, steps: stepsTo(base, now, draw), draft };
};

/** Items one at a time in any order, then the words of one provision after the other. */
function stepsTo(base: Text, end: Text, draw: Draw): Text[] {
  const steps: Text[] = [];
  let now = base;
  for (let left = compareLists(now, end); left.length > 0; left = compareLists(now, end)) steps.push(now = applyEdit(now, itemInCommon(pick(left, draw))));
  for (const id of now.list) {
    const provision = end.by.get(id)!;
    if (!sameProvision(provision, now.by.get(id)!)) steps.push(now = { list: now.list, by: new Map(now.by).set(id, provision) });
  }
  return steps;
}

export interface TextRun extends TextHistory { readonly now: Text; readonly late: Followed }
export function runTexts(history: TextHistory): TextRun {
  const now = history.steps.at(-1) ?? history.base;
  return { ...history, now, late: follow(history.base, now, history.draft) };
}

export const sameText = (a: Text, b: Text): boolean => a.list.join() === b.list.join() && provisionsOf(a).every((p) => sameProvision(p, b.by.get(p.id)!));

const inOneSlot = (text: Text): Slot => plainSlot(provisionsOf(text).map((p) => textOf(slotOf(p, KEY))).join('\n'));

/** What only the draft has, over the whole text. */
export const wordsOfDraft = ({ base, now, draft, late }: TextRun): string | null => {
  const own = inOneSlot(draft), then = inOneSlot(late.text);
  return privateWords(own, [base, now].map(inOneSlot)).find((word) => timesIn(own, word) !== timesIn(then, word)) ?? null;
};

export const stepByStepText = ({ base, steps, draft }: TextHistory): Text => steps.reduce((text, step, i) => follow(steps[i - 1] ?? base, step, text).text, draft);
