import { Module } from '@nestjs/common';
import { AccountStore } from '../access/account.store.ts';
import { Entropy } from '../record/clock.ts';
import { SharedLog } from '../record/shared-log.ts';
import { Replays } from './replays.ts';
import { Rooms } from './rooms.ts';
import { ServerRooms } from './server-rooms.ts';

@Module({
  providers: [
    {
      provide: Rooms, inject: [SharedLog, Entropy, AccountStore],
      useFactory: (log: SharedLog, entropy: Entropy, accounts: AccountStore) => new ServerRooms(log, entropy, accounts),
    },
    { provide: Replays, inject: [SharedLog], useFactory: (log: SharedLog) => new Replays(log) },
  ],
  exports: [Rooms, Replays],
})
export class RoomsModule {}
