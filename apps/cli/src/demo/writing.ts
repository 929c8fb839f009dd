import { type Kind, type Provision, type Run, type Slot, SLOTS, slotKeys, type SlotKey } from '@parley/text';

/** `_word_` is emphasised, `{id:words}` refers to a provision, everything else is plain. */
const MARKED = /_([^_]+)_|\{([A-Za-z0-9-]+):([^}]+)\}/g;

/** Words as they are written in these files, as a slot. */
export function words(text: string): Slot {
  const runs: Run[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKED)) {
    if (found.index > at) runs.push({ t: text.slice(at, found.index) });
    runs.push(found[1] === undefined ? { t: found[3]!, m: `ref:${found[2]}` } : { t: found[1], m: 'em' });
    at = found.index + found[0].length;
  }
  if (at < text.length) runs.push({ t: text.slice(at) });
  return runs;
}

const provision = (kind: Kind, id: string, label: string, level: number, texts: readonly string[]): Provision =>
  ({ id, kind, label, level, slots: Object.fromEntries(slotKeys(kind).map((key, i) => [key, words(texts[i] ?? '')])) });

export const heading = (id: string, label: string, text: string): Provision => provision('heading', id, label, 0, [text]);
export const paragraph = (id: string, label: string, text: string): Provision => provision('paragraph', id, label, 1, [text]);
export const definition = (id: string, label: string, of: { term: string; meaning: string }): Provision =>
  provision('definition', id, label, 1, [of.term, of.meaning]);
export const evidence = (id: string, label: string, of: { claim: string; contents: string; standard: string }): Provision =>
  provision('evidence', id, label, 1, [of.claim, of.contents, of.standard]);
export const metric = (id: string, label: string, of: Readonly<Record<(typeof SLOTS)['metric'][number], string>>): Provision =>
  provision('metric', id, label, 1, SLOTS.metric.map((name) => of[name]!));
export const step = (id: string, label: string, of: Readonly<Record<(typeof SLOTS)['step'][number], string>>): Provision =>
  provision('step', id, label, 1, SLOTS.step.map((name) => of[name]!));

/** The key of a slot by its short name; the only one there is when no name is given. */
export const keyOf = (kind: Kind, slot: string | undefined): SlotKey => {
  const key = slotKeys(kind)[slot === undefined ? 0 : SLOTS[kind].indexOf(slot)];
  if (key === undefined || (slot === undefined && SLOTS[kind].length > 1)) throw new RangeError(`a ${kind} has no slot ${slot ?? 'of its own'}`);
  return key;
};
