import { allWords, compareLists, type Direction, type Item, itemNames, itemWords, type Kind, legible, type Line, type PartyId, phrasesText, type Piece, type Provision, readList, readPieces, type ReadItem, slotKeys, type SlotKey, slotOf, type Text } from '@parley/text';
import { message, wording } from '../ui/messages.ts';
import { declinedItem, declinedWords } from './decliners.ts';
import { codesOf, directionIn, orderOf, type Reading, sidesOf } from './reading.ts';

/** Something parties propose about a whole provision, in words. */
export interface Note { readonly kind: 'added' | 'removed' | 'moved' | 'field'; readonly parties: readonly PartyId[]; readonly say: string; readonly declined: readonly PartyId[] }

/**
 * A line that is not in the text shown, drawn behind `after` (null: first). `added`: a provision of others. `removed`: one that the text does not have, with
 * everything proposed in it. `moved`: only the name of one whose words stand elsewhere in this text.
 */
export interface Block {
  readonly kind: 'added' | 'removed' | 'moved';
  readonly after: string | null;
  readonly provision: Provision;
  readonly heads: readonly Note[];
  readonly notes: readonly Note[];
  readonly slots: readonly { readonly key: SlotKey; readonly direction: Direction; readonly pieces: readonly Shown[] }[];
}

/** What is said beside a provision that is in the text: before its words, behind them, and the label that all read. */
export interface Beside { readonly heads: readonly Note[]; readonly notes: readonly Note[]; readonly label: string }

/** A piece with who has declined it. */
export interface Shown { readonly piece: Piece; readonly declined: readonly PartyId[] }

export interface ListDrawing { readonly blocks: readonly Block[]; readonly beside: ReadonlyMap<string, Beside> }

const NOTHING: ListDrawing = { blocks: [], beside: new Map() };
const KIND_OF_NOTE = { add: 'added', remove: 'removed', move: 'moved', field: 'field' } as const;

/** What stands at a line: what is said before and behind the words of a provision, and of the place alone. */
interface LineNotes { readonly heads: Note[]; readonly moves: Note[]; readonly fields: Note[] }

/** Draws the lines of a whole text around one reader's. */
class Drawer {
  readonly blocks: Block[] = [];
  readonly beside = new Map<string, Beside>();
  private at: string | null = null;
  private readonly said: ReadonlyMap<string, readonly ReadItem[]>;

  constructor(private readonly reading: Reading, private readonly common: Text, private readonly lines: readonly Line[]) {
    this.said = new Map(lines.flatMap((line) => (line.kind === 'common' ? [[line.id, line.said] as const] : [])));
  }

  draw(): ListDrawing {
    for (const line of this.lines) if (line.kind === 'common') this.commonLine(line); else this.placed(line);
    return { blocks: this.blocks, beside: this.beside };
  }

  private commonLine({ id, said }: Extract<Line, { kind: 'common' }>): void {
    const { heads, moves, fields } = this.notesOf(said), provision = this.common.by.get(id)!;
    if (this.mine(said, 'move')) this.block('moved', provision, [], moves);
    else if (this.reading.text.by.has(id)) this.standsAs(provision, heads, [...moves, ...fields]);
    else this.block('removed', provision, heads, [...moves, ...fields], this.slotsOf(provision));
  }

  private placed({ id, said }: Extract<Line, { kind: 'placed' }>): void {
    const { item, parties } = said, own = this.reading.party !== null && parties.includes(this.reading.party), { heads, moves } = this.notesOf([said]);
    if (item.type === 'add') {
      if (own) this.stands(id, heads, [], item.provision.label);
      else this.block('added', item.provision, heads, [], slotKeys(item.provision.kind).map((key) => ({ key, direction: directionIn(this.reading, id, key), pieces: [{ piece: { kind: 'plain', words: slotOf(item.provision, key), parties: [], hunks: [] }, declined: [] }] })));
      return;
    }
    const provision = this.common.by.get(id)!, unit = this.notesOf(this.said.get(id) ?? []);
    if (own) this.standsAs(provision, unit.heads, [...moves, ...unit.fields]);
    else this.block('moved', provision, [], moves);
  }

  /** A provision of the common text that the text shown has. Where it was turned into one of other fields, what all others read stands before those: no field of the text has a place for it. */
  private standsAs(provision: Provision, heads: readonly Note[], notes: readonly Note[]): void {
    const { id, kind, label } = provision;
    if (!hasOtherFields(kind, this.reading.text.by.get(id)!.kind)) return this.stands(id, heads, notes, label);
    this.block('removed', provision, heads, notes, this.slotsOf(provision));
    this.stands(id, [], [], label);
  }

  private stands(id: string, heads: readonly Note[], notes: readonly Note[], label: string): void {
    this.at = id;
    if (heads.length > 0 || notes.length > 0) this.beside.set(id, { heads, notes, label });
  }

