import { isDeepStrictEqual } from 'node:util';
import { type DocumentAct, type DocumentState, type GroupState, type NamedHunk, partyOf, positionRoom, type Proposal, type RoomName } from '@parley/negotiation';
import type { Joined, Commit, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { readText, type Text, textOf } from '@parley/text';
import * as Y from 'yjs';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import { Replay } from '../../apps/server/src/documents/replay.ts';
import { lettersIn, presentLetters, read } from '../support/typing-room.ts';
import type { Findings } from './row.ts';
import { allWords, type TypedWords, lettersOf, lettersOnceRemoved } from './words.ts';

/** One copy of a document's rooms, whoever holds it, and of the state folded from its acts. */
export interface Copy {
  readonly whose: string;
  readonly texts: Readonly<Partial<Record<RoomName, Text>>>;
  readonly docs?: ReadonlyMap<RoomName, Y.Doc>;
  readonly document?: DocumentState;
}

export function copyOf(whose: string, client: DocumentClient): Copy {
  const texts = client.texts();
  return { whose, texts, document: client.document, docs: new Map((Object.keys(texts) as RoomName[]).map((room) => [room, client.doc(room)!])) };
}

/** A document as its entries alone make it, with everything deleted still in it. */
export function replayed(doc: string, entries: readonly Entry[]): Copy & { readonly docs: ReadonlyMap<RoomName, Y.Doc> } {
  const replay = new Replay(doc, false);
  replay.add(entries);
  return { whose: 'the replay of the record', texts: Object.fromEntries(replay.texts()), docs: replay.docs, document: replay.document };
}

/** What a join brings, as a copy. */
export function joinedCopy(whose: string, rooms: Joined['rooms']): Copy {
  const docs = new Map(Object.entries(rooms).map(([name, state]) => {
    const doc = new Y.Doc();
    doc.transact(() => state!.updates.forEach((update) => Y.applyUpdate(doc, update)));
    return [name as RoomName, doc] as const;
  }));
  return { whose, docs, texts: Object.fromEntries([...docs].map(([name, doc]) => [name, readText(doc)])) };
}

/** All copies must be one: the same rooms, the same words and marks, the same agreement, and, where the documents are at hand, the same items, deleted ones too. */
export function compareCopies(findings: Findings, copies: readonly Copy[]): void {
  const [first, ...others] = copies;
  for (const other of others) {
    const [one, two] = [first!.document, other.document].map((state) => state && (JSON.parse(JSON.stringify(state)) as unknown));
    findings.check(!one || !two || isDeepStrictEqual(one, two), () => `${other.whose} has another state of agreement than ${first!.whose}: ${JSON.stringify(two)}, ${JSON.stringify(one)}`);
    for (const room of new Set([...Object.keys(first!.texts), ...Object.keys(other.texts)]) as Set<RoomName>) {
      const [a, b] = [first!.texts[room], other.texts[room]].map((text) => text && JSON.stringify(read(text)));
      findings.check(a === b, () => `${room}: ${other.whose} reads ${b}, ${first!.whose} ${a}`);
      const [x, y] = [first!.docs?.get(room), other.docs?.get(room)];
      if (!x || !y) continue;
      findings.check(Y.equalSnapshots(Y.snapshot(x), Y.snapshot(y)), () => `${room}: ${other.whose} has other items than ${first!.whose}`);
      findings.check(!y.store.pendingStructs && !y.store.pendingDs, () => `${room}: ${other.whose} still waits for something`);
    }
  }
}

/** What was shown and acknowledged while the row ran, to be compared with the record afterwards. */
export class Transcript {
  private readonly shown = new Map<string, string>();
  readonly acknowledged: { readonly letters: readonly string[]; readonly entry: number }[] = [];

  recordCommit(commit: Commit): void {
    for (const { index, at, by, kind } of commit.notices) this.shown.set(`${commit.doc}/${index}`, `${kind} of ${by} at ${at}`);
  }

  recordAnswer(request: UpdateRequest, answer: UpdateAnswer): void {
    if (answer.ok) this.acknowledged.push({ letters: lettersOf(request.update), entry: answer.entry });
  }

  /** Everything shown stands in the record under its number, and every acknowledged letter at that number or before; what its author struck out on the way may have come as something deleted. */
  compare(findings: Findings, doc: string, entries: readonly Entry[], { removed }: TypedWords): void {
    const there = new Map(entries.map((entry) => [`${doc}/${entry.index}`, `${entry.kind} of ${entry.by} at ${entry.at}`]));
    for (const [at, what] of this.shown) if (at.startsWith(`${doc}/`)) findings.check(there.get(at) === what, () => `${at} was shown as ${what}, the record has ${there.get(at)}`);
    const firsts = firstEntries(entries);
    for (const { letters, entry } of this.acknowledged) {
      const missing = letters.filter((letter) => !removed.has(letter) && !((firsts.get(letter)?.index ?? Infinity) <= entry));
      findings.loss(missing.length, `${missing.join('')} was acknowledged as entry ${entry} and is not in the record up to there`);
    }
  }
}

/** By letter, the entry that brought it first. */
function firstEntries(entries: readonly Entry[]): Map<string, Entry> {
  const firsts = new Map<string, Entry>();
  for (const entry of entries) for (const { update } of entry.writes) for (const letter of lettersOf(update)) if (!firsts.has(letter)) firsts.set(letter, entry);
  return firsts;
}

/** Nobody's words under another's name, and nobody in a room that is not the own one. Seats must have stood still. */
export function compareAuthors(findings: Findings, entries: readonly Entry[], typed: TypedWords, group: GroupState): void {
  for (const [letter, entry] of firstEntries(entries)) {
    const author = typed.typed.get(letter);
    findings.check(author === undefined || entry.kind !== 'update' || author === entry.by, () => `${letter} of ${author} is in the record as ${entry.by}'s`);
  }
  for (const entry of entries) {
    if (entry.kind !== 'update') continue;
    const seat = group.seats[entry.by], party = seat && partyOf(seat);
    findings.check(entry.room === 'working' ? party !== null : party !== null && party !== undefined && entry.room === positionRoom(party), () => `entry ${entry.index}: ${entry.by} wrote in ${entry.room}`);
  }
}

/**
 * Nobody's words twice: a letter stands in a room once. Unless somebody carried it to another provision, where a colleague may have done so too; or an act brought it
 * back, as one that stayed where it was may be read as struck by one hunk and added by another: who withdraws the first has it beside the second.
 */
export function compareDoubles(findings: Findings, { typed, carried }: TypedWords, entries: readonly Entry[], { texts }: Copy): void {
  const restored = restoredByActs(entries);
  for (const [room, text] of Object.entries(texts)) {
    const letters = lettersIn(allWords(text!)).filter((letter) => typed.has(letter) && !carried.has(letter) && !restored.has(letter)), twice = letters.filter((letter, i) => letters.indexOf(letter) !== i);
    findings.check(twice.length === 0, () => `${room} has ${twice.join('')} twice`);
  }
}

const hunksOf = (parts: readonly Proposal[]): readonly NamedHunk[] => parts.flatMap((part) => (part.on === 'words' ? part.hunks : []));

/** Letters that acts put back into a position, as the acts themselves say: what the hunks had struck that its party withdrew, or gave up by accepting. */
function restoredByActs(entries: readonly Entry[]): Set<string> {
  const hunks = entries.flatMap((entry): readonly NamedHunk[] => {
    if (entry.kind !== 'act') return [];
    const act = entry.act as DocumentAct;
    return act.t === 'accept' ? hunksOf(act.givesUp) : act.t === 'withdraw' ? hunksOf(act.parts) : [];
  });
  return new Set(hunks.flatMap(({ removed }) => lettersIn(textOf(removed))));
}

/** Letters that acts took away, as the acts themselves say. */
function takenByActs(entries: readonly Entry[]): Set<string> {
  const taken: string[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'act') continue;
    const act = entry.act as DocumentAct;
    if (act.t !== 'accept' && act.t !== 'withdraw') continue;
    for (const hunk of hunksOf(act.parts)) taken.push(...lettersIn(textOf(hunk.removed)), ...(act.t === 'withdraw' ? lettersIn(textOf(hunk.inserted)) : []));
    if (act.t === 'accept') for (const hunk of hunksOf(act.givesUp)) taken.push(...lettersIn(textOf(hunk.inserted)));
  }
  return new Set(taken);
}

/** Every letter that somebody typed lives in a room, or somebody took it away, or it went back to its author. The documents have all that was ever deleted. */
export function compareLetters(findings: Findings, typed: TypedWords, entries: readonly Entry[], docs: ReadonlyMap<RoomName, Y.Doc>): void {
  const there = new Set([...docs.values()].flatMap((doc) => [...presentLetters(doc).values()])), taken = takenByActs(entries), removed = new Set([...docs.values()].flatMap(lettersOnceRemoved));
  const lost = [...typed.typed].filter(([letter]) => !there.has(letter) && !taken.has(letter) && !removed.has(letter) && !typed.removed.has(letter) && !typed.handedBack.has(letter));
  findings.loss(lost.length, lost.map(([letter, user]) => `${letter} of ${user}`).join(', '));
}
