import type { AppSocket } from './socket-session.ts';

/**
 * The one look into engine.io and ws: what they hold back for a connection, what comes in past their messages, and its end without farewell. Neither has it in its public interface. Pinned with their
 * versions; `limits.database.spec.ts` tries it on a reader that does not read.
 */
interface Inside {
  readonly writeBuffer: readonly { readonly data?: string | { readonly byteLength: number } }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void; on(event: 'ping' | 'pong', listener: () => void): unknown } };
}

type Connection = AppSocket['conn'];

const inside = (connection: Connection): Inside => connection as unknown as Inside;
const bytesOf = (data: string | { readonly byteLength: number } | undefined): number => (typeof data === 'string' ? data.length : data?.byteLength ?? 0);

/** How many bytes wait here because the other side does not take them; beyond these are only the machine's own buffers. */
export function heldBack(connection: Connection): number {
  const { writeBuffer, transport } = inside(connection);
  return writeBuffer.reduce((sum, { data }) => sum + bytesOf(data), transport.socket?.bufferedAmount ?? 0);
}

/** Ends a connection now. `close` would wait until what is held back has been taken. */
export function cut(connection: Connection): void {
  inside(connection).transport.socket?.terminate();
}

/** Calls the listener with all bytes as they arrive, those of a message too that never comes to its end. */
export function onBytes({ request: { socket } }: Connection, listener: (bytes: number) => void): void {
  let before = socket.bytesRead;
  socket.on('data', () => {
    listener(socket.bytesRead - before);
    before = socket.bytesRead;
  });
}

/** Calls the listener at each frame that is no part of a message, and that ws answers by itself. */
export function onControlFrame(connection: Connection, listener: () => void): void {
  for (const event of ['ping', 'pong'] as const) inside(connection).transport.socket?.on(event, listener);
}
