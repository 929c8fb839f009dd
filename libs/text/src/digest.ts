import { digestOfJson, type Json } from '@parley/ledger';
import { slotKeys, slotOf } from './kinds.ts';
import { type Provision, provisionsOf, type Text } from './provision.ts';
import { lengthOf, type Slot } from './slot.ts';

const runs = (slot: Slot): Json => slot.map((r): Json => (r.m ? { m: r.m, t: r.t } : { t: r.t }));

function slotsByLanguage(provision: Provision): Json {
  const out: Record<string, Record<string, Json>> = {};
  for (const key of slotKeys(provision.kind)) {
    const [language, name] = key.split(':') as [string, string];
    (out[language] ??= {})[name] = runs(slotOf(provision, key));
  }
  return out;
}

/** A digest of values that never change: kept as long as the value is. */
function kept<Value extends object>(digest: (value: Value) => string): (value: Value) => string {
  const known = new WeakMap<Value, string>();
  return (value) => {
    let found = known.get(value);
    if (found === undefined) known.set(value, (found = digest(value)));
    return found;
  };
}

/**
 * What a consent binds to: lower-case hex SHA-256 of `{v:1, id, kind, slots: {language: {slot: runs}}}` as JCS. Label, level
 * and place are not in it, nor anything of the editor or of Yjs. Every slot of the kind is named, also an empty one.
 */
export const digestOf = kept((provision: Provision): string =>
  digestOfJson({ v: 1, id: provision.id, kind: provision.kind, slots: slotsByLanguage(provision) }));

/** What an act on one slot saw: lower-case hex SHA-256 of the slot's runs. */
export const slotDigest = kept((slot: Slot): string => digestOfJson({ v: 1, runs: runs(slot) }));

/** What both heads accept as basis: the digest of a whole text with its order, labels and levels. */
export const textDigest = kept((text: Text): string =>
  digestOfJson({ v: 1, provisions: provisionsOf(text).map((p) => ({ digest: digestOf(p), label: p.label, level: p.level })) }));

/** Number of UTF-16 units in all slots. */
export const sizeOf = (text: Text): number =>
  provisionsOf(text).reduce((n, p) => n + slotKeys(p.kind).reduce((m, key) => m + lengthOf(slotOf(p, key)), 0), 0);

/** The order of a text with what stands before its provisions: lower-case hex SHA-256 of `{v:1, order: [{id, label, level}]}` as JCS. Words are not in it. */
export const orderDigest = kept((text: Text): string =>
  digestOfJson({ v: 1, order: provisionsOf(text).map(({ id, label, level }) => ({ id, label, level })) }));
