import { setTimeout as pause } from 'node:timers/promises';
import type { InstantView, Joined } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { textFrom } from '@parley/text';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import { asked, type Person } from '../support/person.ts';
import { compareCopies, type Copy, copyOf, joinedCopy, replayed } from './copies.ts';
import type { Findings, Size } from './row.ts';
import type { Site } from './site.ts';

const PATIENCE = 20_000;

export interface Comparison {
  readonly size: Size;
  /** Sabotage: the harness's copy of the record has lost one entry. */
  readonly forgetsRecord?: boolean;
}

/**
 * What must be one after every row at a running server, item by item: every client's copy, a fresh client's, the live documents of the host, what the server shows
 * of the last instant of its history, and the replay of the record, which is read past the server. Beyond the small form also the documents of a server that
 * was killed and started again. The door to the host's live documents is a join by somebody who has nothing: it is answered from them and from nothing else.
 */
export async function compareEverybody(site: Site, findings: Findings, doc: string, clients: Readonly<Record<string, DocumentClient>>, { size, forgetsRecord = false }: Comparison): Promise<readonly Entry[]> {
  for (const [whose, client] of Object.entries(clients)) await saved(findings, whose, client);
  const all = await site.entriesOf(doc), last = all.at(-1)!.index, { auditor } = site.group;
  const fresh = await auditor.open(doc);
  for (const [whose, client] of [...Object.entries(clients), ['a fresh client', fresh] as const]) await standsAt(findings, whose, client, last);
  const entries = forgetsRecord ? all.filter((_, i) => i !== all.length >> 1) : all;
  const copies = [
    await hostOf(findings, auditor, doc, last, 'the live host'), await shownAt(auditor, doc, last), copyOf('a fresh client', fresh),
    ...Object.entries(clients).map(([whose, client]) => copyOf(whose, client)),
  ];
  await fresh.stop();
  if (size !== 'small') {
    await site.kill(() => Promise.resolve());
    copies.push(await hostOf(findings, auditor, doc, last, 'a server started again'));
  }
  compareCopies(findings, [replayed(doc, entries), ...copies]);
  findings.count('copies', copies.length + 1);
  return entries;
}

async function hostOf(findings: Findings, reader: Person, doc: string, last: number, whose: string): Promise<Copy> {
  const socket = await reader.connected(), joined = await asked<Joined>(socket, 'join', { doc, have: {} });
  socket.disconnect();
  findings.check(joined.entry === last, () => `${whose} stands at ${joined.entry}, the record at ${last}`);
  return { ...joinedCopy(whose, joined.rooms), document: joined.document };
}

async function shownAt(reader: Person, doc: string, last: number): Promise<Copy> {
  const { rooms, document } = await reader.must<InstantView>('GET', `/api/documents/${doc}/at/${last}`);
  return { whose: 'the history', document, texts: Object.fromEntries(Object.entries(rooms).map(([room, provisions]) => [room, textFrom(provisions!)])) };
}

async function saved(findings: Findings, whose: string, client: DocumentClient): Promise<void> {
  const late = new AbortController();
  const why = await Promise.race([client.saved().then(() => null, String), pause(3 * PATIENCE, 'it took too long', { signal: late.signal }).catch(() => null)]);
  late.abort();
  findings.check(why === null, () => `${whose} could not save: ${why}`);
}

async function standsAt(findings: Findings, whose: string, client: DocumentClient, last: number): Promise<void> {
  for (const until = performance.now() + PATIENCE; client.entry !== last || client.status.state !== 'saved'; await pause(5)) {
    if (performance.now() > until) return findings.violation(`${whose} stands ${client.status.state} at ${client.entry}, the record at ${last}`);
  }
}
