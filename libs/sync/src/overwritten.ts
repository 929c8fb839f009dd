import { type Kind, KINDS, slotKeys } from '@parley/text';
import * as Y from 'yjs';

type Struct = Y.Item | Y.GC | Y.Skip;
type Fields = Y.Map<unknown>;

/** The field of a provision that an item was a value of, when it has been overwritten and forgotten; null for everything else. */
function fieldOf(doc: Y.Doc, struct: Struct): { readonly provision: Fields; readonly field: string } | null {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentDeleted)) return null;
  const item = Y.getItem(doc.store, struct.id), provision: unknown = item instanceof Y.Item && item.parent;
  const field = item instanceof Y.Item ? item.parentSub : null;
  if (field === null || !(provision instanceof Y.Map)) return null;
  const value: unknown = provision.get(field);
  return value === undefined || value instanceof Y.AbstractType ? null : { provision, field };
}

/** The kind whose texts were there first: it can be said wherever a kind was. `since`: what the server has is older than everything here. */
function firstKind(provision: Fields, since: ReadonlyMap<number, number>): Kind {
  const madeAt = (key: string): number => {
    const id = provision._map.get(key)?.id;
    return id === undefined ? Infinity : id.clock < (since.get(id.client) ?? 0) ? -1 : id.clock;
  };
  const completeAt = (kind: Kind): number => Math.max(...slotKeys(kind).map(madeAt));
  return KINDS.reduce((first, kind) => (completeAt(kind) < completeAt(first) ? kind : first));
}

/**
 * What is to be sent of a document to a server that has it up to `since`, so that it can be cut between any two structs: of fields that were written more than once meanwhile a copy
 * keeps the last value alone, and up to there the field would have none, which the validator refuses (D18). The values before are said as the last one; nobody sees what they were.
 */
export function withValues(doc: Y.Doc, structs: readonly Struct[], since: ReadonlyMap<number, number>): Struct[] {
  return structs.flatMap((struct) => {
    const found = fieldOf(doc, struct);
    if (!found) return [struct];
    const { id: { client, clock }, length, origin, rightOrigin, parent, parentSub } = struct as Y.Item;
    const value = found.field === 'kind' ? firstKind(found.provision, since) : found.provision.get(found.field);
    return Array.from({ length }, (_, i) => new Y.Item(
      Y.createID(client, clock + i), null, i === 0 ? origin : Y.createID(client, clock + i - 1), null, rightOrigin, parent, parentSub, new Y.ContentAny([value])));
  });
}
