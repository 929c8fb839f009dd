import { type OpenProposal, partyOf, previewAccept, proposalsOf, requestDigest, type SharedState, settlementOf } from '@parley/negotiation';
import { fromWire, toWire } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { AUTHENTIC_LANGUAGE, digestOf, plainSlot, SLOTS, slotOf, textDigest, textOf } from '@parley/text';
import type { Socket } from 'socket.io-client';
import type { Answer, HandshakeOverrides } from '../../apps/cli/src/page.ts';
import { type LooseAct, Person as AnyPerson } from '../../apps/cli/src/person.ts';
import { restAt } from './parley.ts';

export { newSecret } from '../../apps/cli/src/chance.ts';
export { until } from '../../apps/cli/src/person.ts';

/** The person of the command, at a server of the tests: what arrives may be watched, and what is accepted has rested before. */
export class Person extends AnyPerson {
  /** Is given every byte that comes to this person: each answer with its status and headers, and each frame. */
  onBytes: ((way: 'http' | 'socket', bytes: Uint8Array) => void) | null = null;

  override async request<T = unknown>(...asked: Parameters<AnyPerson['request']>): Promise<Answer<T>> {
    const answer = await super.request<T>(...asked), { status, headers, text } = answer;
    this.onBytes?.('http', new TextEncoder().encode(`${status}\n${[...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${text}`));
    return answer;
  }

  override socket(overrides: HandshakeOverrides = {}): Socket {
    const socket = super.socket(overrides);
    socket.io.on('open', () => socket.io.engine.on('packet', ({ data }: { data?: string | Uint8Array }) => this.onBytes?.('socket', typeof data === 'string' ? new TextEncoder().encode(data) : (data ?? new Uint8Array()))));
    return socket;
  }

  /** Moves the server's clock before an acceptance. */
  override async mustAct(doc: string, loose: LooseAct): Promise<number> {
    if (loose.t === 'accept') await restAt(this.url);
    return super.mustAct(doc, loose);
  }
}

/** The key of a provision's slot, its kind's first unless named. */
const keyOf = (client: DocumentClient, id: string, name?: string): string => {
  const provision = client.text(client.ownRoom!).by.get(id)!;
  return `${AUTHENTIC_LANGUAGE}:${name ?? SLOTS[provision.kind][0]}`;
};

/** Asks over a raw socket and gives the answer, whatever it is. */
export const asked = async <T = { readonly ok: boolean; readonly reason?: string }>(socket: Socket, event: string, request: unknown): Promise<T> =>
  fromWire((await socket.timeout(45_000).emitWithAck(event, toWire(request))) as T);

/** Types at the end of a slot of the own text. */
export function append(client: DocumentClient, id: string, words: string, name?: string): void {
  const key = keyOf(client, id, name);
  const end = textOf(slotOf(client.text(client.ownRoom!).by.get(id), key)).length;
  client.edit([{ do: 'splice', id, key, from: end, to: end, insert: plainSlot(words) }]);
}

/** Types over a piece of the own text: `found` becomes `words`. */
export function retype(client: DocumentClient, id: string, found: string, words: string, name?: string): void {
  const key = keyOf(client, id, name);
  const from = textOf(slotOf(client.text(client.ownRoom!).by.get(id), key)).indexOf(found);
  if (from < 0) throw new Error(`${id}: “${found}” is not there`);
  client.edit([{ do: 'splice', id, key, from, to: from + found.length, insert: plainSlot(words) }]);
}

/** The words of one slot in one room as a client sees them. */
export function wordsIn(client: DocumentClient, room: Parameters<DocumentClient['text']>[0], id: string, name?: string): string {
  const provision = client.text(room).by.get(id);
  return provision ? textOf(slotOf(provision, `${AUTHENTIC_LANGUAGE}:${name ?? SLOTS[provision.kind][0]}`)) : '(none)';
}

/** What a client sees of a document, to be compared by. */
export const sharedStateOf = (client: Pick<DocumentClient, 'document' | 'group' | 'texts'>): SharedState => ({ document: client.document, group: client.group, rooms: client.texts() });

export const proposals = (client: DocumentClient, provision?: string): OpenProposal[] =>
  proposalsOf(sharedStateOf(client), provision);

/** The act that accepts what the list shows, giving up exactly what it shows. */
export function accepting(client: DocumentClient, p: OpenProposal, own: 'withdrawn' | 'alongside' = 'withdrawn') {
  const preview = previewAccept(sharedStateOf(client), { parts: [p.proposal], party: partyOf(client.actor)!, own });
  if (!preview.ok) throw new Error(preview.reason);
  return preview.value.act;
}

export const agreeing = (client: DocumentClient, provision: string) =>
  ({ t: 'agree', provision, digest: digestOf(client.text('common').by.get(provision)!) }) as const;

/** An answer to the request to reopen that the client knows of; throws where it knows of none. */
export function answering(client: DocumentClient, provision: string, t: 'grantReopening' | 'declineReopening' | 'takeBackReopening') {
  const [asking] = Object.keys(settlementOf(client.document, provision).reopenings);
  if (asking === undefined) throw new Error(`nobody asks to reopen ${provision}`);
  return { ...agreeing(client, provision), t, request: requestDigest(client.document, provision, asking)! } as const;
}

export const basisOf = (client: DocumentClient) => ({ t: 'acceptAsBasis', digest: textDigest(client.text('working')) }) as const;
