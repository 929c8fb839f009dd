import { type Actor, foldGroup, type GroupAct, type GroupEvent, type GroupState, type Mark, NO_GROUP, RULES_VERSION } from '@parley/negotiation';
import type { SentAct } from '@parley/protocol';
import { type ActDraft, GROUP_SUBJECT } from '../record/entry.ts';
import type { RecordLog } from '../record/record-log.ts';
import { type About, type Now, type Step, stepOf } from './draft.ts';
import type { Refused } from '@parley/negotiation';

const GROUP: About = { id: GROUP_SUBJECT, subject: GROUP_SUBJECT };

/** The working group, as committed. An act on it has a turn of its own, so no document is judged by seats that are not durable yet. */
export class GroupHost {
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

  /** Judges an act; nothing changes before `commit`. */
  judge(actor: Actor, act: GroupAct, sent: SentAct, now: Now): { readonly ok: true; readonly step: Step } | Refused {
    const verdict = now.rules.decideGroup(act, { actor, group: this.now, at: now.at, wakeAfter: this.wakeAfter });
    if (!verdict.ok) return verdict;
    return { ok: true, step: stepOf({ kind: 'act', by: actor.user, act, sent, rules: RULES_VERSION, writes: [], events: verdict.value }, GROUP, now) };
  }

  commit(steps: readonly Step[], at: number): void {
    for (const { draft } of steps) if (draft.kind === 'act') this.now = folded(this.now, draft.events, { user: draft.by, at });
  }
}

const folded = (state: GroupState, events: ActDraft['events'], mark: Mark): GroupState =>
  (events as readonly GroupEvent[]).reduce((before, event) => foldGroup(before, event, mark), state);
