import { Injectable } from '@nestjs/common';
import { type Audience, isWriter, type LogName, may } from '@parley/negotiation';
import { type Caret, type ClientEvents, type CompareAnswer, type CompareRequest, fromWire, type Joined, type JoinRequest, type Refusal, type Refusing, toWire, type UpdateAnswer, type UpdateRequest } from '@parley/protocol';
import { noteRefused } from '../access/refusals-log.ts';
import { isAway, whenBack } from '../limits/when-back.ts';
import { logger } from '../logger.ts';
import type { Admitted } from '../groups/rooms.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { heldBack } from './backlog.ts';
import { EVENTS, type EventRow } from './events.ts';
import { Outgoing } from './outgoing.ts';
import { PresenceBoard } from './presence-board.ts';
import type { AppSocket, SocketSession } from './socket-session.ts';

const DOCUMENTS_AT_ONCE = 50;
const UNDER_WAY = 128;
/** A socket that holds back more has enough to read. */
const UNREAD = 1024 * 1024;

const refusing = (reason: Refusing['reason']): Refusing => ({ ok: false, reason });

type Handlers = { readonly [Event in keyof ClientEvents]: (socket: AppSocket, request: Parameters<ClientEvents[Event]>[0]) => unknown };

/** Does what sockets ask. Every request is acknowledged, and none can throw past `answer`. */
@Injectable()
export class Requests {
  private readonly handlers: Handlers = {
    join: (socket, request) => this.join(socket, request),
    leave: (socket, { doc, log }) => this.leave(socket, doc, log),
    update: (socket, request) => this.update(socket, request),
    compare: (socket, request) => this.compare(socket, request),
    presence: (socket, { doc, log, caret }) => this.move(socket, doc, log, caret),
  };

  /** Copies found to differ since the start. */
  private differing = 0;

  constructor(private readonly board: PresenceBoard, private readonly outgoing: Outgoing) {}

  get handled(): readonly string[] {
    return Object.keys(this.handlers);
  }

  /** Does what a socket asked for; `acknowledge` is called with the outcome, whatever it is. */
  async answer(socket: AppSocket, event: unknown, payload: unknown, acknowledge: (outcome: unknown) => void): Promise<void> {
    if (typeof event !== 'string' || !Object.hasOwn(EVENTS, event)) return acknowledge(refusing('bad-request'));
    const row = EVENTS[event as keyof ClientEvents], { data } = socket;
    if (data.underWay >= UNDER_WAY || data.traffic.overdrawn || !data.buckets[row.bucket].take()) return acknowledge(refusing('busy'));
    data.underWay += 1;
    try {
      if (!data.group.rooms.serves && !(await whenBack(() => data.group.rooms.hold()))) return acknowledge(refusing('elsewhere'));
      const parsed = row.schema.safeParse(fromWire(payload)), refused = parsed.success ? this.refusal(data, row.requires) : 'bad-request';
      const handle = this.handlers[event as keyof ClientEvents] as (socket: AppSocket, request: unknown) => unknown;
      if (refused) noteRefused('request', data.user, refused);
      acknowledge(refused ? refusing(refused) : toWire(await handle(socket, parsed.data)));
    } catch (error) {
      if (isAway(error)) return acknowledge(refusing('busy'));
      logger.failed('socket request failed', error, { asked: event, user: data.user });
      acknowledge(refusing('server-error'));
    } finally {
      data.underWay -= 1;
    }
  }

  /** Why a seat may not ask this of anything; what one may not read does not exist, and a seat that sleeps is told so. */
  private refusal({ user, group: { rooms } }: SocketSession, requires: EventRow['requires']): Refusal | null {
    if (requires === 'signedIn') return null;
    const actor = rooms.actorOf(user);
    const verdict = actor && may(actor, requires, { group: rooms.group() });
    return verdict?.ok ? null : verdict?.reason === 'seat-sleeps' ? 'seat-sleeps' : 'not-found';
  }

  private async join(socket: AppSocket, request: JoinRequest): Promise<Joined | Refusing> {
    const { traffic, group } = socket.data;
    if (this.board.countOf(socket.id, request.log ?? sharedIn(group).log, request.doc) >= DOCUMENTS_AT_ONCE || !traffic.mayBeAnswered() || heldBack(socket.conn) > UNREAD) return refusing('busy');
    const admitted = await group.rooms.join(socket.data.user, request);
    // From here to the acknowledgement nothing waits: the next commit must find the socket in the room, behind this answer.
    if (!admitted.ok) return admitted;
    if (!socket.connected) return refusing('signed-out');
    const readers = readersOf(socket, request.log), at = { group: group.id, doc: request.doc };
    if (!readers) return refusing('not-found');
    this.outgoing.admit(socket, at, readers);
    this.board.enter(at, readers, socket.id);
    const size = sizeOf(admitted);
    traffic.answered(size, `${group.id}/${request.doc}`);
    socket.data.answered = size;
    return { ...admitted, presence: this.board.people(at, readers) };
  }

  private leave(socket: AppSocket, doc: string, log: LogName | undefined): { ok: true } {
    const readers = readersOf(socket, log), at = { group: socket.data.group.id, doc };
    if (readers) {
      this.outgoing.dismiss(socket, at, readers);
      this.board.leave(at, readers, socket.id);
    }
    return { ok: true };
  }

  private async update(socket: AppSocket, request: UpdateRequest): Promise<UpdateAnswer> {
    const { user, group } = socket.data, answer = await group.rooms.update(user, request);
    if (answer.ok) return answer;
    // The name of a room that not all read is none of the operator's business.
    const { violation, ...refusing } = answer, { doc, room } = request, isShared = group.rooms.catalogue.logOf(room) === sharedIn(group).log;
    noteRefused('update', user, refusing.reason, { doc, ...(isShared && { room, ...(violation && { violation: violation.rule, detail: violation.detail }) }) });
    return refusing;
  }

  /** A copy that differs is a fault of ours on one side or the other: the operator is told of each. */
  private async compare(socket: AppSocket, request: CompareRequest): Promise<CompareAnswer> {
    const { user, group } = socket.data, answer = await group.rooms.compare(user, request);
    if (answer.ok && answer.differ && answer.differ.length > 0) {
      this.differing += 1;
      logger.warn('a copy differs', { user, group: group.id, doc: request.doc, entry: answer.entry, rooms: answer.differ.join(' '), sinceStart: this.differing });
    }
    return answer;
  }

  /** Nobody has a caret but where he is one of those who write; it is told to the readers of that room's log. */
  private move(socket: AppSocket, doc: string, log: LogName | undefined, caret: Caret | null): { ok: true } {
    const { actor, group: { id, rooms } } = socket.data, { catalogue } = rooms, readers = readersOf(socket, log);
    const own = actor && readers && caret && catalogue.logOf(caret.room) === readers.log && isWriter(actor, caret.room, rooms.group(), catalogue);
    if (readers) this.board.move({ group: id, doc }, readers, socket.id, own ? caret : null);
    return { ok: true };
  }
}

const sharedIn = ({ rooms }: WorkingGroup): Audience => rooms.catalogue.shared;

/** The readers of a log, when this socket's user is one of them now. */
const readersOf = ({ data: { user, group } }: AppSocket, log: LogName | undefined): Audience | null => (log === undefined ? sharedIn(group) : group.rooms.audienceOf(user, log));

/** About how many bytes an answer has. */
const sizeOf = ({ rooms }: Admitted): number => Object.values(rooms).reduce((sum, room) => sum + (room?.updates ?? []).reduce((n, update) => n + update.byteLength, 0), 0);
