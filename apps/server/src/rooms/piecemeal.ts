import type { GroupState } from '@parley/negotiation';
import type { Host } from './host.ts';
import type { Rules } from './rules.ts';

/** A document of no more provisions is counted at once, within what a turn may take. */
const SHORT = 200;
/** Of a longer one so many are compared at a time, so often. */
const PIECE = 10, EVERY_MS = 16;

/**
 * What the first count of a long document has to compare, compared beforehand in small pieces between turns: all of a document at its limits takes a second or two, and
 * others type meanwhile. What was compared is remembered with the values themselves.
 */
export class Piecemeal {
  private readonly begun = new WeakSet<Host>();
  private readonly done = new WeakSet<Host>();

  /** `later`: calls when that time has passed. */
  constructor(private readonly rules: Pick<Rules, 'proposalsOf'>, private readonly later = (work: () => void, ms: number): void => void setTimeout(work, ms).unref()) {}

  /** Whether a document can be counted within a turn. If not, it will be before long. */
  isQuick(host: Host, group: GroupState): boolean {
    if (this.done.has(host)) return true;
    const list = host.texts().common?.list ?? [];
    if (list.length <= SHORT) return true;
    if (!this.begun.has(host)) this.go(host, group, list, 0);
    this.begun.add(host);
    return false;
  }

  private go(host: Host, group: GroupState, list: readonly string[], from: number): void {
    this.rules.proposalsOf(host.scenery(group), list.slice(from, from + PIECE));
    if (from + PIECE < list.length) this.later(() => this.go(host, group, list, from + PIECE), EVERY_MS);
    else this.done.add(host);
  }
}
