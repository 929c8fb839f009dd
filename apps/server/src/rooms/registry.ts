import * as Y from 'yjs';
import type { Write } from '../record/entry.ts';

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

  /** Binds the ids under which something was written. */
  bindAll(write: Write): void {
    for (const client of Y.parseUpdateMeta(write.update).to.keys()) this.bind(client, write.by);
  }
}
