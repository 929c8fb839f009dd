import type { DifferenceStore } from './difference.store.ts';
import type { SnapshotStore } from './snapshot.store.ts';
import type { RecordStore } from './record.store.ts';

/** A working group as its installation knows it: `id` for ever, `origin` as the name of its shared log. */
export interface GroupRow { readonly id: string; readonly origin: string }

/** What is kept of one working group: all of it under the group's id, and nothing of another's. */
export interface GroupStorage { readonly record: RecordStore; readonly snapshots: SnapshotStore; readonly differences: DifferenceStore }

/** The working groups of the installation. */
export abstract class GroupStore {
  /** Oldest first. */
  abstract all(): Promise<readonly GroupRow[]>;
  abstract byId(id: string): Promise<GroupRow | null>;
  abstract insert(row: GroupRow): Promise<void>;
  /** The oldest; `row`, which is then there, where there was none. Of several processes that ask at one time all get the same. */
  abstract first(row: GroupRow): Promise<GroupRow>;
  abstract storageOf(id: string): GroupStorage;
}
