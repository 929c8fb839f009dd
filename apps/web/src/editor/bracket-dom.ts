import { type MessageId, pieces } from '@parley/messages';
import { type GroupState } from '@parley/negotiation';
import { type CharacterName, characterWords, hasRightToLeft, lengthOf, markNames, type PartyId, type Piece, restylingWords, type Slot, slotKeys, slotOf, textOf, unseenIn } from '@parley/text';
import { message, wording } from '../ui/messages.ts';
import { bareName, slotName } from '../ui/naming.ts';
import { stretchesOf } from '../ui/struck.tsx';
import type { Block, Note, Shown } from './drawing-list.ts';
import { timeElement } from '../ui/moment.tsx';
import { codesOf, namesOf, type Seal, type SealedAt, tonesOf } from './reading.ts';

/** An element that is drawn, not text: nothing reads it back (see the schema), carets do not enter it. */
export function drawnElement(tag: 'span' | 'bdi' | 'div', className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.setAttribute('data-bracket', '');
  element.contentEditable = 'false';
  return element;
}

export function child(parent: Node, tag: string, className: string, text?: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

function putText(parent: Node, text: string, struck: boolean): void {
  if (!struck) { parent.appendChild(document.createTextNode(text)); return; }
  for (const { from, to, blank } of stretchesOf(text)) {
    if (blank) parent.appendChild(document.createTextNode(text.slice(from, to)));
    else child(parent, 'span', 'struck-word', text.slice(from, to));
  }
}

/** Words with their marks, and a sign in place of each character that nobody sees; `struck`: with a line through each word. */
export function putWords(parent: Node, slot: Slot, struck: boolean): void {
  const rightToLeft = hasRightToLeft(textOf(slot));
  for (const run of slot) {
    let at: Node = parent;
    for (const name of markNames(run.m)) {
      const element = child(at, name.startsWith('ref:') ? 'a' : name, name.startsWith('ref:') ? 'ref' : '');
      if (name.startsWith('ref:')) element.dataset.ref = name.slice(4);
      at = element;
    }
    let from = 0;
    for (const unseen of unseenIn(run.t)) {
      putText(at, run.t.slice(from, unseen.from), struck);
      const { nodeName, ...attributes } = unseenAttributes(unseen.names, rightToLeft);
      const sign = child(at, nodeName, '', run.t.slice(unseen.from, unseen.to));
      for (const [name, value] of Object.entries(attributes)) sign.setAttribute(name, value);
      from = unseen.to;
    }
    putText(at, run.t.slice(from), struck);
  }
}

/** Short signs on the paper for what nobody sees there; the whole name is in the title. */
const SIGN: Readonly<Partial<Record<CharacterName['is'], string>>> = { noBreakSpace: '°', narrowNoBreakSpace: '°', noBreakHyphen: '⁃', softHyphen: '¬', other: 'CU' };
/** `ZWS` of `zeroWidthSpace`: the same in every language. */
const signOf = ({ is }: CharacterName): string => SIGN[is] ?? is.replace(/^\p{Ll}/u, (first) => first.toUpperCase()).replace(/\p{Ll}/gu, '');

/**
 * How a character that nobody sees stands in the text. Among words without letters that are written from right to left it can reorder nothing: it is parted from
 * what stands beside it.
 */
export function unseenAttributes(names: readonly CharacterName[], rightToLeft: boolean): { nodeName: string; class: string; 'data-sign': string; title: string; dir?: string } {
  const sign = { class: 'unseen', 'data-sign': signOf(names[0]!), title: names.map((name) => characterWords(name, wording)).join(', ') };
  return rightToLeft ? { nodeName: 'span', ...sign } : { nodeName: 'bdi', dir: 'ltr', ...sign };
}

/** `[AZ`, never broken over two lines. */
function putSign(parent: Node, words: string): void {
  const sign = child(parent, 'span', 'sign');
  child(sign, 'span', 'glyph', '[');
  child(sign, 'span', 'who', words);
}

/** "AZ", "AZ, OC", "AZ strong", "AZ · OC declined": what the sign of a bracket says of it. */
export function signWords(group: GroupState, parties: readonly PartyId[], style: string, declined: readonly PartyId[]): string {
  const codes = codesOf(group, parties), sign = style ? message('editor.sign.styled', { codes, style }) : codes;
  return declined.length > 0 ? message('editor.sign.declined', { sign, codes: codesOf(group, declined) }) : sign;
}

const ELEMENT = { struck: 'del', inserted: 'ins', restyled: 'span' } as const;
const CLASS = { struck: 'struck', inserted: 'theirs', restyled: 'restyled' } as const;

/** "Azure proposes: ", "Ochre and Azure delete: ": what a piece is, for those who hear it. */
export function aloud(group: GroupState, kind: Exclude<Piece['kind'], 'plain'>, parties: readonly PartyId[], style = ''): string {
  const n = parties.length, names = namesOf(group, parties);
  return `${style ? message('editor.aloud.restyled', { n, names, style }) : message(kind === 'struck' ? 'editor.aloud.struck' : 'editor.aloud.proposed', { n, names })} `;
}

/** What is heard where struck words end. */
export const struckEnd = (): string => ` ${message('editor.aloud.struckEnd')} `;

/** A sign for each space of a wording of nothing else, which could be taken for a hyphen when it is struck; empty for any other. */
export const blanks = (words: Slot): string => (/^ +$/.test(textOf(words)) ? '␣'.repeat(lengthOf(words)) : '');

/** `[AZ words]`, as an insertion or deletion that says aloud whose it is: the element itself may not be named. `removed`: in a provision that is struck as a whole. */
function putPiece(parent: Node, group: GroupState, piece: Piece, declined: readonly PartyId[], removed: boolean, caret?: { readonly dom: Node; readonly inside: number }): void {
  const { kind, parties } = piece, style = piece.style ? restylingWords(piece.style, wording) : '';
  if (kind === 'plain') { putWords(parent, piece.words, removed); return; }
  const element = child(parent, ELEMENT[kind], `br ${CLASS[kind]} ${tonesOf(group, parties)}`);
  child(element, 'span', 'aloud', aloud(group, kind, parties, style));
  putSign(element, signWords(group, parties, style, declined));
  const words = child(element, 'bdi', 'said'), blank = blanks(piece.words);
  if (blank) words.dataset.blank = blank;
  putWords(words, piece.words, removed || kind === 'struck');
  if (caret) insertAt(words, caret.dom, caret.inside);
  child(element, 'span', 'glyph', ']');
  if (kind === 'struck') child(element, 'span', 'aloud', struckEnd());
}

/** Puts something into drawn words behind so many characters. */
export function insertAt(parent: Node, what: Node, offset: number): void {
  const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode() as globalThis.Text | null; node; node = walker.nextNode() as globalThis.Text | null) {
    if (left <= node.length) { const rest = left < node.length ? node.splitText(left) : node.nextSibling; node.parentNode!.insertBefore(what, rest); return; }
    left -= node.length;
  }
  parent.appendChild(what);
}

