import type { Refusal } from '@parley/protocol';
import type { LogName } from '@parley/negotiation';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { CommitBatch } from './commit-batch.ts';

/** One request. */
export interface Job {
  /** The document it is about, or the group. */
  readonly subject: string;
  /** Who asks. */
  readonly user: string;
  /** About how many bytes it holds in memory while it waits. */
  readonly weight: number;
  /** It changes nothing, and its answer is work on what is durable: when a commit has answered enough of these, it comes again in the next. */
  readonly reads?: boolean;
  /** Decides and applies in memory; what it returns is called once the commit is durable, and only then. */
  run(batch: CommitBatch): () => void;
  /** Instead of an answer: nothing of it was applied. */
  fail(refusal: Refusal): void;
}

/** What the loops of a group work on, one for each of its logs; `groups` has its one adapter. */
export interface CommitPort {
  /** False: another process has the group, and whatever waits here is asked there. */
  readonly held: boolean;
  /** Whether nobody else can have it at this instant: what is in memory may be answered. */
  readonly lasts: boolean;
  /** False: the record cannot be reached, or the lease is not known to last; both must be, before anything is decided. */
  readonly reachable: boolean;
  /** Tries to reach it. */
  reach(): Promise<void>;
  isReady(subject: string): boolean;
  load(subject: string): Promise<void>;
  /** The subjects that have to be open for a request about one, itself last. */
  needs(subject: string): readonly string[];
  /** Resolves in an instant in which everything that decisions about a log build on is durable: of a private log, what all share; call it before deciding and before answering, and do either before waiting for anything else. */
  steady(log: LogName): Promise<void>;
  begin(log: LogName): CommitBatch;
  /** Makes durable what the batch has. Gives all subjects that are not; their memory is thrown away already. Never rejects. */
  commit(batch: CommitBatch): Promise<ReadonlySet<string>>;
  /** Tells everybody about what is durable. */
  deliver(batch: CommitBatch, failed: ReadonlySet<string>): void;
  /** The commit has ended. */
  rest(log: LogName): void;
}

/** An act on the group has a commit of its own. */
export const needsOwnCommit = (job: Job): boolean => job.subject === GROUP_SUBJECT;
