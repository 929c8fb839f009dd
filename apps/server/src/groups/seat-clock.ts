import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { logger } from '../logger.ts';
import { WorkingGroups } from './working-groups.ts';

const LOOK_MS = 10_000;

/** Looks now and then whether a seat has slept for long enough. What makes it wake is an entry, decided by the entry's own time. */
@Injectable()
export class SeatClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly groups: WorkingGroups) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  /** Resolves when everybody who has slept for long enough is awake, in whatever group. */
  async look(): Promise<void> {
    const failed = (error: unknown): void => logger.failed('seat-not-woken', error), groups = await this.groups.everyOne().catch((error: unknown) => { failed(error); return this.groups.all(); });
    await Promise.all(groups.map(({ rooms }) => rooms.wakeDue().catch(failed)));
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }
}