/** A piece at a point, with somebody's caret in it. */
interface AtPoint extends Shown { readonly caret?: { readonly dom: Node; readonly inside: number } | undefined }

/** What is drawn at one point of the text; `removed`: of a provision that is struck as a whole. */
export function pointDom(group: GroupState, pieces: readonly AtPoint[], removed: boolean): HTMLElement {
  const element = drawnElement('bdi', 'point');
  for (const { piece, declined, caret } of pieces) putPiece(element, group, piece, declined, removed, caret);
  return element;
}

function putNote(parent: Node, group: GroupState, note: Note, closed: boolean): void {
  const line = child(parent, 'span', `note note-${note.kind} ${tonesOf(group, note.parties)}`);
  putSign(line, signWords(group, note.parties, '', note.declined));
  child(line, 'span', 'aloud', `${message('editor.aloud.note', { names: namesOf(group, note.parties) })} `);
  child(line, 'bdi', 'says', note.say);
  if (closed) child(line, 'span', 'glyph', ']');
}

/** What is said before the words of a provision that is added or removed as a whole: the bracket closes behind them. */
export function headsDom(group: GroupState, heads: readonly Note[]): HTMLElement {
  const element = drawnElement('div', 'heads');
  for (const note of heads) putNote(element, group, note, false);
  return element;
}

