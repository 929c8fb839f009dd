import * as Y from 'yjs';
import { LABEL_LIMIT, LEVEL_LIMIT } from './validator-limits.ts';
import type { Lists } from './validator-lists.ts';
import { NewStruct, type UpdateRules, type List, type SharedType, type OrphanedWords } from './validator-structs.ts';
import { KINDS, slotKeys } from './kinds.ts';
import { isProvisionId, type Kind } from './provision.ts';
import { isRank } from './rank.ts';
import { ALL_SLOTS } from './room-shape.ts';
import { SLOT_LIMIT } from './slot.ts';
import { isCleanText } from './strings.ts';

type Content = Y.Item['content'];

const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  rank: isRank,
  label: (value) => typeof value === 'string' && value.length <= LABEL_LIMIT,
  kind: (value) => KINDS.includes(value as Kind),
  level: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LEVEL_LIMIT,
  gone: (value) => typeof value === 'boolean',
};

const isField = (key: string): boolean => Object.hasOwn(FIELDS, key);
const isFlag = (value: unknown): boolean => value === true || value === null;
const MARKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  em: isFlag,
  strong: isFlag,
  ref: (value) => value === null || isProvisionId(value),
};

const nameOf = (list: List, content: Content): string => `${content.constructor.name} in ${list.level} ${list.key}`;
const holds = (content: Content, type: typeof Y.Map | typeof Y.Text): boolean =>
  content instanceof Y.ContentType && (content.type as object).constructor === type;

function checkEntry(rules: UpdateRules, list: List, content: Content): void {
  if (!isProvisionId(list.sub)) rules.refuse('D12', 'bad-shape', 'not the id of a provision');
  if (!holds(content, Y.Map) && !(content instanceof Y.ContentDeleted)) rules.refuse('D12', 'bad-content', nameOf(list, content));
}

function checkField(rules: UpdateRules, list: List, content: Content): void {
  const field = isField(list.key);
  if (!field && !ALL_SLOTS.has(list.key)) rules.refuse('D13', 'bad-shape', 'a provision has no such key');
  if (content instanceof Y.ContentDeleted) return;
  if (!field) {
    if (!holds(content, Y.Text)) rules.refuse('D13', 'bad-content', nameOf(list, content));
    return;
  }
  if (!(content instanceof Y.ContentAny) || !content.arr.every((value: unknown) => FIELDS[list.key]!(value))) return rules.refuse('D13', 'bad-content', nameOf(list, content));
  if (list.key === 'label' && !content.arr.every((value: unknown) => isCleanText(value as string))) rules.refuse('D16', 'bad-text', 'label');
}

function checkText(rules: UpdateRules, list: List, content: Content, skip: number): void {
  if (content instanceof Y.ContentString) {
    if (!isCleanText(skip > 0 ? content.str.slice(skip) : content.str)) rules.refuse('D16', 'bad-text', `${list.id} ${list.key}`);
  } else if (content instanceof Y.ContentFormat) {
    if (!Object.hasOwn(MARKS, content.key) || !MARKS[content.key]!(content.value)) rules.refuse('D15', 'bad-content', nameOf(list, content));
  } else if (!(content instanceof Y.ContentDeleted)) rules.refuse('D15', 'bad-content', nameOf(list, content));
}

/** Refuses `content`, without its first `skip` units, unless it may stand in `list`. What goes nowhere must still be words. */
export function checkContent(rules: UpdateRules, list: List, content: Content, skip: number): void {
  if (list.level === 'root') checkEntry(rules, list, content);
  else if (list.level === 'provision') checkField(rules, list, content);
  else checkText(rules, list, content, skip);
}

/** What an update leaves behind: asked when all its structs and deletions are laid over the document. */
export class ResultingShape {
  constructor(private readonly rules: UpdateRules, private readonly lists: Lists, private readonly deletedHere: ReadonlySet<Y.Item | NewStruct>) {}

  /** Gives what the room would gain. */
  check(): { readonly provisions: number; readonly words: number } {
    let provisions = 0, words = 0;
    for (const list of this.lists.all()) {
      if (!list.touched) continue;
      if (list.level === 'text') {
        this.checkLength(list);
        words += list.inserted - list.removed;
      } else if (list.level === 'root') provisions += this.checkRoot(list);
      else if (list.level === 'provision' && !this.isDead(list.parent!)) this.checkKey(list);
    }
    return { provisions, words };
  }

  private checkLength(list: List): void {
    if (list.inserted > list.removed && this.lists.wordsIn(list.parent!) > SLOT_LIMIT) this.rules.refuse('D20', 'limit', `${list.id} ${list.key} is too long`);
  }

