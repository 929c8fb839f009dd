import type { Json } from '@parley/ledger';
import { documentActSchema, type Refusal, type Refusing, type SentAct, sentActSchema, unfitIn } from '@parley/protocol';
import { actIn } from './act-in.ts';
import { cut, type Piece } from './pieces.ts';

/** What the body of an act held; the act itself comes in so many pieces. */
type Found = { readonly ok: true; readonly sent: SentAct; readonly pieces: number } | Refusing;

/** What reading a body came to, and how many milliseconds it took. */
export interface Reading { readonly found: Found; readonly tookMs: number }

/** Reads bodies of requests that bring an act on a document, one after the other, and keeps the last in pieces. */
export class LargeActs {
  private pieces: readonly Piece[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Refuses what is not the form of an act that clients may send, and text with characters that no text has. */
  read(body: Uint8Array): Reading {
    const began = this.now(), found = this.find(body);
    return { found, tookMs: this.now() - began };
  }

  /** A piece of the act that was read last. */
  piece(n: number): Piece {
    return this.pieces[n]!;
  }

  private find(body: Uint8Array): Found {
    this.pieces = [];
    const sent = sentActSchema.safeParse(parsed(body));
    if (!sent.success) return no('bad-request');
    if (unfitIn(sent.data) !== null) return no('bad-text');
    const act = actIn(sent.data, documentActSchema);
    if (!act) return no('bad-request');
    this.pieces = [...cut(act as unknown as Json)];
    return { ok: true, sent: sent.data, pieces: this.pieces.length };
  }
}

const no = (reason: Refusal): Refusing => ({ ok: false, reason });

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
