import { PART_LIMIT, PART_STRUCTS } from '@parley/protocol';
import { attributesOf, copyOf, type Edit, fillRoom, validateUpdate, KINDS, plainSlot, type Provision, readText, slotKeys, textAt, textFrom, writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seeded } from '../../text/test-support/seeded.ts';
import { lacking, partsOf } from './updates.ts';
import { someOf } from '../../text/test-support/cases.ts';

const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot(words) } });
const paper = (random: () => number): Y.Doc => {
  const doc = new Y.Doc();
  fillRoom(doc, textFrom(Array.from({ length: 12 }, (_, n) => paragraph(`p${n}`, 'The Parties shall consult promptly on request.'))), random);
  return doc;
};

/** Somebody who writes for as long as this many keys take: at a place some words, with what one strikes again, then at another; now and then provisions are added, moved, changed in kind, removed. */
class Author {
  private made = 0;

  constructor(readonly doc: Y.Doc, private readonly random: () => number) {}

  write(keys: number): void {
    for (let left = keys; left > 0; left -= this.run(Math.min(left, 1 + this.below(30)))) if (this.random() < 0.25) this.arrange();
  }

  private run(keys: number): number {
    const text = this.slot();
    let caret = this.random() < 0.5 ? text.length : this.below(text.length + 1);
    for (let i = 0; i < keys; i++) {
      if (this.random() < 0.12 && caret > 0) text.delete(--caret, 1);
      else text.insert(caret++, 'etaoin shrdlu'[this.below(13)]!, attributesOf(undefined));
    }
    if (this.random() < 0.1 && text.length > 20) text.format(this.below(10), 5, attributesOf('em'));
    return keys;
  }

  private slot(): Y.Text {
    const { by, list } = readText(this.doc), id = this.one(list), found = textAt(this.doc, id, this.one(slotKeys(by.get(id)!.kind)));
    return found && found.length < 5_000 ? found : this.slot();
  }

  private arrange(): void {
    const { list } = readText(this.doc), id = this.one(list), dice = this.random(), edits: Edit[] = [];
    if (dice < 0.25) edits.push({ do: 'add', provision: paragraph(`${this.doc.clientID}n${++this.made}`, 'New.'), after: id });
    else if (dice < 0.6) edits.push({ do: 'move', id, after: this.one([null, ...list.filter((other) => other !== id)]) });
    else if (dice < 0.8) edits.push({ do: 'set', id, label: `${this.below(99)}` });
    else if (dice < 0.95) edits.push({ do: 'set', id, kind: this.one(KINDS), level: this.below(4) });
    else if (list.length > 8) edits.push({ do: 'remove', id });
    writeEdits(this.doc, edits, this.random, this);
  }

  private below(n: number): number { return Math.floor(this.random() * n); }
  private one<T>(from: readonly T[]): T { return from[this.below(from.length)]!; }
}

/** Somebody comes back: receives what the server has, and brings what it lacks as a client does. Gives the parts that it took. */
function comesBack(server: Y.Doc, doc: Y.Doc, most: number): number {
  const joined = { updates: [Y.encodeStateAsUpdate(server)], vector: Y.encodeStateVector(server) };
  Y.applyUpdate(doc, joined.updates[0]!);
  const parts = partsOf(lacking(doc, joined)!, PART_LIMIT, most);
  for (const part of parts) {
    const verdict = validateUpdate(server, part, { mayWriteAs: (client) => client === doc.clientID });
    expect(verdict.ok ? 'taken' : `${verdict.rule} ${verdict.detail}`).toBe('taken');
    if (verdict.ok) Y.applyUpdate(server, verdict.update);
    expect(server.store.pendingStructs ?? server.store.pendingDs).toBeNull();
  }
  return parts.length;
}

describe('[S6] [S14] [S15] two colleagues who were away for an hour and worked on the same text', () => {
  it.each(someOf([1, 2, 3, 4]))('bring all of it, whichever comes back first, and nothing is refused: 5,000 keys of one and 2,000 of the other, seed %i', (seed) => {
    const random = seeded(seed), server = paper(random), docs = [20 + seed % 2, 21 - seed % 2].map((client) => Object.assign(copyOf(server), { clientID: client }));
    docs.forEach((doc, n) => { new Author(doc, random).write(n === 0 ? 5_000 : 2_000); });
    const parts = docs.map((doc) => comesBack(server, doc, PART_STRUCTS));
    expect(parts.every((n) => n <= 10)).toBe(true);
    for (const doc of docs) {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)));
      expect(readText(doc)).toEqual(readText(server));
    }
  });

  it.each([5, 6])('wherever what they bring is cut, seed %i', (seed) => {
    const random = seeded(seed), server = paper(random), doc = Object.assign(copyOf(server), { clientID: 30 });
    new Author(doc, random).write(700);
    for (const most of [25, 40, 61, 97]) {
      const asks = copyOf(server);
      expect(comesBack(asks, Object.assign(copyOf(doc), { clientID: 30 }), most)).toBeGreaterThan(3);
      expect(readText(asks)).toEqual(readText(doc));
    }
  });
});
