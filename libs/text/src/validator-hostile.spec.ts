import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { validateUpdate } from './update-validator.ts';
import { copyOf, readText, ROOT, textAt } from './room.ts';
import { bytes } from '../test-support/forge.ts';
import { Client, oneOf, room, Server } from '../test-support/peers.ts';
import { seeded } from '../test-support/seeded.ts';
import { cases, inWords } from '../test-support/cases.ts';

/** Rewrites decoded structs as an attacker would, in an encoding that Yjs itself could have written. */
class Forger {
  constructor(private readonly random: () => number, private readonly doc: Y.Doc) {}

  private some<T>(from: readonly T[]): T {
    return oneOf(this.random, from);
  }

  private anyId(): Y.ID {
    const clients = [...this.doc.store.clients.keys()];
    const client = this.some(clients);
    return Y.createID(client, Math.floor(this.random() * (Y.getState(this.doc.store, client) + 1)));
  }

  /** An id in the same list as `id`: what only the order of the two can betray. */
  private idBeside(id: Y.ID | null): Y.ID | null {
    if (!id || id.clock >= Y.getState(this.doc.store, id.client)) return this.random() < 0.5 ? null : this.anyId();
    let item: Y.Item | null = Y.getItem(this.doc.store, id);
    for (let steps = Math.floor(this.random() * 12), back = this.random() < 0.5; steps > 0 && item instanceof Y.Item; steps--) {
      const next: Y.Item | null = back ? item.left : item.right;
      if (!next) break;
      item = next;
    }
    return item instanceof Y.Item ? Y.createID(item.id.client, item.id.clock + Math.floor(this.random() * item.length)) : null;
  }

  private content(): Y.Item['content'] {
    return this.some<() => Y.Item['content']>([
      () => new Y.ContentString('forged'), () => new Y.ContentString('\ud83d\ude00'), () => new Y.ContentFormat('em', true), () => new Y.ContentFormat('ref', 'a'),
      () => new Y.ContentDeleted(1 + Math.floor(this.random() * 3)), () => new Y.ContentAny(['V5']), () => new Y.ContentAny([true]), () => new Y.ContentAny([2]),
      () => new Y.ContentType(new Y.Text()), () => new Y.ContentType(new Y.Map()), () => new Y.ContentType(new Y.XmlText()), () => new Y.ContentEmbed({ a: 1 }), () => new Y.ContentAny(['paragraph']),
      () => new Y.ContentBinary(new Uint8Array(3)), () => new Y.ContentString('\u202e'), () => new Y.ContentFormat('blink', 1 as unknown as object),
    ])();
  }

  private distort(item: Y.Item): Y.Item {
    let { origin, rightOrigin, content } = item;
    let [parent, sub] = [item.parent as Y.ID | string | null, item.parentSub];
    const dice = this.random();
    if (dice < 0.2) rightOrigin = this.idBeside(rightOrigin ?? origin);
    else if (dice < 0.4) origin = this.idBeside(origin ?? rightOrigin);
    else if (dice < 0.55) [origin, rightOrigin] = [this.idBeside(origin ?? rightOrigin), this.idBeside(rightOrigin ?? origin)];
    else if (dice < 0.6) origin = this.anyId();
    else if (dice < 0.65) rightOrigin = this.anyId();
    else if (dice < 0.7) [origin, rightOrigin] = [rightOrigin, origin];
    else if (dice < 0.85) content = this.content();
    else {
      [origin, rightOrigin] = [null, null];
      [parent, sub] = [this.random() < 0.3 ? this.some([ROOT, 'x']) : this.anyId(), this.some([null, 'rank', 'gone', 'kind', 'en:text', 'a', 'new1', 'colour'])];
    }
    if (!origin && !rightOrigin && !parent) parent = this.anyId();
    return new Y.Item(item.id, null, origin, null, rightOrigin, parent as Y.ID, sub, content);
  }

