import { boundedParser, type Handshake, PROTOCOL_VERSION, SCHEMA_VERSION, SOCKET_PATH } from '@parley/protocol';
import { socketWire, type Wire } from '@parley/sync';
import { io, type Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { seatLost } from './request.ts';

/** The one connection of this page to a group. */
export interface Connection {
  readonly wire: Wire;
  /** The working group changed. Returns a function that takes the listener off. */
  onGroup(listener: () => void): () => void;
}

const made = new Map<string, Connection>();

/** The connection to a group for the seat this page was loaded for: made at the first call, kept while the page lives. */
export function connectionFor(seat: string, group: string): Connection {
  const name = JSON.stringify([seat, group]), connection = made.get(name) ?? connect(seat, group);
  made.set(name, connection);
  return connection;
}

function connect(seat: string, group: string): Connection {
  const hello: Handshake = { seat, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION };
  const socket: Socket = io({ path: SOCKET_PATH, query: { group }, transports: ['websocket', 'polling'], parser: boundedParser(parser), auth: { ...hello }, reconnectionDelayMax: 4_000 });
  const wire = socketWire(socket);
  wire.onClosing((reason) => {
    ended(reason, group);
    socket.disconnect();
  });
  // Without this a page on localhost learns only from a missed heartbeat that the network is gone.
  window.addEventListener('offline', () => socket.io.engine?.close());
  window.addEventListener('online', () => { if (!socket.connected) socket.connect(); });
  return {
    wire,
    onGroup: (listener) => {
      socket.on('group', listener);
      socket.on('connect', listener);
      return () => { socket.off('group', listener); socket.off('connect', listener); };
    },
  };
}

/** Reasons for which the server lets nobody back in on this page; a seat that has changed is one of the group alone. */
function ended(reason: string, group: string): void {
  if (reason === 'seat-changed') seatLost({ refusal: reason, who: undefined });
  if (reason === 'signed-out' || (reason === 'access-changed' && groupHere() === group)) seatLost({ refusal: reason });
}

/** The group whose page this is. */
const groupHere = (): string | undefined => /^\/g\/([^/]+)/.exec(window.location.pathname)?.[1];
