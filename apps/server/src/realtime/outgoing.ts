import { Injectable } from '@nestjs/common';
import type { Audience } from '@parley/negotiation';
import { type Presence, type Refusal, toWire, type Turn } from '@parley/protocol';
import { type Caller, type Door, GROUP, inDocument } from './visitor.ts';

/**
 * The one way out to sockets, beside the answer to what each has asked. What is told of a document is told to the readers of one log, and only they are put where it is heard;
 * everything else that goes out from here says nothing of any document.
 */
@Injectable()
export class Outgoing {
  private door: Door | null = null;

  through(door: Door): void {
    this.door = door;
  }

  /** From now on this socket hears what is told to these readers of a document. Throws when its seat is not one of theirs. */
  admit(socket: Caller, doc: string, readers: Audience): void {
    if (!socket.data.actor || !readers.holds(socket.data.actor)) throw new Error('a socket that is none of the readers');
    void socket.join(inDocument(doc, readers));
  }

  dismiss(socket: Caller, doc: string, readers: Audience): void {
    void socket.leave(inDocument(doc, readers));
  }

  /** Encoded once for all who get it. */
  turn(readers: Audience, turn: Turn): void {
    this.door?.to(inDocument(turn.doc, readers)).emit('turn', toWire(turn));
  }

  rejoin(readers: Audience, doc: string): void {
    this.door?.to(inDocument(doc, readers)).emit('rejoin', { doc, log: readers.log });
  }

  presence(readers: Audience, doc: string, people: readonly Presence[]): void {
    this.door?.to(inDocument(doc, readers)).emit('presence', { doc, log: readers.log, people });
  }

  /** To everybody who has a seat. */
  group(index: number): void {
    this.door?.to(GROUP).emit('group', { index });
  }

  closing(socket: Caller, reason: Refusal): void {
    socket.emit('closing', { reason });
  }
}
