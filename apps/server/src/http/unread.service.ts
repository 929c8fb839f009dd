import { Injectable } from '@nestjs/common';
import type { Unread, UnreadView } from '@parley/protocol';
import { RequestRefused } from '../access/request-refused.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import type { RecordLog } from '../record/record-log.ts';
import { ReadPositionStore } from '../record/read-position.store.ts';
import { LatestActs } from './latest-acts.ts';
import { sharedLogFor, shownAct } from './shared-log.ts';

/** What happened since somebody left, told by acts: nothing is read for him but by his saying so. Of logs that a party keeps to itself nothing is told here. */
@Injectable()
export class UnreadService {
  constructor(private readonly positions: ReadPositionStore, private readonly latest: LatestActs) {}

  /** What is unread of documents that somebody reads. */
  async counts(group: WorkingGroup, user: string, documents: readonly string[]): Promise<ReadonlyMap<string, Unread>> {
    if (documents.length === 0) return new Map();
    const [acts, read] = await Promise.all([this.latest.of(group), this.positions.of(user, group.id)]), seated = await acts.seatedBy(user);
    return new Map(documents.map((doc) => [doc, acts.unread(doc, read.get(doc) ?? seated, user)]));
  }

  async list(group: WorkingGroup, user: string, doc: string, after: number | undefined, limit: number): Promise<UnreadView> {
    const log = sharedLogFor(group, user, doc), from = after ?? await this.readUpTo(group, user, doc);
    const page = await log.acts(doc, from + 1, limit + 1);
    if (page.length === 0) await mustExist(log, doc);
    const looked = page.slice(0, limit);
    return { entries: looked.flatMap((entry) => (entry.kind === 'act' && entry.by !== user ? [shownAct(entry)] : [])), more: page.length > limit, upTo: looked.at(-1)?.index ?? from };
  }

  /** Nobody has read what there is not yet. */
  async read(group: WorkingGroup, user: string, doc: string, entry: number): Promise<void> {
    const log = sharedLogFor(group, user, doc);
    await mustExist(log, doc);
    await this.positions.advance(user, group.id, doc, Math.min(entry, log.size - 1));
  }

  private async readUpTo(group: WorkingGroup, user: string, doc: string): Promise<number> {
    return (await this.positions.of(user, group.id)).get(doc) ?? await (await this.latest.of(group)).seatedBy(user);
  }
}

async function mustExist(log: RecordLog, doc: string): Promise<void> {
  if ((await log.acts(doc, 0, 1)).length === 0) throw new RequestRefused('not-found');
}
