import type { Turn } from '@parley/protocol';
import { report } from './report.ts';
import type { GroupMoved } from './rooms.ts';

type Listener<T> = (told: T) => void;

/** Who is told of what is durable. A listener that throws loses its own news and nobody else's. */
export class Announcer {
  private readonly turns: Listener<Turn>[] = [];
  private readonly rebuilds: Listener<string>[] = [];
  private readonly groups: Listener<GroupMoved & { readonly seats: boolean }>[] = [];

  onTurn(listener: Listener<Turn>): void {
    this.turns.push(listener);
  }

  onRebuilt(listener: Listener<string>): void {
    this.rebuilds.push(listener);
  }

  onGroup(listener: Listener<GroupMoved & { readonly seats: boolean }>): void {
    this.groups.push(listener);
  }

  turn(turn: Turn): void {
    tell(this.turns, turn);
  }

  rebuilt(doc: string): void {
    tell(this.rebuilds, doc);
  }

  group(moved: GroupMoved & { readonly seats: boolean }): void {
    tell(this.groups, moved);
  }
}

function tell<T>(listeners: readonly Listener<T>[], told: T): void {
  for (const listener of listeners) {
    try {
      listener(told);
    } catch (error) {
      report('listener-failed', error);
    }
  }
}
