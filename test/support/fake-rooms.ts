import type { DynamicModule } from '@nestjs/common';
import { type Actor, type Audience, audienceIn, decideGroup, foldGroup, type GroupAct, type GroupEvent, type GroupState, type LogName, may, NO_GROUP, ROOMS, type Seat, SERVER } from '@parley/negotiation';
import { type CompareAnswer, type JoinRequest, type Performed, readAct, type Refusing, type SentAct, type Commit, type UpdateRequest } from '@parley/protocol';
import { MembershipStore } from '../../apps/server/src/record/membership.store.ts';
import { membershipsIn } from '../../apps/server/src/groups/memberships.ts';
import { type Admitted, type AdministratorsAct, type GroupChange, Rooms, type RoomsEvents, type ServersAct } from '../../apps/server/src/groups/rooms.ts';
import { Emitter } from '../../apps/server/src/commit/emitter.ts';
import type { Updated } from '../../apps/server/src/documents/receive-update.ts';
import { type GroupsEvents, type WorkingGroup, WorkingGroups } from '../../apps/server/src/groups/working-groups.ts';
import { GROUP } from './group.ts';

/** An update that begins with this byte is refused as one by the validator. */
export const REFUSED_BY_THE_VALIDATOR = 0xd0;

/** Rooms without texts: for tests of what runs before them. Seats are set by hand. */
export class FakeRooms extends Rooms {
  state: GroupState = NO_GROUP;
  readonly updates: { readonly user: string; readonly request: UpdateRequest }[] = [];
  /** Awaited by every join, so that a test can do something meanwhile. */
  joining: Promise<void> = Promise.resolve();
  /** How many bytes the answer to a join brings. */
  bringing = 0;
  override readonly catalogue = ROOMS;
  override serves = true;
  override hold = async (): Promise<boolean> => this.serves;
  override readonly events = new Emitter<RoomsEvents>();

  establish(...seats: Seat[]): void {
    this.state = {
      ...NO_GROUP, name: 'Working group', delegations: [{ id: 'a', code: 'A', name: 'Azure' }, { id: 'o', code: 'O', name: 'Ochre' }],
      seats: Object.fromEntries(seats.map((seat) => [seat.user, seat])),
    };
  }

  /** As a committed appointment or removal would. */
  reseat(user: string, seat: Seat | null): void {
    const others = Object.fromEntries(Object.entries(this.state.seats).filter(([seated]) => seated !== user));
    this.state = { ...this.state, seats: seat ? { ...others, [user]: seat } : others };
    this.moved({ index: 1, seats: true });
  }

  commit(commit: Commit): void { this.events.emit('committed', commit, ROOMS.shared); }
  rebuild(doc: string): void { this.events.emit('rebuilt', doc, ROOMS.shared); }
  moved(change: GroupChange): void { this.events.emit('groupChanged', change); }

  override audienceOf(user: string, log: LogName): Audience | null { const actor = this.actorOf(user); return actor && audienceIn(log, actor, this.state); }
  override group(): GroupState { return this.state; }
  override actorOf(user: string): Actor | null { return this.state.seats[user] ?? null; }

  override async join(user: string, request: JoinRequest): Promise<Admitted | Refusing> {
    await this.joining;
    const actor = this.actorOf(user);
    if (!actor || !may(actor, 'read', { group: this.state }).ok) return { ok: false, reason: 'not-found' };
    const vector = new Uint8Array([9, 9, 0, 1, 2, 9]).subarray(2, 5);
    const document = { id: request.doc } as Admitted['document'];
    return { ok: true, epoch: '7'.repeat(64), entry: 7, document, group: this.state, actor, rooms: { working: { updates: [request.have.working ?? vector, ...(this.bringing > 0 ? [new Uint8Array(this.bringing)] : [])], vector } }, lastEdits: {} };
  }

  override async compare(): Promise<CompareAnswer> { return { ok: true, entry: 7, differ: ['common'] }; }

  override async update(user: string, request: UpdateRequest): Promise<Updated> {
    this.updates.push({ user, request });
    if (request.update.length === 0) throw new Error('a fault of the rooms');
    if (request.update[0] === REFUSED_BY_THE_VALIDATOR) return { ok: false, reason: 'too-long', violation: { rule: 'D22', detail: 'too much work to place' } };
    return { ok: true, entry: 8, returned: [] };
  }

