import { type Edit, plainSlot, type Provision, slotOf, type Text, textOf } from '@parley/text';
import type { Change } from './demo-script.ts';
import { keyOf, words } from './writing.ts';

/** How much a hand types before it pauses. */
const BREATH = 24;

/** The change as a row of edits, each as much as is typed in one breath. Throws when the words are not there, or there twice. */
export function typing(text: Text, change: Change): Edit[][] {
  if ('add' in change) return adding(change.add, change.after);
  if ('drop' in change) return [[{ do: 'remove', id: provisionIn(text, change.drop).id }]];
  if ('move' in change) return [[{ do: 'move', id: provisionIn(text, change.move).id, after: change.after }]];
  const provision = provisionIn(text, change.on);
  const key = keyOf(provision.kind, change.slot);
  const { from, to, insert } = where(textOf(slotOf(provision, key)), change);
  return spliced(provision.id, key, from, to, insert);
}

function provisionIn(text: Text, id: string): Provision {
  const provision = text.by.get(id);
  if (!provision) throw new RangeError(`there is no provision "${id}"`);
  return provision;
}

type WordsChange = Extract<Change, { on: string }>;

function where(before: string, change: WordsChange): { from: number; to: number; insert: string } {
  if ('append' in change) return { from: before.length, to: before.length, insert: change.append };
  const sought = 'replace' in change ? change.replace : 'remove' in change ? change.remove : change.after;
  const from = before.indexOf(sought);
  if (from < 0 || before.indexOf(sought, from + 1) >= 0) throw new RangeError(`"${sought}" does not stand exactly once in ${change.on}: "${before}"`);
  const to = from + sought.length;
  if ('replace' in change) return { from, to, insert: change.with };
  return 'remove' in change ? { from, to, insert: '' } : { from: to, to, insert: change.insert };
}

function spliced(id: string, key: string, from: number, to: number, insert: string): Edit[][] {
  const [first = [], ...rest] = breaths(insert);
  let at = from + first.reduce((n, run) => n + run.t.length, 0);
  const edits: Edit[][] = [[{ do: 'splice', id, key, from, to, insert: first }]];
  for (const slot of rest) {
    edits.push([{ do: 'splice', id, key, from: at, to: at, insert: slot }]);
    at += slot.reduce((n, run) => n + run.t.length, 0);
  }
  return edits;
}

/** Text cut at spaces into pieces of about one breath; marked text stays whole. */
function breaths(text: string) {
  const slot = words(text);
  if (slot.some((run) => run.m)) return [slot];
  const pieces: string[] = [];
  for (const word of text.split(/(?<= )/)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length < BREATH) pieces[pieces.length - 1] = last + word;
    else pieces.push(word);
  }
  return pieces.map(plainSlot);
}

/** A new provision is made empty and then filled, slot by slot. */
function adding(provision: Provision, after: string | null): Edit[][] {
  const empty = { ...provision, slots: Object.fromEntries(Object.keys(provision.slots).map((key) => [key, []])) };
  const filling = Object.entries(provision.slots).map(([key, insert]): Edit[] => [{ do: 'splice', id: provision.id, key, from: 0, to: 0, insert }]);
  return [[{ do: 'add', provision: empty, after }], ...filling];
}
