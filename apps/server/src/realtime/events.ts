import type { Action } from '@parley/negotiation';
import { type ClientEvents, compareSchema, joinSchema, leaveSchema, presenceSchema, updateSchema } from '@parley/protocol';
import type { z } from 'zod';

/**
 * One event: what it must look like, what is asked of the seat before anything is done, and which purse pays. That the seat may do it to *that*, now, is judged
 * by the rooms, at the instant when the turn of the request comes.
 */
export interface Row { readonly schema: z.ZodType; readonly asks: Action | 'signedIn'; readonly purse: 'asking' | 'presence' }

/** Everything a socket can ask. */
export const EVENTS: Readonly<Record<keyof ClientEvents, Row>> = {
  join: { schema: joinSchema, asks: 'read', purse: 'asking' },
  leave: { schema: leaveSchema, asks: 'signedIn', purse: 'asking' },
  update: { schema: updateSchema, asks: 'read', purse: 'asking' },
  compare: { schema: compareSchema, asks: 'read', purse: 'asking' },
  presence: { schema: presenceSchema, asks: 'signedIn', purse: 'presence' },
};

/** Throws with every event that is handled without its row, or has a row that lacks something. Called before listening. */
export function everyEventHasItsRow(handled: readonly string[], rows: Readonly<Record<string, Partial<Row> | undefined>> = EVENTS): void {
  const row = (event: string): Partial<Row> | undefined => (Object.hasOwn(rows, event) ? rows[event] : undefined);
  const lacking = handled.filter((event) => !row(event)?.schema || !row(event)?.asks || !row(event)?.purse);
  if (lacking.length > 0) throw new Error(`these events do not say what they look like and whom they are for, in events.ts: ${lacking.join(', ')}`);
}
