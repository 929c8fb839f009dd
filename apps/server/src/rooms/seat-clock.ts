import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { report } from './report.ts';
import { Rooms } from './rooms.ts';

const LOOK_MS = 10_000;

/** Looks now and then whether a seat has slept for long enough. What makes it wake is an entry, judged by the entry's own time. */
@Injectable()
export class SeatClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly rooms: Rooms) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.rooms.wakeDue().catch((error: unknown) => report('seat-not-woken', error)), LOOK_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }
}
