import { readAct, type SentAct } from '@parley/protocol';

interface Schema<A> { safeParse(value: unknown): { readonly success: true; readonly data: A } | { readonly success: false } }

/** The act behind what was sent, when both belong together and it is one that clients may send; else null. */
export function actIn<A>(sent: SentAct, schema: Schema<A>): A | null {
  const parsed = schema.safeParse(readAct(sent));
  return parsed.success ? parsed.data : null;
}
