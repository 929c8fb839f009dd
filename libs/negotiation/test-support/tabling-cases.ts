import { normal, type Provision, provisionsOf, type Slot, slotKeys, type Text, textFrom } from '@parley/text';
import { texts } from '../../text/test-support/list-laws.ts';
import { adversarial, below, type Case, type Draw, paired, realistic, valued } from '../../text/test-support/slots.ts';

const KINDS = ['paragraph', 'heading', 'definition'] as const;
const SORTS: readonly ((draw: Draw) => Case)[] = [adversarial, realistic, valued, paired];
const pick = <T>(list: readonly T[], draw: Draw): T => list[below(draw, list.length)]!;

/** A position and what its party wants instead: other orders, labels, kinds and levels, and in every slot words that people change and words made to confuse. */
export function drawn(draw: Draw): { readonly position: Text; readonly wanted: Text } {
  const { a, b } = texts(draw), words = new Map<string, readonly [Slot, Slot]>();
  const of = (id: string, key: string): readonly [Slot, Slot] => {
    const found = words.get(`${id} ${key}`);
    if (found) return found;
    const { common, a: other } = pick(SORTS, draw)(draw), made = [normal(common), draw() < 0.3 ? normal(common) : normal(other)] as const;
    words.set(`${id} ${key}`, made);
    return made;
  };
  const filled = (text: Text, which: 0 | 1): Text => textFrom(provisionsOf(text).map((p): Provision => {
    const kind = p.kind === 'paragraph' && draw() < 0.15 ? pick(KINDS, draw) : p.kind;
    return { ...p, kind, slots: Object.fromEntries(slotKeys(kind).map((key) => [key, of(p.id, key)[which]])) };
  }));
  return { position: filled(a, 0), wanted: filled(b, 1) };
}
