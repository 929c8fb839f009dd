import type { Entry } from '../../apps/server/src/record/entry.ts';
import type { Findings } from './row.ts';

const closes = (entry: Entry): boolean => entry.kind === 'act' && entry.events.some((event) => event.e === 'closed');

/** Of a document that was closed nothing comes after its closing: no act, and not one update. */
export function compareEnd(findings: Findings, entries: readonly Entry[]): void {
  const end = entries.findIndex(closes);
  if (end < 0) return;
  findings.count('closed');
  findings.check(end === entries.length - 1, () => `entry ${entries[end]!.index} closed the document, and ${entries.length - 1 - end} came after it`);
}
