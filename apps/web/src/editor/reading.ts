import { CHAIR, codeOf, type DocumentState, type GroupState, isLocked, partyOrder, positionRoom, positionsOf, type Rooms, settlementOf } from '@parley/negotiation';
import { type BracketPlace, type Direction, directionOf, EMPTY_TEXT, layOut, type PartyId, type SlotKey, slotOf, type Text, textOf } from '@parley/text';
import { toneOf } from '../ui/party.tsx';
import { momentText } from '../ui/moment.tsx';
import { listed, message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';

/** What is on the page: a text, whose it is, and what it is compared with. Values only. */
export interface Reading {
  readonly text: Text;
  /** The party whose text it is; null for the common text or a working paper. */
  readonly party: PartyId | null;
  /** What the text is compared with; null when nothing is compared: a working paper, a clean view. */
  readonly common: Text | null;
  /** The other positions, in party order. */
  readonly others: readonly { readonly party: PartyId; readonly text: Text }[];
  /** The texts by which its provisions have their direction, the first of them first: the same for every seat and in every view. */
  readonly directed: readonly Text[];
  readonly group: GroupState;
  /** What acts have settled; null where it must not show. */
  readonly document: DocumentState | null;
  /** Which provisions show their wordings as alternatives below each other. */
  readonly stacking: Stacking;
}

/** Which provisions show their wordings in whole, one below the other: those with many proposals (`crowded`), and what the reader chose for one. */
export interface Stacking { readonly crowded: boolean; readonly chosen: ReadonlyMap<string, boolean> }

export const STACKED_WHERE_CROWDED: Stacking = { crowded: true, chosen: new Map() };

/** A provision with more changes than these is read more easily in whole sentences. */
const A_HANDFUL = 5;

/** Whether a provision with so many changes is read as alternatives. */
export const isStacked = ({ stacking: { crowded, chosen } }: Pick<Reading, 'stacking'>, id: string, changes: number): boolean => chosen.get(id) ?? (crowded && changes > A_HANDFUL);

/** How many changes the parties make in the words of a provision of the common text; one that several make counts once. None of one that somebody removes: it is read in brackets. */
export function changesOf(rooms: Rooms, group: GroupState, id: string): number {
  const common = rooms.common?.by.get(id), positions = positionsOf({ rooms, group }), having = positions.flatMap(({ party, text }) => { const p = text.by.get(id); return p ? [{ party, p }] : []; });
  if (having.length < positions.length) return 0;
  return Object.keys(common?.slots ?? {}).reduce((n, key) => n + changesAt(layOut(slotOf(common, key), having.map(({ party, p }) => ({ party, slot: slotOf(p, key) })))), 0);
}

/** How many changes there are at places of one slot. */
export const changesAt = (places: readonly BracketPlace[]): number => places.reduce((n, { alternatives }) => n + alternatives.length, 0);

/** The ways of reading a text under negotiation: all brackets, the common text alone, what of it is agreed, one party's whole text. */
export type ViewName = 'bracketed' | 'common' | 'agreed' | `party:${PartyId}`;

/** The party whose clean text a view shows; null where it shows no party's. */
export const partyOfView = (view: ViewName): PartyId | null => (view.startsWith('party:') ? view.slice('party:'.length) : null);

/** The whole document in brackets, from one party's side or (null) from nobody's. */
export function bracketedReading(rooms: Rooms, group: GroupState, document: DocumentState | null, party: PartyId | null, stacking = STACKED_WHERE_CROWDED): Reading {
  const positions = positionsOf({ rooms, group }), common = rooms.common ?? null;
  const own = positions.find((p) => p.party === party);
  if (!common) return clean(rooms.working ?? EMPTY_TEXT, rooms, group, document, null);
  return { text: own ? own.text : common, party: own ? party : null, common, others: positions.filter((p) => p.party !== own?.party), directed: directedBy(rooms, group), group, document, stacking };
}

/** One text alone, without brackets. `rooms`: all texts of the document. */
export const clean = (text: Text, rooms: Rooms, group: GroupState, document: DocumentState | null, party: PartyId | null): Reading =>
  ({ text, party, common: null, others: [], directed: directedBy(rooms, group), group, document, stacking: STACKED_WHERE_CROWDED });

/** What nobody disputes decides, and where that says nothing the positions, in party order. */
const directedBy = (rooms: Rooms, group: GroupState): Text[] => [rooms.common ?? rooms.working ?? EMPTY_TEXT, ...positionsOf({ rooms, group }).map(({ text }) => text)];

/** The direction of one slot's words, for every reader: that of the first text that has a letter there (E21). */
export const directionIn = ({ directed }: Pick<Reading, 'directed'>, id: string, key: SlotKey): Direction =>
  directed.reduce<Direction | null>((found, text) => found ?? directionOf(textOf(slotOf(text.by.get(id), key))), null) ?? 'left-to-right';

const agreedTexts = new WeakMap<Text, { readonly document: DocumentState | null; readonly text: Text }>();

/** The provisions of the common text that both delegations have agreed, in order; the same value as long as nothing of it changed. */
function agreedText(common: Text, document: DocumentState | null): Text {
  const before = agreedTexts.get(common);
  if (before?.document === document) return before.text;
  const list = document === null ? [] : common.list.filter((id) => isLocked(document, id));
  const same = before && before.text.list.join() === list.join(), text = same ? before.text : { list, by: new Map(list.map((id) => [id, common.by.get(id)!])) };
  agreedTexts.set(common, { document, text });
  return text;
}

/** A document read in a way, from one party's side or (null) from nobody's. */
export function readingOf(view: ViewName, rooms: Rooms, group: GroupState, document: DocumentState | null, party: PartyId | null, stacking = STACKED_WHERE_CROWDED): Reading {
  if (view === 'bracketed' || !rooms.common) return bracketedReading(rooms, group, document, party, stacking);
  if (view === 'agreed') return clean(agreedText(rooms.common, document), rooms, group, document, null);
  const whose = partyOfView(view);
  return clean((whose === null ? rooms.common : rooms[positionRoom(whose)]) ?? rooms.common, rooms, group, document, whose);
}

/** The tone of several parties: their own when it is one, a common one when they agree. */
export const tonesOf = (group: GroupState, parties: readonly PartyId[]): string => (parties.length === 1 ? toneOf(group, parties[0]!) : 'tone-both');

export const codesOf = (group: GroupState, parties: readonly PartyId[]): string => parties.map((p) => codeOf(group, p)).join(', ');

export const namesOf = (group: GroupState, parties: readonly PartyId[]): string => listed(parties.map((p) => (p === CHAIR ? message('editor.chair') : partyName(group, p))));

export const orderOf = (reading: Reading): PartyId[] => partyOrder(reading.group);

/** Every position that a reading compares with the common text, in party order. */
export function sidesOf(reading: Reading): { readonly party: PartyId; readonly text: Text }[] {
  const { party, text, common, others } = reading, order = orderOf(reading);
  const own = party === null || common === null ? [] : [{ party, text }];
  return [...own, ...others].sort((a, b) => order.indexOf(a.party) - order.indexOf(b.party));
}

/** A time as it stands in a seal. */
export interface SealedAt { readonly at: number; readonly text: string }

/** Who has agreed, and when. */
export interface Signed { readonly code: string; readonly at: SealedAt }

export type Seal =
  | { readonly kind: 'agreed' | 'consent'; readonly signed: readonly Signed[] }
  | { readonly kind: 'approved'; readonly at: SealedAt }
  | { readonly kind: 'reopening'; readonly code: string; readonly reason: string };

/** What acts have settled about one provision, as it is written beside it: by whom and when. */
export function sealsOf(reading: Reading, id: string, now: number): Seal[] {
  if (!reading.document) return [];
  const { consents, approved, reopenings } = settlementOf(reading.document, id), { group } = reading;
  const time = ({ at }: { readonly at: number }): SealedAt => ({ at, text: momentText(at, 'today', now) });
  const signed = partyOrder(group).filter((p) => consents[p]).map((p): Signed => ({ code: codeOf(group, p), at: time(consents[p]!) }));
  const out: Seal[] = [];
  if (signed.length > 0) out.push({ kind: isLocked(reading.document, id) ? 'agreed' : 'consent', signed });
  if (approved) out.push({ kind: 'approved', at: time(approved) });
  for (const party of partyOrder(group)) if (reopenings[party]) out.push({ kind: 'reopening', code: codeOf(group, party), reason: reopenings[party].reason });
  return out;
}
