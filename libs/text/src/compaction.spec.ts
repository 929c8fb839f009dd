import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compactRoom, structsIn } from './compaction.ts';
import { copyDigest } from './copy-digest.ts';
import { validateUpdate } from './update-validator.ts';
import { FormerRooms } from './former-rooms.ts';
import { textFrom } from './provision.ts';
import { attributesOf, copyOf, fillRoom, readText, textAt, writeEdits } from './room.ts';
import { anyone, paragraph } from '../test-support/forge.ts';
import { oneOf } from '../test-support/peers.ts';
import { seeded } from '../test-support/seeded.ts';
import { cases } from '../test-support/cases.ts';

const KEY = 'en:text', IDS = ['a', 'b', 'c'];

function newRoom(random: () => number): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillRoom(doc, textFrom(IDS.map((id) => paragraph(id, 'The Parties shall consult promptly 😀 on request.'))), random);
  return doc;
}

/** A page: what it types goes to `out`, as the bytes that it keeps until they are acknowledged. */
function page(doc: Y.Doc, client: number): { doc: Y.Doc; out: Uint8Array[] } {
  const of = { doc: Object.assign(copyOf(doc), { clientID: client }), out: [] as Uint8Array[] };
  of.doc.on('update', (update: Uint8Array, origin: unknown) => { if (origin !== 'wire') of.out.push(update); });
  return of;
}

/** Letters that nobody types twice. */
function letters(): () => string {
  let next = 0x4e00;
  return () => String.fromCharCode(next++);
}

/** Types, deletes and marks in one of the texts, as people do: never half a character. */
function work(doc: Y.Doc, random: () => number, letter: () => string): void {
  const text = textAt(doc, oneOf(random, IDS), KEY)!, words = text.toString(), whole = (at: number) => (words.charCodeAt(at) >> 10 === 0x37 ? at - 1 : at);
  const at = whole(Math.floor(random() * (text.length + 1))), to = whole(Math.min(text.length, at + Math.floor(random() * 7))), dice = random();
  if (dice < 0.6) for (let i = 0; i < 1 + random() * 4; i++) text.insert(at + i, letter(), attributesOf(random() < 0.05 ? 'strong' : undefined));
  else if (dice < 0.95) text.delete(at, to - at);
  else if (to > at) text.format(at, to - at, { em: random() < 0.6 ? true : null });
}

/** The server's copy, what it compacted, and how it takes an update in. */
class Server {
  former: FormerRooms | null = null;
  readonly log: Uint8Array[] = [];
  private next = 900_000;

  constructor(readonly doc: Y.Doc) {
    doc.on('update', (update: Uint8Array) => this.log.push(update));
  }

  compact(): number {
    const before = Y.encodeStateAsUpdate(this.doc), size = this.log.length;
    this.doc.clientID = this.next++;
    const replaced = compactRoom(this.doc);
    expect(this.log.length - size).toBeLessThanOrEqual(1);
    if (replaced > 0) this.former = (this.former ?? FormerRooms.of([])).followedBy({ before, compaction: this.log.at(-1)! }, 3);
    return replaced;
  }

  /** The words that go back to their author. */
  take(update: Uint8Array): string {
    const verdict = validateUpdate(this.doc, update, anyone);
    if (!verdict.ok) throw new Error(`${verdict.rule} ${verdict.reason} ${verdict.detail}`);
    this.doc.clientID = this.next++;
    const taken = verdict.late && this.former ? this.former.translate(verdict.late, this.doc, anyone) : () => false;
    Y.applyUpdate(this.doc, verdict.update);
    return verdict.orphaned.filter(({ unit }) => !taken(Y.createID(unit.client, unit.clock))).map(({ words }) => words).join('');
  }
}

const scatter = (server: Server, random: () => number, steps = 400): void => {
  for (let n = 0; n < steps; n++) {
    if (n % 40 === 0) server.doc.clientID = 100 + n;
    work(server.doc, random, () => 'f');
  }
};

