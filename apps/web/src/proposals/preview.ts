import type { MessageId } from '@parley/messages';
import { decide, type DocumentAct, type OpenProposal, positionRoom, previewAccept, type Proposal, type RoomName, type ActContext, type SharedState } from '@parley/negotiation';
import { allWords, applyEdits, compareSlots, legible, lengthOf, type PartyId, type Provision, type SlotKey, slotKeys, slotOf, takenAlone, type Text, textFrom, textOf } from '@parley/text';
import { listed, message, wording } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { memberName, placeName, warningsSaid } from './describe.ts';
import { readsThen, type Stretch } from './stretches.ts';
import type { ActWish } from '../sync/perform.ts';

/** One touched place, and what it reads then, whole. */
export interface Reads { readonly name: string; readonly stretches: readonly Stretch[] }

/** What a head is shown before it accepts, and the act that does exactly that. */
export interface AcceptShown {
  readonly wish: ActWish;
  /** The same with the own words kept beside theirs, where that is a choice. */
  readonly beside: ActWish | null;
  readonly reads: readonly Reads[];
  readonly drops: readonly string[];
  /** What still stands in brackets here afterwards, and whose it is. */
  readonly staysOpen: readonly string[];
  /** What a reader may not see in the words: invisible, look-alike, imitated. */
  readonly warnings: readonly string[];
  /** What it leaves twice, or takes away, when it is taken without the rest that its party proposes. */
  readonly alone: readonly string[];
  /** Who else has to accept it before it enters the text. */
  readonly waitsFor: readonly string[];
}

const ITEM_WORDS = {
  add: 'proposals.dropped.add', remove: 'proposals.dropped.remove', move: 'proposals.dropped.move', label: 'proposals.dropped.label', kind: 'proposals.dropped.kind', level: 'proposals.dropped.level',
} as const satisfies Readonly<Record<string, MessageId>>;

/** "our “72 hours”" for everything that is dropped, in the reader's order; where that is in several provisions, with the one it is in. */
export function droppedWords(given: readonly Proposal[], common: Text): string[] {
  const several = new Set(given.map(({ provision }) => provision)).size > 1;
  return given.flatMap((part) => {
    const words = part.on === 'item' ? [message(ITEM_WORDS[part.item.type === 'field' ? part.item.field : part.item.type])]
      : part.hunks.map((h) => (lengthOf(h.inserted) > 0 ? message('proposals.dropped.words', { words: legible(textOf(h.inserted), wording) }) : message('proposals.dropped.deletion', { words: legible(textOf(h.removed), wording) })));
    return several ? words.map((one) => message('proposals.dropped.inPlace', { what: one, place: placeName(common, part.provision) })) : words;
  });
}

/** The first step of accepting these parts of one party together: exactly the act, and what it makes of the text. Null where it cannot be done as things stand. */
export function acceptShown(now: SharedState, parts: readonly Proposal[], party: PartyId): AcceptShown | null {
  const common = now.rooms.common;
  const preview = previewAccept(now, { parts, party, own: 'withdrawn' });
  if (!preview.ok || !common) return null;
  const { act, texts, order, staysOpen, waitsFor, alongside } = preview.value;
  const beside = alongside ? previewAccept(now, { parts, party, own: 'alongside' }) : null;
  const proposing = now.rooms[positionRoom(parts[0]!.party)];
  const accepted = textFrom((order?.after ?? common.list).flatMap((id) => texts.find((t) => t.provision === id)?.after ?? common.by.get(id) ?? []));
  const alone = proposing ? takenAlone(common, proposing, accepted) : { twice: [], gone: [] };
  return {
    wish: act, beside: beside?.ok ? beside.value.act : null,
    reads: [...texts.flatMap(({ before, after }) => readsBetween(before, after, after ? accepted : common)), ...placesOf(act.parts, accepted)],
    drops: droppedWords(act.givesUp, common), waitsFor: waitsFor.map((p) => partyName(now.group, p)),
    staysOpen: staysOpen.map((p) => {
      const said = { parties: whose(now, p, party), what: memberName(p.proposal, accepted) };
      return texts.length > 1 ? message('proposals.staysOpen.inPlace', { ...said, place: placeName(accepted.by.has(p.provision) ? accepted : common, p.provision) }) : message('proposals.staysOpen', said);
    }),
    warnings: warningsSaid(parts, now.group),
    alone: [...alone.twice.map((words) => message('proposals.alone.twice', { words: legible(words, wording) })), ...alone.gone.map((words) => message('proposals.alone.gone', { words: legible(words, wording) }))],
  };
}

