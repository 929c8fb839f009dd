import { type DynamicModule, Module } from '@nestjs/common';
import { AccountStore } from '../access/account.store.ts';
import { Entropy } from '../record/clock.ts';
import { DifferenceStore } from '../record/difference.store.ts';
import { KeptStateStore } from '../record/kept-state.store.ts';
import { SharedLog } from '../record/shared-log.ts';
import { WorkerReplayer } from './replayer.ts';
import { Replays } from './replays.ts';
import { Rooms } from './rooms.ts';
import { SeatClock } from './seat-clock.ts';
import { ServerRooms } from './server-rooms.ts';

@Module({})
export class RoomsModule {
  /** `wakeAfter`: how long a seat that nobody can confirm sleeps, in milliseconds. */
  static with(wakeAfter: number): DynamicModule {
    return {
      module: RoomsModule,
      providers: [
        {
          provide: Rooms, inject: [SharedLog, KeptStateStore, DifferenceStore, Entropy, AccountStore],
          useFactory: (log: SharedLog, kept: KeptStateStore, differences: DifferenceStore, entropy: Entropy, accounts: AccountStore) =>
            new ServerRooms(log, kept, differences, entropy, accounts, { wakeAfter }),
        },
        { provide: Replays, inject: [SharedLog], useFactory: (log: SharedLog) => new Replays(log, new WorkerReplayer()) },
        SeatClock,
      ],
      exports: [Rooms, Replays],
    };
  }
}
