import type { DocumentRowView } from '@parley/protocol';
import { awaitedIn } from '../proposals/awaiting-lines.ts';

/** Of the documents behind this one, and then of those before it, the first in which something waits. */
export function nextDocument(documents: readonly DocumentRowView[], doc: string): DocumentRowView | undefined {
  const at = documents.findIndex(({ id }) => id === doc);
  return [...documents.slice(at + 1), ...documents.slice(0, Math.max(at, 0))].find(({ awaiting }) => awaiting && awaitedIn(awaiting) > 0);
}
