import type { Audience } from '@parley/negotiation';
import type { Turn } from '@parley/protocol';
import { report } from './report.ts';
import type { GroupMoved } from './rooms.ts';

type Listener<T extends readonly unknown[]> = (...told: T) => void;

/** Who is told of what is durable. A listener that throws loses its own news and nobody else's. */
export class Announcer {
  private readonly turns: Listener<[Turn, Audience]>[] = [];
  private readonly rebuilds: Listener<[string, Audience]>[] = [];
  private readonly leavings: Listener<[]>[] = [];
  private readonly groups: Listener<[GroupMoved & { readonly seats: boolean }]>[] = [];

  onTurn(listener: Listener<[Turn, Audience]>): void {
    this.turns.push(listener);
  }

  onRebuilt(listener: Listener<[string, Audience]>): void {
    this.rebuilds.push(listener);
  }

  onGroup(listener: Listener<[GroupMoved & { readonly seats: boolean }]>): void {
    this.groups.push(listener);
  }

  onLeft(listener: Listener<[]>): void {
    this.leavings.push(listener);
  }

  left(): void {
    tell(this.leavings);
  }

  turn(turn: Turn, readers: Audience): void {
    tell(this.turns, turn, readers);
  }

  rebuilt(doc: string, readers: Audience): void {
    tell(this.rebuilds, doc, readers);
  }

  group(moved: GroupMoved & { readonly seats: boolean }): void {
    tell(this.groups, moved);
  }
}

function tell<T extends readonly unknown[]>(listeners: readonly Listener<T>[], ...told: T): void {
  for (const listener of listeners) {
    try {
      listener(...told);
    } catch (error) {
      report('listener-failed', error);
    }
  }
}
