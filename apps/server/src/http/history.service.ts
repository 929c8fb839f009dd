import { Injectable } from '@nestjs/common';
import type { GroupAct, GroupEvent } from '@parley/negotiation';
import type { GroupHistoryView, HistoryView, InstantView } from '@parley/protocol';
import { QueueFull } from '../limits/fair-queue.ts';
import { RequestRefused } from '../access/request-refused.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import { Replays, ReplayTooLong } from '../documents/replays.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { sharedLogFor, sharedLogOf, shownEntry } from './shared-log.ts';

/** What happened, read from the log that all share. A document that somebody may not read does not exist for them, at no instant. */
@Injectable()
export class HistoryService {
  constructor(private readonly replays: Replays) {}

  async history(group: WorkingGroup, user: string, doc: string, after: number, limit: number): Promise<HistoryView> {
    const log = sharedLogFor(group, user, doc), page = await log.page(doc, after + 1, limit + 1);
    if (page.length === 0 && (await log.page(doc, 0, 1)).length === 0) throw new RequestRefused('not-found');
    return { entries: page.slice(0, limit).map(shownEntry), more: page.length > limit };
  }

  async instant(group: WorkingGroup, user: string, doc: string, index: number): Promise<InstantView> {
    const log = sharedLogFor(group, user, doc);
    const instant = await this.replays.at(user, { group: group.id, log }, doc, index).catch((error: unknown) => {
      throw error instanceof QueueFull || error instanceof ReplayTooLong ? new RequestRefused('busy', undefined, undefined, 1) : error;
    });
    if (!instant) throw new RequestRefused('not-found');
    return { ...instant, delegations: group.rooms.group().delegations };
  }

  async groupHistory(group: WorkingGroup): Promise<GroupHistoryView> {
    const entries: GroupHistoryView['entries'][number][] = [];
    for await (const page of sharedLogOf(group).read(GROUP_SUBJECT)) {
      for (const { index, at, by, ...entry } of page) {
        if (entry.kind === 'act') entries.push({ index, at, by, act: entry.act as GroupAct, events: entry.events as readonly GroupEvent[] });
      }
    }
    return { entries };
  }
}
