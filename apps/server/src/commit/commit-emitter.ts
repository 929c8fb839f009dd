import type { Audience } from '@parley/negotiation';
import type { Commit } from '@parley/protocol';
import { report } from './report.ts';

/** The working group after an entry of its own. */
export interface GroupChange { readonly index: number }

type Listener<T extends readonly unknown[]> = (...args: T) => void;

/** Who is told of what is durable. A listener that throws loses its own news and nobody else's. */
export class CommitEmitter {
  private readonly commits: Listener<[Commit, Audience]>[] = [];
  private readonly rebuilds: Listener<[string, Audience]>[] = [];
  private readonly leavings: Listener<[]>[] = [];
  private readonly groups: Listener<[GroupChange & { readonly seats: boolean }]>[] = [];

  onCommitted(listener: Listener<[Commit, Audience]>): void {
    this.commits.push(listener);
  }

  onRebuilt(listener: Listener<[string, Audience]>): void {
    this.rebuilds.push(listener);
  }

  onGroupChanged(listener: Listener<[GroupChange & { readonly seats: boolean }]>): void {
    this.groups.push(listener);
  }

  onLeft(listener: Listener<[]>): void {
    this.leavings.push(listener);
  }

  left(): void {
    tell(this.leavings);
  }

  committed(commit: Commit, readers: Audience): void {
    tell(this.commits, commit, readers);
  }

  rebuilt(doc: string, readers: Audience): void {
    tell(this.rebuilds, doc, readers);
  }

  groupChanged(moved: GroupChange & { readonly seats: boolean }): void {
    tell(this.groups, moved);
  }
}

function tell<T extends readonly unknown[]>(listeners: readonly Listener<T>[], ...args: T): void {
  for (const listener of listeners) {
    try {
      listener(...args);
    } catch (error) {
      report('listener-failed', error);
    }
  }
}
