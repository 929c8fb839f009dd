import { codeOf, namesOf, type Proposal } from '@parley/negotiation';
import { applyEdits, bracketedText, compareSlots, COMPARE_VERSION, type Edit, type Kind, lengthOf, LEVEL_LIMIT, plainSlot, type Slot, slotDigest, slotKeys, slotOf } from '@parley/text';
import type { EditorView } from 'prosemirror-view';
import { wording } from '../ui/messages.ts';
import { holdStill } from '../ui/hold-still.ts';
import { message } from '../ui/messages.ts';
import { scrollerOf } from '../ui/scroller.ts';
import { bracketsOf } from './brackets.ts';
import { added, addedWith, moved, predecessor, relabelled, removed, restored, split } from './commands.ts';
import { inText } from './drawing.ts';
import { newProvision } from './new-provision.ts';
import type { LiveEditor } from './live-editor.ts';
import { posOf, provisionAt, slotAt, slotsIn, type Spot, spotAt, textNodes } from './nodes.ts';
import { asEditorPlace, type EditorPlace, placeAt, placeBeyond, type PlaceHere, placesIn, sayNoPlace } from './places.ts';
import { type Reading, sidesOf } from './reading.ts';
import { caretAt } from './selection.ts';
import { cutEdits } from './to-room.ts';

/** Where the caret is among the differences, with the names under which proposals hang. */
export interface FocusedPlace extends EditorPlace { readonly names: readonly string[] }

/** What a page may ask of the text it shows. Structural commands do nothing, and say so, where nobody may write. */
export interface EditorHandle {
  nextPlace(): FocusedPlace | null;
  previousPlace(): FocusedPlace | null;
  focusedPlace(): FocusedPlace | null;
  /** Puts an empty provision behind `after` (null: first) with the caret in it; answers its id. */
  addProvision(after: string | null, kind: Kind): string | null;
  removeProvision(id: string): void;
  moveProvision(id: string, direction: 'up' | 'down'): void;
  setLabel(id: string, label: string): void;
  setLevel(id: string, level: number): void;
  setKind(id: string, kind: Kind): void;
  /** Brings back what the own position removed, as the common text has it. */
  restoreProvision(id: string): void;
  /** The whole document as bracketed text with attribution, put on the clipboard. Rejects where the browser does not let the page write there. */
  copyBracketed(): Promise<string>;
  /** Puts words into the own text where another side proposes its own, hunk by hunk (null: nothing there), with the caret behind them. False where nothing is written here. */
  counterPropose(proposal: Proposal, words: readonly (Slot | null)[]): boolean;
  /** Puts words of the reader's at the end of a slot; where that may not be written in, in a provision of their own behind it. False where nothing is written here. */
  putBack(provision: string, slot: string, words: string): boolean;
  scrollTo(provision: string): void;
}

interface Shown { readonly view: EditorView; readonly reading: Reading; bringNear(id: string): void }

/** Words behind others, parted by a space where the script parts words. */
const spaced = (before: string, words: string): string => (/\S$/u.test(before) && /^[\p{Script=Latin}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}\d(]/u.test(words) ? ` ${words}` : words);

/** The commands of a text on the screen; `live` is null where it cannot be written in. */
export class Handle implements EditorHandle {
  private letMove = (): void => undefined;

  constructor(private readonly shown: Shown, private readonly live: LiveEditor | null, private readonly announce: (say: string) => void) {}

  nextPlace(): FocusedPlace | null { return this.go(1); }
  previousPlace(): FocusedPlace | null { return this.go(-1); }

  focusedProvision(): string | null { return this.spot?.id ?? null; }

  focusedPlace(): FocusedPlace | null {
    const places = this.places, here = placeAt(places, this.spot);
    return here ? this.told(places, here) : null;
  }

  /** Which place the caret is at, empty where it is at none; cheap enough for every key. */
  placeKey(): string {
    const { spot } = this, places = spot ? (bracketsOf(this.shown.view.state).drawn.get(spot.id)?.slots.get(spot.key)?.places ?? []) : [];
    const here = places.findLast((p) => p.start <= spot!.offset && spot!.offset <= p.end);
    return here ? `${spot!.id} ${spot!.key} ${here.from} ${here.to}` : '';
  }

