import { digestOfJson, type Json } from '@parley/ledger';
import type * as Y from 'yjs';

type Pairs = [number, number][];

/** Deleted stretches of one client's structs, which lie in order without gaps: `[from, length]`, none touching the next. */
function deletedIn(structs: readonly (Y.Item | Y.GC)[]): Pairs {
  const ranges: Pairs = [];
  let end = -1;
  for (const { id, length, deleted } of structs) {
    if (!deleted) continue;
    if (id.clock === end) ranges.at(-1)![1] += length;
    else ranges.push([id.clock, length]);
    end = id.clock + length;
  }
  return ranges;
}

/**
 * What a copy of a room consists of, as lower-case hex SHA-256 (`libs/protocol/SPEC.md` W26): which structs there are and which of them are deleted. Two copies have
 * the same digest when their state vectors and their delete sets are the same, however they came about and whether or not deleted words are kept.
 */
export function copyDigest(doc: Y.Doc): string {
  const clients = [...doc.store.clients].filter(([, structs]) => structs.length > 0).sort(([a], [b]) => a - b);
  const vector: Pairs = clients.map(([client, structs]) => {
    const last = structs.at(-1)!;
    return [client, last.id.clock + last.length];
  });
  const deleted = clients.map(([client, structs]): [number, Pairs] => [client, deletedIn(structs)]).filter(([, ranges]) => ranges.length > 0);
  return digestOfJson({ v: 1, vector, deleted } as Json);
}
