import { Injectable } from '@nestjs/common';
import { absent, type DocumentEvent, type GroupAct, type GroupEvent, may, type RecordedAct } from '@parley/negotiation';
import type { GroupHistoryView, HistoryEntry, HistoryView, InstantView } from '@parley/protocol';
import { QueueFull } from '../limits/fair-queue.ts';
import { RefusedError } from '../access/refused.ts';
import { type Entry, GROUP_SUBJECT } from '../record/entry.ts';
import { Logs } from '../record/logs.ts';
import type { RecordLog } from '../record/record-log.ts';
import { Replays, ReplayTooLong } from '../rooms/replays.ts';
import { Rooms } from '../rooms/rooms.ts';

/** What happened, read from the log that all share. A document that somebody may not read does not exist for them, at no instant. */
@Injectable()
export class HistoryService {
  private readonly log: RecordLog;

  constructor(private readonly rooms: Rooms, logs: Logs, private readonly replays: Replays) {
    this.log = logs.of(rooms.catalogue.shared);
  }

  async history(user: string, doc: string, after: number, limit: number): Promise<HistoryView> {
    this.mustRead(user, doc);
    const page = await this.log.page(doc, after + 1, limit + 1);
    if (page.length === 0 && (await this.log.page(doc, 0, 1)).length === 0) throw new RefusedError('not-found');
    return { entries: page.slice(0, limit).map(shown), more: page.length > limit };
  }

  async instant(user: string, doc: string, index: number): Promise<InstantView> {
    this.mustRead(user, doc);
    const instant = await this.replays.at(user, doc, index).catch((error: unknown) => {
      throw error instanceof QueueFull || error instanceof ReplayTooLong ? new RefusedError('busy', undefined, undefined, 1) : error;
    });
    if (!instant) throw new RefusedError('not-found');
    return { ...instant, delegations: this.rooms.group().delegations };
  }

  async groupHistory(): Promise<GroupHistoryView> {
    const entries: GroupHistoryView['entries'][number][] = [];
    for await (const page of this.log.read(GROUP_SUBJECT)) {
      for (const { index, at, by, ...entry } of page) {
        if (entry.kind === 'act') entries.push({ index, at, by, act: entry.act as GroupAct, events: entry.events as readonly GroupEvent[] });
      }
    }
    return { entries };
  }

  private mustRead(user: string, doc: string): void {
    const actor = this.rooms.actorOf(user);
    const verdict = actor && may(actor, 'read', { group: this.rooms.group(), document: absent(doc) });
    if (verdict && !verdict.ok && verdict.reason === 'seat-sleeps') throw new RefusedError('seat-sleeps');
    if (!verdict?.ok || doc === GROUP_SUBJECT) throw new RefusedError('not-found');
  }
}

function shown(entry: Entry): HistoryEntry {
  const { index, at, by } = entry;
  return entry.kind === 'update' ? { index, at, by, kind: 'update', room: entry.room, touched: entry.touched }
    : { index, at, by, kind: 'act', act: withoutText(entry.act as RecordedAct), rules: entry.rules, events: entry.events as readonly DocumentEvent[] };
}

/** A document's first text is no part of a list of what happened: the instant shows it. */
const withoutText = (act: RecordedAct): RecordedAct => (act.t === 'openDocument' ? { ...act, provisions: [] } : act);
