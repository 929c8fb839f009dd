import { setTimeout as pause } from 'node:timers/promises';
import type { InstantView, Joined } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { plainSlot, textFrom } from '@parley/text';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import { asked, type Person } from '../support/person.ts';
import { compareAuthors, compareCopies, compareDoubles, compareLetters, type Copy, copyOf, joinedCopy, replayed, type Transcript } from './copies.ts';
import type { Findings, Size } from './row.ts';
import type { Site } from './site.ts';
import type { TypedWords } from './words.ts';

const TIMEOUT_MS = 60_000;

export interface Comparison {
  readonly size: Size;
  /** Sabotage: the harness's copy of the record has lost one entry. */
  readonly forgetsRecord?: boolean;
}

type Clients = Readonly<Record<string, DocumentClient>>;

/** What was typed, and what was shown and acknowledged of it. */
export interface Work {
  readonly typed: TypedWords;
  readonly transcript: Transcript;
  /** Somebody strikes what others typed, and the typed words do not know: nobody asks then where a letter is. */
  readonly struckUnseen?: boolean;
}

/** All copies are one; and what was acknowledged is there, every letter is somewhere, once, and its author's. Everybody kept the seat. */
export async function compareWork(site: Site, findings: Findings, doc: string, clients: Clients, { typed, transcript, struckUnseen = false }: Work, comparison: Comparison): Promise<void> {
  const entries = await compareEverybody(site, findings, doc, clients, comparison), record = replayed(doc, entries), { group } = Object.values(clients)[0]!;
  transcript.compare(findings, doc, entries, typed);
  compareAuthors(findings, entries, typed, group);
  if (!struckUnseen) compareLetters(findings, typed, entries, record.docs);
  compareDoubles(findings, typed, entries, record);
}

/**
 * What must be one after every row at a running server, item by item: every client's copy, a fresh client's, the session’s live documents, what the server shows of the
 * last instant of its history, and the replay of the record, which is read past the server. The way to the live documents is a join by somebody who has nothing: a
 * room in which anybody wrote since it was opened is answered from its live document. Beyond the small form the server is killed then and started again, somebody
 * types a letter, so that what was opened from what is kept becomes live, and all are compared once more. Gives the entries.
 */
export async function compareEverybody(site: Site, findings: Findings, doc: string, clients: Clients, { size, forgetsRecord = false }: Comparison): Promise<readonly Entry[]> {
  const kept = (all: readonly Entry[]) => (forgetsRecord ? all.filter((_, i) => i !== all.length >> 1) : all), entries = await compareAll(site, findings, doc, clients, kept);
  if (size === 'small') return entries;
  await site.kill(() => Promise.resolve());
  const writer = Object.values(clients).find(({ ownRoom }) => ownRoom !== null);
  writer?.edit([{ do: 'add', provision: { id: `last-${entries.length}`, kind: 'paragraph', label: 'last', level: 0, slots: { 'en:text': plainSlot('.') } }, after: null }]);
  return compareAll(site, findings, doc, clients, kept);
}

async function compareAll(site: Site, findings: Findings, doc: string, clients: Clients, kept: (all: readonly Entry[]) => readonly Entry[]): Promise<readonly Entry[]> {
  for (const [whose, client] of Object.entries(clients)) await saved(findings, whose, client);
  const all = await site.entriesOf(doc), last = all.at(-1)!.index, { auditor } = site.group, entries = kept(all);
  const fresh = await auditor.open(doc), everyone = { ...clients, 'a fresh client': fresh };
  for (const [whose, client] of Object.entries(everyone)) await standsAt(findings, whose, client, last);
  const copies = [await hostOf(findings, auditor, doc, last), await shownAt(auditor, doc, last), ...Object.entries(everyone).map(([whose, client]) => copyOf(whose, client))];
  await fresh.stop();
  compareCopies(findings, [replayed(doc, entries), ...copies]);
  findings.count('copies', copies.length + 1);
  return entries;
}

async function hostOf(findings: Findings, reader: Person, doc: string, last: number): Promise<Copy> {
  const whose = 'the live session', socket = await reader.connected(), joined = await asked<Joined>(socket, 'join', { doc, have: {} });
  socket.disconnect();
  findings.check(joined.entry === last, () => `${whose} stands at ${joined.entry}, the record at ${last}`);
  return { ...joinedCopy(whose, joined.rooms), document: joined.document };
}

async function shownAt(reader: Person, doc: string, last: number): Promise<Copy> {
  const { rooms, document } = await reader.must<InstantView>('GET', `documents/${doc}/at/${last}`);
  return { whose: 'the history', document, texts: Object.fromEntries(Object.entries(rooms).map(([room, provisions]) => [room, textFrom(provisions!)])) };
}

async function saved(findings: Findings, whose: string, client: DocumentClient): Promise<void> {
  const late = new AbortController();
  const why = await Promise.race([client.saved().then(() => null, String), pause(TIMEOUT_MS, 'it took too long', { signal: late.signal }).catch(() => null)]);
  late.abort();
  findings.check(why === null, () => `${whose} could not save: ${why}`);
}

async function standsAt(findings: Findings, whose: string, client: DocumentClient, last: number): Promise<void> {
  for (const until = performance.now() + TIMEOUT_MS; client.entry !== last || client.status.state !== 'saved'; await pause(5)) {
    if (performance.now() > until) return findings.violation(`${whose} stands ${client.status.state} at ${client.entry}, the record at ${last}`);
  }
}
