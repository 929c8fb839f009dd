import { canonical, hex, type Json, sha256, utf8 } from '@parley/ledger';
import { type Act, ACTS, type FormerAct, type LegibleParts } from '@parley/negotiation';

/** Who says what of an act is legible: the acts there are. */
interface Legibility { legibleOf(t: string): LegibleParts }

/**
 * How an act travels and is recorded: `op` is canonical text that goes into the leaf verbatim; what has words in it (titles, texts,
 * reasons, replaced words) goes into `words`, which the leaf names only by hash, so that it can be erased without breaking the tree. `words`
 * carries a salt of its own, or a short text could be guessed from its hash.
 */
export interface SentAct { readonly op: string; readonly words: string }

const ALWAYS = { v: true, id: true, t: true, doc: true } as const;

/** What of an act stands legibly in its leaf, and what its words hold besides the salt. */
interface Divided { readonly plain: Readonly<Record<string, Json>>; readonly wordy: Readonly<Record<string, Json>> }

function divided(act: { readonly t: string }, acts: Legibility): Divided {
  const plain: Record<string, Json> = {}, wordy: Record<string, Json> = {};
  const legible: LegibleParts = { ...acts.legibleOf(act.t), ...ALWAYS };
  for (const [field, value] of Object.entries(act) as [string, Json][]) {
    if (value === undefined) continue;
    const shown = shownOf(value, Object.hasOwn(legible, field) ? legible[field] : undefined);
    if (shown.value !== undefined) plain[field] = shown.value;
    if (!shown.whole) wordy[field] = value;
  }
  return { plain, wordy };
}

/** The act as canonical text, with what its definition names as legible in `op`. `salt`: at least 16 random bytes in lower-case hex. */
export function writeAct(act: Act | FormerAct, salt: string, acts: Legibility = ACTS): SentAct {
  const { plain, wordy } = divided(act, acts), words = canonical({ salt, ...wordy });
  return { op: canonical({ ...plain, words: digestOfText(words) }), words };
}

const digestOfText = (text: string): string => hex(sha256(utf8(text)));

/** What of a value is legible, and whether that is all of it. What is not named is not shown: of a value with parts, where parts are named, those; of a list the same of every one. */
function shownOf(value: Json, legible: LegibleParts[string] | undefined): { readonly value?: Json; readonly whole: boolean } {
  if (legible === undefined) return { whole: false };
  if (Array.isArray(value)) return shownOfAll(value as readonly Json[], legible);
  if (typeof value !== 'object' || value === null) return legible === true ? { value, whole: true } : { whole: false };
  if (legible === true) return { whole: false };
  const parts = Object.entries(value as Readonly<Record<string, Json>>).filter(([, part]) => part !== undefined)
    .map(([name, part]) => ({ name, ...shownOf(part, Object.hasOwn(legible, name) ? legible[name] : undefined) }));
  return { value: Object.fromEntries(parts.flatMap((part) => (part.value === undefined ? [] : [[part.name, part.value]]))), whole: parts.every(({ whole }) => whole) };
}

function shownOfAll(values: readonly Json[], legible: LegibleParts[string]): { readonly value?: Json; readonly whole: boolean } {
  const all = values.map((one) => shownOf(one, legible));
  if (all.some(({ value }) => value === undefined)) return { whole: false };
  return { value: all.map(({ value }) => value!), whole: all.every(({ whole }) => whole) };
}

/**
 * The act behind `sent`, or null when the two do not belong together: not canonical, the hash differs, or a legible part says something else
 * than the words. What comes back still has to pass the schema of its act.
 */
export function readAct(sent: SentAct, acts: Legibility = ACTS): { [field: string]: Json } | null {
  const op = parsed(sent.op);
  const words = parsed(sent.words);
  if (!op || !words) return null;
  const { words: hash, ...plain } = op;
  const { salt, ...wordy } = words;
  // They were found canonical: their text is what is hashed. To write them again would cost as much as to read them.
  if (typeof salt !== 'string' || salt.length < 32 || hash !== digestOfText(sent.words)) return null;
  const act = { ...plain, ...wordy }, again = divided(act as unknown as Act, acts), fields = Object.keys(again.wordy);
  if (fields.length !== Object.keys(wordy).length || !fields.every((field) => Object.hasOwn(wordy, field))) return null;
  return canonical({ ...again.plain, words: hash }) === sent.op ? act : null;
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
