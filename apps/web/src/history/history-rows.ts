import { type RoomName, SERVER } from '@parley/negotiation';
import type { HistoryEntry } from '@parley/protocol';

export type UpdateEntry = Extract<HistoryEntry, { kind: 'update' }>;
export type ActEntry = Extract<HistoryEntry, { kind: 'act' }>;

/** One line of the list: an act, or what one person wrote in one provision within a short while. */
export type HistoryRow =
  | { readonly kind: 'act'; readonly entry: ActEntry }
  | { readonly kind: 'edits'; readonly by: string; readonly room: RoomName; readonly touched: readonly string[]; readonly entries: readonly UpdateEntry[] };

/** Edits of one person in one provision belong to one row as long as no pause between them is longer than this. */
const PAUSE = 2 * 60_000;

interface Growing { readonly by: string; readonly room: RoomName; readonly touched: readonly string[]; readonly entries: UpdateEntry[] }

const sameTouch = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id) => b.includes(id));

/**
 * Entries in order, as rows in order of their last entry. Two people who type at once get a row each; an act ends every row that was growing,
 * because what comes after it was written on another state of agreement.
 */
export function historyRows(entries: readonly HistoryEntry[]): HistoryRow[] {
  const done: { row: HistoryRow; last: number }[] = [];
  let growing: Growing[] = [];
  const close = (rows: readonly Growing[]): void => {
    for (const g of rows) done.push({ row: { kind: 'edits', ...g }, last: g.entries.at(-1)!.index });
  };
  for (const entry of entries) {
    // The server compacts a room (HD42): no word of it changes.
    if (entry.kind === 'update' && entry.by === SERVER.user) continue;
    if (entry.kind === 'act') {
      close(growing);
      growing = [];
      done.push({ row: { kind: 'act', entry }, last: entry.index });
      continue;
    }
    close(growing.filter((g) => entry.at - g.entries.at(-1)!.at > PAUSE));
    growing = growing.filter((g) => entry.at - g.entries.at(-1)!.at <= PAUSE);
    const own = growing.find((g) => g.by === entry.by && g.room === entry.room && sameTouch(g.touched, entry.touched));
    if (own) own.entries.push(entry);
    else growing.push({ by: entry.by, room: entry.room, touched: entry.touched, entries: [entry] });
  }
  close(growing);
  return done.sort((a, b) => a.last - b.last).map((d) => d.row);
}

export const lastIndex = (row: HistoryRow): number => (row.kind === 'act' ? row.entry.index : row.entries.at(-1)!.index);
export const firstIndex = (row: HistoryRow): number => (row.kind === 'act' ? row.entry.index : row.entries[0]!.index);

/** How many entries of each sort fall into equal stretches of time from the first to the last entry. */
export interface Bar { readonly from: number; readonly to: number; readonly last: number | null; readonly counts: Readonly<Record<string, number>> }

export function timelineBars(entries: readonly HistoryEntry[], bars: number, whose: (entry: HistoryEntry) => string): Bar[] {
  const first = entries[0], end = entries.at(-1);
  if (!first || !end) return [];
  const width = Math.max(1, (end.at - first.at + 1) / bars);
  const out = Array.from({ length: bars }, (_, i) => ({ from: first.at + i * width, to: first.at + (i + 1) * width, last: null as number | null, counts: {} as Record<string, number> }));
  for (const entry of entries) {
    const bar = out[Math.min(bars - 1, Math.max(0, Math.floor((entry.at - first.at) / width)))]!;
    const who = whose(entry);
    bar.counts[who] = (bar.counts[who] ?? 0) + 1;
    bar.last = entry.index;
  }
  return out;
}