const whose = (now: SharedState, { parties }: OpenProposal, party: PartyId): string => listed(parties.map((p) => (p === party ? message('proposals.staysOpen.ours') : partyName(now.group, p))));

/** A provision of the common text as it will be, field by field: every field that changes, whole. */
function readsBetween(before: Provision | null, after: Provision | null, text: Text): Reads[] {
  const nameOf = ({ id }: Provision, key?: string): string => placeName(text, id, key);
  if (!after) return before ? [{ name: nameOf(before), stretches: [{ words: allWords(before), inserted: false, removed: true }] }] : [];
  if (!before) return [{ name: nameOf(after), stretches: [{ words: [after.label, allWords(after)].filter(Boolean).join(' ') || message('proposals.noWords'), inserted: true }] }];
  const fields = slotKeys(after.kind).flatMap((key): Reads[] => {
    const hunks = compareSlots(slotOf(before, key), slotOf(after, key));
    return hunks.length > 0 ? [{ name: nameOf(after, key), stretches: readsThen(slotOf(before, key), hunks) }] : [];
  });
  const renamed = before.label !== after.label ? [{ name: nameOf(after), stretches: [{ words: message('proposals.reads.label', { now: after.label || message('proposals.noLabel'), before: before.label || message('proposals.noLabel') }), inserted: false }] }] : [];
  const others = before.kind !== after.kind || before.level !== after.level ? [{ name: message('proposals.reads.whole', { place: nameOf(after) }), stretches: [{ words: allWords(after), inserted: false }] }] : [];
  return [...fields, ...renamed, ...others];
}

/** Where what is added or moved stands then: behind what. */
function placesOf(parts: readonly Proposal[], accepted: Text): Reads[] {
  const placed = new Set(parts.flatMap((part) => (part.on === 'item' && (part.item.type === 'move' || part.item.type === 'add') ? [part.provision] : [])));
  return accepted.list.flatMap((id, i): Reads[] => {
    if (!placed.has(id)) return [];
    const name = placeName(accepted, id), before = accepted.list[i - 1];
    return [{ name: message('proposals.reads.place', { place: name }), stretches: [{ words: before === undefined ? message('proposals.reads.atBeginning', { place: name }) : message('proposals.reads.behind', { place: name, before: placeName(accepted, before) }), inserted: false }] }];
  });
}

/** What an act makes of one room, place by place: what the very decision would write there. Empty where it writes nothing there or would be refused. */
export function readsAfter(now: ActContext, wish: ActWish, room: RoomName): Reads[] {
  const before = now.rooms[room], verdict = decide({ ...wish, v: 1, id: 'asked', doc: now.document.id } as DocumentAct, now);
  if (!before || !verdict.ok) return [];
  const after = applyEdits(before, verdict.value.edits.filter((e) => e.room === room).flatMap(({ edits }) => edits));
  return after.list.flatMap((id) => {
    const was = before.by.get(id), is = after.by.get(id)!;
    if (was === is) return [];
    return slotKeys(is.kind).flatMap((key): Reads[] => {
      const hunks = compareSlots(slotOf(was, key), slotOf(is, key));
      return hunks.length > 0 ? [{ name: placeName(after, id, key), stretches: readsThen(slotOf(was, key), hunks) }] : [];
    });
  });
}

/** A provision of a text as it stands: every field of it, or those that are named. */
export function wholeOf(text: Text, id: string, fields: readonly SlotKey[] = []): Reads[] {
  const provision = text.by.get(id);
  return provision ? slotKeys(provision.kind).filter((key) => fields.length === 0 || fields.includes(key)).map((key) => ({ name: placeName(text, id, key), stretches: [{ words: textOf(slotOf(provision, key)), inserted: false }] })) : [];
}