  addProvision(after: string | null, kind: Kind): string | null {
    if (!this.live) return null;
    const one = newProvision(this.live, after);
    this.write(added(this.live.binding.text, { after, kind, ...one }));
    this.enter(one.id);
    return provisionAt(this.live.view.state.doc, one.id) ? one.id : null;
  }

  removeProvision(id: string): void { this.write(removed(id)); }
  setLabel(id: string, label: string): void { this.write(relabelled(id, label.trim())); }
  setKind(id: string, kind: Kind): void { this.write([{ do: 'set', id, kind }]); }
  setLevel(id: string, level: number): void { this.write([{ do: 'set', id, level: Math.max(0, Math.min(level, LEVEL_LIMIT)) }]); }

  moveProvision(id: string, direction: 'up' | 'down'): void {
    if (!this.live) return;
    this.write(moved(this.live.binding.text, id, direction));
    this.scrollTo(id);
  }

  restoreProvision(id: string): void {
    const common = this.live?.client.texts().common;
    if (!this.live || !common) return;
    this.write(restored(this.live.binding.text, common, id));
    this.scrollTo(id);
  }

  /** Enter: see `split`. What is selected goes; the caret goes to the second half. Over several slots what is left of the last one is the second half. */
  split(): void {
    const { live } = this;
    if (!live) return;
    const { doc, selection: { $from, from, $to, to } } = live.view.state, spot = spotAt(doc, from), last = spotAt(doc, to), cut = cutEdits(doc, from, to, live.writable);
    if (!spot || !last) return;
    if (!$from.sameParent($to)) return this.standAt({ ...last, offset: 0 }, cut);
    const text = applyEdits(live.binding.text, cut), one = newProvision(live, spot.id);
    const before = spot.offset === 0 && lengthOf(slotOf(text.by.get(spot.id), spot.key)) > 0;
    this.write([...cut, ...split(text, spot, one)]);
    if (!before) this.enter(one.id);
  }

  private standAt(spot: Spot, edits: readonly Edit[]): void {
    const { live } = this;
    if (!live) return;
    this.write(edits);
    const { state } = live.view, pos = posOf(state.doc, spot);
    if (pos !== null) live.dispatch(state.tr.setSelection(caretAt(state.doc, pos)).scrollIntoView());
  }

  /** Backspace in a provision that has no words and is nobody's but ours: it goes, and the caret with it to the one before. */
  removeEmpty(): boolean {
    const { live, spot } = this;
    const place = live && spot ? provisionAt(live.view.state.doc, spot.id) : null;
    if (!live || !place || place.node.textContent !== '' || live.client.texts().common?.by.has(spot!.id) || live.view.state.doc.childCount < 2) return false;
    this.write(removed(spot!.id));
    const { doc } = live.view.state;
    live.dispatch(live.view.state.tr.setSelection(caretAt(doc, Math.max(0, place.pos - 2))).scrollIntoView());
    return true;
  }

  async copyBracketed(): Promise<string> {
    const { reading } = this.shown, { group } = reading;
    const text = bracketedText(reading.common ?? reading.text, sidesOf(reading), (party) => codeOf(group, party), wording);
    await navigator.clipboard.writeText(text);
    return text;
  }

  putBack(provision: string, slot: string, words: string): boolean {
    const { live } = this;
    if (!live?.editable) return false;
    const place = slotAt(live.view.state.doc, provision, slot);
    if (place && live.writable(provision)) {
      const end = place.start + place.node.content.size, joint = spaced(place.node.textContent, words);
      const tr = live.view.state.tr.insertText(joint, end);
      live.dispatch(tr.setSelection(caretAt(tr.doc, end + joint.length)).scrollIntoView());
    } else {
      const { text } = live.binding, common = live.client.texts().common?.list ?? [];
      const before = text.by.has(provision) ? provision : predecessor(common, provision, text) ?? text.list.at(-1) ?? null;
      const one = newProvision(live, before);
      this.write(addedWith(text, { after: before, kind: 'paragraph', ...one }, plainSlot(words.trim())));
      const made = slotAt(live.view.state.doc, one.id, slotKeys('paragraph')[0]!);
      if (made) live.dispatch(live.view.state.tr.setSelection(caretAt(live.view.state.doc, made.start + made.node.content.size)).scrollIntoView());
    }
    live.view.focus();
    return true;
  }

