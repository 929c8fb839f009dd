import { isProvisionId } from './provision.ts';
import { markNames, type Marks, marksOf, normal, type Slot } from './slot.ts';

/** The attributes of a text with marks `m`, all said, with nulls: so that new text never inherits its neighbour's marks. */
export function attributesOf(m: Marks | undefined): Record<string, unknown> {
  const out: Record<string, unknown> = { em: null, strong: null, ref: null };
  for (const name of markNames(m)) {
    if (name.startsWith('ref:')) out.ref = name.slice(4);
    else if (name in out) out[name] = true;
  }
  return out;
}

/** The marks that a room reads from attributes; what it knows none of is passed over. */
export function marksFrom(attributes: ReadonlyMap<string, unknown>): Marks | undefined {
  if (attributes.size === 0) return undefined;
  const names = ['em', 'strong'].filter((name) => attributes.get(name) === true);
  const ref = attributes.get('ref');
  return marksOf(isProvisionId(ref) ? [...names, `ref:${ref}`] : names);
}

/** Whether a room into which this is written reads it back as it is: in normal form, with marks that a room knows. */
export const isAsRead = (slot: Slot): boolean =>
  normal(slot).length === slot.length && slot.every(({ m }) => m === undefined || marksFrom(new Map(Object.entries(attributesOf(m)))) === m);
