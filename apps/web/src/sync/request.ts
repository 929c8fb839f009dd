import { english } from '@parley/messages';
import { type Refusal, type RefusalBody, SEAT_HEADER, type SessionView } from '@parley/protocol';
import { RoomRefused } from '@parley/sync';
import { message, refusalSentence } from '../ui/messages.ts';

/** The server refused: which reason, and the sentence for the person. */
export class HttpRefused extends Error {
  readonly refusal: Refusal;
  readonly who: string | undefined;
  constructor(body: RefusalBody) {
    super(body.sentence);
    this.refusal = body.refusal;
    this.who = body.who;
  }
}

/** The request never got an answer; the same request may be sent again. */
export class UnreachableError extends Error {
  constructor() { super('unreachable'); }
}

/** The server answered, and not in words of the wire. */
export class UnreadableAnswer extends Error {
  constructor(readonly status: number) { super(`an answer of status ${status}`); }
}

/** What ends every work of this page: another seat in the cookie, none, or the same person seated elsewhere. */
export type SeatLoss = { readonly refusal: 'seat-changed'; readonly who: string | undefined } | { readonly refusal: 'signed-out' | 'access-changed' };

let seat: string | null = null;
const losses = new Set<(loss: SeatLoss) => void>();

/** From now on every request names this seat: the one the page was loaded for. */
export function loadedFor(user: string): void { seat = user; }

export function onSeatLost(listener: (loss: SeatLoss) => void): () => void {
  losses.add(listener);
  return () => losses.delete(listener);
}

export function seatLost(loss: SeatLoss): void { for (const listener of losses) listener(loss); }

/** The path of something in a group. */
export const inGroup = (group: string, path = ''): string => `/api/groups/${encodeURIComponent(group)}${path && '/'}${path}`;

/** While another process takes the working group over, which may take as long as one keeps a group that it has just taken. */
const TAKING_OVER = [300, 700, ...Array.from({ length: 11 }, () => 1_000)];

/** Asks the server, again where another process takes over and nothing was done. Throws `HttpRefused`, `UnreachableError` or `UnreadableAnswer`. */
export async function request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  for (const pause of TAKING_OVER) {
    try { return await once<T>(method, path, body); } catch (error) {
      if (!(error instanceof HttpRefused) || error.refusal !== 'elsewhere') throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  return once<T>(method, path, body);
}

async function once<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (seat !== null) headers[SEAT_HEADER] = seat;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const answer = await fetch(path, { method, headers, credentials: 'same-origin', ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    .catch(() => { throw new UnreachableError(); });
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json().catch(() => undefined)) as T;
  const refused = new HttpRefused(await refusalOf(answer));
  if (refused.refusal === 'seat-changed') seatLost({ refusal: 'seat-changed', who: refused.who });
  if (refused.refusal === 'signed-out' && seat !== null) seatLost({ refusal: 'signed-out' });
  throw refused;
}

async function refusalOf(answer: Response): Promise<RefusalBody> {
  const body = (await answer.json().catch(() => null)) as Partial<RefusalBody> | null;
  if (body?.refusal && body.sentence) return body as RefusalBody;
  if (answer.status === 502 || answer.status === 504) throw new UnreachableError();
  throw new UnreadableAnswer(answer.status);
}

/** Who is signed in now, where it is not the one this page was loaded for. */
export async function seatedNow(): Promise<string | null> {
  const session = await request<SessionView>('GET', '/api/session').catch(() => null);
  return session?.person && session.person.user !== seat ? session.person.name : null;
}

const PAUSES = [400, 1_200, 3_000];

/** Sends again when no answer came: only for what the server knows by an id of its own. */
export async function persistently<T>(ask: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try { return await ask(); } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  return ask();
}

/** The sentence of anything that was thrown: a refusal has its own, whether it came by HTTP or from the document's connection; of one that this page does not know yet, the server's words. */
export function sentenceOfError(error: unknown): string {
  if (error instanceof RoomRefused) return refusalSentence(error.reason);
  if (error instanceof HttpRefused) return `refusal.${error.refusal}` in english ? refusalSentence(error.refusal) : error.message;
  return message(error instanceof UnreachableError ? 'sync.unreachable' : error instanceof UnreadableAnswer ? 'sync.notUnderstood' : 'sync.pageFailed');
}
