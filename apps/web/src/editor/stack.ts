import { type FullWording, type FullWordings, type Kind, lengthOf, type PartyId, type Slot, slice, SLOTS } from '@parley/text';
import { Decoration } from 'prosemirror-view';
import { message } from '../ui/messages.ts';
import { slotName } from '../ui/naming.ts';
import { blanks, caretDom, child, drawnElement, insertAt, putWords } from './bracket-dom.ts';
import { declinedWords } from './decliners.ts';
import type { InnerCaret } from './drawing.ts';
import type { SlotPlace } from './nodes.ts';
import { codesOf, namesOf, type Reading, tonesOf } from './reading.ts';

/** Where a wording differs from the common words, and who has declined that. */
interface Mark { readonly from: number; readonly to: number; readonly declined: readonly PartyId[] }

/** A wording in whole as one row: whose it is (nobody's: the common text), and the carets of those who write in it. `words` are null where they are the text itself. */
interface Row { readonly parties: readonly PartyId[]; readonly words: Slot | null; readonly marks: readonly Mark[]; readonly carets: readonly InnerCaret[] }

/** Draws one slot as alternatives: the common wording, then each party's in party order; one of the rows is the text itself. */
class Stack {
  constructor(private readonly reading: Reading, private readonly place: SlotPlace, private readonly kind: Kind, private readonly wordings: FullWordings, private readonly carets: readonly InnerCaret[]) {}

  decorations(): Decoration[] {
    const { place, reading } = this, { alternatives } = this.wordings, before = place.start - 1, end = before + place.node.nodeSize;
    const own = alternatives.findIndex(({ parties }) => reading.party !== null && parties.includes(reading.party)), text = alternatives[own];
    const rows = [this.commonRow(text !== undefined), ...alternatives.map((one) => this.rowOf(one, one === text))], here = own + 1;
    return [
      Decoration.node(before, end, { class: `stacked ${text ? tonesOf(reading.group, text.parties) : 'stacked-common'}` }, { id: place.id }),
      this.widget(before, 'before', -1, rows.slice(0, here + 1)), ...(here + 1 < rows.length ? [this.widget(end, 'after', -2, rows.slice(here + 1))] : []),
      ...rows[here]!.marks.flatMap((mark) => this.overText(mark, text === undefined)),
    ];
  }

  /** A mark over the words of the text itself; the sign of a decline stands behind the last of them. */
  private overText({ from, to, declined }: Mark, common: boolean): Decoration[] {
    const { id, start, node } = this.place, still = { id, inclusiveStart: false, inclusiveEnd: false };
    if (from === to) return [Decoration.widget(start + from, () => this.leftOut(drawnElement('bdi', 'point'), declined), { id, key: JSON.stringify([id, this.place.key, 'gap', from, declined]), side: -1, ignoreSelection: true, marks: [] })];
    const blank = /^ +$/.test(node.textBetween(from, to)) ? { 'data-blank': blanks([{ t: node.textBetween(from, to) }]) } : {}, last = to - ([...node.textBetween(from, to)].at(-1)?.length ?? 1);
    return [
      Decoration.inline(start + from, start + to, { class: common ? 'disputed' : 'differs', ...blank }, still),
      ...(declined.length > 0 ? [Decoration.inline(start + last, start + to, { class: 'declined-by', 'data-declined': this.declinedWords(declined) }, still)] : []),
    ];
  }

  /** Where a wording leaves common words out. */
  private leftOut(parent: HTMLElement, declined: readonly PartyId[]): HTMLElement {
    child(parent, 'span', 'aloud', message('editor.stack.leftOut'));
    const sign = child(parent, 'span', 'left-out', '‸');
    sign.setAttribute('aria-hidden', 'true');
    if (declined.length > 0) child(parent, 'span', 'declined-by').dataset.declined = this.declinedWords(declined);
    return parent;
  }

  private commonRow(drawn: boolean): Row {
    return { parties: [], words: drawn ? this.reading.common!.by.get(this.place.id)!.slots[this.place.key] ?? [] : null, marks: this.wordings.common.map(({ from, to }) => ({ from, to, declined: [] })), carets: [] };
  }

  private rowOf({ parties, words, differences }: FullWording, standsInText: boolean): Row {
    const marks = differences.map(({ from, to, hunks }): Mark => ({ from, to, declined: declinedWords(this.reading, this.place.id, this.place.key, hunks) }));
    const carets = this.carets.filter((c) => c.id === this.place.id && c.key === this.place.key && parties.includes(c.party) && c.head <= lengthOf(words));
    return { parties, words: standsInText ? null : words, marks, carets: standsInText ? [] : carets };
  }

  private widget(pos: number, where: 'before' | 'after', side: number, rows: readonly Row[]): Decoration {
    const { id, key } = this.place, named = JSON.stringify([id, key, where, rows.map(({ carets, ...row }) => [row, carets.map((c) => [c.user, c.head])])]);
    return Decoration.widget(pos, () => this.dom(where, rows), { id, key: named, side, ignoreSelection: true, marks: [] });
  }

  private dom(where: 'before' | 'after', rows: readonly Row[]): HTMLElement {
    const element = drawnElement('div', `alternatives ${where}`);
    if (where === 'before' && SLOTS[this.kind].length > 1) child(element, 'div', 'alternatives-of', slotName(this.place.key));
    for (const row of rows) this.putRow(element, row);
    return element;
  }

  private putRow(parent: HTMLElement, { parties, words, marks, carets }: Row): void {
    const { group } = this.reading, common = parties.length === 0;
    const line = child(parent, 'div', `alternative ${common ? 'tone-none' : tonesOf(group, parties)}${words === null ? ' stands' : ''}`);
    child(line, 'span', 'aloud', common ? message('editor.stack.common.aloud') : message('editor.stack.party.aloud', { names: namesOf(group, parties), n: parties.length }));
    child(line, 'span', 'whose', common ? message('editor.stack.common') : codesOf(group, parties)).setAttribute('aria-hidden', 'true');
    if (words === null) return;
    const said = child(line, 'bdi', 'said');
    let at = 0;
    for (const { from, to, declined } of marks) {
      putWords(said, slice(words, at, from), false);
      if (from === to) this.leftOut(said, declined);
      else {
        const changed = child(said, 'span', common ? 'disputed' : 'differs'), blank = blanks(slice(words, from, to));
        if (blank) changed.dataset.blank = blank;
        putWords(changed, slice(words, from, to), false);
        if (declined.length > 0) child(said, 'span', 'declined-by').dataset.declined = this.declinedWords(declined);
      }
      at = to;
    }
    putWords(said, slice(words, at, lengthOf(words)), false);
    for (const caret of carets) insertAt(said, caretDom(group, caret.party, caret.name), caret.head);
  }

  private declinedWords(parties: readonly PartyId[]): string {
    return message('editor.stack.declined', { codes: codesOf(this.reading.group, parties) });
  }
}

/** The decorations of a slot that is read as alternatives. */
export const stackDecorations = (reading: Reading, place: SlotPlace, kind: Kind, wordings: FullWordings, carets: readonly InnerCaret[]): Decoration[] =>
  new Stack(reading, place, kind, wordings, carets).decorations();
