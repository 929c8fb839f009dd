/** Listeners by event name. A listener that throws does not keep the others from hearing; what it threw comes out at the end. */
export class Emitter<Events> {
  private readonly listeners = new Map<keyof Events, Set<(payload: never) => void>>();

  /** The returned function takes the listener off again. */
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void {
    const heard = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, heard.add(listener as (payload: never) => void));
    return () => void heard.delete(listener as (payload: never) => void);
  }

  emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    const thrown: unknown[] = [];
    for (const listener of [...(this.listeners.get(event) ?? [])]) {
      try {
        (listener as (payload: Events[E]) => void)(payload);
      } catch (error) {
        thrown.push(error);
      }
    }
    if (thrown.length > 0) throw thrown[0];
  }
}