/** Scatters letters in these texts that are deleted again: their words are what they were, in pieces. */
function churn(server: Server, ids: readonly string[]): void {
  for (const id of ids) {
    const text = textAt(server.doc, id, KEY)!;
    for (let n = 0, at = 0; n < 60; n++, at = (at + 7) % (text.length + 1)) {
      if (text.toString().charCodeAt(at) >> 10 === 0x37) continue;
      server.doc.clientID = 200 + (n % 5);
      text.insert(at, 'f');
      text.delete(at, 1);
    }
  }
}

describe('[D24] compaction', () => {
  it('leaves every word and mark as it was, and a room of a third of the structs at most', () => {
    const random = seeded(5), server = new Server(newRoom(random));
    scatter(server, random, 2_000);
    const before = readText(server.doc), structs = structsIn(server.doc);
    expect(server.compact()).toBe(IDS.length);
    expect(readText(server.doc)).toEqual(before);
    expect(structsIn(copyOf(server.doc))).toBeLessThan(structs / 3);
    expect(structsIn(server.doc)).toBe(structsIn(copyOf(server.doc)));
    expect(server.compact()).toBe(0);
  });

  it('does to the new texts what was done to the old ones, as if there had been no compaction', () => {
    for (let seed = 1; seed <= cases(25); seed++) {
      const random = seeded(seed), server = new Server(newRoom(random)), letter = letters();
      scatter(server, random);
      const control = copyOf(server.doc), pages = [0, 1, 2].map((n) => page(server.doc, 50 + n));
      for (let n = 0; n < 30; n++) work(oneOf(random, pages).doc, random, letter);
      expect(server.compact()).toBeGreaterThan(0);
      for (const { out } of [...pages, ...pages.toReversed()]) {
        for (const update of out.splice(0, Math.ceil(out.length / 2))) {
          expect(server.take(update), `seed ${seed}`).toBe('');
          Y.applyUpdate(control, update);
        }
      }
      expect(readText(server.doc), `seed ${seed}`).toEqual(readText(control));
    }
  });

  it('also where texts were replaced two and three times meanwhile, some of them less often than others, and what was away came in pieces in between', () => {
    for (let seed = 1; seed <= cases(25); seed++) {
      const random = seeded(100 + seed), server = new Server(newRoom(random)), letter = letters();
      scatter(server, random);
      const control = copyOf(server.doc), pages = [0, 1, 2].map((n) => page(server.doc, 50 + n)), times = 2 + (seed % 2);
      for (let n = 0; n < 40; n++) work(oneOf(random, pages).doc, random, letter);
      const take = (updates: readonly Uint8Array[]) => updates.forEach((update) => { expect(server.take(update), `seed ${seed}`).toBe(''); Y.applyUpdate(control, update); });
      for (let n = 0; n < times; n++) {
        churn(server, IDS.filter(() => random() < 0.7));
        server.compact();
        if (random() < 0.5) take(oneOf(random, pages).out.splice(0, 2));
      }
      for (const { out } of [...pages, ...pages.toReversed()]) take(out.splice(0, Math.ceil(out.length / 2)));
      expect(readText(server.doc), `seed ${seed}`).toEqual(readText(control));
    }
  });

  it('gives back what was made before more replacements than are remembered', () => {
    const random = seeded(3), server = new Server(newRoom(random)), away = page(server.doc, 50);
    textAt(away.doc, 'a', KEY)!.insert(4, 'two');
    textAt(away.doc, 'b', KEY)!.insert(4, 'one');
    for (let n = 0; n < 4; n++) {
      churn(server, n === 1 ? ['a', 'b'] : ['a']);
      expect(server.compact()).toBeGreaterThan(0);
    }
    const before = readText(server.doc);
    expect(server.take(away.out[0]!)).toBe('two');
    expect(readText(server.doc)).toEqual(before);
    expect(server.take(away.out[1]!)).toBe('');
    expect(textAt(server.doc, 'b', KEY)!.toString()).toContain('one');
  });

  it('converges for the server, those who were away, those who stayed, fresh copies and the archive, whoever types meanwhile, and loses no letter', () => {
    for (let seed = 1; seed <= cases(15); seed++) {
      const random = seeded(seed), start = newRoom(random), server = new Server(copyOf(start)), letter = letters();
      scatter(server, random);
      const away = [0, 1].map((n) => page(server.doc, 50 + n)), typed = new Set<string>(), struck = new Set<string>();
      const follow = (doc: Y.Doc, act: () => void) => {
        const characters = () => JSON.stringify([...readText(doc).by.values()]).match(/[\u4e00-\u9fff]/g) ?? [], had = new Set(characters());
        act();
        const has = new Set(characters());
        for (const one of has) if (!had.has(one)) typed.add(one);
        for (const one of had) if (!has.has(one)) struck.add(one);
      };
      for (let n = 0; n < 20; n++) { const { doc } = oneOf(random, away); follow(doc, () => work(doc, random, letter)); }
      server.compact();
      const stayed = page(server.doc, 70), late = away.map(({ out }) => Y.mergeUpdates(out));
      for (let n = 0; n < 20; n++) follow(stayed.doc, () => work(stayed.doc, random, letter));
      let more = seed % 3;
      for (const update of [stayed.out[0]!, late[0]!, ...stayed.out.slice(1), late[1]!]) {
        if (more > 0 && random() < 0.2) { churn(server, IDS); more -= server.compact() > 0 ? 1 : 0; }
        expect(server.take(update), `seed ${seed}`).toBe('');
      }
      const whole = Y.encodeStateAsUpdate(server.doc), archive = copyOf(start, false), fresh = copyOf(server.doc);
      for (const update of server.log) Y.applyUpdate(archive, update);
      for (const { doc } of [...away, stayed]) Y.applyUpdate(doc, whole, 'wire');
      const expected = readText(server.doc), words = JSON.stringify([...expected.by.values()]);
      for (const doc of [archive, fresh, stayed.doc, ...away.map((one) => one.doc)]) {
        expect(readText(doc), `seed ${seed}`).toEqual(expected);
        expect(copyDigest(doc), `seed ${seed}`).toBe(copyDigest(server.doc));
      }
      for (const one of typed) expect(words.split(one).length - 1, `seed ${seed}: ${one}`).toBe(struck.has(one) ? 0 : 1);
      expect(words).not.toContain('\ufffd');
    }
  });

  it('asks of what was written before what it asks of everything: half a character, a foreign list and too much are not written', () => {
    const random = seeded(9), server = new Server(newRoom(random));
    scatter(server, random);
    textAt(server.doc, 'a', KEY)!.insert(0, '😀');
    const away = page(server.doc, 50), late = page(server.doc, 61);
    textAt(late.doc, 'a', KEY)!.insert(0, 'y'.repeat(1_500));
    away.doc.transact(() => { textAt(away.doc, 'a', KEY)!.delete(0, 1); textAt(away.doc, 'a', KEY)!.insert(5, 'w'); });
    server.compact();
    const before = readText(server.doc);
    expect(server.take(away.out[0]!)).toBe('w');
    expect(readText(server.doc)).toEqual(before);
    const long = page(server.doc, 60);
    textAt(long.doc, 'a', KEY)!.insert(0, 'x'.repeat(19_000));
    server.take(long.out[0]!);
    const full = readText(server.doc);
    expect(server.take(late.out[0]!)).toBe('y'.repeat(1_500));
    expect(readText(server.doc)).toEqual(full);
  });

  it('does not take for a deletion of words that somebody has seen the old text go', () => {
    const random = seeded(11), server = new Server(newRoom(random));
    scatter(server, random);
    const away = page(server.doc, 50);
    server.compact();
    const before = readText(server.doc);
    Y.applyUpdate(away.doc, Y.encodeStateAsUpdate(server.doc), 'wire');
    writeEdits(away.doc, [{ do: 'set', id: 'a', label: 'new' }], random);
    expect(server.take(Y.encodeStateAsUpdate(away.doc, Y.encodeStateVector(server.doc)))).toBe('');
    expect([...readText(server.doc).by.values()].map(({ slots }) => slots)).toEqual([...before.by.values()].map(({ slots }) => slots));
  });
});
