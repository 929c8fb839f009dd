import type { RoomName } from '@parley/negotiation';
import type { Refusal } from '@parley/protocol';
import type { Words } from './typed.ts';

/** What the status line says; it is the truth at every moment. */
export interface Status {
  readonly state: 'joining' | 'saved' | 'saving' | 'offline' | 'refused' | 'closed';
  /** The last entry known here. */
  readonly entry: number;
  /** Local changes that the server has not acknowledged. */
  readonly pending: number;
  /** False when this device could not keep a pending change: it lives in this page only. */
  readonly kept: boolean;
  readonly reason?: Refusal;
}

export const equalStatus = (a: Status, b: Status): boolean =>
  a.state === b.state && a.entry === b.entry && a.pending === b.pending && a.kept === b.kept && a.reason === b.reason;

/** Words that the server refused for good: they go back to whoever typed them, and the room stands as the server has it. */
export interface HandedBack { readonly room: RoomName; readonly reason: Refusal; readonly words: readonly Words[] }

/** The server said no, and asking again would not change it. */
export class RoomRefused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason);
    this.name = 'RoomRefused';
  }
}
