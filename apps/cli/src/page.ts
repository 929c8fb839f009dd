import { boundedParser, type Handshake, PROTOCOL_VERSION, type RefusalBody, SCHEMA_VERSION, SEAT_HEADER, SOCKET_PATH } from '@parley/protocol';
import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';

/** What a server answered: the status and the JSON, refusals included; `text` is the body as it came. */
export interface Answer<T> { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: T & Partial<RefusalBody> }

/** What a handshake says otherwise than an honest page would; null: nothing at all. `seat` alone changes the seat in `auth`. */
export interface HandshakeOverrides {
  readonly origin?: string | null;
  readonly cookie?: string | null;
  readonly group?: string | null;
  readonly seat?: string;
  readonly auth?: object;
  readonly namespace?: string;
  readonly reconnection?: boolean;
}

/** The cookie of a session; any other that a server sets is not kept. */
const SESSION_COOKIE = /^(__Host-)?sid=/;

/** One page in a browser, as far as a server can tell: its cookie, its origin, and the seat that it was loaded for. */
export class Page {
  cookie: string | null = null;
  /** Whose seat every request names; empty: none. */
  user = '';

  /** `url`: of the server, without a path. `groupId`: of the group that paths without a `/` before them are of, and the sockets. */
  constructor(readonly url: string, public groupId = '') {}

  /** Any request, as the page would make it. A string is sent as it is; a header that is null is left out. */
  async request<T = unknown>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string | null>> = {}): Promise<Answer<T>> {
    const all = {
      'origin': this.url, 'content-type': body === undefined ? null : 'application/json', 'cookie': this.cookie, [SEAT_HEADER]: this.user || null, ...headers,
    };
    const response = await fetch(new URL(path.startsWith('/') ? path : `/api/groups/${this.groupId}${path && '/'}${path}`, this.url), {
      method, redirect: 'manual', headers: Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const cookie = response.headers.getSetCookie().find((line) => SESSION_COOKIE.test(line));
    if (cookie) this.cookie = cookie.split(';')[0]!;
    const text = await response.text(), isJson = text !== '' && response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : {}) as T & Partial<RefusalBody> };
  }

  /** A socket of this page; `connected` or `refused` decides how it went. */
  socket({ origin = this.url, cookie = this.cookie, group = this.groupId, seat = this.user, auth, namespace = '', reconnection = true }: HandshakeOverrides = {}): Socket {
    const honest: Handshake = { seat, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION };
    return io(`${this.url}${namespace}`, {
      path: SOCKET_PATH, ...(group !== null && { query: { group } }), transports: ['websocket'], parser: boundedParser(parser), forceNew: true, reconnection, reconnectionDelay: 50, reconnectionDelayMax: 200,
      auth: auth ?? honest, extraHeaders: { ...(origin !== null && { origin }), ...(cookie !== null && { cookie }) },
    });
  }

  /** The same, connected; rejects with what the server says. */
  async connected(overrides: HandshakeOverrides = {}): Promise<Socket> {
    const socket = this.socket(overrides);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => { socket.disconnect(); reject(error); });
    });
    return socket;
  }
}
