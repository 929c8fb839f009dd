import { Quota, Quotas } from './quota.ts';
import { OpenDocuments } from './open-documents.ts';
import { GroupOrder } from './group-order.ts';

const MIB = 1024 * 1024;

/** What waits for its turn: so much in all groups together, and of one user. */
const WAITING = { jobs: 10_000, bytes: 128 * MIB };
const OF_USER = { jobs: 1_000, bytes: 16 * MIB };
/** How many bytes of states may wait to be written. What comes beyond is not kept: its document is opened from an older state and more entries. */
const STATES = { jobs: Infinity, bytes: 32 * MIB };

/** What all groups of a process share: nobody gets more of it by sitting in more of them, and no group takes it from all others. */
export class ProcessBounds {
  readonly waiting = new Quota(WAITING);
  readonly users = new Quotas(OF_USER);
  readonly states = new Quota(STATES);

  constructor(readonly groups = new GroupOrder(), readonly documents = new OpenDocuments()) {}
}
