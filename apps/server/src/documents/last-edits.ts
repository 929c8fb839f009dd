import type { RoomName } from '@parley/negotiation';

export interface LastEdit { readonly by: string; readonly at: number }

/** Who wrote last where: by room, then provision. Only what people typed or tabled; what else acts did is in the acts. */
export type LastEdits = Map<RoomName, Map<string, LastEdit>>;

export function noteEdits(edits: LastEdits, room: RoomName, touched: Iterable<string>, { by, at }: LastEdit): void {
  const of = edits.get(room) ?? new Map<string, LastEdit>();
  edits.set(room, of);
  for (const id of touched) of.set(id, { by, at });
}