  counterPropose(proposal: Proposal, words: readonly (Slot | null)[]): boolean {
    const { live } = this;
    const text = live?.binding.text, common = live?.client.texts().common;
    if (!live?.editable || !text || !common || proposal.on !== 'words') return false;
    const { provision, key, hunks } = proposal;
    const place = slotAt(live.view.state.doc, provision, key);
    if (!place) return false;
    const own = compareSlots(slotOf(common.by.get(provision), key), slotOf(text.by.get(provision), key));
    const tr = live.view.state.tr;
    let end = place.start;
    const puts = hunks.flatMap((h, i) => { const slot = words[i]; return slot ? [{ ...h, slot }] : []; });
    for (const h of puts.sort((a, b) => b.from - a.from)) {
      const from = inText(own, h.from, true), to = Math.max(from, inText(own, h.to, true));
      tr.replaceWith(place.start + from, place.start + to, textNodes(h.slot));
      end = place.start + from + lengthOf(h.slot);
    }
    live.dispatch(tr.setSelection(caretAt(tr.doc, end)).scrollIntoView());
    live.view.focus();
    return true;
  }

  undo(): void {
    if (this.live?.editable && !this.live.binding.undoLast()) this.announce(message('editor.undo.nothing'));
  }

  redo(): void {
    if (this.live?.editable && !this.live.binding.redoLast()) this.announce(message('editor.redo.nothing'));
  }

  scrollTo(provision: string): void {
    this.shown.bringNear(provision);
    this.elementOf(provision)?.scrollIntoView({ block: 'center', behavior: 'auto' });
    this.stayAt(provision);
  }

  private elementOf(provision: string): HTMLElement | null {
    const { view } = this.shown, place = provisionAt(view.state.doc, provision);
    const dom = place ? view.nodeDOM(place.pos) : view.dom.querySelector(`[data-block="${CSS.escape(provision)}"]`);
    return dom instanceof HTMLElement ? dom : null;
  }

  /** Keeps a provision where it is on the screen while what is above it is drawn for the first time. */
  private stayAt(provision: string): void {
    this.letMove();
    const scroller = scrollerOf(this.shown.view.dom), top = this.elementOf(provision)?.getBoundingClientRect().top;
    if (!(scroller instanceof HTMLElement) || top === undefined) return;
    this.letMove = holdStill(scroller, () => { const element = this.elementOf(provision); return element && element.isConnected ? element.getBoundingClientRect().top - top : null; });
  }

  private get spot(): Spot | null {
    const { state } = this.shown.view;
    return state.doc.content.size > 0 ? spotAt(state.doc, state.selection.head) : null;
  }

  private get places(): PlaceHere[] {
    const { state } = this.shown.view;
    return placesIn(state.doc, bracketsOf(state));
  }

  private told(places: readonly PlaceHere[], here: PlaceHere): FocusedPlace {
    const { reading } = this.shown, common = reading.common!, { provision, key } = here;
    const digest = slotDigest(slotOf(common.by.get(provision), key));
    const shared = { document: reading.document!, group: reading.group, rooms: { common } };
    const names = here.hunks.flatMap(({ party, hunk }) => namesOf(shared, { on: 'words', party, provision, key, digest, version: COMPARE_VERSION, hunks: [hunk] }));
    return { ...asEditorPlace(reading, places, here), names: [...new Set(names)] };
  }

  private go(direction: 1 | -1): FocusedPlace | null {
    const { view } = this.shown, places = this.places;
    const there = placeBeyond(places, view.state.doc.children.map((node) => node.attrs.id as string), this.spot, direction);
    if (!there) { this.announce(sayNoPlace(this.shown.reading)); return null; }
    const pos = posOf(view.state.doc, { id: there.provision, key: there.key, offset: there.start })!;
    view.dispatch(view.state.tr.setSelection(caretAt(view.state.doc, pos)).scrollIntoView());
    view.focus();
    this.stayAt(there.provision);
    const told = this.told(places, there);
    this.announce(told.say);
    return told;
  }

  private enter(id: string): void {
    const { live } = this;
    const place = live ? provisionAt(live.view.state.doc, id) : null;
    if (!live || !place) return;
    live.dispatch(live.view.state.tr.setSelection(caretAt(live.view.state.doc, slotsIn(place.node, place.pos)[0]!.start)).scrollIntoView());
    live.view.focus();
  }

  private write(edits: readonly Edit[]): void {
    this.live?.edit(edits);
  }
}
