import { type DynamicModule, Module } from '@nestjs/common';
import { Entropy } from '../record/clock.ts';
import { DifferenceStore } from '../record/difference.store.ts';
import { KeptStateStore } from '../record/kept-state.store.ts';
import { Logs } from '../record/logs.ts';
import { Founders } from './founders.ts';
import { type Replayer, WorkerReplayer } from './replayer.ts';
import { GroupLeases } from './group-leases.ts';
import { Replays } from './replays.ts';
import { Rooms } from './rooms.ts';
import { SeatClock } from './seat-clock.ts';
import { type RoomsOptions, ServerRooms } from './server-rooms.ts';

@Module({})
export class RoomsModule {
  /** `group`: whose rooms. `replayer`: what looks at earlier instants, when not a worker. */
  static with(group: string, { replayer, ...options }: RoomsOptions & { readonly replayer?: Replayer }): DynamicModule {
    return {
      module: RoomsModule,
      providers: [
        {
          provide: Rooms, inject: [Logs, KeptStateStore, DifferenceStore, Entropy, Founders, GroupLeases],
          useFactory: (logs: Logs, kept: KeptStateStore, differences: DifferenceStore, entropy: Entropy, founders: Founders, leases: GroupLeases) =>
            new ServerRooms(logs, kept, differences, entropy, founders, (tenant) => leases.of(group, tenant), options),
        },
        { provide: Replays, inject: [Logs, Rooms], useFactory: (logs: Logs, rooms: Rooms) => new Replays(logs.of(rooms.catalogue.shared), replayer ?? new WorkerReplayer()) },
        SeatClock,
      ],
      exports: [Rooms, Replays],
    };
  }
}