  override perform: Rooms['perform'] = async () => ({ ok: false, reason: 'not-found' });

  override async performOnGroup(user: string, sent: SentAct): Promise<({ readonly ok: true } & Performed) | Refusing> {
    return this.performAs(this.actorOf(user), readAct(sent) as unknown as GroupAct);
  }

  override async performByAdministrator(user: string, act: AdministratorsAct): Promise<({ readonly ok: true } & Performed) | Refusing> {
    return this.performAs({ user, role: 'administrator' }, { ...act, v: 1, id: 'by-an-administrator' } as GroupAct);
  }

  private performAs(actor: Actor | null, act: GroupAct): ({ readonly ok: true } & Performed) | Refusing {
    const verdict = actor && decideGroup(act, { actor, group: this.state, at: Date.now(), wakeAfter: 0 });
    if (!verdict) return { ok: false, reason: 'role-forbids' };
    if (!verdict.ok) return { ok: false, reason: verdict.reason };
    this.fold(verdict.value, actor.user);
    return { ok: true, entry: 0 };
  }

  override async documents(): Promise<[]> { return []; }
  override async performByServer(act: ServersAct): Promise<({ readonly ok: true } & Performed) | Refusing> {
    const verdict = decideGroup({ ...act, v: 1, id: 'by-the-server' } as GroupAct, { actor: SERVER, group: this.state, at: Date.now(), wakeAfter: 0 });
    if (!verdict.ok) return { ok: false, reason: verdict.reason };
    this.fold(verdict.value, SERVER.user);
    return { ok: true, entry: 0 };
  }

  override async wakeDue(): Promise<void> { return undefined; }

  private fold(events: readonly GroupEvent[], user: string): void {
    this.state = events.reduce((state, event) => foldGroup(state, event, { user, at: Date.now() }), this.state);
    this.moved({ index: 0, seats: true });
  }
}

/** An installation of one working group. */
export class FakeGroups extends WorkingGroups {
  override readonly events = new Emitter<GroupsEvents>();
  private readonly group: WorkingGroup;

  constructor(private readonly rooms: FakeRooms) {
    super();
    this.group = { id: GROUP, rooms, logs: null!, differences: null! };
    rooms.events.on('committed', (...payload) => this.events.emit('committed', this.group, ...payload));
    rooms.events.on('rebuilt', (...payload) => this.events.emit('rebuilt', this.group, ...payload));
    rooms.events.on('groupChanged', (...payload) => this.events.emit('groupChanged', this.group, ...payload));
  }

  override async of(id: string): Promise<WorkingGroup | null> { return this.here(id) ?? null; }
  override here(id: string): WorkingGroup | undefined { return id === GROUP ? this.group : undefined; }
  override all(): readonly WorkingGroup[] { return [this.group]; }
  override async everyOne(): Promise<readonly WorkingGroup[]> { return this.all(); }
  override async make(): Promise<WorkingGroup> { throw new Error('there is one group'); }
  override async first(): Promise<WorkingGroup> { return this.group; }
}

/** What is noted of places is what the rooms say, at once. */
function follows(memberships: MembershipStore, rooms: FakeRooms): void {
  const all = async () => membershipsIn(rooms.state).map((place) => ({ ...place, group: GROUP }));
  Object.assign(memberships, { all, at: async (user: string, group: string) => (await all()).find((place) => place.user === user && place.group === group) ?? null, of: async (user: string) => (await all()).filter((place) => place.user === user), any: async () => (await all()).length > 0 });
}

class FakeRoomsModule {}

/** A module with `rooms`, as those of the installation's one group, in the place of the real ones. */
export const roomsModule = (rooms: FakeRooms): DynamicModule => ({
  module: FakeRoomsModule, global: true, exports: [WorkingGroups],
  providers: [{
    provide: WorkingGroups, inject: [MembershipStore],
    useFactory: (memberships: MembershipStore) => {
      follows(memberships, rooms);
      return new FakeGroups(rooms);
    },
  }],
});
