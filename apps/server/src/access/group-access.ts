import { Injectable } from '@nestjs/common';
import { isAsleep, own, seatOf } from '@parley/negotiation';
import { type WorkingGroup, WorkingGroups } from '../groups/working-groups.ts';
import { type Membership, MembershipStore } from '../record/membership.store.ts';
import { RequestRefused } from './request-refused.ts';

/** Whether acts have given somebody a place in a group, be it one that sleeps or is proposed. */
export const isMember = ({ rooms }: WorkingGroup, user: string): boolean => seatOf(rooms.group(), user) !== undefined || own(rooms.group().proposed, user) !== undefined;

const AGAIN_S = 1;

/** In which groups people have places. */
@Injectable()
export class GroupAccess {
  constructor(private readonly groups: WorkingGroups, private readonly memberships: MembershipStore) {}

  /**
   * The group of an id when somebody has a place in it, taken by this process where it is not here. Null where he has none or there is no such group: to find that takes one look, whichever
   * it is, and takes no group from anywhere. Refuses as `elsewhere` what another process keeps.
   */
  async enter(user: string, id: string): Promise<WorkingGroup | null> {
    const here = this.groups.here(id), sits = here?.rooms.serves && isMember(here, user);
    return sits || (await this.memberships.at(user, id)) ? this.held(id) : null;
  }

  /** The same for whoever may have a link, and for the server itself. */
  async held(id: string): Promise<WorkingGroup | null> {
    const group = await this.groups.of(id);
    if (group && !(await group.rooms.hold())) throw new RequestRefused('elsewhere', undefined, undefined, AGAIN_S);
    return group;
  }

  /** The groups in which somebody sits or is proposed, to be changed: all of them are taken. */
  async of(user: string): Promise<readonly WorkingGroup[]> {
    const noted = await Promise.all((await this.memberships.of(user)).map(({ group }) => this.held(group)));
    return [...new Set([...noted, ...this.served()])].filter((group) => group !== null).filter((group) => isMember(group, user));
  }

  /** The same as far as they are known here, for what is only read of them. */
  known(user: string): readonly WorkingGroup[] {
    return this.groups.all().filter((group) => isMember(group, user));
  }

  /** Whether somebody's seat sleeps in any group. */
  async sleeps(user: string): Promise<boolean> {
    return this.served().some(({ rooms }) => isAsleep(rooms.group(), user)) || (await this.memberships.of(user)).some((place) => this.isElsewhere(place) && place.state === 'asleep');
  }

  /** Everybody whose seat sleeps in any group. */
  async asleep(): Promise<readonly string[]> {
    const elsewhere = (await this.memberships.all()).filter((place) => this.isElsewhere(place) && place.state === 'asleep').map(({ user }) => user);
    return [...new Set([...elsewhere, ...this.served().flatMap(({ rooms }) => Object.keys(rooms.group().asleep))])];
  }

  /** Whether a reset stands in every group in which the account sits. Of a group that another process has it is known only that the seat sleeps. */
  async isReset(user: string, link: string): Promise<boolean> {
    const elsewhere = (await this.memberships.of(user)).filter((place) => this.isElsewhere(place));
    return elsewhere.every(({ state }) => state !== 'seated') && this.served().every(({ rooms }) => !seatOf(rooms.group(), user) || own(rooms.group().asleep, user)?.link === link);
  }

  /** The groups that this process has. */
  served(): readonly WorkingGroup[] {
    return this.groups.all().filter(({ rooms }) => rooms.serves);
  }

  private isElsewhere({ group }: Membership): boolean {
    return !this.groups.here(group)?.rooms.serves;
  }
}
