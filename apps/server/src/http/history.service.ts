import { Injectable } from '@nestjs/common';
import { absent, type DocumentEvent, type GroupAct, type GroupEvent, may, type RecordedAct } from '@parley/negotiation';
import type { GroupHistoryView, HistoryEntry, HistoryView, InstantView } from '@parley/protocol';
import { QueueFull } from '../limits/fair-queue.ts';
import { RequestRefused } from '../access/request-refused.ts';
import { type Entry, GROUP_SUBJECT } from '../record/entry.ts';
import type { RecordLog } from '../record/record-log.ts';
import { Replays, ReplayTooLong } from '../documents/replays.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';

/** What happened, read from the log that all share. A document that somebody may not read does not exist for them, at no instant. */
@Injectable()
export class HistoryService {
  constructor(private readonly replays: Replays) {}

  async history(group: WorkingGroup, user: string, doc: string, after: number, limit: number): Promise<HistoryView> {
    mustRead(group, user, doc);
    const log = sharedLog(group), page = await log.page(doc, after + 1, limit + 1);
    if (page.length === 0 && (await log.page(doc, 0, 1)).length === 0) throw new RequestRefused('not-found');
    return { entries: page.slice(0, limit).map(shown), more: page.length > limit };
  }

  async instant(group: WorkingGroup, user: string, doc: string, index: number): Promise<InstantView> {
    mustRead(group, user, doc);
    const instant = await this.replays.at(user, { group: group.id, log: sharedLog(group) }, doc, index).catch((error: unknown) => {
      throw error instanceof QueueFull || error instanceof ReplayTooLong ? new RequestRefused('busy', undefined, undefined, 1) : error;
    });
    if (!instant) throw new RequestRefused('not-found');
    return { ...instant, delegations: group.rooms.group().delegations };
  }

  async groupHistory(group: WorkingGroup): Promise<GroupHistoryView> {
    const entries: GroupHistoryView['entries'][number][] = [];
    for await (const page of sharedLog(group).read(GROUP_SUBJECT)) {
      for (const { index, at, by, ...entry } of page) {
        if (entry.kind === 'act') entries.push({ index, at, by, act: entry.act as GroupAct, events: entry.events as readonly GroupEvent[] });
      }
    }
    return { entries };
  }
}

const sharedLog = ({ logs, rooms }: WorkingGroup): RecordLog => logs.of(rooms.catalogue.shared);

function mustRead({ rooms }: WorkingGroup, user: string, doc: string): void {
  const actor = rooms.actorOf(user);
  const verdict = actor && may(actor, 'read', { group: rooms.group(), document: absent(doc) });
  if (verdict && !verdict.ok && verdict.reason === 'seat-sleeps') throw new RequestRefused('seat-sleeps');
  if (!verdict?.ok) throw new RequestRefused('not-found');
}

function shown(entry: Entry): HistoryEntry {
  const { index, at, by } = entry;
  return entry.kind === 'update' ? { index, at, by, kind: 'update', room: entry.room, touched: entry.touched }
    : { index, at, by, kind: 'act', act: withoutText(entry.act as RecordedAct), rules: entry.rules, events: entry.events as readonly DocumentEvent[] };
}

/** A document's first text is no part of a list of what happened: the instant shows it. */
const withoutText = (act: RecordedAct): RecordedAct => (act.t === 'openDocument' ? { ...act, provisions: [] } : act);
