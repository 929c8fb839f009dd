import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, Entropy, SystemClock, SystemEntropy } from './clock.ts';

/** What every record is made with. The stores behind it come from whoever opened the database. */
@Module({})
export class RecordModule {
  /** `clock`: what entries get their times from. */
  static by(clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: RecordModule, global: true,
      providers: [{ provide: Clock, useValue: clock }, { provide: Entropy, useClass: SystemEntropy }],
      exports: [Clock, Entropy],
    };
  }
}
