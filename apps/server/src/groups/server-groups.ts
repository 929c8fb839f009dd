import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { hex } from '@parley/ledger';
import type { MembershipStore } from '../record/membership.store.ts';
import type { Clock, Entropy } from '../record/clock.ts';
import type { GroupRow, GroupStore } from '../record/group.store.ts';
import { Logs } from '../record/logs.ts';
import type { GroupLeases } from '../commit/group-leases.ts';
import { membershipsIn } from './memberships.ts';
import { Emitter } from '../commit/emitter.ts';
import { ProcessBounds } from '../commit/process-bounds.ts';
import { logger } from '../logger.ts';
import { type RoomsOptions, ServerRooms } from './server-rooms.ts';
import { type GroupsEvents, type WorkingGroup, WorkingGroups } from './working-groups.ts';

/** What groups are made of. `host`: where Parley is; a group that begins here is named by it for ever. */
export interface GroupParts { readonly groups: GroupStore; readonly memberships: MembershipStore; readonly clock: Clock; readonly entropy: Entropy; readonly leases: GroupLeases; readonly host: string }

interface Opened { readonly group: WorkingGroup; readonly rooms: ServerRooms }

/** Opens every group of the installation, here or standing by, and keeps it open. */
export class ServerGroups extends WorkingGroups implements OnModuleInit, OnApplicationShutdown {
  private readonly open = new Map<string, Opened>();
  private readonly opening = new Map<string, Opened>();
  readonly events = new Emitter<GroupsEvents>();

  private readonly beginning = new Map<string, Promise<WorkingGroup>>();
  private readonly noting = new Map<string, Promise<void>>();

  private readonly options: RoomsOptions & Required<Pick<RoomsOptions, 'reading' | 'bounds'>>;

  /** `options`: `reading` and `bounds` are shared by all groups, the first ended with them. */
  constructor(private readonly parts: GroupParts, options: RoomsOptions & Required<Pick<RoomsOptions, 'reading'>>) {
    super();
    this.options = { bounds: new ProcessBounds(), ...options };
  }

  async onModuleInit(): Promise<void> {
    await this.everyOne();
  }

  /** At one time: each may wait for a lease that another process has. */
  async everyOne(): Promise<readonly WorkingGroup[]> {
    return Promise.all((await this.parts.groups.all()).map((row) => this.begin(row)));
  }

  /** Answers what was taken; call it when nobody sends any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.values(), ...this.opening.values()].map(({ rooms }) => rooms.close()));
    await this.options.reading.close();
  }

  async of(id: string): Promise<WorkingGroup | null> {
    const here = this.here(id), row = here ? null : await this.parts.groups.byId(id);
    return here ?? (row && await this.begin(row));
  }

  here(id: string): WorkingGroup | undefined {
    return this.open.get(id)?.group;
  }

  all(): readonly WorkingGroup[] {
    return [...this.open.values()].map(({ group }) => group);
  }

  async make(): Promise<WorkingGroup> {
    const row = this.named();
    await this.parts.groups.insert(row);
    return this.begin(row);
  }

  async first(): Promise<WorkingGroup> {
    const row = await this.parts.groups.first(this.named());
    return this.begin(row);
  }

  private named(): GroupRow {
    const { entropy, host } = this.parts, id = hex(entropy.bytes(6));
    return { id, origin: `${host}/w/${id}` };
  }

  /** Once, whoever asks for it at the same time; again, where it could not be read. */
  private async begin(row: GroupRow): Promise<WorkingGroup> {
    const here = this.here(row.id);
    if (here) return here;
    const begun = this.beginning.get(row.id) ?? this.opened(row).finally(() => this.beginning.delete(row.id));
    this.beginning.set(row.id, begun);
    return begun;
  }

  private async opened(row: GroupRow): Promise<WorkingGroup> {
    const opening = this.opening.get(row.id) ?? this.made(row);
    this.opening.set(row.id, opening);
    await opening.rooms.start();
    this.opening.delete(row.id);
    this.open.set(row.id, opening);
    await this.taken(opening.group);
    return opening.group;
  }

  /** Its lease is there once in a process, whether it can be read or not. */
  private made({ id, origin }: GroupRow): Opened {
    const { groups, clock, entropy, leases } = this.parts, { record, snapshots: keptStates, differences } = groups.storageOf(id);
    const logs = new Logs(record, origin, clock, entropy), rooms = new ServerRooms(logs, keptStates, differences, entropy, (tenant) => leases.of(id, tenant), { ...this.options, seatsMoved: () => this.note(group), taken: () => { if (this.open.has(id)) void this.taken(group); } });
    const group: WorkingGroup = { id, logs, rooms, differences };
    rooms.events.on('committed', (...payload) => this.events.emit('committed', group, ...payload));
    rooms.events.on('rebuilt', (...payload) => this.events.emit('rebuilt', group, ...payload));
    rooms.events.on('groupChanged', (...payload) => this.events.emit('groupChanged', group, ...payload));
    rooms.events.on('left', () => this.events.emit('left', group));
    return { group, rooms };
  }

  private taken(group: WorkingGroup): Promise<void> {
    this.events.emit('taken', group);
    return this.note(group);
  }

  /**
   * Who sits where is looked up by account without asking every group: the rows follow what acts have made of the seats. They are written one after the other, so that the newest is the last;
   * by whoever takes the group they are written anew.
   */
  private note(group: WorkingGroup): Promise<void> {
    const noted = (this.noting.get(group.id) ?? Promise.resolve()).then(() => this.put(group)).catch((error: unknown) => logger.failed('seats-not-noted', error, { group: group.id }));
    this.noting.set(group.id, noted);
    return noted;
  }

  private async put({ id, rooms }: WorkingGroup): Promise<void> {
    const { leases, memberships } = this.parts;
    if (rooms.serves) await memberships.put(id, membershipsIn(rooms.group()), leases.fence(id));
  }
}
