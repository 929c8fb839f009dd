import { hex } from '@parley/ledger';
import type { Entropy } from '../record/clock.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { DocumentRow } from '../record/record.store.ts';
import type { SharedLog } from '../record/shared-log.ts';
import type { Announcer } from './announcer.ts';
import { type Appended, Appender } from './appender.ts';
import type { Compactions } from './compactions.ts';
import type { Floor } from './commit-loop.ts';
import { DerivedRows } from './derived.ts';
import { Draft, type Step, turnOf } from './draft.ts';
import type { GroupHost } from './group-host.ts';
import type { Hosts } from './hosts.ts';
import type { PerformedActs } from './performed.ts';
import { report } from './report.ts';
import type { Rules } from './rules.ts';

export interface Parts {
  readonly log: SharedLog; readonly entropy: Entropy; readonly hosts: Hosts; readonly group: GroupHost;
  readonly performed: PerformedActs; readonly announcer: Announcer; readonly rules: Rules; readonly compactions: Compactions;
  readonly patienceMs?: number | undefined;
  /** Words are counted for the lists no more often than this; 0: at every turn. */
  readonly countMs: number;
}

/** What the commit loop works on: the hosts, the record under them, and those who are told. */
export class Turns implements Floor {
  private readonly appender: Appender;
  private readonly derived: DerivedRows;
  /** Thrown away, and not yet told to their readers as rebuilt. */
  private readonly owed = new Set<string>();
  private news = new Set<string>();
  /** Documents that are owed a count, and when they get it. */
  private readonly owing = new Map<string, NodeJS.Timeout>();
  /** Set by the loop that works on this. */
  reload: (subject: string) => void = () => undefined;
  count: (subject: string) => void = () => undefined;

  constructor(private readonly parts: Parts) {
    this.appender = new Appender(parts.log, (...batch) => this.rows(...batch), parts.patienceMs);
    this.derived = new DerivedRows(parts.rules, parts.countMs);
  }

  get reachable(): boolean {
    return this.parts.log.reachable;
  }

  async reach(): Promise<void> {
    await this.parts.log.reopen();
    await this.regroup();
    this.owed.forEach((subject) => this.reload(subject));
  }

  isReady(subject: string): boolean {
    return subject === GROUP_SUBJECT || this.parts.hosts.isOpen(subject);
  }

  async load(subject: string): Promise<void> {
    await this.parts.hosts.load(subject);
    if (this.owed.delete(subject)) this.parts.announcer.rebuilt(subject);
  }

  begin(): Draft {
    const { log, entropy, group, rules } = this.parts;
    const at = log.time();
    return new Draft({
      group: group.state, at, rules, random: () => entropy.fraction(), fresh: () => hex(entropy.bytes(16)),
      encode: (draft, subject) => log.encode(draft, subject, at),
    });
  }

  async commit(draft: Draft): Promise<ReadonlySet<string>> {
    this.news = new Set();
    const { failed, stale } = await this.append(draft);
    const all = new Set([...failed, ...draft.spoiled]);
    for (const subject of all) draft.of(subject).forEach((step) => this.parts.performed.forget(step));
    // The log is opened again before the next turn, and the group read from it.
    if (stale) this.parts.log.close();
    for (const subject of stale ? [...all, ...this.parts.hosts.ids()] : all) this.distrust(subject);
    return all;
  }

  private async append(draft: Draft): Promise<Appended> {
    if (draft.subjects().length === 0) return { failed: new Set(), stale: false };
    try {
      return await this.appender.append(draft);
    } catch (error) {
      report('commit-failed', error);
      return { failed: new Set(draft.subjects()), stale: true };
    }
  }

  deliver(draft: Draft, failed: ReadonlySet<string>): void {
    const { hosts, group, announcer, compactions } = this.parts;
    for (const subject of draft.subjects()) {
      if (failed.has(subject)) continue;
      const steps = draft.of(subject);
      const last = steps.at(-1);
      if (subject === GROUP_SUBJECT) {
        group.commit(steps, draft.now.at);
        announcer.group({ index: last!.index, seats: true });
        continue;
      }
      const host = hosts.get(subject)!;
      this.derived.written(host, draft.now.at);
      if (last) {
        const after = host.last;
        host.stands({ index: last.index, leafHash: last.entry.leafHash }, draft.now.at, steps.length);
        announcer.turn(turnOf(subject, after, steps, draft.now.at));
        compactions.seen(host, draft.now.at);
      }
      if (this.news.has(subject)) announcer.group({ index: host.last, seats: false });
      if (this.derived.owes(host)) this.countLater(subject);
    }
  }

  /** Counts what is owed now: nothing is typed any more. */
  countAll(): void {
    for (const subject of [...this.owing.keys()]) this.countNow(subject);
  }

  private countLater(subject: string): void {
    if (!this.owing.has(subject)) this.owing.set(subject, setTimeout(() => this.countNow(subject), this.parts.countMs));
  }

  private countNow(subject: string): void {
    clearTimeout(this.owing.get(subject));
    this.owing.delete(subject);
    // One that was closed is counted with its next entry.
    if (this.parts.hosts.isOpen(subject)) this.count(subject);
  }

  /** What is said to be in a document's row is not: the next count writes it whatever it says. */
  forgetCount(subject: string): void {
    const host = this.parts.hosts.get(subject);
    if (host) this.derived.forget(host);
  }

  rest(): void {
    this.parts.hosts.rest();
  }

  /** Throws a document's memory away; it is opened again from the record, now or when the record can be reached. */
  private distrust(subject: string): void {
    if (subject === GROUP_SUBJECT) return;
    this.parts.hosts.drop(subject);
    this.owed.add(subject);
    if (this.reachable) this.reload(subject);
  }

  /** Reads the group again: entries that were given up may be there after all, or somebody else's. */
  private async regroup(): Promise<void> {
    const { group, log, announcer } = this.parts;
    const before = JSON.stringify(group.state);
    await group.load(log);
    if (JSON.stringify(group.state) !== before) announcer.group({ index: log.size - 1, seats: true });
  }

  /** The rows that say something else. What acts do is counted with them; what is typed, as often as that is worth. */
  private rows(draft: Draft, subjects: readonly string[], steps: readonly Step[], first: number): DocumentRow[] {
    const last = new Map(steps.map((step, i) => [step.subject, first + i]));
    const now = new Set([...draft.counted, ...steps.filter((step) => step.draft.kind === 'act').map((step) => step.subject)]);
    return subjects.flatMap((subject) => {
      const host = subject === GROUP_SUBJECT ? undefined : this.parts.hosts.get(subject);
      if (!host) return [];
      const { row, news } = this.derived.row(host, this.parts.group.state, last.get(subject) ?? host.last, draft.now.at, now.has(subject));
      if (news) this.news.add(subject);
      return row ? [row] : [];
    });
  }
}
