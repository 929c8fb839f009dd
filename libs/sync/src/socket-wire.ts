import { type CompareAnswer, type CompareRequest, fromWire, toWire, type Joined, type JoinRequest, type Presence, type Refusal, type Refusing, type Commit, type UpdateAnswer, type UpdateRequest } from '@parley/protocol';
import type { LogName } from '@parley/negotiation';
import { isPassing } from './subscription.ts';
import type { Wire } from './wire.ts';

type Listener = (...payload: unknown[]) => void;

/** As much of a socket.io client's socket as a wire needs; whoever calls `io(…)` passes it in. It must speak `socket.io-msgpack-parser`. */
export interface SocketLike {
  readonly connected: boolean;
  emit(event: string, ...payload: unknown[]): unknown;
  timeout(milliseconds: number): { emit(event: string, ...payload: unknown[]): unknown };
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  connect(): unknown;
}

/** How long an acknowledgement may take; then the client joins again and learns what became of it. */
const ANSWER_TIMEOUT_MS = 20_000;

/** What a refused handshake carries. */
interface ConnectError { readonly data?: { readonly refusal?: Refusal } }

/**
 * A socket.io socket as a wire. Nothing is emitted while offline, so that nothing piles up in socket.io's own buffer. When a server ends the connection without
 * saying that it is over (it stops, or this reader was too slow), the wire connects again; socket.io would not do that by itself.
 */
export function socketWire(socket: SocketLike, timeoutMs = ANSWER_TIMEOUT_MS): Wire {
  const ask = <Answer>(event: string, request: unknown): Promise<Answer> => new Promise((resolve, reject) => {
    if (!socket.connected) return reject(new Error('offline'));
    socket.timeout(timeoutMs).emit(event, toWire(request), (error: Error | null, answer: unknown) => {
      if (error) reject(error);
      else resolve(fromWire(answer) as Answer);
    });
  });
  const listen = <Payload>(event: string, listener: (payload: Payload) => void): (() => void) => {
    const receive = (payload: unknown): void => listener(fromWire(payload) as Payload);
    socket.on(event, receive);
    return () => void socket.off(event, receive);
  };
  let ended = false;
  socket.on('closing', () => void (ended = true));
  socket.on('disconnect', (reason) => void (reason === 'io server disconnect' && !ended && socket.connect()));
  return {
    get connected() {
      return socket.connected;
    },
    join: (request: JoinRequest) => ask<Joined | Refusing>('join', request),
    leave: async (doc, log) => void (await ask('leave', { doc, log })),
    update: (request: UpdateRequest) => ask<UpdateAnswer>('update', request),
    compare: (request: CompareRequest) => ask<CompareAnswer>('compare', request),
    presence(doc, log, caret) {
      if (socket.connected) socket.emit('presence', { doc, log, caret });
    },
    onCommit: (listener) => listen<Commit>('commit', listener),
    onPresence: (listener) => listen<{ doc: string; log: LogName; people: readonly Presence[] }>('presence', listener),
    onRejoin: (listener) => listen<{ doc: string; log: LogName }>('rejoin', listener),
    onConnection(listener) {
      const up = (): void => listener(true);
      const down = (): void => listener(false);
      socket.on('connect', up);
      socket.on('disconnect', down);
      return () => {
        socket.off('connect', up);
        socket.off('disconnect', down);
      };
    },
    onClosing(listener) {
      const closing = listen<{ reason: Refusal }>('closing', (why) => listener(why.reason));
      const handshakeRefused = listen<ConnectError>('connect_error', ({ data }) => data?.refusal && !isPassing(data.refusal) && listener(data.refusal));
      return () => {
        closing();
        handshakeRefused();
      };
    },
  };
}