  forge(update: Uint8Array): Uint8Array {
    const { structs, ds } = Y.decodeUpdate(update);
    const out: (Y.Item | Y.GC | Y.Skip)[] = [];
    let shift = 0;
    let client = -1;
    for (const struct of structs) {
      if (struct.id.client !== client) shift = 0;
      client = struct.id.client;
      let made = struct instanceof Y.Item && this.random() < 0.6 ? this.distort(struct) : struct;
      if (this.random() < 0.02) made = new Y.GC(struct.id, 1 + Math.floor(this.random() * 4));
      made.id = Y.createID(this.random() < 0.01 ? 1 : client, struct.id.clock + shift);
      shift += made.length - struct.length;
      out.push(made);
    }
    const ranges = new Map([...ds.clients].map(([id, items]) => [id, items.map(({ clock, len }) => ({ clock, len }))]));
    while (this.random() < 0.35) {
      const { client: id, clock } = this.anyId();
      const len = 1 + Math.floor(this.random() * 6);
      const kept = (ranges.get(id) ?? []).filter((r) => r.clock + r.len < clock || r.clock > clock + len);
      ranges.set(id, [...kept, { clock, len }].sort((a, b) => a.clock - b.clock));
    }
    return bytes(out, [...ranges].flatMap(([id, own]) => own.map(({ clock, len }) => [id, clock, len] as const)));
  }

  /** Any bytes at all, near what is right. */
  scratch(update: Uint8Array): Uint8Array {
    const changed = [...update];
    for (let i = 0; i <= this.random() * 3; i++) {
      const at = Math.floor(this.random() * changed.length);
      const dice = this.random();
      if (dice < 0.6) changed[at] = this.random() < 0.5 ? (changed[at]! + (this.random() < 0.5 ? 1 : 255)) & 255 : Math.floor(this.random() * 256);
      else if (dice < 0.8) changed.splice(at, 1);
      else changed.splice(at, 0, Math.floor(this.random() * 256));
    }
    return Uint8Array.from(changed);
  }
}

const sameState = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

/** Forty forgeries of what an attacker could honestly send; what passes first is let in. The rest must have left no trace. */
function attack(server: Server, attacker: Client, random: () => number, verdicts: Map<string, number>): void {
  const state = Y.encodeStateAsUpdate(server.doc);
  let honest: Uint8Array = new Uint8Array();
  for (let i = 0; i < 40; i++) {
    if (i % 8 === 0) {
      attacker.edit(i);
      honest = Y.encodeStateAsUpdate(attacker.doc, Y.encodeStateVector(server.doc));
    }
    const forger = new Forger(random, attacker.doc);
    const verdict = validateUpdate(server.doc, random() < 0.75 ? forger.forge(honest) : forger.scratch(honest), { mayWriteAs: (id) => server.owner.get(id) === attacker.name });
    const name = verdict.ok ? (verdict.empty ? 'empty' : 'passed') : verdict.reason;
    verdicts.set(name, (verdicts.get(name) ?? 0) + 1);
    if (!verdict.ok || verdict.empty) continue;
    expect(sameState(Y.encodeStateAsUpdate(server.doc), state)).toBe(true);
    Y.applyUpdate(server.doc, verdict.update, attacker);
    expect(server.doc.store.pendingStructs ?? server.doc.store.pendingDs).toBeNull();
    return;
  }
  expect(sameState(Y.encodeStateAsUpdate(server.doc), state)).toBe(true);
}

