import { boundedParser, PROTOCOL_VERSION, SCHEMA_VERSION, SOCKET_PATH } from '@parley/protocol';
import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import type { PageLike } from './browser-like.ts';

/** What to say otherwise than an honest page would; null: nothing at all. */
interface Overrides { readonly origin?: string | null; readonly cookie?: string | null; readonly auth?: object; readonly namespace?: string; readonly group?: string | null }

/** Opens a socket as `page` would. Rejects with what the server says. */
export function openSocket(page: PageLike, overrides: Overrides = {}): Promise<Socket> {
  const origin = overrides.origin === undefined ? page.url : overrides.origin;
  const group = overrides.group === undefined ? page.group : overrides.group;
  const cookie = overrides.cookie === undefined ? page.cookie : overrides.cookie;
  const socket = io(`${page.url}${overrides.namespace ?? ''}`, {
    path: SOCKET_PATH, ...(group !== null && { query: { group } }), transports: ['websocket'], parser: boundedParser(parser), reconnection: false, forceNew: true,
    auth: overrides.auth ?? { seat: page.seat, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION },
    extraHeaders: { ...(origin !== null && { origin }), ...(cookie !== null && { cookie }) },
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
}

/** The next message of that name. */
export const nextEvent = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => socket.once(event, resolve));
