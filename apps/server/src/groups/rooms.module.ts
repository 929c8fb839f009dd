import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, Entropy } from '../record/clock.ts';
import { GroupStore } from '../record/group.store.ts';
import { MembershipStore } from '../record/membership.store.ts';
import { WorkerActReader } from './act-reader.ts';
import { ActReading } from './act-reading.ts';
import { GroupLeases } from '../commit/group-leases.ts';
import { type Replayer, WorkerReplayer } from '../documents/replayer.ts';
import { Replays } from '../documents/replays.ts';
import { SeatClock } from './seat-clock.ts';
import { ServerGroups } from './server-groups.ts';
import type { RoomsOptions } from './server-rooms.ts';
import { WorkingGroups } from './working-groups.ts';

@Module({})
export class RoomsModule {
  /** `host`: where Parley is. `replayer`: what looks at earlier instants, when not a worker. */
  static with({ replayer, host, ...options }: RoomsOptions & { readonly replayer?: Replayer; readonly host: string }): DynamicModule {
    return {
      module: RoomsModule,
      providers: [
        {
          provide: WorkingGroups, inject: [GroupStore, MembershipStore, Clock, Entropy, GroupLeases],
          useFactory: (groups: GroupStore, memberships: MembershipStore, clock: Clock, entropy: Entropy, leases: GroupLeases) =>
            new ServerGroups({ groups, memberships, clock, entropy, leases, host }, { reading: new ActReading(new WorkerActReader()), ...options }),
        },
        { provide: Replays, useFactory: () => new Replays(replayer ?? new WorkerReplayer()) },
        SeatClock,
      ],
      exports: [WorkingGroups, Replays],
    };
  }
}
