import { Injectable } from '@nestjs/common';

/** What changes accounts together with seats, one after the other: neither looks at what the other is about to change. */
@Injectable()
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
