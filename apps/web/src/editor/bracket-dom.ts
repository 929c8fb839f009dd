import { type GroupState } from '@parley/negotiation';
import { markNames, type PartyId, type Slot, slotKeys, slotOf } from '@parley/text';
import { bareName, slotName } from '../ui/naming.ts';
import type { Drawn, Piece } from './drawing.ts';
import type { Block, Note } from './drawing-list.ts';
import { codesOf, namesOf, type Seal, tonesOf } from './reading.ts';

/** An element that is drawn, not text: nothing reads it back (see the schema), carets do not enter it. */
function drawnElement(tag: 'span' | 'div', className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.setAttribute('data-bracket', '');
  element.contentEditable = 'false';
  return element;
}

function child(parent: Node, tag: string, className: string, text?: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

/** Words with their marks. */
export function putWords(parent: Node, slot: Slot): void {
  for (const run of slot) {
    let at: Node = parent;
    for (const name of markNames(run.m)) {
      const element = child(at, name.startsWith('ref:') ? 'a' : name, name.startsWith('ref:') ? 'ref' : '');
      if (name.startsWith('ref:')) element.dataset.ref = name.slice(4);
      at = element;
    }
    at.appendChild(document.createTextNode(run.t));
  }
}

/** `[AZ`, never broken over two lines. */
function putSign(parent: Node, group: GroupState, parties: readonly PartyId[]): void {
  const sign = child(parent, 'span', 'sign');
  child(sign, 'span', 'glyph', '[');
  child(sign, 'span', 'who', codesOf(group, parties));
}

/** `[AZ words]`, as an insertion or deletion that says aloud whose it is: the element itself may not be named. */
function putPiece(parent: Node, group: GroupState, piece: Piece, caret?: Node, caretAt = 0): void {
  const struck = piece.kind === 'struck';
  const element = child(parent, struck ? 'del' : 'ins', `br ${struck ? 'struck' : 'theirs'} ${tonesOf(group, piece.parties)}`);
  child(element, 'span', 'aloud', `${namesOf(group, piece.parties)} ${struck ? (piece.parties.length > 1 ? 'delete' : 'deletes') : (piece.parties.length > 1 ? 'propose' : 'proposes')}: `);
  putSign(element, group, piece.parties);
  const words = child(element, 'span', 'said');
  putWords(words, piece.words);
  if (caret) insertAt(words, caret, caretAt);
  child(element, 'span', 'glyph', ']');
}

function insertAt(parent: Node, what: Node, offset: number): void {
  const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode() as globalThis.Text | null; node; node = walker.nextNode() as globalThis.Text | null) {
    if (left <= node.length) { const rest = left < node.length ? node.splitText(left) : node.nextSibling; node.parentNode!.insertBefore(what, rest); return; }
    left -= node.length;
  }
  parent.appendChild(what);
}

/** What is drawn at one point of the text. */
export function pointDom(group: GroupState, drawn: Extract<Drawn, { kind: 'gone' | 'theirs' }>, caret?: { readonly dom: Node; readonly inside: number }): HTMLElement {
  const element = drawnElement('span', `point ${drawn.kind}`);
  if (drawn.kind === 'gone') for (const piece of drawn.pieces) putPiece(element, group, piece);
  else putPiece(element, group, { kind: 'inserted', words: drawn.words, parties: drawn.parties }, caret?.dom, caret?.inside);
  return element;
}

/** A provision that is not in the text shown, whole and attributed. */
export function blockDom(group: GroupState, block: Block): HTMLElement {
  const { provision, parties } = block, removed = block.kind === 'removed';
  const element = drawnElement('div', `block ${block.kind} ${tonesOf(group, parties)} kind-${provision.kind} level-${provision.level}`);
  element.dataset.block = provision.id;
  element.dataset.label = provision.label;
  const head = child(element, 'div', 'block-head');
  putSign(head, group, parties);
  child(head, 'span', 'aloud', namesOf(group, parties));
  child(head, 'span', 'says', `${removed ? 'delete' : 'add'}${parties.length > 1 ? '' : 's'} ${provision.label ? provision.label : 'a provision'}`);
  if (block.changedBy.length > 0) child(head, 'span', 'says', ` · ${namesOf(group, block.changedBy)} changed it`);
  const body = child(element, removed ? 'del' : 'ins', 'block-body');
  const keys = slotKeys(provision.kind);
  for (const key of keys) {
    const line = child(body, 'div', `slot slot-${bareName(key)}`);
    if (keys.length > 1) line.dataset.name = slotName(key);
    putWords(child(line, 'div', 'words'), slotOf(provision, key));
  }
  child(body.lastChild?.lastChild ?? body, 'span', 'glyph', ']');
  return element;
}

/** What parties propose about a provision as a whole. */
export function notesDom(group: GroupState, notes: readonly Note[]): HTMLElement {
  const element = drawnElement('div', 'notes');
  for (const note of notes) {
    const line = child(element, 'span', `note note-${note.kind} ${tonesOf(group, note.parties)}`);
    putSign(line, group, note.parties);
    child(line, 'span', 'aloud', namesOf(group, note.parties));
    child(line, 'span', 'says', note.say);
    child(line, 'span', 'glyph', ']');
  }
  return element;
}

/** By whom and when a provision was agreed or approved. */
export function sealsDom(seals: readonly Seal[]): HTMLElement {
  const element = drawnElement('span', 'seals');
  for (const seal of seals) child(element, 'span', `seal seal-${seal.kind}`, seal.say);
  return element;
}

/** Somebody's caret, with the name. */
export function caretDom(group: GroupState, party: PartyId | null, name: string): HTMLElement {
  const element = drawnElement('span', `caret ${party === null ? 'tone-none' : tonesOf(group, [party])}`);
  element.setAttribute('aria-hidden', 'true');
  child(element, 'span', 'caret-name', name);
  return element;
}