/** Two honest members at work while one attacker after the other tries; then everybody reads. */
function playAttack(seed: number, verdicts: Map<string, number>): void {
  const random = seeded(1000 + seed);
  const server = new Server(room(seed));
  const archive = copyOf(server.doc, false);
  server.doc.on('update', (update: Uint8Array) => Y.applyUpdate(archive, update));
  const honest = [new Client('h', server, random, 500_000, true), new Client('i', server, random, 40_000, true)];
  for (let n = 0; n < 50; n++) {
    for (const client of honest) {
      if (random() < 0.7) client.edit(n);
      if (random() < 0.4) client.send();
      if (random() < 0.6) client.read();
    }
    attack(server, new Client(`m${n}`, server, random, 600_000 - n * 11_000, true), random, verdicts);
    server.clients.pop();
  }
  for (let round = 0; round < 2; round++) for (const client of honest) client.rejoin();
  expect(server.refused, `seed ${seed}`).toEqual([]);
  expect([...server.doc.share.keys()]).toEqual([ROOT]);
  const replayed = room(seed);
  for (const update of server.log) Y.applyUpdate(replayed, update);
  const expected = readText(server.doc);
  for (const doc of [copyOf(server.doc), archive, replayed, ...honest.map((client) => client.doc)]) expect(readText(doc), `seed ${seed}`).toEqual(expected);
}

/** Words put between any two places of a text, the second behind the first, as if all between them had been unknown. */
function wedge(server: Y.Doc, random: () => number, client: number): Uint8Array {
  const units: Y.ID[] = [];
  for (let item = textAt(server, 'a', 'en:text')!._start; item; item = item.right) {
    for (let i = 0; i < item.length; i++) units.push(Y.createID(item.id.client, item.id.clock + i));
  }
  const items: Y.Item[] = [];
  for (let n = 0, clock = Y.getState(server.store, client); n < 1 + random() * 2; n++) {
    const left = Math.floor(random() * Math.min(12, units.length));
    const right = Math.min(units.length, left + 1 + Math.floor(random() * 5));
    items.push(new Y.Item(Y.createID(client, clock), null, units[left]!, null, units[right] ?? null, null, null, new Y.ContentString('HI')));
    units.splice(left + 1, 0, Y.createID(client, clock), Y.createID(client, clock + 1));
    clock += 2;
  }
  return bytes(items);
}

describe('hostile bytes', () => {
  it(`[D1] ${inWords(cases(20_000))} updates changed at random: none throws, none that is refused leaves a trace, and what passes reads the same for all`, () => {
    const verdicts = new Map<string, number>();
    const validated = () => [...verdicts.values()].reduce((a, b) => a + b, 0);
    for (let seed = 1; validated() < cases(20_000); seed++) playAttack(seed, verdicts);
    expect(verdicts.get('passed')).toBeGreaterThan(cases(1_000));
    expect([...verdicts.keys()]).toEqual(expect.arrayContaining(['malformed', 'not-canonical', 'gap', 'foreign-client', 'unknown-origin', 'foreign-list', 'misplaced', 'bad-content', 'bad-shape', 'bad-delete', 'bad-text']));
  });

  it(`[D11] ${cases(100)} rooms in which attackers wedge words between any two places: what passes reads the same for all`, () => {
    let passed = 0;
    for (let seed = 1; seed <= cases(100); seed++) {
      const random = seeded(seed);
      const server = new Server(room(seed));
      const honest = [new Client('h', server, random, 500_000, true), new Client('i', server, random, 40_000, true)];
      for (let n = 0; n < 40; n++) {
        const client = oneOf(random, honest);
        const at = Math.floor(random() * 4);
        textAt(client.doc, 'a', 'en:text')!.insert(at, 'xyz'.slice(at % 3));
        if (random() < 0.4) client.send();
        if (random() < 0.4) client.read();
        const verdict = validateUpdate(server.doc, wedge(server.doc, random, oneOf(random, [7, 100_000, 900_000])), { mayWriteAs: () => true });
        if (!verdict.ok) continue;
        passed++;
        Y.applyUpdate(server.doc, verdict.update);
      }
      for (let round = 0; round < 2; round++) for (const client of honest) client.rejoin();
      expect(server.refused, `seed ${seed}`).toEqual([]);
      const expected = readText(server.doc);
      for (const doc of [copyOf(server.doc), ...honest.map((client) => client.doc)]) expect(readText(doc), `seed ${seed}`).toEqual(expected);
    }
    expect(passed).toBeGreaterThan(cases(150));
  });
});
