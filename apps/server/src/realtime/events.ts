import type { Action } from '@parley/negotiation';
import { type ClientEvents, compareSchema, joinSchema, leaveSchema, presenceSchema, updateSchema } from '@parley/protocol';
import type { z } from 'zod';

/**
 * One event: what it must look like, what is asked of the seat before anything is done, and which token bucket pays. That the seat may do it to *that*, now, is decided
 * by the rooms, at the instant when the turn of the request comes.
 */
export interface EventRow { readonly schema: z.ZodType; readonly requires: Action | 'signedIn'; readonly bucket: 'asking' | 'presence' }

/** Everything a socket can ask. */
export const EVENTS: Readonly<Record<keyof ClientEvents, EventRow>> = {
  join: { schema: joinSchema, requires: 'read', bucket: 'asking' },
  leave: { schema: leaveSchema, requires: 'signedIn', bucket: 'asking' },
  update: { schema: updateSchema, requires: 'read', bucket: 'asking' },
  compare: { schema: compareSchema, requires: 'read', bucket: 'asking' },
  presence: { schema: presenceSchema, requires: 'signedIn', bucket: 'presence' },
};

/** Throws with every event that is handled without its row, or has a row that lacks something. Called before listening. */
export function everyEventHasItsRow(handled: readonly string[], rows: Readonly<Record<string, Partial<EventRow> | undefined>> = EVENTS): void {
  const row = (event: string): Partial<EventRow> | undefined => (Object.hasOwn(rows, event) ? rows[event] : undefined);
  const lacking = handled.filter((event) => !row(event)?.schema || !row(event)?.requires || !row(event)?.bucket);
  if (lacking.length > 0) throw new Error(`these events do not say what they look like and whom they are for, in events.ts: ${lacking.join(', ')}`);
}
