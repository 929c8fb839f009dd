import { existsSync, readFileSync } from 'node:fs';
import type { Rules } from '../../apps/server/src/commit/rules.ts';

/** What the loop is told that a request takes, and what so many bytes more take: the largest that the validator takes, 2,500 structs, some six milliseconds. */
const REQUEST_MS = 1, BYTES_A_MS = 4_096;

/** A clock that work moves, and nothing else: so a machine that does other things meanwhile changes nothing of what is counted. */
export class WorkClock {
  private at = 0;

  /** The loop looks before and after each request. */
  readonly look = (): number => (this.at += REQUEST_MS / 2);

  get now(): number { return this.at; }

  takes(ms: number): void { this.at += ms; }

  weighing(rules: Rules): Rules {
    return { ...rules, validate: (doc, update, who) => { this.takes(update.length / BYTES_A_MS); return rules.validate(doc, update, who); } };
  }
}

/** What Linux says that the thread of this loop has worked: neither what other programs do is any of it, nor what a worker does. */
const LOOP = `/proc/self/task/${process.pid}/schedstat`;
/** Whether the work of the loop can be told from that of its workers here. */
export const knowsLoop = existsSync(LOOP);

/** How long the loop has worked, in milliseconds; the whole process where nobody tells. */
export function worked(): number {
  if (knowsLoop) return Number(readFileSync(LOOP, 'utf8').split(' ')[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
