import type { DifferenceStore } from '../record/difference.store.ts';
import type { Logs } from '../record/logs.ts';
import type { EventSource } from '../commit/emitter.ts';
import type { Rooms, RoomsEvents } from './rooms.ts';

/** One working group as this process has it open: its logs, and everything that happens in it. */
export interface WorkingGroup { readonly id: string; readonly logs: Logs; readonly rooms: Rooms; readonly differences: DifferenceStore }

/** What happens in any group, with the group. `taken`: it is this process's from now on: what another had to do with it, it may not have done. */
export type GroupsEvents = { [K in keyof RoomsEvents]: [group: WorkingGroup, ...payload: RoomsEvents[K]] } & { taken: [group: WorkingGroup] };

/** The working groups of the installation. Nobody else makes one, or finds one by anything but its id. */
export abstract class WorkingGroups {
  /** The group of an id; null when there is none. Whether somebody may know of it is for the caller to ask of its seats. */
  abstract of(id: string): Promise<WorkingGroup | null>;
  /** The same, when it is open here. */
  abstract here(id: string): WorkingGroup | undefined;
  /** Those that are open here. */
  abstract all(): readonly WorkingGroup[];
  /** All of the installation: those that another process has made meanwhile are opened here too. */
  abstract everyOne(): Promise<readonly WorkingGroup[]>;
  /** A new one, which nobody has established yet. */
  abstract make(): Promise<WorkingGroup>;
  /** The oldest; a new one where there is none. Of several processes that ask at one time all get the same. */
  abstract first(): Promise<WorkingGroup>;
  abstract readonly events: EventSource<GroupsEvents>;
}

/** Whether a group has its name and delegations: before that there is nobody in it. */
export const isEstablished = ({ rooms }: WorkingGroup): boolean => rooms.group().delegations.length > 0;
