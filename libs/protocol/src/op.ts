import { canonical, digestOfJson, type Json } from '@parley/ledger';
import type { Act } from '@parley/negotiation';

/**
 * How an act travels and is recorded (DESIGN 6): `op` is canonical text that goes into the leaf verbatim; what has words in it (titles, texts,
 * reasons, replaced words) goes into `words`, which the leaf names only by hash, so that it can be erased without breaking the tree. `words`
 * carries a salt of its own, or a short text could be guessed from its hash.
 */
export interface SentAct { readonly op: string; readonly words: string }

const WORDY = new Set(['title', 'provisions', 'reason', 'proposal', 'givesUp', 'name', 'delegations']);
const LEGIBLE: Readonly<Record<string, readonly string[]>> = { proposal: ['on', 'party', 'provision', 'key', 'digest', 'version'] };

/** The act as canonical text. `salt`: at least 16 random bytes in lower-case hex. */
export function writeAct(act: Act, salt: string): SentAct {
  const plain: Record<string, Json> = {};
  const wordy: Record<string, Json> = { salt };
  for (const [field, value] of Object.entries(act) as [string, Json][]) {
    if (value === undefined) continue;
    if (!WORDY.has(field)) { plain[field] = value; continue; }
    wordy[field] = value;
    const legible = LEGIBLE[field];
    if (legible) plain[field] = Object.fromEntries(legible.flatMap((name) => {
      const part = (value as Record<string, Json>)[name];
      return part === undefined ? [] : [[name, part]];
    }));
  }
  const words = canonical(wordy);
  return { op: canonical({ ...plain, words: digestOfJson(wordy) }), words };
}

/**
 * The act behind `sent`, or null when the two do not belong together: not canonical, the hash differs, or a legible part says something else
 * than the words. What comes back still has to pass the schema of its act.
 */
export function readAct(sent: SentAct): { [field: string]: Json } | null {
  const op = parsed(sent.op);
  const words = parsed(sent.words);
  if (!op || !words) return null;
  const { words: hash, ...plain } = op;
  const { salt, ...wordy } = words;
  if (typeof salt !== 'string' || salt.length < 32 || hash !== digestOfJson(words)) return null;
  const act = { ...plain, ...wordy };
  return writeAct(act as unknown as Act, salt).op === sent.op ? act : null;
}

function parsed(text: string): { [field: string]: Json } | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return canonical(value as Json) === text ? (value as { [field: string]: Json }) : null;
  } catch {
    return null;
  }
}
