import type { Audience } from '@parley/negotiation';
import type { Commit } from '@parley/protocol';
import type { DifferenceStore } from '../record/difference.store.ts';
import type { Logs } from '../record/logs.ts';
import type { GroupChange } from '../commit/commit-emitter.ts';
import type { Rooms } from './rooms.ts';

/** One working group as this process has it open: its logs, and everything that happens in it. */
export interface WorkingGroup { readonly id: string; readonly logs: Logs; readonly rooms: Rooms; readonly differences: DifferenceStore }

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
  /** Commits of documents of any group, and who reads all that is in one. */
  abstract onCommitted(listener: (group: WorkingGroup, commit: Commit, readers: Audience) => void): void;
  abstract onRebuilt(listener: (group: WorkingGroup, doc: string, readers: Audience) => void): void;
  /** A group is this process's from now on: what another had to do with it, it may not have done. */
  abstract onTaken(listener: (group: WorkingGroup) => void): void;
  /** A group is another process's from now on. */
  abstract onLeft(listener: (group: WorkingGroup) => void): void;
  abstract onGroupChanged(listener: (group: WorkingGroup, moved: GroupChange & { readonly seats: boolean }) => void): void;
}

/** Whether a group has its name and delegations: before that there is nobody in it. */
export const isEstablished = ({ rooms }: WorkingGroup): boolean => rooms.group().delegations.length > 0;
