import { CHAIR, codeOf, type DocumentState, type GroupState, isLocked, partyName, partyOrder, positionRoom, positionsOf, type Rooms, settlementOf } from '@parley/negotiation';
import { EMPTY_TEXT, type PartyId, type Text } from '@parley/text';

/** What is on the page: a text, whose it is, and what it is compared with. Values only. */
export interface Reading {
  readonly text: Text;
  /** The party whose text it is; null for the common text or a working paper. */
  readonly party: PartyId | null;
  /** What the text is compared with; null when nothing is compared: a working paper, a clean view. */
  readonly common: Text | null;
  /** The other positions, in party order. */
  readonly others: readonly { readonly party: PartyId; readonly text: Text }[];
  readonly group: GroupState;
  /** What acts have settled; null where it must not show. */
  readonly document: DocumentState | null;
}

/** Which reading of a document is wanted; `party:<id>` is one party's whole text. */
export type ViewName = 'bracketed' | 'ours' | 'theirs' | 'agreed' | `party:${string}`;

/** The whole document in brackets, from one party's side or (null) from nobody's. */
export function bracketedReading(rooms: Rooms, group: GroupState, document: DocumentState | null, party: PartyId | null): Reading {
  const positions = positionsOf({ rooms, group }), common = rooms.common ?? null;
  const own = positions.find((p) => p.party === party);
  if (!common) return clean(rooms.working ?? EMPTY_TEXT, group, document, null);
  return { text: own ? own.text : common, party: own ? party : null, common, others: positions.filter((p) => p.party !== own?.party), group, document };
}

/** One text alone, without brackets. */
export const clean = (text: Text, group: GroupState, document: DocumentState | null, party: PartyId | null): Reading =>
  ({ text, party, common: null, others: [], group, document });

/** The party whose clean text a view shows, read by `party`; null where it shows no party's. */
export function partyOfView(view: ViewName, group: GroupState, party: PartyId | null): PartyId | null {
  if (view === 'ours') return party;
  if (view === 'theirs') return group.delegations.find((d) => d.id !== party)?.id ?? null;
  return view.startsWith('party:') ? view.slice('party:'.length) : null;
}

/** A document read in a way, from one party's side or (null) from nobody's. */
export function readingOf(view: ViewName, rooms: Rooms, group: GroupState, document: DocumentState | null, party: PartyId | null): Reading {
  if (view === 'bracketed' || !rooms.common) return bracketedReading(rooms, group, document, party);
  const whose = partyOfView(view, group, party);
  return clean((whose === null ? rooms.common : rooms[positionRoom(whose)]) ?? rooms.common, group, document, whose);
}

/** The class that gives a party its colour; the colour never stands without the party's code. */
export function toneOf(group: GroupState, party: PartyId): string {
  if (party === CHAIR) return 'tone-chair';
  const at = group.delegations.findIndex((d) => d.id === party);
  return at === 0 ? 'tone-a' : at === 1 ? 'tone-b' : 'tone-none';
}

/** The tone of several parties: their own when it is one, a common one when they agree. */
export const tonesOf = (group: GroupState, parties: readonly PartyId[]): string => (parties.length === 1 ? toneOf(group, parties[0]!) : 'tone-both');

export const codesOf = (group: GroupState, parties: readonly PartyId[]): string => parties.map((p) => codeOf(group, p)).join(', ');

export function namesOf(group: GroupState, parties: readonly PartyId[]): string {
  const names = parties.map((p) => (p === CHAIR ? 'The chair' : partyName(group, p)));
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

export const orderOf = (reading: Reading): PartyId[] => partyOrder(reading.group);

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dated = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The hour of today, the date of another day. */
export const timeOf = (at: number, now: number): string => (new Date(at).toDateString() === new Date(now).toDateString() ? clock : dated).format(at);

export interface Seal { readonly kind: 'approved' | 'agreed' | 'consent' | 'reopening'; readonly say: string }

/** What acts have settled about one provision, as it is written beside it: by whom and when. */
export function sealsOf(reading: Reading, id: string, now: number): Seal[] {
  if (!reading.document) return [];
  const { consents, approved, reopening } = settlementOf(reading.document, id), { group } = reading;
  const given = partyOrder(group).filter((p) => consents[p]).map((p) => `${codeOf(group, p)} ${timeOf(consents[p]!.at, now)}`);
  const out: Seal[] = [];
  if (given.length > 0) {
    out.push(isLocked(reading.document, id) ? { kind: 'agreed', say: `✓ agreed ad ref. · ${given.join(' · ')}` } : { kind: 'consent', say: `ready to agree · ${given.join(' · ')}` });
  }
  if (approved) out.push({ kind: 'approved', say: `✓ approved · ${timeOf(approved.at, now)}` });
  if (reopening) out.push({ kind: 'reopening', say: `${codeOf(group, reopening.party)} asks to reopen: ${reopening.reason}` });
  return out;
}
