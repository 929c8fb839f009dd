import { Injectable } from '@nestjs/common';
import type { GroupEvent } from '@parley/negotiation';
import { GROUP_SUBJECT } from '../record/entry.ts';
import { Logs } from '../record/logs.ts';
import type { RecordLog } from '../record/record-log.ts';
import { Rooms } from '../rooms/rooms.ts';

/** Everybody who ever sat in the working group. */
@Injectable()
export class Members {
  private readonly users = new Set<string>();
  private next = 0;

  private readonly log: RecordLog;

  constructor(rooms: Rooms, logs: Logs) {
    this.log = logs.of(rooms.catalogue.shared);
  }

  /** Reads on from where it last was. */
  async ever(): Promise<ReadonlySet<string>> {
    for await (const page of this.log.read(GROUP_SUBJECT, this.next)) {
      for (const entry of page) {
        if (entry.kind === 'act') for (const event of entry.events as readonly GroupEvent[]) if (event.e === 'seated') this.users.add(event.seat.user);
        this.next = Math.max(this.next, entry.index + 1);
      }
    }
    return this.users;
  }
}
