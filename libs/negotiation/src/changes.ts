import { acceptInRemoved, acceptItem, type Alongside, applyEdits, compareLists, compareSlots, type Edit, EMPTY_TEXT, type Hunk, type Item, itemInCommon, type PartyId, rebaseSlotAll, slotKeys, slotOf, type SlotKey, type Text, withdrawItem, withdrawSlot } from '@parley/text';
import type { ItemProposal, NamedHunk, Proposal, WordsProposal } from './proposal.ts';
import type { Rooms } from './document.ts';
import { partyOrder } from './group.ts';
import { sameHunk } from './proposal-names.ts';
import { gathered, sortOfItem } from './parts.ts';
import { positionRoom, type RoomName } from './party.ts';
import { positionsOf, type SharedState } from './act-context.ts';

/** An accepting side: whether its own insertions may stay beside accepted ones at the same point, and what it withdraws although nothing contests it. What does, it gives up. */
export interface Accepting { readonly own: Alongside; readonly freely: readonly Proposal[] }

/** What of an accepting side still stood against the parts when they entered. */
export type Against =
  | { readonly on: 'words'; readonly provision: string; readonly key: SlotKey; readonly hunk: Hunk }
  | { readonly on: 'item'; readonly item: Item };

export type RoomEdits = readonly { readonly room: RoomName; readonly edits: readonly Edit[] }[];

/** The texts of a document while an act changes them, and the edits that do so. */
export class Changes {
  private texts: Rooms;
  private readonly made = new Map<RoomName, Edit[]>();
  private readonly against = new Map<PartyId, Against[]>();

  constructor(private readonly shared: SharedState) {
    this.texts = shared.rooms;
  }

  get rooms(): Rooms {
    return this.texts;
  }

  /** Every edit, the common text's first. */
  get edits(): RoomEdits {
    const rooms = [...this.made.keys()].sort((a, b) => Number(b === 'common') - Number(a === 'common'));
    return rooms.map((room) => ({ room, edits: this.made.get(room)! }));
  }

  againstOf(party: PartyId): readonly Against[] {
    return this.against.get(party) ?? [];
  }

  /** The common words, places and fields back in the position of a party; what of `parts` it does not propose is left as it is. */
  withdraw(party: PartyId, parts: readonly Proposal[]): void {
    const room = positionRoom(party);
    for (const part of parts) if (part.on === 'words') this.withdrawWords(room, part);
    const wanted = sortsOf(parts);
    for (;;) {
      const common = this.text('common'), text = this.text(room);
      const item = compareLists(common, text).find((i) => wanted.has(sortOfItem(i.id, i)));
      if (!item) return;
      wanted.delete(sortOfItem(item.id, item));
      this.write(room, [withdrawItem(item, common, text)]);
    }
  }

  private withdrawWords(room: RoomName, { provision: id, key, hunks: named }: WordsProposal): void {
    const common = slotOf(this.text('common').by.get(id), key), own = this.text(room).by.get(id);
    if (!own) return;
    const hunks = compareSlots(common, slotOf(own, key)).filter((h) => named.some((n) => sameHunk(n, h)));
    this.write(room, [...hunks].reverse().map((h) => ({ do: 'splice', id, key, ...withdrawSlot(h, common) })));
  }

  /** What a party puts into its own position. */
  table(party: PartyId, edits: readonly Edit[]): void {
    this.write(positionRoom(party), edits);
  }

  /** Parts of one party into the common text, and what follows from it for every other position. The proposer's own is not written. */
  enter(sent: readonly Proposal[], accepting: ReadonlyMap<PartyId, Accepting>): void {
    const parts = gathered(sent), [first] = parts;
    if (!first) return;
    for (const [party, { freely }] of accepting) this.withdraw(party, freely);
    const words = parts.filter((part) => part.on === 'words');
    for (const id of new Set(words.map((part) => part.provision))) this.enterWords(id, words.filter((part) => part.provision === id), accepting);
    this.enterItems(first.party, parts.filter((part) => part.on === 'item'), accepting);
  }

