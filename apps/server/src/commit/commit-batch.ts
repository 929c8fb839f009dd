import type { DocumentAct, DocumentEvent, GroupState, LogName, RoomName } from '@parley/negotiation';
import type { Notice, Commit } from '@parley/protocol';
import type { EntryContent } from '../record/entry.ts';
import type { NewEntry } from '../record/record.store.ts';
import type { Rules } from './rules.ts';

/** What every decision of one commit knows: the group as committed, the time the commit's entries get, the rules, chance. */
export interface CommitContext {
  readonly group: GroupState;
  readonly at: number;
  readonly rules: Rules;
  readonly random: () => number;
  /** A fresh identifier or salt: 32 hex digits. */
  readonly fresh: () => string;
  readonly encode: (content: EntryContent, doc: string) => NewEntry;
}

/** One entry on its way: already applied in memory, not yet in the record. */
export interface PendingEntry {
  readonly subject: string;
  readonly content: EntryContent;
  readonly entry: NewEntry;
  /** Known when it is durable; -1 until then. */
  index: number;
}

/** What an entry is about: its document, or the group, and the subject that this is in its log. */
export interface Subject { readonly id: string; readonly subject: string }

export function pendingEntryOf(content: EntryContent, { id, subject }: Subject, now: CommitContext): PendingEntry {
  return { subject, content, entry: now.encode(content, id), index: -1 };
}

/** What one commit wants to append to its log. */
export class CommitBatch {
  private readonly list: PendingEntry[] = [];
  /** Subjects whose memory cannot be trusted any more: running one of their jobs threw. */
  readonly failed = new Set<string>();
  /** Documents whose rows are to be counted, whether they have entries or not. */
  readonly counted = new Set<string>();

  /** `context`: what its decisions know; the time is that of its log. */
  constructor(readonly log: LogName, readonly context: CommitContext) {}

  get pending(): readonly PendingEntry[] {
    return this.failed.size === 0 ? this.list : this.list.filter((entry) => !this.failed.has(entry.subject));
  }

  add(pending: readonly PendingEntry[]): void {
    this.list.push(...pending);
  }

  fail(subject: string): void {
    this.failed.add(subject);
  }

  count(subject: string): void {
    this.counted.add(subject);
  }

  /** Those with something to append, in the order of their first entry; those that are only counted come last. */
  subjects(): string[] {
    const all = new Set([...this.pending.map((entry) => entry.subject), ...this.counted]);
    this.failed.forEach((subject) => all.delete(subject));
    return [...all];
  }

  /** Everything of a subject, also of a spoiled one. */
  of(subject: string): PendingEntry[] {
    return this.list.filter((entry) => entry.subject === subject);
  }
}

/** The message about one document's durable entries in one log. */
export function commitMessageOf(doc: string, log: LogName, after: number, pending: readonly PendingEntry[], at: number): Commit {
  const rooms: Partial<Record<RoomName, Uint8Array[]>> = {};
  for (const { content } of pending) for (const write of content.writes) (rooms[write.room] ??= []).push(write.update);
  return { doc, log, after, notices: pending.map((entry) => noticeOf(entry, at)), rooms };
}

function noticeOf({ content, index }: PendingEntry, at: number): Notice {
  const head = { index, at, by: content.by };
  return content.kind === 'update' ? { ...head, kind: 'update', room: content.room, touched: content.touched }
    : { ...head, kind: 'act', act: content.act as DocumentAct, events: content.events as readonly DocumentEvent[] };
}
