import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, Entropy, SystemClock, SystemEntropy } from './clock.ts';
import { RecordStore } from './record.store.ts';
import { LogOrigin, Logs } from './logs.ts';

/** The record as the rooms see it. The store behind it comes from whoever opened the database. */
@Module({})
export class RecordModule {
  /** `origin`: the name of the shared log, the same for ever (RECORD 3.1). `clock`: what its entries get their times from. */
  static named(origin: string, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: RecordModule, global: true,
      providers: [
        { provide: LogOrigin, useValue: { origin } }, { provide: Clock, useValue: clock }, { provide: Entropy, useClass: SystemEntropy },
        {
          provide: Logs, inject: [RecordStore, LogOrigin, Clock, Entropy],
          useFactory: (store: RecordStore, name: LogOrigin, clock: Clock, entropy: Entropy) => new Logs(store, name, clock, entropy),
        },
      ],
      exports: [Logs, Clock, Entropy],
    };
  }
}