  private enterWords(id: string, parts: readonly WordsProposal[], accepting: ReadonlyMap<PartyId, Accepting>): void {
    const common = this.text('common'), before = common.by.get(id);
    const inCommon = parts.flatMap(({ key, hunks }) =>
      [...hunks].sort((a, b) => b.from - a.from || b.to - a.to).map((h): Edit => ({ do: 'splice', id, key, from: h.from, to: h.to, insert: h.inserted })));
    const accepted = applyEdits(common, inCommon).by.get(id);
    if (!before || !accepted) return;
    for (const { party, text } of this.others(parts[0]!.party)) {
      const theirs = text.by.get(id);
      if (!theirs) {
        const { edits, givesUp } = acceptInRemoved({ common, accepted, position: { party, text }, accepting: accepting.has(party) });
        this.follow(party, edits, givesUp.map((item) => ({ on: 'item', item })));
        continue;
      }
      for (const { key, hunks } of parts) {
        if (!slotKeys(theirs.kind).includes(key)) continue;
        const { splices, givesUp } = rebaseSlotAll({
          common: slotOf(before, key), hunks: asHunks(hunks), proposer: parts[0]!.party, order: partyOrder(this.shared.group),
          position: { party, slot: slotOf(theirs, key) }, accepting: accepting.has(party), own: accepting.get(party)?.own ?? 'alongside',
        });
        this.follow(party, splices.map((s) => ({ do: 'splice', id, key, from: s.from, to: s.to, insert: s.insert })), givesUp.map((hunk) => ({ on: 'words', provision: id, key, hunk })));
      }
    }
    this.write('common', inCommon);
  }

  /** One at a time, compared anew after each: what one of them is beside depends on the others. What is there already counts as entered. */
  private enterItems(of: PartyId, parts: readonly ItemProposal[], accepting: ReadonlyMap<PartyId, Accepting>): void {
    const wanted = sortsOf(parts);
    while (wanted.size > 0) {
      const common = this.text('common');
      const item = compareLists(common, this.text(positionRoom(of))).find((i) => wanted.has(sortOfItem(i.id, i)));
      if (!item) return;
      wanted.delete(sortOfItem(item.id, item));
      for (const { party, text } of this.others(of)) {
        const { edits, givesUp } = acceptItem({ common, item, proposer: of, position: { party, text }, accepting: accepting.has(party) });
        this.follow(party, edits, givesUp.map((given) => ({ on: 'item', item: given })));
      }
      this.write('common', [itemInCommon(item)]);
    }
  }

  private text(room: RoomName): Text {
    return this.texts[room] ?? EMPTY_TEXT;
  }

  private others(party: PartyId): ReturnType<typeof positionsOf> {
    return positionsOf({ rooms: this.texts, group: this.shared.group }).filter((position) => position.party !== party);
  }

  private follow(party: PartyId, edits: readonly Edit[], against: readonly Against[]): void {
    if (against.length > 0) this.against.set(party, [...this.againstOf(party), ...against]);
    this.write(positionRoom(party), edits);
  }

  private write(room: RoomName, edits: readonly Edit[]): void {
    if (edits.length === 0) return;
    this.texts = { ...this.texts, [room]: applyEdits(this.text(room), edits) };
    this.made.set(room, [...(this.made.get(room) ?? []), ...edits]);
  }
}

const sortsOf = (parts: readonly Proposal[]): Set<string> =>
  new Set(parts.flatMap((part) => (part.on === 'item' ? [sortOfItem(part.provision, part.item)] : [])));

/** Named hunks as compare gives them; where they stand in the position is not needed for a rebase. */
const asHunks = (hunks: readonly NamedHunk[]): Hunk[] => hunks.map((h) => ({ ...h, posFrom: 0, posTo: 0 }));
