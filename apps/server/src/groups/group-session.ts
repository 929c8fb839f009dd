import { type Actor, foldGroup, type GroupAct, type GroupEvent, type GroupState, type Attribution, NO_GROUP, RULES_VERSION } from '@parley/negotiation';
import type { SentAct } from '@parley/protocol';
import { type ActContent, GROUP_SUBJECT } from '../record/entry.ts';
import type { RecordLog } from '../record/record-log.ts';
import { type Subject, type CommitContext, type PendingEntry, pendingEntryOf } from '../commit/commit-batch.ts';
import type { Refused } from '@parley/negotiation';

const GROUP: Subject = { id: GROUP_SUBJECT, subject: GROUP_SUBJECT };

/** The working group, as committed. An act on it has a commit of its own, so no document is decided by seats that are not durable yet. */
export class GroupSession {
  private now: GroupState = NO_GROUP;

  /** `wakeAfter`: how long a seat that nobody can confirm sleeps, in milliseconds. */
  constructor(private readonly wakeAfter: number) {}

  get state(): GroupState {
    return this.now;
  }

  async load(log: RecordLog): Promise<void> {
    let state = NO_GROUP;
    for await (const page of log.read(GROUP_SUBJECT)) {
      for (const entry of page) if (entry.kind === 'act') state = folded(state, entry.events, { user: entry.by, at: entry.at });
    }
    this.now = state;
  }

  /** Decides an act; nothing changes before `commit`. */
  decide(actor: Actor, act: GroupAct, sent: SentAct, now: CommitContext): { readonly ok: true; readonly entry: PendingEntry } | Refused {
    const verdict = now.rules.decideGroup(act, { actor, group: this.now, at: now.at, wakeAfter: this.wakeAfter });
    if (!verdict.ok) return verdict;
    return { ok: true, entry: pendingEntryOf({ kind: 'act', by: actor.user, act, sent, rules: RULES_VERSION, writes: [], events: verdict.value }, GROUP, now) };
  }

  commit(pending: readonly PendingEntry[], at: number): void {
    for (const { content } of pending) if (content.kind === 'act') this.now = folded(this.now, content.events, { user: content.by, at });
  }
}

const folded = (state: GroupState, events: ActContent['events'], mark: Attribution): GroupState =>
  (events as readonly GroupEvent[]).reduce((before, event) => foldGroup(before, event, mark), state);
