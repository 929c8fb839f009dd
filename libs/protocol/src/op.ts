import { canonical, digestOfJson, type Json } from '@parley/ledger';
import type { Act, ActName, FormerAct } from '@parley/negotiation';

/**
 * How an act travels and is recorded (DESIGN 6): `op` is canonical text that goes into the leaf verbatim; what has words in it (titles, texts,
 * reasons, replaced words) goes into `words`, which the leaf names only by hash, so that it can be erased without breaking the tree. `words`
 * carries a salt of its own, or a short text could be guessed from its hash.
 */
export interface SentAct { readonly op: string; readonly words: string }

/**
 * What of each act stands legibly in the leaf, besides `v`, `id`, `t` and `doc`. Everything else goes into `words`. Leaves are for ever: a field that is listed for an act stays
 * listed, and one that is not listed stays out, unless no act of the record has it; acts of the first version of the rules are among them.
 */
const LEGIBLE: Readonly<Record<ActName | FormerAct['t'], readonly string[]>> = {
  openDocument: ['template'], acceptAsBasis: ['digest'], declineBasis: ['digest'], takeBackBasis: [],
  accept: ['proposal', 'parts', 'own', 'result'], decline: ['proposal', 'parts'], withdraw: ['proposal', 'parts'],
  agree: ['provision', 'digest'], takeBackConsent: ['consent'], lapse: ['provision'], approve: ['provision', 'digest'],
  reopen: ['provision'], askReopening: ['provision', 'digest'], grantReopening: ['provision', 'digest'], declineReopening: ['provision', 'digest'], takeBackReopening: ['provision', 'digest'],
  closePaper: [], proposeClosing: [], assentToClosing: ['closing'], declineClosing: ['closing'], takeBackClosing: ['closing'],
  establish: [], appoint: ['user', 'role', 'delegation'], remove: ['user'], keepSeat: ['user'],
  invite: ['link', 'role', 'delegation'], revokeInvitation: ['link'], takeSeat: ['link', 'user'], acceptSeat: ['user', 'role'], declineSeat: ['user'],
  resetAccount: ['user', 'link'], renewAccount: ['user', 'link'], confirmSeat: ['user', 'link'], recoverAccount: ['user'], wakeSeat: ['user'],
};
const ALWAYS = ['v', 'id', 't', 'doc'];

/** Of these fields only what tells which text they are about is legible; the whole of them is in `words`. */
const IN_PART: Readonly<Record<string, readonly string[]>> = {
  proposal: ['on', 'party', 'provision', 'key', 'digest', 'version'],
  parts: ['on', 'party', 'provision', 'key'],
};

/** The act as canonical text. `salt`: at least 16 random bytes in lower-case hex. */
export function writeAct(act: Act | FormerAct, salt: string): SentAct {
  const plain: Record<string, Json> = {};
  const wordy: Record<string, Json> = { salt };
  const legible = [...ALWAYS, ...(Object.hasOwn(LEGIBLE, act.t) ? LEGIBLE[act.t] : [])];
  for (const [field, value] of Object.entries(act) as [string, Json][]) {
    if (value === undefined) continue;
    const names = IN_PART[field], shown = legible.includes(field);
    if (shown) plain[field] = names ? inPart(value, names) : value;
    if (!shown || names) wordy[field] = value;
  }
  const words = canonical(wordy);
  return { op: canonical({ ...plain, words: digestOfJson(wordy) }), words };
}

function inPart(value: Json, names: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((one) => inPart(one as Json, names));
  return Object.fromEntries(names.flatMap((name) => {
    const part = (value as Record<string, Json>)[name];
    return part === undefined ? [] : [[name, part]];
  }));
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
