import type { Json } from '@parley/ledger';

type Key = string | number;
type Container = Record<Key, Json>;

/** A part of a value: what is under some keys of the object or the list at `at`, which an earlier piece brought. */
export interface Piece { readonly at: readonly Key[]; readonly parts: readonly (readonly [key: Key, value: Json])[] }

/** About so many values make a piece; to hand one from thread to thread takes about a millisecond. A thousand characters count as one more. */
const PIECE = 1_000;

/** An object in pieces of at most so many values, in the order in which they are put together again. */
export function* cut(value: Json, most = PIECE, at: readonly Key[] = []): Generator<Piece> {
  let parts: [Key, Json][] = [], size = 0;
  for (const [key, part] of partsOf(value)) {
    const own = sizeOf(part), whole = own <= most || typeof part !== 'object';
    if (parts.length > 0 && size + own > most) {
      yield { at, parts };
      [parts, size] = [[], 0];
    }
    parts.push([key, whole ? part : Array.isArray(part) ? [] : {}]);
    size += whole ? own : 1;
    if (whole) continue;
    yield { at, parts };
    [parts, size] = [[], 0];
    yield* cut(part, most, [...at, key]);
  }
  if (parts.length > 0) yield { at, parts };
}

/** An object that is put together from its pieces. */
export class Assembly {
  readonly whole: Container = {};

  take({ at, parts }: Piece): void {
    const into = at.reduce<Container>((found, key) => found[key] as Container, this.whole);
    for (const [key, part] of parts) into[key] = part;
  }
}

const partsOf = (value: Json): [Key, Json][] => (Array.isArray(value) ? [...(value as readonly Json[]).entries()] : Object.entries(value as { readonly [key: string]: Json }));

export function sizeOf(value: Json): number {
  if (typeof value === 'string') return 1 + value.length / 1_000;
  if (typeof value !== 'object' || value === null) return 1;
  return partsOf(value).reduce((sum, [, part]) => sum + sizeOf(part), 1);
}