/** The bracket that closes behind the words. */
export function closeDom(group: GroupState, heads: readonly Note[]): HTMLElement {
  const element = drawnElement('span', `close ${tonesOf(group, heads[0]!.parties)}`);
  child(element, 'span', 'glyph', ']'.repeat(heads.length));
  return element;
}

/** A line that is not in the text shown. */
export function blockDom(group: GroupState, block: Block): HTMLElement {
  const element = blockOutline(group, block);
  fillBlock(element, group, block);
  return element;
}

/** The same before it comes in sight: its words alone. */
export function blockOutline(group: GroupState, { provision, heads, notes, kind, slots }: Block): HTMLElement {
  const element = drawnElement('div', `block ${kind} ${tonesOf(group, (heads[0] ?? notes[0])!.parties)} kind-${provision.kind} level-${provision.level}`);
  element.dataset.block = provision.id;
  element.dataset.label = provision.label;
  element.dataset.later = '';
  element.textContent = slots.length > 0 ? slotKeys(provision.kind).map((key) => textOf(slotOf(provision, key))).join(' ') : notes.map(({ say }) => say).join(' ');
  return element;
}

/** Draws all of a line. */
export function fillBlock(element: HTMLElement, group: GroupState, block: Block): void {
  const { heads, notes, slots } = block;
  element.replaceChildren();
  delete element.dataset.later;
  if (heads.length > 0) element.appendChild(headsDom(group, heads));
  if (slots.length > 0) putSlots(element, group, block);
  if (notes.length > 0) element.appendChild(notesDom(group, notes));
}

function putSlots(element: HTMLElement, group: GroupState, { provision, heads, slots, kind }: Block): void {
  const body = child(element, kind === 'removed' ? 'del' : 'ins', 'block-body'), keys = slotKeys(provision.kind);
  for (const { key, direction, pieces } of slots) {
    const line = child(body, 'div', `slot slot-${bareName(key)}${direction === 'right-to-left' ? ' right-to-left' : ''}`);
    if (keys.length > 1) line.dataset.name = slotName(key);
    const words = child(line, 'div', 'words');
    for (const { piece, declined } of pieces) putPiece(words, group, piece, declined, kind === 'removed');
  }
  if (heads.length > 0) body.lastChild!.lastChild!.appendChild(closeDom(group, heads));
}

/** What parties propose about a provision as a whole, beside its words. */
export function notesDom(group: GroupState, notes: readonly Note[]): HTMLElement {
  const element = drawnElement('div', 'notes');
  for (const note of notes) putNote(element, group, note, true);
  return element;
}

/** Puts a message with times in it, which are elements of their own. */
const putTimed = (parent: Element, id: MessageId, values: Readonly<Record<string, string | SealedAt>>): void =>
  parent.append(...pieces<SealedAt>(wording, id, values).map((part) => (typeof part === 'string' ? part : timeElement(part.at, part.text))));

function putSeal(parent: Element, seal: Seal): void {
  if (seal.kind === 'reopening') { parent.append(message('editor.seal.reopening', { code: seal.code, reason: seal.reason })); return; }
  if (seal.kind === 'approved') { putTimed(parent, 'editor.seal.approved', { at: seal.at }); return; }
  parent.append(message(`editor.seal.${seal.kind}`));
  for (const { code, at } of seal.signed) { parent.append(' · '); putTimed(parent, 'editor.seal.signed', { code, at }); }
}

/** By whom and when a provision was agreed or approved. */
export function sealsDom(seals: readonly Seal[]): HTMLElement {
  const element = drawnElement('span', 'seals');
  for (const seal of seals) putSeal(child(element, 'bdi', `seal seal-${seal.kind}`), seal);
  return element;
}

/** Somebody's caret, with the name. */
export function caretDom(group: GroupState, party: PartyId | null, name: string): HTMLElement {
  const element = drawnElement('span', `caret ${party === null ? 'tone-none' : tonesOf(group, [party])}`);
  element.setAttribute('aria-hidden', 'true');
  child(element, 'bdi', 'caret-name', name);
  return element;
}
