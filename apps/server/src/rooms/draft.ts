import type { DocumentAct, DocumentEvent, GroupState, LogName, RoomName } from '@parley/negotiation';
import type { Notice, Turn } from '@parley/protocol';
import type { EntryDraft } from '../record/entry.ts';
import type { NewEntry } from '../record/record.store.ts';
import type { Rules } from './rules.ts';

/** What every judgement of one turn knows: the group as committed, the time the turn's entries get, the rules, chance. */
export interface Now {
  readonly group: GroupState;
  readonly at: number;
  readonly rules: Rules;
  readonly random: () => number;
  /** A fresh identifier or salt: 32 hex digits. */
  readonly fresh: () => string;
  readonly encode: (draft: EntryDraft, doc: string) => NewEntry;
}

/** One entry on its way: already applied in memory, not yet in the record. */
export interface Step {
  readonly subject: string;
  readonly draft: EntryDraft;
  readonly entry: NewEntry;
  /** Known when it is durable; -1 until then. */
  index: number;
}

/** What an entry is about: its document, or the group, and the subject that this is in its log. */
export interface About { readonly id: string; readonly subject: string }

export function stepOf(draft: EntryDraft, { id, subject }: About, now: Now): Step {
  return { subject, draft, entry: now.encode(draft, id), index: -1 };
}

/** What one turn wants to append. */
export class Draft {
  private readonly list: Step[] = [];
  /** Subjects whose memory cannot be trusted any more: judging one of their requests threw. */
  readonly spoiled = new Set<string>();
  /** Documents whose rows are to be counted, whether they have steps or not. */
  readonly counted = new Set<string>();

  /** `nowOf`: what judgements about a subject know; the time is that of its log. */
  constructor(readonly nowOf: (subject: string) => Now) {}

  get steps(): readonly Step[] {
    return this.spoiled.size === 0 ? this.list : this.list.filter((step) => !this.spoiled.has(step.subject));
  }

  add(steps: readonly Step[]): void {
    this.list.push(...steps);
  }

  spoil(subject: string): void {
    this.spoiled.add(subject);
  }

  count(subject: string): void {
    this.counted.add(subject);
  }

  /** Those with something to append, in the order of their first step; those that are only counted come last. */
  subjects(): string[] {
    const all = new Set([...this.steps.map((step) => step.subject), ...this.counted]);
    this.spoiled.forEach((subject) => all.delete(subject));
    return [...all];
  }

  /** Everything of a subject, also of a spoiled one. */
  of(subject: string): Step[] {
    return this.list.filter((step) => step.subject === subject);
  }
}

/** The message about one document's durable steps in one log. */
export function turnOf(doc: string, log: LogName, after: number, steps: readonly Step[], at: number): Turn {
  const rooms: Partial<Record<RoomName, Uint8Array[]>> = {};
  for (const { draft } of steps) for (const write of draft.writes) (rooms[write.room] ??= []).push(write.update);
  return { doc, log, after, notices: steps.map((step) => noticeOf(step, at)), rooms };
}

function noticeOf({ draft, index }: Step, at: number): Notice {
  const said = { index, at, by: draft.by };
  return draft.kind === 'update' ? { ...said, kind: 'update', room: draft.room, touched: draft.touched }
    : { ...said, kind: 'act', act: draft.act as DocumentAct, events: draft.events as readonly DocumentEvent[] };
}
