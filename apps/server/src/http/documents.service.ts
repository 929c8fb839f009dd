import { Injectable } from '@nestjs/common';
import { type GroupState, may, own, partyOf } from '@parley/negotiation';
import type { DocumentRowView, GroupView, Person, Unread } from '@parley/protocol';
import { AccountStore } from '../access/account.store.ts';
import type { DocumentRow } from '../record/record.store.ts';
import type { DerivedAwaiting, DerivedProgress } from '../documents/derived-rows.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { UnreadService } from './unread.service.ts';

/** A row of the list, without who is in the document: that is not of this folder. */
export type Row = Omit<DocumentRowView, 'here'>;

/** What the first screen shows: the group, its people and its documents. */
@Injectable()
export class DocumentsService {
  constructor(private readonly accounts: AccountStore, private readonly unread: UnreadService) {}

  /** For one who may read the group. Whoever may read no document sees none in it. */
  async group(of: WorkingGroup, user: string): Promise<Omit<GroupView, 'here' | 'documents'> & { readonly documents: readonly Row[] }> {
    const { rooms } = of, group = rooms.group(), actor = rooms.actorOf(user);
    const reads = actor !== null && may(actor, 'read', { group }).ok;
    const party = actor && partyOf(actor);
    const rows = reads ? await rooms.documents() : [], unread = await this.unread.counts(of, user, rows.map(({ id }) => id));
    const documents = rows.map((row) => shown(row, party, unread.get(row.id)!));
    return { group, people: await this.people(group), documents };
  }

  /** Everybody who has or had a seat, as what they did stays in the record under their name; who is proposed for one; and who reset an account. */
  private async people({ seats, former, proposed, asleep }: GroupState): Promise<Person[]> {
    const known = new Set([...Object.keys(seats), ...former, ...Object.keys(proposed), ...Object.values(asleep).map(({ by }) => by)]);
    return (await this.accounts.all()).filter(({ id }) => known.has(id)).map(({ id, displayName }) => {
      const seat = own(seats, id);
      return seat ? { user: id, name: displayName, role: seat.role, ...(seat.delegation !== undefined && { delegation: seat.delegation }) } : { user: id, name: displayName };
    });
  }
}

function shown(row: DocumentRow, party: string | null, unread: Unread): Row {
  const { standings, lastAt } = row.progress as DerivedProgress;
  const awaiting = row.awaiting as DerivedAwaiting;
  const { id, title, openedAt } = row;
  return {
    id, title, template: row.template as Row['template'], stage: row.stage as Row['stage'], openedAt, lastAt,
    provisions: Object.values(standings).reduce((sum, n) => sum + n, 0), progress: standings,
    unread, awaiting: party !== null && Object.hasOwn(awaiting, party) ? awaiting[party]! : null,
  };
}