  /** The number of entries the root gains by it. */
  private checkRoot(list: List): number {
    const known = this.known(list);
    if (known && !known.deleted) {
      if (list.fresh.length > 0) this.rules.refuse('D12', 'bad-shape', `${list.id} is there already`);
      else this.rules.refuse('D18', 'bad-delete', `${list.id} cannot be deleted`);
      return 0;
    }
    if (this.isLive(list.tail)) this.checkWhole(list.id, typeOf(list.tail));
    return known ? 0 : 1;
  }

  private checkKey(list: List): void {
    if (isField(list.key)) {
      if (!this.isLive(list.tail)) return this.rules.refuse('D18', 'bad-delete', `${list.id} would have no ${list.key}`);
      if (list.tail.content!.getLength() !== 1) this.rules.refuse('D13', 'bad-content', `${list.id} has more than one ${list.key}`);
      if (list.key === 'kind') this.checkSlots(list.id, list.parent!);
      return;
    }
    const known = this.known(list);
    if (known && !known.deleted) this.checkSlot(list, known);
  }

  /**
   * A slot's text is made once. Two members who make it at the same moment (both changed the kind) may, while the one that Yjs drops
   * holds no words; else the second is sent back to join again.
   */
  private checkSlot(list: List, known: Y.Item): void {
    const name = `${list.id} ${list.key}`;
    if (this.deletedHere.has(known) && !this.isLive(list.tail)) return this.rules.refuse('D18', 'bad-delete', `${name} cannot be deleted`);
    const seen = list.fresh.some(({ origin }) => origin && this.lists.at(origin) === known);
    if (seen || (list.tail !== known && !this.isLive(list.tail))) return this.rules.refuse('D19', 'bad-shape', `${name} is there already`);
    const dropped = [known as Y.Item | NewStruct, ...list.fresh].filter((owner) => owner !== list.tail && owner.content instanceof Y.ContentType);
    if (dropped.some((owner) => this.lists.wordsIn(typeOf(owner)) > 0)) this.rules.refuse('D19', 'bad-shape', `${name} was made by somebody else`, true);
  }

  /** A new provision comes with its five fields and the texts of its kind. */
  private checkWhole(id: string, type: SharedType): void {
    for (const field of Object.keys(FIELDS)) {
      if (!this.isLive(this.lists.tailOf(type, field))) return this.rules.refuse('D14', 'bad-shape', `${id} comes without ${field}`);
    }
    this.checkSlots(id, type);
  }

  private checkSlots(id: string, type: SharedType): void {
    const kind = (contentOf(this.lists.tailOf(type, 'kind')) as Y.ContentAny).arr.at(-1) as Kind;
    for (const key of slotKeys(kind)) {
      const tail = this.lists.tailOf(type, key);
      if (!this.isLive(tail) || !(contentOf(tail) instanceof Y.ContentType)) this.rules.refuse('D14', 'bad-shape', `${id} comes without ${key}`);
    }
  }

  /** Words that somebody typed where there is nothing any more: Yjs takes them in and never shows them. */
  orphaned(): OrphanedWords[] {
    const out: OrphanedWords[] = [];
    for (const list of this.lists.all()) {
      if (list.fresh.length === 0 || (list.level === 'text' ? !this.isDead(list.parent!) : list.level !== 'gone')) continue;
      for (const fresh of list.fresh) if (fresh.content instanceof Y.ContentString && !this.deletedHere.has(fresh)) out.push({ id: list.id, key: list.key, words: fresh.content.str.slice(fresh.skip), unit: { client: fresh.client, clock: fresh.clock } });
    }
    return out;
  }

  private known(list: List): Y.Item | undefined {
    return list.parent?._map.get(list.sub!);
  }

  private isLive(tail: Y.Item | NewStruct | null): tail is Y.Item | NewStruct {
    if (!tail || this.deletedHere.has(tail)) return false;
    return tail instanceof NewStruct ? !(tail.content instanceof Y.ContentDeleted) : !tail.deleted;
  }

  /** A shared type of this update that does not outlive it, or one of the document that is deleted. */
  private isDead(type: SharedType): boolean {
    const owner = this.lists.ownerOf(type);
    return !owner || !this.isLive(owner) || !this.lists.isTail(owner);
  }
}

const contentOf = (tail: Y.Item | NewStruct | null): Content | null => tail?.content ?? null;
const typeOf = (tail: Y.Item | NewStruct): SharedType => (tail.content as Y.ContentType).type as SharedType;
