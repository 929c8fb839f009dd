import { Injectable } from '@nestjs/common';
import { partyOf } from '@parley/negotiation';
import {
  type Caret, type ClientEvents, type CompareAnswer, type CompareRequest, compareSchema, type Joined, type JoinRequest, joinSchema, leaveSchema, presenceSchema, type Refusing,
  type UpdateAnswer, type UpdateRequest, updateSchema,
} from '@parley/protocol';
import type { z } from 'zod';
import { factsOf, log } from '../log.ts';
import { Rooms } from '../rooms/rooms.ts';
import { admittedOut, bytesIn } from './bytes.ts';
import { PresenceBoard } from './presence-board.ts';
import { type Caller, inDocument } from './visitor.ts';

const DOCUMENTS_AT_ONCE = 50;

const refusing = (reason: Refusing['reason']): Refusing => ({ ok: false, reason });

/** One event: what it must look like and what is done. The purse says how often. */
interface Row { readonly schema: z.ZodType; readonly purse: 'asking' | 'presence'; handle(socket: Caller, request: never): unknown }

/**
 * Everything a socket can ask, in one table; what is not in it is refused. Every request is acknowledged, and none can throw past `answer`. Whether the user
 * may do it is judged by the rooms, at the instant when its turn comes.
 */
@Injectable()
export class Requests {
  private readonly rows: Readonly<Record<keyof ClientEvents, Row>> = {
    join: { schema: joinSchema, purse: 'asking', handle: (socket, request: JoinRequest) => this.join(socket, request) },
    leave: { schema: leaveSchema, purse: 'asking', handle: (socket, { doc }: { doc: string }) => this.leave(socket, doc) },
    update: { schema: updateSchema, purse: 'asking', handle: (socket, request: UpdateRequest) => this.update(socket, request) },
    compare: { schema: compareSchema, purse: 'asking', handle: (socket, request: CompareRequest) => this.compare(socket, request) },
    presence: { schema: presenceSchema, purse: 'presence', handle: (socket, { doc, caret }: { doc: string; caret: Caret | null }) => this.move(socket, doc, caret) },
  };

  /** Copies found to differ since the start. */
  private differing = 0;

  constructor(private readonly rooms: Rooms, private readonly board: PresenceBoard) {}

  /** Does what a socket asked for; `acknowledge` hears the outcome, whatever it is. */
  async answer(socket: Caller, event: string, payload: unknown, acknowledge: (outcome: unknown) => void): Promise<void> {
    const row = Object.hasOwn(this.rows, event) ? this.rows[event as keyof ClientEvents] : null;
    if (!row) return acknowledge(refusing('bad-request'));
    if (!socket.data.purses[row.purse].take()) return acknowledge(refusing('busy'));
    try {
      const parsed = row.schema.safeParse(bytesIn(payload));
      acknowledge(parsed.success ? await row.handle(socket, parsed.data as never) : refusing('bad-request'));
    } catch (error) {
      log.error('socket request failed', { asked: event, user: socket.data.user, ...factsOf(error) });
      acknowledge(refusing('server-error'));
    }
  }

  private async join(socket: Caller, request: JoinRequest): Promise<Joined | Refusing> {
    if (this.board.countOf(socket.id) >= DOCUMENTS_AT_ONCE) return refusing('busy');
    const admitted = await this.rooms.join(socket.data.user, request);
    // From here to the acknowledgement nothing waits: the next turn must find the socket in the room, behind this answer.
    if (!admitted.ok) return admitted;
    if (!socket.connected) return refusing('signed-out');
    void socket.join(inDocument(request.doc));
    this.board.enter(request.doc, socket.id);
    return { ...admittedOut(admitted), presence: this.board.people(request.doc) };
  }

  private leave(socket: Caller, doc: string): { ok: true } {
    void socket.leave(inDocument(doc));
    this.board.leave(doc, socket.id);
    return { ok: true };
  }

  private update(socket: Caller, request: UpdateRequest): Promise<UpdateAnswer> {
    return this.rooms.update(socket.data.user, request);
  }

  /** A copy that differs is a fault of ours on one side or the other: the operator is told of each. */
  private async compare(socket: Caller, request: CompareRequest): Promise<CompareAnswer> {
    const { user } = socket.data;
    const answer = await this.rooms.compare(user, request);
    if (answer.ok && answer.differ && answer.differ.length > 0) {
      this.differing += 1;
      log.warn('a copy differs', { user, doc: request.doc, entry: answer.entry, rooms: answer.differ.join(' '), sinceStart: this.differing });
    }
    return answer;
  }

  /** Who never writes has no caret. */
  private move(socket: Caller, doc: string, caret: Caret | null): { ok: true } {
    const { actor } = socket.data;
    this.board.move(doc, socket.id, actor && partyOf(actor) !== null ? caret : null);
    return { ok: true };
  }
}
