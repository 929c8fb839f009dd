import type { RoomName } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { attributesOf, type Edit, plainSlot, type Provision, ROOT, slotKeys, slotOf, type Text, textAt, textOf } from '@parley/text';
import * as Y from 'yjs';
import { letter, lettersIn } from '../support/typing-room.ts';

const PLAIN = [' shall', ' the', ' Parties', ' within', ' 24', ' hours', ',', '.', ' 双方', ' 😀'];

/** All words of a text, so that letters can be looked for in them. */
export const allWords = (text: Text): string => text.list.map((id) => Object.values(text.by.get(id)!.slots).map(textOf).join('\n')).join('\n');

/** The letters that an update brings, whether or not they still stand when it arrives. */
export function lettersOf(update: Uint8Array): string[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) => (struct instanceof Y.Item && struct.content instanceof Y.ContentString ? lettersIn(struct.content.str) : []));
}

const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: 'new', level: 0, slots: { 'en:text': plainSlot(words) } });

/** The letters of provisions that were removed at some time: whoever removed one took away what stood in it, and to put it back is to put back the common words. */
export function lettersOnceRemoved(doc: Y.Doc): string[] {
  return [...doc.getMap<Y.Map<unknown>>(ROOT).values()].flatMap((provision) => {
    let removed = false;
    for (let item: Y.Item | null = provision._map.get('gone') ?? null; item; item = item.left) removed ||= item.content instanceof Y.ContentAny && item.content.arr[0] === true;
    return removed ? [...provision.values()].flatMap((value) => (value instanceof Y.Text ? everWrittenIn(value) : [])) : [];
  });
}

function everWrittenIn(text: Y.Text): string[] {
  const letters: string[] = [];
  for (let item = text._start; item; item = item.right) if (item.content instanceof Y.ContentString) letters.push(...lettersIn(item.content.str));
  return letters;
}

/** A place between two characters: never within one that takes two units. */
function between(words: string, at: number): number {
  const unit = words.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/** As much of a client as a typist needs: somebody's own room, and a way to write in it. */
export type TypingSeat = Pick<DocumentClient, 'ownRoom' | 'doc' | 'text' | 'edit'>;

/** Remembers who typed which letter, and which somebody took away on purpose. Every letter is typed once. */
export class TypedWords {
  readonly typed = new Map<string, string>();
  readonly removed = new Set<string>();
  readonly handedBack = new Set<string>();
  /** Taken from one provision into another: written anew there. */
  readonly carried = new Set<string>();
  private provisions = 0;

  /** `from`: the first of its letters, and of the names of its provisions; whoever shares a text with other typed words needs others. */
  constructor(private readonly from = 0) {}

  /** For a provision that nobody has made. */
  id(): string {
    return `new${this.from + ++this.provisions}`;
  }

  next(): string {
    return letter((this.from + this.typed.size) % 11_000);
  }

  /** True while letters are left that nobody has typed. */
  get fresh(): boolean {
    return this.from + this.typed.size < 10_900;
  }
}

/** A random typist for one person: types, strikes, marks, and moves provisions about in the own room of a client. */
export class RandomTypist {
  constructor(private readonly typed: TypedWords, private readonly user: string, private readonly random: () => number) {}

  /** One thing that somebody does. False: there was nothing to do it to. */
  work(client: TypingSeat): boolean {
    const room = client.ownRoom;
    if (!room || !client.doc(room)) return false;
    const before = lettersIn(allWords(client.text(room)));
    const done = this.change(client, room);
    this.note(before, lettersIn(allWords(client.text(room))));
    return done;
  }

  /** A few fresh letters at the end of a provision: nothing but typing. `doubled`, for sabotage: each comes twice. */
  type(client: TypingSeat, id: string, count = 1, doubled = false): void {
    const key = 'en:text', end = textOf(slotOf(client.text(client.ownRoom!).by.get(id), key)).length, letters = this.fresh(count);
    client.edit([{ do: 'splice', id, key, from: end, to: end, insert: plainSlot(doubled ? letters + letters : letters) }]);
  }

  private change(client: TypingSeat, room: RoomName): boolean {
    const text = client.text(room), dice = this.random(), id = this.some(text.list);
    if (id === undefined || dice < 0.04) return this.edit(client, { do: 'add', provision: paragraph(this.typed.id(), this.fresh(1)), after: id ?? null });
    if (dice < 0.09) return this.edit(client, { do: 'move', id, after: this.some([null, ...text.list.filter((other) => other !== id)])! });
    if (dice < 0.11 && text.list.length > 2) return this.edit(client, { do: 'remove', id });
    if (dice < 0.14) return this.edit(client, { do: 'set', id, label: `${Math.floor(this.random() * 9)}` });
    const provision = text.by.get(id)!, key = this.some(slotKeys(provision.kind))!, words = textOf(slotOf(provision, key));
    if (dice < 0.18) return this.split(client, id, key, words);
    const from = between(words, Math.floor(this.random() * (words.length + 1))), to = between(words, Math.min(words.length, from + Math.floor(this.random() * 8)));
    if (dice < 0.28) return to > from && this.mark(client, room, id, key, from, to);
    if (dice < 0.42) return to > from && this.edit(client, { do: 'splice', id, key, from, to, insert: [] });
    return this.edit(client, { do: 'splice', id, key, from, to: dice < 0.5 ? to : from, insert: plainSlot(this.fresh(1 + Math.floor(this.random() * 3)) + (dice < 0.6 ? this.some(PLAIN)! : '')) });
  }

  private split(client: TypingSeat, id: string, key: string, words: string): boolean {
    const at = between(words, words.length >> 1);
    if (key !== 'en:text' || at < 1) return false;
    lettersIn(words.slice(at)).forEach((one) => this.typed.carried.add(one));
    client.edit([{ do: 'splice', id, key, from: at, to: words.length, insert: [] }, { do: 'add', provision: paragraph(this.typed.id(), words.slice(at)), after: id }]);
    return true;
  }

  private mark(client: TypingSeat, room: RoomName, id: string, key: string, from: number, to: number): boolean {
    textAt(client.doc(room)!, id, key)?.format(from, to - from, this.random() < 0.3 ? { em: null, strong: null } : attributesOf(this.some(['em', 'strong'])));
    return true;
  }

  private edit(client: TypingSeat, edit: Edit): boolean {
    client.edit([edit]);
    return true;
  }

  private fresh(count: number): string {
    let words = '';
    for (let i = 0; i < count && this.typed.fresh; i++) {
      const one = this.typed.next();
      this.typed.typed.set(one, this.user);
      words += one;
    }
    return words;
  }

  /** A letter that two have carried off stands twice; whoever strikes one of them has struck it, as somebody may strike the other at the same time. */
  private note(before: readonly string[], after: readonly string[]): void {
    const left = new Map<string, number>();
    for (const one of after) left.set(one, (left.get(one) ?? 0) + 1);
    for (const one of before) {
      const count = left.get(one) ?? 0;
      if (count === 0) this.typed.removed.add(one);
      left.set(one, count - 1);
    }
  }

  private some<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.random() * from.length)];
  }
}
