import { absent, type DocumentEvent, may, type RecordedAct } from '@parley/negotiation';
import type { HistoryEntry } from '@parley/protocol';
import { RequestRefused } from '../access/request-refused.ts';
import type { ActEntry, Entry } from '../record/entry.ts';
import type { RecordLog } from '../record/record-log.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';

/** The log that the whole working group reads. */
export const sharedLogOf = ({ logs, rooms }: WorkingGroup): RecordLog => logs.of(rooms.catalogue.shared);

/** The same, for somebody who reads a document in it: to anybody else the document is not there. */
export function sharedLogFor(group: WorkingGroup, user: string, doc: string): RecordLog {
  const { rooms } = group, actor = rooms.actorOf(user);
  const verdict = actor && may(actor, 'read', { group: rooms.group(), document: absent(doc) });
  if (verdict && !verdict.ok && verdict.reason === 'seat-sleeps') throw new RequestRefused('seat-sleeps');
  if (!verdict?.ok) throw new RequestRefused('not-found');
  return sharedLogOf(group);
}

/** An entry as lists of what happened show it. */
export const shownEntry = (entry: Entry): HistoryEntry => (entry.kind === 'act' ? shownAct(entry)
  : { index: entry.index, at: entry.at, by: entry.by, kind: 'update', room: entry.room, touched: entry.touched });

export const shownAct = ({ index, at, by, act, rules, events }: ActEntry) =>
  ({ index, at, by, kind: 'act', act: withoutText(act as RecordedAct), rules, events: events as readonly DocumentEvent[] }) as const;

/** A document's first text is no part of a list of what happened: the instant shows it. */
const withoutText = (act: RecordedAct): RecordedAct => (act.t === 'openDocument' ? { ...act, provisions: [] } : act);