  private block(kind: Block['kind'], provision: Provision, heads: readonly Note[], notes: readonly Note[], slots: Block['slots'] = []): void {
    this.blocks.push({ kind, after: this.at, provision, heads, notes, slots });
  }

  private mine(said: readonly ReadItem[], type: ReadItem['item']['type']): boolean {
    return this.reading.party !== null && said.some((s) => s.item.type === type && s.parties.includes(this.reading.party!));
  }

  /** The words of a provision of the common text with everything that those who have it propose in it. */
  private slotsOf(provision: Provision): Block['slots'] {
    const having = sidesOf(this.reading).flatMap(({ party, text }) => { const p = text.by.get(provision.id); return p ? [{ party, p }] : []; });
    return slotKeys(provision.kind).map((key) => ({
      key, direction: directionIn(this.reading, provision.id, key), pieces: readPieces(slotOf(provision, key), having.map(({ party, p }) => ({ party, slot: slotOf(p, key) })))
        .map((piece) => ({ piece, declined: declinedWords(this.reading, provision.id, key, piece.hunks) })),
    }));
  }

  private notesOf(said: readonly ReadItem[]): LineNotes {
    const out: LineNotes = { heads: [], moves: [], fields: [] };
    for (const { parties, item } of said) {
      const wish = phrasesText(itemWords(item, itemNames(item.id, this.common, wording), wording, false)), say = isTurned(item) ? this.withTurned(wish, item.id, parties) : wish;
      const note = { kind: KIND_OF_NOTE[item.type], parties, say, declined: declinedItem(this.reading, item) };
      (item.type === 'move' ? out.moves : item.type === 'field' ? out.fields : out.heads).push(note);
    }
    return out;
  }

  /** With the words of the fields that the common text's kind has not: nobody else's text has a place for them. Those of several parties once where they are the same. */
  private withTurned(wish: string, id: string, parties: readonly PartyId[]): string {
    const by = new Map<string, PartyId[]>();
    for (const { party, text } of sidesOf(this.reading)) {
      const words = parties.includes(party) ? allWords(text.by.get(id)!) : '';
      if (words) by.set(words, [...(by.get(words) ?? []), party]);
    }
    const said = [...by].map(([words, some]) => (some.length < parties.length ? message('editor.turned.wordsBy', { codes: codesOf(this.reading.group, some), words: legible(words, wording) }) : message('editor.turned.words', { words: legible(words, wording) })));
    return said.length > 0 ? message('editor.turned', { wish, words: said.reduce((before, next) => message('editor.turned.next', { before, next })) }) : wish;
  }
}

const hasOtherFields = (a: Kind, b: Kind): boolean => slotKeys(a).join() !== slotKeys(b).join();

/** Whether an item turns a provision into one that has other fields. */
const isTurned = (item: Item): boolean => item.type === 'field' && item.field === 'kind' && hasOtherFields(item.from as Kind, item.to as Kind);

/** A drawing with all that it was made of. */
interface Known { readonly inputs: readonly unknown[]; readonly drawing: ListDrawing }

const known = new WeakMap<Text, Known>();

/** What removed lines are drawn of, besides the common text: the words of everybody who has them. */
const removedInputs = (sides: readonly { readonly text: Text }[], { blocks }: ListDrawing): unknown[] =>
  blocks.filter(({ kind }) => kind === 'removed').flatMap(({ provision }) => sides.map(({ text }) => text.by.get(provision.id)));

/** What is told of provisions that were turned into ones of other fields: their words. */
const turnedInputs = (common: Text, sides: readonly { readonly text: Text }[]): unknown[] =>
  sides.flatMap(({ text }) => compareLists(common, text).flatMap((item) => (isTurned(item) ? [text.by.get(item.id)] : [])));

/** Whether everything that a drawing was made of is the same value as before. */
export const sameInputs = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

/**
 * What all sides propose about the list of provisions, drawn around the text shown. Every seat reads the same lines; only the words of a provision that the reader's
 * side moved stand elsewhere. Pure; the same value as long as nothing of it changes, so that a key in the words of a provision costs nothing here.
 */
export function drawList(reading: Reading): ListDrawing {
  const { common, text, party, group, document } = reading, order = orderOf(reading);
  if (!common) return NOTHING;
  const sides = sidesOf(reading).filter((side) => order.includes(side.party));
  const inputs = [party, group, document?.declines, text.list, ...sides.flatMap((side) => [side.party, compareLists(common, side.text)]), ...turnedInputs(common, sides)];
  const before = known.get(common);
  if (before && sameInputs(before.inputs, [...inputs, ...removedInputs(sides, before.drawing)])) return before.drawing;
  const drawing = new Drawer(reading, common, readList(common, sides)).draw();
  known.set(common, { inputs: [...inputs, ...removedInputs(sides, drawing)], drawing });
  return drawing;
}
