import { partyOfRoom, type RoomName } from '@parley/negotiation';
import type { InstantView } from '@parley/protocol';
import { compareLists, compareSlots, compareTexts, EMPTY_SLOT, EMPTY_TEXT, equalSlots, type Hunk, type Item, type PartyId, type Provision, sameProvision, type Slot, slotKeys, type SlotKey, slotOf, type Text, textFrom } from '@parley/text';

/** What changed in one room in one provision between two instants. `party`: null for the text that belongs to all. */
export interface RoomChange {
  readonly room: RoomName;
  readonly party: PartyId | null;
  /** The room's text before and after: what its provisions are called. */
  readonly from: Text;
  readonly to: Text;
  readonly items: readonly Item[];
  readonly words: readonly { readonly key: SlotKey; readonly before: Slot; readonly hunks: readonly Hunk[] }[];
}

export interface ProvisionChange { readonly id: string; readonly provision: Provision; readonly rooms: readonly RoomChange[] }

const textsOf = (instant: InstantView): ReadonlyMap<RoomName, Text> =>
  new Map(Object.entries(instant.rooms).map(([room, provisions]) => [room as RoomName, textFrom(provisions ?? [])]));

/** The text that a room's text came from: itself, or the working paper when negotiation began in between. */
const before = (texts: ReadonlyMap<RoomName, Text>, room: RoomName): Text => texts.get(room) ?? texts.get('working') ?? EMPTY_TEXT;

/** Everything that changed from one instant to a later one, by provision in reading order, then by room: the common text first. */
export function changesBetween(earlier: InstantView, later: InstantView): ProvisionChange[] {
  const from = textsOf(earlier), to = textsOf(later);
  const rooms = [...to.keys()].filter((room) => room !== 'working' || !to.has('common')).sort((a, b) => rank(a) - rank(b));
  const byProvision = new Map<string, RoomChange[]>(), common = to.has('common') ? roomChanges('common', before(from, 'common'), to.get('common')!) : null;
  for (const room of rooms) {
    for (const [id, change] of roomChanges(room, before(from, room), to.get(room)!)) {
      const own = change.party === null ? change : withoutCommon(change, common?.get(id));
      if (own.items.length + own.words.length > 0 && !followsCommon(change, id, from, to)) byProvision.set(id, [...(byProvision.get(id) ?? []), own]);
    }
  }
  const order = readingOrder([...to.values(), ...from.values()]);
  return order.filter((id) => byProvision.has(id)).map((id) => ({ id, rooms: byProvision.get(id)!, provision: find(id, to) ?? find(id, from)! }));
}

const rank = (room: RoomName): number => (room === 'common' || room === 'working' ? 0 : 1);

const find = (id: string, texts: ReadonlyMap<RoomName, Text>): Provision | undefined => [...texts.values()].map((t) => t.by.get(id)).find(Boolean);

function readingOrder(texts: readonly Text[]): string[] {
  const out: string[] = [];
  for (const text of texts) {
    text.list.forEach((id, i) => {
      if (out.includes(id)) return;
      const at = i === 0 ? 0 : out.indexOf(text.list[i - 1]!) + 1;
      out.splice(at, 0, id);
    });
  }
  return out;
}

function roomChanges(room: RoomName, from: Text, to: Text): Map<string, RoomChange> {
  const found = new Map<string, RoomChange>();
  const put = (id: string, more: Partial<Pick<RoomChange, 'items' | 'words'>>): void => {
    const had = found.get(id) ?? { room, party: partyOfRoom(room), from, to, items: [], words: [] };
    found.set(id, { ...had, items: [...had.items, ...(more.items ?? [])], words: [...had.words, ...(more.words ?? [])] });
  };
  const { items, slots } = compareTexts(from, to);
  for (const item of items) put(item.type === 'add' ? item.provision.id : item.id, { items: [item] });
  for (const id of from.list) {
    const provision = from.by.get(id)!, turned = turnedWords(provision, to.by.get(id));
    for (const [key, hunks] of slots.get(id) ?? []) if (!turned.some((t) => t.key === key)) put(id, { words: [{ key, before: slotOf(provision, key), hunks }] });
    for (const one of turned) if (one.hunks.length > 0) put(id, { words: [one] });
  }
  return found;
}

/** Where a provision was turned into another kind: the words of fields that it has no more went, those of its new fields came. */
function turnedWords(from: Provision, to: Provision | undefined): RoomChange['words'] {
  if (!to || from.kind === to.kind) return [];
  const had = slotKeys(from.kind), has = slotKeys(to.kind), gone = had.filter((key) => !has.includes(key)), come = has.filter((key) => !had.includes(key));
  const wordsOf = (key: SlotKey, before: Slot, now: Slot) => ({ key, before, hunks: compareSlots(before, now) });
  return [...gone.map((key) => wordsOf(key, slotOf(from, key), EMPTY_SLOT)), ...come.map((key) => wordsOf(key, EMPTY_SLOT, slotOf(to, key)))];
}

/** What an act did to the common text, and to a position that it took along, is told once: what is left of the position's change without it. */
function withoutCommon(change: RoomChange, common: RoomChange | undefined): RoomChange {
  if (!common) return change;
  const items = change.items.filter((item) => !common.items.some((one) => sameItem(one, item) || (one.type === 'move' && item.type === 'move' && standsAlike(item.id, common.to, change.to))));
  const words = change.words.filter(({ key, hunks }) => !hunks.every((hunk) => common.words.some((w) => w.key === key && w.hunks.some((h) => equalSlots(h.removed, hunk.removed) && equalSlots(h.inserted, hunk.inserted)))));
  return { ...change, items, words };
}

const sameItem = (a: Item, b: Item): boolean => a.type === 'field' && b.type === 'field' && a.field === b.field && a.from === b.from && a.to === b.to;

/** Whether a provision stands at one place in both texts. */
const standsAlike = (id: string, a: Text, b: Text): boolean => a.by.has(id) && b.by.has(id) && !compareLists(a, b).some((item) => item.type === 'move' && item.id === id);

/** A position that came to read as the changed common text changed only because an act took it along: that is told once, in the common text. */
function followsCommon(change: RoomChange, id: string, from: ReadonlyMap<RoomName, Text>, to: ReadonlyMap<RoomName, Text>): boolean {
  const common = to.get('common');
  if (change.party === null || !common) return false;
  const now = common.by.get(id), own = to.get(change.room)?.by.get(id), was = before(from, 'common').by.get(id);
  if (!now || !own) return now === own && was !== undefined;
  return !same(now, was) && same(now, own);
}

const same = (a: Provision, b: Provision | undefined): boolean => b !== undefined && sameProvision(a, b);
