import { isLocked, may, partyOfRoom, type RoomName } from '@parley/negotiation';
import type { Commit } from '@parley/protocol';
import type { Edit } from '@parley/text';
import { EditorState, Plugin, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { inputPlugin } from './before-input.ts';
import { Binding, type Follows, FOLLOWS } from './binding.ts';
import { bracketPlugins, bracketsOf, redraw } from './brackets.ts';
import { caretPlugin, caretsOf, hasCarets, showCarets } from './carets.ts';
import { clipboardProps } from './clipboard-props.ts';
import type { InnerCaret } from './drawing.ts';
import { ClosedPlace } from './closed-place.ts';
import { Composing } from './composing.ts';
import { caretIntoWords, dragged, isPressed, movedOnScreen, ownSelection } from './dom-selection.ts';
import { markPlugin } from './held-marks.ts';
import { HeldPastes } from './held-pastes.ts';
import type { HeldWords } from './held-words.ts';
import { InSight, viewsOf } from './in-sight.ts';
import { Incoming } from './incoming.ts';
import { keyPlugin } from './keys.ts';
import { broughtIn, normalizeTransaction, type Refused } from './normalize-transaction.ts';
import { liveEvents } from './live-events.ts';
import { type EditorClient, type LiveEditorContext, type TooMuch, type WritingPlace } from './live-editor-context.ts';
import { docNode, type PlacedSpot, posOf, provisionsAt, sameSpot, type Spot, spotAt } from './nodes.ts';
import { bracketedReading, clean, type Reading, STACKED_WHERE_CROWDED, type Stacking } from './reading.ts';
import { schema } from './schema.ts';
import { caretAt, SCROLLED_CLEAR } from './selection.ts';
import { labelEdits } from './typed-labels.ts';

const HALF_WORD_MS = 400;

/**
 * One room on the screen, editable: an EditorView bound to the room, brackets and carets drawn over it. Lives as long as the room's Y.Doc.
 * While an input method composes, or the mouse selects, nothing of others reaches the Y.Doc and nothing is drawn anew.
 */
export class LiveEditor implements WritingPlace {
  readonly view: EditorView;
  readonly binding: Binding;
  readonly closedPlace: ClosedPlace;
  readonly held = new HeldPastes(() => this.view, () => this.refuse('not-read'));
  private readonly inSight: InSight;
  private brackets = true;
  private stacking = STACKED_WHERE_CROWDED;
  private focus: string | null = null;
  private innerCarets: readonly InnerCaret[] = [];
  private state: EditorState;
  private wordTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly composing: Composing;
  private readonly incoming: Incoming;
  private common: unknown;
  private writtenIn: string | null = null;
  private readonly off: (() => void)[];

  constructor(mount: HTMLElement, readonly client: EditorClient, readonly room: RoomName, private readonly host: LiveEditorContext, title: string, closedAt: PlacedSpot | null = null) {
    this.closedPlace = new ClosedPlace(host, closedAt);
    const doc = client.doc(room)!, roomView = client.view(room)!, read = () => this.state;
    this.state = EditorState.create({ schema, doc: docNode(roomView.text), plugins: [keyPlugin(host.keys), inputPlugin(host.keys, (view, event) => this.composing.endForgotten(view, event)), new Plugin({ props: clipboardProps(this) }), ...bracketPlugins(), caretPlugin(), markPlugin()] });
    const following = (): EditorState => { this.readDomSelection(); return read(); };
    this.binding = new Binding(doc, roomView, { get state() { return following(); }, follow: (tr) => this.follow(tr), heldBack: (now) => client.holdAside(now), homeless: (words) => this.giveBack(words) }, Math.random);
    this.incoming = new Incoming(client);
    this.composing = new Composing(this.incoming, this.binding, () => this.refresh());
    this.inSight = new InSight(mount, () => this.binding.shown.list, () => this.refresh());
    this.view = ownSelection(new EditorView({ mount }, {
      state: this.state, ...viewsOf(this.inSight),
      dispatchTransaction: (tr) => this.dispatch(tr),
      editable: () => this.editable, ...SCROLLED_CLEAR,
      attributes: () => ({ role: 'textbox', 'aria-multiline': 'true', 'aria-label': title, 'aria-readonly': String(!this.editable), spellcheck: 'true', tabindex: '0', translate: 'no' }),
      createSelectionBetween: (view, anchor, head) => dragged(view, anchor.pos, head.pos),
      handleDOMEvents: liveEvents(this, this.composing, () => this.commit(true), { begin: () => this.incoming.hold('press'), end: () => { this.incoming.release('press'); this.refresh(); } }),
    }));
    this.off = [
      client.on('commit', (commit) => this.received(commit)),
      client.on('joined', () => { if (this.common !== this.client.texts().common) this.binding.undo.clear(); this.refresh(); }),
      client.on('presence', () => this.refreshCarets()),
    ];
    if (closedAt) this.takeCaret(closedAt);
    this.refresh();
  }

  get editable(): boolean {
    const { actor, group, document } = this.client;
    return this.client.ownRoom === this.room && may(actor, 'write', { group, document, room: this.room }).ok;
  }

  /** Everything shown, as it is now. */
  get reading(): Reading {
    const { group, document } = this.client, rooms = this.client.texts(), party = partyOfRoom(this.room);
    const text = this.binding.shown;
    if (!this.brackets || party === null) return clean(text, rooms, group, document, party);
    return { ...bracketedReading(rooms, group, document, party, this.stacking), text };
  }

  readonly writable = (id: string): boolean => this.editable && !(this.client.document.stage === 'negotiation' && isLocked(this.client.document, id));

  /** Where the caret is. */
  get spot(): PlacedSpot | null {
    return this.state.doc.content.size > 0 ? spotAt(this.state.doc, this.state.selection.head) : null;
  }

  /** With brackets, some provisions as alternatives, or the own text alone. */
  show(brackets: boolean, stacking: Stacking, focus: string | null): void {
    if (this.brackets === brackets && this.stacking === stacking && this.focus === focus) return;
    this.brackets = brackets;
    this.stacking = stacking;
    this.focus = focus;
    this.refresh();
  }

  /** Draws a provision that was not in sight yet, with what stands around it. */
  bringNear(id: string): void {
    if (this.inSight.around(id)) this.refresh();
  }

  /** Writes a structural command, unless nobody may write there. */
  edit(edits: readonly Edit[]): void {
    const locked = edits.some((e) => e.do !== 'add' && !this.writable(e.id));
    if (!this.editable || locked) this.host.refused('locked');
    else this.binding.edit(edits);
  }

  refuse(why: Refused | TooMuch): void { this.host.refused(why); }
  late(at: Spot, words: string): void { if (words !== '') this.host.late(at, words); }
  tellPasted(say: string, undo: () => boolean): void { this.host.pasted(say, undo); }

  /** Runs something as one that can be taken back. */
  asOne(run: () => void): () => boolean { return this.binding.asOne(run); }

  dispatch(tr: Transaction): void {
    let legal: Transaction | null = tr;
    if (tr.docChanged) {
      const verdict = normalizeTransaction(this.state, tr, this.writable);
      if (verdict.refused && !(verdict.refused === 'locked' && this.closedPlace.words(tr.docChanged ? broughtIn(tr) : ''))) this.host.refused(verdict.refused);
      legal = verdict.tr;
    }
    if (!legal) return;
    const had = this.spot, drawn = bracketsOf(this.state);
    this.state = this.state.apply(legal);
    this.binding.write(legal);
    if (legal.docChanged) this.draw({ typing: true });
    else if (drawn.waiting !== null && !sameSpot(had, this.spot)) this.draw({});
    this.commit(legal.docChanged || legal.selectionSet, drawn !== bracketsOf(this.state));
    this.nameTyped(legal.docChanged);
  }

  /** When the caret leaves a provision of a working paper that was written in, a label before its words becomes its label (EP6). */
  private nameTyped(wrote: boolean): void {
    const here = this.spot?.id ?? null, left = this.writtenIn;
    this.writtenIn = wrote || here === left ? (wrote ? here : left) : null;
    if (left === null || left === here || this.client.document.stage !== 'drafting') return;
    const edits = labelEdits(this.binding.text, left);
    if (edits.length > 0) this.edit(edits);
  }

  destroy(): void {
    clearTimeout(this.wordTimer);
    this.endHolding();
    this.composing.release();
    this.incoming.release('press');
    this.off.forEach((off) => off());
    this.binding.destroy();
    this.inSight.destroy();
    this.view.destroy();
    this.client.setCaret(null);
  }

  /** What is composed and stands on the screen alone is written; where nobody can write any more, it is late words. */
  private endHolding(): void {
    if (this.editable && this.client.doc(this.room) === this.binding.room) this.binding.letGo();
    else this.giveBack(this.binding.giveUp());
  }

  private giveBack(held: readonly HeldWords[]): void {
    for (const { id, key, words } of held) this.host.late({ id, key, offset: 0 }, words);
  }

  /** Draws again whatever depends on what changed outside the text. */
  refresh(): void {
    if (this.view.isDestroyed) return;
    this.readDomSelection();
    this.common = this.client.texts().common;
    this.draw({});
    this.commit(true);
    this.refreshCarets();
  }

  /**
   * Takes over where the caret is on the screen, before anything of others is drawn. The browser tells of a moved caret by an event of its own, a moment later; whatever
   * is drawn between would put the caret back where it was, and the next letters with it (E19). True where it had moved.
   */
  private readDomSelection(): boolean {
    if (!this.view || this.view.isDestroyed || this.state.doc !== this.view.state.doc) return false;
    const moved = movedOnScreen(this.view);
    if (moved) this.state = this.state.apply(this.state.tr.setSelection(moved));
    return moved !== null;
  }

  private follow(tr: Transaction): void {
    const { structure } = tr.getMeta(FOLLOWS) as Follows;
    this.state = this.state.apply(tr);
    this.draw({ all: structure });
    this.commit(true);
  }

  private draw({ typing = false, all = false }: { typing?: boolean; all?: boolean }): void {
    // The browser has counted where the caret is to stand: what is drawn before it while it composes would put it elsewhere. What is drawn while the mouse selects moves the words under it.
    if ((this.view?.composing || this.binding?.holdsBack || (this.view && isPressed(this.view))) && !all) return;
    clearTimeout(this.wordTimer);
    const wish = { reading: this.reading, focus: this.focus, carets: this.innerCarets, now: Date.now(), inSight: this.inSight, typingAt: typing ? this.spot : null, all };
    this.state = this.state.apply(redraw(this.state.tr, wish));
    if (bracketsOf(this.state).waiting !== null) this.wordTimer = setTimeout(() => this.refresh(), HALF_WORD_MS);
  }

  private commit(tell: boolean, drawn = true): void {
    if (!this.view || this.view.isDestroyed) return;
    if (this.inSight.add(provisionsAt(this.state.doc, this.state.selection))) this.draw({});
    this.view.updateState(this.state);
    if (drawn) caretIntoWords(this.view);
    if (!tell) return;
    if (this.view.dom.isConnected) this.closedPlace.look(this.spot, this.spot !== null && this.writable(this.spot.id), this.view.hasFocus());
    this.tellCaret();
    this.host.moved();
  }

  private tellCaret(): void {
    const { doc, selection } = this.state;
    if (doc.content.size === 0 || !this.view.hasFocus() || !this.editable || this.binding.holdsBack) return;
    const anchor = spotAt(doc, selection.anchor), head = spotAt(doc, selection.head);
    if (head) this.client.setCaret({ room: this.room, provision: head.id, key: head.key, anchor: anchor && anchor.key === head.key && anchor.id === head.id ? anchor.offset : head.offset, head: head.offset });
  }

  private refreshCarets(): void {
    if (this.view.isDestroyed || this.view.composing) return;
    // The browser then tells of nothing new: what hangs on the caret is told here.
    const moved = this.readDomSelection();
    const { reading } = this, drawn = bracketsOf(this.state).drawn;
    const { outer, inner } = caretsOf(reading, this.room, this.client.actor.user, this.client.presence, this.host.nameOf, (id, key) => drawn.get(id)?.slots.get(key)?.places ?? []);
    if (outer.length + inner.length + this.innerCarets.length === 0 && !hasCarets(this.state)) return moved ? this.commit(true) : undefined;
    this.state = this.state.apply(showCarets(this.state.tr, reading.group, outer));
    if (inner.length > 0 || this.innerCarets.length > 0) {
      this.innerCarets = inner;
      this.draw({});
    }
    this.commit(moved);
  }

  /** The caret and the focus as an editor before this one had them; where the place is gone, the caret stands where it was. */
  private takeCaret(at: PlacedSpot): void {
    this.state = this.state.apply(this.state.tr.setSelection(caretAt(this.state.doc, posOf(this.state.doc, at) ?? at.start)));
    this.closedPlace.putInto(this.spot?.id);
    this.commit(false);
    // The view's own focus() leaves a text alone that nobody may write in.
    this.view.dom.focus({ preventScroll: true });
    this.view.focus();
  }

  /** Also the commit that brings what was typed here: a word that waits to be drawn is drawn with it, rather than while a selection is dragged over it. */
  private received(commit: Commit): void {
    if (commit.notices.some((n) => n.kind === 'act')) this.binding.undo.clear();
    this.refresh();
  }
}
