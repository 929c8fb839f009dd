import { Injectable } from '@nestjs/common';
import type { Audience } from '@parley/negotiation';
import { type Presence, type Refusal, toWire, type Commit } from '@parley/protocol';
import { type AppSocket, type DocumentAt, type AppServer, inDocument, inGroup } from './socket-session.ts';

/**
 * The one way out to sockets, beside the answer to what each has asked. What is told of a document is told to the readers of one log, and only they are put where it is sent;
 * everything else that goes out from here says nothing of any document.
 */
@Injectable()
export class Outgoing {
  private io: AppServer | null = null;

  through(io: AppServer): void {
    this.io = io;
  }

  /** From now on this socket is sent what is told to these readers of a document. Throws when its seat is not one of theirs. */
  admit(socket: AppSocket, at: DocumentAt, readers: Audience): void {
    if (at.group !== socket.data.group.id || !socket.data.actor || !readers.holds(socket.data.actor)) throw new Error('a socket that is none of the readers');
    void socket.join(inDocument(at, readers));
  }

  dismiss(socket: AppSocket, at: DocumentAt, readers: Audience): void {
    void socket.leave(inDocument(at, readers));
  }

  /** Encoded once for all who get it. */
  commit(group: string, readers: Audience, commit: Commit): void {
    this.io?.to(inDocument({ group, doc: commit.doc }, readers)).emit('commit', toWire(commit));
  }

  rejoin(at: DocumentAt, readers: Audience): void {
    this.io?.to(inDocument(at, readers)).emit('rejoin', { doc: at.doc, log: readers.log });
  }

  presence(at: DocumentAt, readers: Audience, people: readonly Presence[]): void {
    this.io?.to(inDocument(at, readers)).emit('presence', { doc: at.doc, log: readers.log, people });
  }

  /** To everybody who has a seat in the group. */
  group(group: string, index: number): void {
    this.io?.to(inGroup(group)).emit('group', { index });
  }

  closing(socket: AppSocket, reason: Refusal): void {
    socket.emit('closing', { reason });
  }
}
