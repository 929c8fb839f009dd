import * as parser from 'socket.io-msgpack-parser';
import * as Y from 'yjs';
import { SEATS } from './cast.ts';
import type { WorkingGroup } from './working-group.ts';

/** Clients in a session that is held against another take ids from here on; a server's lie below. */
export const FIRST_CLIENT_ID = 3_000_000_000;

/** Names of the session's own for what is drawn anew in each. */
export class Names {
  private readonly known: [string, string][];

  constructor(w: WorkingGroup) {
    this.known = [...SEATS.flatMap((name): [string, string][] => [[w[name].user, `user of ${name}`], ...(name === 'admin' ? [] : [[w[name].keys.userName, `name of ${name}`] as [string, string]])]), ...w.delegations.map((id, i): [string, string] => [id, `party ${i}`])];
  }

  in(text: string): string {
    const named = this.known.reduce((masked, [drawn, name]) => masked.replaceAll(new RegExp(`(?<![A-Za-z0-9_-])${drawn}(?![A-Za-z0-9_-])`, 'g'), name), text);
    return named.replaceAll(/[0-9a-f]{64}/g, '(64 digits)').replaceAll(/\b(setup-[0-9a-f]{24}|[0-9a-f]{32})\b/g, '(an id)').replaceAll(/(?<=localhost:|127\.0\.0\.1:)\d+/g, '(a port)').replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '(an id)').replaceAll(/\b1[78]\d{11}\b/g, '(a time)');
  }
}

const idOf = (client: number): number | string => (client >= FIRST_CLIENT_ID ? client : 'the server');
const point = (id: Y.ID | null): unknown => id && [idOf(id.client), id.clock];

/** What an update holds, in an order that does not hang on ids that were drawn. */
function contentOf(update: Uint8Array): unknown {
  const { structs, ds } = Y.decodeUpdate(update);
  const items = structs.map((one) => {
    const head = [one.constructor.name, idOf(one.id.client), one.id.clock, one.length];
    if (!(one instanceof Y.Item)) return head;
    const parent = one.parent as unknown;
    return [...head, point(one.origin), point(one.rightOrigin), parent instanceof Y.ID ? point(parent) : typeof parent === 'string' ? parent : null, one.parentSub, one.parentSub === 'rank' ? '(a rank)' : one.content.constructor.name + JSON.stringify(one.content.getContent())];
  });
  return [items.map((item) => JSON.stringify(item)).sort(), [...ds.clients].map(([client, ranges]) => JSON.stringify([idOf(client), ranges])).sort(), update.length];
}

/** A message with everything drawn anew named, and how long it was. */
export function plain(value: unknown, names: Names, key = ''): unknown {
  if (value instanceof Uint8Array) return key === 'vector' ? [[...Y.decodeStateVector(value)].map(([client, clock]) => JSON.stringify([idOf(client), clock])).sort(), value.length] : contentOf(value);
  // People come in the order of ids that were drawn, or in which they came back.
  if (Array.isArray(value)) return key === 'people' || key === 'here' ? value.map((one) => JSON.stringify(plain(one, names))).sort() : value.map((one) => plain(one, names, key));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [names.in(name), plain(one, names, name)]));
  if (typeof value === 'number') return value > 1e12 ? '(a time)' : value;
  return typeof value === 'string' ? (key === 'sid' ? '(a socket)' : names.in(value)) : value;
}

export function packetOf(bytes: Uint8Array): unknown {
  let packet: unknown;
  const decoder = new parser.Decoder();
  decoder.on('decoded', (found: unknown) => { packet = found; });
  decoder.add(bytes);
  return packet;
}

/** An answer: its status, its headers but for what is drawn anew, its length, and what it says. */
export function answerOf(text: string, names: Names): unknown {
  const [head, body] = text.split('\n\n', 2) as [string, string];
  const headers = head.replaceAll(/^(date|etag|set-cookie): .*(\n|$)/gm, '').replaceAll(/nonce-[A-Za-z0-9+/=]+/g, 'nonce');
  return [names.in(headers), body.length, body === '' ? null : plain(JSON.parse(body), names)];
}

/** As Yjs writes an id. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}
