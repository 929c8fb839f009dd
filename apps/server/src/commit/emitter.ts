import { EventEmitter } from 'node:events';
import { logger } from '../logger.ts';

/** Events by name, each with its payload. */
type EventsOf<E> = Record<keyof E, unknown[]>;

/** Whom listeners ask to be told of events. */
export interface EventSource<E extends EventsOf<E>> {
  on<K extends keyof E & string>(event: K, listener: (...payload: E[K]) => void): void;
}

/** Node's emitter with typed events. A listener that throws loses its own news and nobody else's. */
export class Emitter<E extends EventsOf<E>> implements EventSource<E> {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  on<K extends keyof E & string>(event: K, listener: (...payload: E[K]) => void): void {
    this.emitter.on(event, (...payload: E[K]) => {
      try {
        listener(...payload);
      } catch (error) {
        logger.failed('listener-failed', error, { event });
      }
    });
  }

  emit<K extends keyof E & string>(event: K, ...payload: E[K]): void {
    this.emitter.emit(event, ...payload);
  }
}
