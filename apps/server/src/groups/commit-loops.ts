import type { Refusal } from '@parley/protocol';
import type { PartyId } from '@parley/text';
import type { CommitLoop } from '../commit/commit-loop.ts';
import type { Job } from '../commit/commit-port.ts';
import { partyOfSubject } from '../documents/subjects.ts';

/** The commit loops of a group, one for each of its logs, made when there is first something to do in it. Together they are opened and closed. */
export class CommitLoops {
  private readonly loops = new Map<PartyId | null, CommitLoop>();
  private refusing: Refusal | null = null;

  /** `make`: the loop of a party's log, of null that of the shared one. */
  constructor(private readonly make: (party: PartyId | null) => CommitLoop) {}

  submit(job: Job): void {
    this.of(job.subject).submit(job);
  }

  reload(subject: string): void {
    this.of(subject).reload(subject);
  }

  open(): void {
    this.refusing = null;
    for (const loop of this.loops.values()) loop.open();
  }

  /** Resolves when what all of them took is answered. */
  async close(refusal: Refusal): Promise<void> {
    this.refusing = refusal;
    await Promise.all([...this.loops.values()].map((loop) => loop.close(refusal)));
  }

  private of(subject: string): CommitLoop {
    const party = partyOfSubject(subject), found = this.loops.get(party);
    if (found) return found;
    const made = this.make(party);
    this.loops.set(party, made);
    if (this.refusing !== null) void made.close(this.refusing);
    return made;
  }
}
