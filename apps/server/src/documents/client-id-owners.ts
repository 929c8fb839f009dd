/** Under which name the server itself writes. */
export const SERVER_USER = 'server';

/** Nobody loads a page of one document so often; more would make the state vector larger than a message. */
export const CLIENTS_OF_ONE = 10_000;

/**
 * Who writes under which Yjs client id in one document. An id belongs for ever to the first who wrote under it: Yjs itself lets anybody write
 * under any id, so authorship is only what the server binds here.
 */
export class ClientIdOwners {
  private readonly users = new Map<number, string>();
  private readonly counts = new Map<string, number>();

  mayWriteAs(client: number, user: string): boolean {
    const owner = this.users.get(client);
    return owner === undefined ? (this.counts.get(user) ?? 0) < CLIENTS_OF_ONE : owner === user;
  }

  /** An id that nobody had, from now on this user's. */
  newId(user: string): number {
    for (;;) {
      const client = Math.floor(Math.random() * 2 ** 32);
      if (this.users.has(client)) continue;
      this.bind(client, user);
      return client;
    }
  }

  bind(client: number, user: string): void {
    if (this.users.has(client)) return;
    this.users.set(client, user);
    this.counts.set(user, (this.counts.get(user) ?? 0) + 1);
  }

  /** Those of the given ids that are bound, and to whom. */
  of(clients: ReadonlySet<number>): [number, string][] {
    return [...this.users].filter(([client]) => clients.has(client));
  }
}
