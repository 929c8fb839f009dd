/** Under which name the server itself writes. */
export const SERVER_USER = 'server';

/**
 * Who writes under which Yjs client id in one document. An id belongs for ever to the first who wrote under it: Yjs itself lets anybody write
 * under any id, so authorship is only what the server binds here (YJS 0.3 step 2).
 */
export class Registry {
  private readonly users = new Map<number, string>();

  mayWriteAs(client: number, user: string): boolean {
    return (this.users.get(client) ?? user) === user;
  }

  has(client: number): boolean {
    return this.users.has(client);
  }

  bind(client: number, user: string): void {
    if (!this.users.has(client)) this.users.set(client, user);
  }

  /** Those of the given ids that are bound, and to whom. */
  of(clients: ReadonlySet<number>): [number, string][] {
    return [...this.users].filter(([client]) => clients.has(client));
  }
}
