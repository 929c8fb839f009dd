import type { GroupState } from '@parley/negotiation';
import type { DocumentSession } from './document-session.ts';
import type { Rules } from '../commit/rules.ts';

/** A document of no more provisions is counted at once, within what a commit may take. */
const SHORT = 200;
/** Of a longer one so many are compared at a time, so often. */
const PIECE = 10, EVERY_MS = 16;

/**
 * What the first count of a long document has to compare, compared beforehand in small pieces between commits: all of a document at its limits takes a second or two, and
 * others type meanwhile. What was compared is remembered with the values themselves.
 */
export class IncrementalCount {
  private readonly begun = new WeakSet<DocumentSession>();
  private readonly done = new WeakSet<DocumentSession>();

  /** `later`: calls when that time has passed. */
  constructor(private readonly rules: Pick<Rules, 'proposalsOf'>, private readonly later = (work: () => void, ms: number): void => void setTimeout(work, ms).unref()) {}

  /** Whether a document can be counted within a commit. If not, it will be before long. */
  isQuick(session: DocumentSession, group: GroupState): boolean {
    if (this.done.has(session)) return true;
    const list = session.texts().common?.list ?? [];
    if (list.length <= SHORT) return true;
    if (!this.begun.has(session)) this.go(session, group, list, 0);
    this.begun.add(session);
    return false;
  }

  private go(session: DocumentSession, group: GroupState, list: readonly string[], from: number): void {
    this.rules.proposalsOf(session.shared(group), list.slice(from, from + PIECE));
    if (from + PIECE < list.length) this.later(() => this.go(session, group, list, from + PIECE), EVERY_MS);
    else this.done.add(session);
  }
}
