import { type GroupState, partyOf, partyOfRoom, seatOf } from '@parley/negotiation';
import type { Caret, Presence } from '@parley/protocol';
import { compareSlots, isRestyling, type PartyId, sameChange, slotOf, toCommon } from '@parley/text';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { caretDom } from './bracket-dom.ts';
import { type DrawnPlace, type InnerCaret, inText } from './drawing.ts';
import { posOf, type Spot } from './nodes.ts';
import type { Reading } from './reading.ts';

/** Somebody's caret in the text shown. */
export interface OuterCaret extends Spot { readonly user: string; readonly name: string; readonly party: PartyId | null }

export interface Carets { readonly outer: readonly OuterCaret[]; readonly inner: readonly InnerCaret[] }

function partyOfUser(group: GroupState, user: string): PartyId | null {
  const seat = seatOf(group, user);
  return seat ? partyOf(seat) : null;
}

/** A caret in another position: its offset over the common text into this one, or inside words that only its side has (trap 10). */
function across(reading: Reading, caret: Caret, party: PartyId, placesOf: (id: string, key: string) => readonly DrawnPlace[]): { offset: number } | { common: number; inside: number } | null {
  const { provision: id, key } = caret;
  const common = reading.common?.by.get(id), theirs = reading.others.find((o) => o.party === party)?.text.by.get(id), shown = reading.text.by.get(id);
  if (!common || !theirs || !shown) return null;
  const hunks = compareSlots(slotOf(common, key), slotOf(theirs, key)), own = reading.party === null ? [] : compareSlots(slotOf(common, key), slotOf(shown, key));
  // Who writes stands behind what he has written: the end of words that only his side has is inside them.
  const drawn = placesOf(id, key).flatMap((p) => p.laid), laid = drawn.find((l) => l.party === party && l.hunk.posFrom < caret.head && caret.head <= l.hunk.posTo);
  const hunk = laid?.hunk ?? hunks.find((h) => h.posFrom < caret.head && caret.head <= h.posTo);
  if (!hunk) return { offset: inText(own, toCommon(hunks, caret.head).at, false) };
  const inside = caret.head - hunk.posFrom, mine = drawn.find((l) => l.party === reading.party && sameChange(l.hunk, hunk))?.hunk ?? own.find((h) => sameChange(h, hunk));
  if (mine) return { offset: mine.posFrom + inside };
  if (isRestyling(hunk)) return { offset: inText(own, hunk.from + inside, false) };
  return laid ? { common: laid.shape.to, inside } : { offset: inText(own, hunk.to, true) };
}

/** Where everybody else is, in the text shown. */
export function caretsOf(
  reading: Reading, ownRoom: string, me: string, people: readonly Presence[], nameOf: (user: string) => string,
  placesOf: (id: string, key: string) => readonly DrawnPlace[],
): Carets {
  const outer: OuterCaret[] = [], inner: InnerCaret[] = [];
  for (const { user, caret } of people) {
    if (!caret || user === me) continue;
    const who = { user, name: nameOf(user), party: partyOfUser(reading.group, user), id: caret.provision, key: caret.key };
    const party = partyOfRoom(caret.room);
    if (caret.room === ownRoom) outer.push({ ...who, offset: caret.head });
    else if (party !== null && reading.common) {
      const there = across(reading, caret, party, placesOf);
      if (there && 'offset' in there) outer.push({ ...who, offset: there.offset });
      else if (there) inner.push({ ...who, party, head: caret.head, ...there });
    }
  }
  return { outer, inner };
}

const key = new PluginKey<DecorationSet>('carets');

/** Shows these carets from now on. */
export const showCarets = (tr: Transaction, group: GroupState, carets: readonly OuterCaret[]): Transaction => tr.setMeta(key, { group, carets }).setMeta('addToHistory', false);

/** Whether anybody's caret is shown: while none is, the news of the reader's own, which comes with every key, draws nothing. */
export const hasCarets = (state: EditorState): boolean => (key.getState(state)?.find().length ?? 0) > 0;

/** Colleagues' carets. Between two presences they move with the text. */
export const caretPlugin = (): Plugin => new Plugin<DecorationSet>({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply(tr, value) {
      const wish = tr.getMeta(key) as { group: GroupState; carets: readonly OuterCaret[] } | undefined;
      if (!wish) return value.map(tr.mapping, tr.doc);
      return DecorationSet.create(tr.doc, wish.carets.flatMap((c) => {
        const pos = posOf(tr.doc, c);
        const dom = () => caretDom(wish.group, c.party, c.name);
        return pos === null ? [] : [Decoration.widget(pos, dom, { key: `caret ${c.user} ${c.name} ${c.id} ${c.key} ${c.offset}`, side: 0.5, ignoreSelection: true, marks: [] })];
      }));
    },
  },
  props: { decorations(state) { return key.getState(state); } },
});
