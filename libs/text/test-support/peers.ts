import * as Y from 'yjs';
import { type ValidUpdate, type InvalidUpdate, validateUpdate } from '../src/update-validator.ts';
import type { Edit } from '../src/edit.ts';
import { KINDS, slotKeys } from '../src/kinds.ts';
import { type Kind, type Provision, textFrom } from '../src/provision.ts';
import { attributesOf, copyOf, fillRoom, readText, ROOT, textAt, writeEdits } from '../src/room.ts';
import { plainSlot } from '../src/slot.ts';
import { seeded } from './seeded.ts';

/** For specs only: a server and its members, who reach each other when told to, and do what people do. Same seed, same history. */

const WORDS = ['shall', ' the', ' Parties', ' 双方', ' 😀', ' consult', ',', ' respond', '.', ' within', ' 24', ' hours'];
const provision = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(words) } });

export function room(seed: number): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillRoom(doc, textFrom(['a', 'b', 'c', 'd', 'e'].map((id) => provision(id, 'The Parties shall consult promptly 😀 on request.'))), seeded(seed));
  return doc;
}

export const oneOf = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** A server that lets in what the validator passes, and tells every event of it to the others. */
export class Server {
  readonly log: Uint8Array[] = [];
  readonly clients: Client[] = [];
  readonly refused: { who: string; stop: InvalidUpdate }[] = [];
  validated = 0;
  readonly owner = new Map<number, string>();

  constructor(readonly doc: Y.Doc) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.log.push(update);
      for (const client of this.clients) if (client !== origin) client.inbox.push(update);
    });
  }

  receive(from: Client, bytes: Uint8Array): void {
    this.validated++;
    const verdict: ValidUpdate | InvalidUpdate = validateUpdate(this.doc, bytes, { mayWriteAs: (id) => this.owner.get(id) === from.name });
    if (!verdict.ok) {
      this.refused.push({ who: from.name, stop: verdict });
      return;
    }
    if (verdict.empty) return;
    Y.applyUpdate(this.doc, verdict.update, from);
    if (this.doc.store.pendingStructs ?? this.doc.store.pendingDs) throw new Error(`pending after ${from.name}`);
  }
}

/** One member: types, marks, moves, removes, splits; goes offline; is reloaded under a new clientID with its unsent work. */
export class Client {
  inbox: Uint8Array[] = [];
  doc: Y.Doc;
  private outbox: Uint8Array[] = [];
  online = true;
  private next: number;
  private undo: Y.UndoManager | undefined;

  constructor(readonly name: string, private readonly server: Server, private readonly random: () => number, first: number, private readonly gc: boolean) {
    this.next = first;
    this.doc = this.open(copyOf(server.doc, gc));
    server.clients.push(this);
  }

  private open(doc: Y.Doc): Y.Doc {
    doc.clientID = this.next++;
    this.server.owner.set(doc.clientID, this.name);
    doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'wire' && this.outbox.push(update));
    return doc;
  }

  private manager(): Y.UndoManager {
    const texts = [...this.doc.getMap<Y.Map<unknown>>(ROOT).values()].flatMap((map) => [...map.values()].filter((value): value is Y.Text => value instanceof Y.Text));
    return new Y.UndoManager(texts, { captureTimeout: 0, trackedOrigins: new Set(['me']) });
  }

  /** Unsent work survives a reload, under the clientIDs it was made with. */
  reload(): void {
    this.doc = this.open(copyOf(this.doc, this.gc));
    this.undo = undefined;
  }

  send(): void {
    if (!this.online || this.outbox.length === 0) return;
    const merged = this.random() < 0.2 ? Y.mergeUpdates(this.outbox) : undefined;
    for (const update of merged ? [merged] : this.outbox) this.server.receive(this, update);
    this.outbox = [];
  }

  read(): void {
    if (!this.online) return;
    for (const update of this.inbox.splice(0, 1 + Math.floor(this.random() * 4))) Y.applyUpdate(this.doc, update, 'wire');
  }

  /** As after any reconnect: what the server has, then what it lacks, by its state vector. */
  rejoin(): void {
    this.online = true;
    this.inbox = [];
    this.outbox = [];
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.server.doc, Y.encodeStateVector(this.doc)), 'wire');
    this.outbox = [];
    this.server.receive(this, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.server.doc)));
  }

  edit(n: number): void {
    const { random } = this;
    const text = readText(this.doc);
    const id = oneOf(random, text.list) as string | undefined;
    const dice = random();
    if (!id || dice < 0.04) return writeEdits(this.doc, [this.added(`${this.name}${n}`, id ?? null)], random, 'me');
    const map = text.by.get(id)!;
    const key = oneOf(random, slotKeys(map.kind));
    const y = textAt(this.doc, id, key);
    if (dice < 0.08) writeEdits(this.doc, [{ do: 'move', id, after: oneOf(random, [null, ...text.list]) }], random, 'me');
    else if (dice < 0.1) writeEdits(this.doc, [{ do: 'remove', id }], random, 'me');
    else if (dice < 0.14) writeEdits(this.doc, [{ do: 'set', id, label: `${n}`, level: n % 9, ...(random() < 0.3 && { kind: oneOf(random, KINDS) }) }], random, 'me');
    else if (dice < 0.17) this.split(id, key, y, n);
    else if (dice < 0.2) this.restore();
    else if (dice < 0.26) (this.undo ??= this.manager())[random() < 0.6 ? 'undo' : 'redo']();
    else if (y) this.type(y);
  }

  private added(id: string, after: string | null): Edit {
    const kind = oneOf(this.random, KINDS);
    return { do: 'add', after, provision: { id, kind, label: 'new', level: 1, slots: Object.fromEntries(slotKeys(kind).map((key) => [key, plainSlot(oneOf(this.random, WORDS))])) } };
  }

  private restore(): void {
    const gone = [...this.doc.getMap<Y.Map<unknown>>(ROOT)].find(([, map]) => map.get('gone') === true);
    if (!gone) return;
    const kind = gone[1].get('kind') as Kind;
    const slots = Object.fromEntries(slotKeys(kind).map((key) => [key, plainSlot('It comes back.')]));
    writeEdits(this.doc, [{ do: 'add', provision: { ...provision(gone[0], ''), kind, slots }, after: null }], this.random, 'me');
  }

  private split(id: string, key: string, y: Y.Text | undefined, n: number): void {
    if (!y || y.length < 4) return;
    const at = snapped(y.toString(), Math.floor(y.length / 2));
    writeEdits(this.doc, [
      { do: 'splice', id, key, from: at, to: y.length, insert: [] },
      { do: 'add', provision: provision(`${this.name}s${n}`, y.toString().slice(at)), after: id },
    ], this.random, 'me');
  }

  private type(y: Y.Text): void {
    const { random } = this;
    const at = snapped(y.toString(), Math.floor(random() * (y.length + 1)));
    const to = snapped(y.toString(), Math.min(y.length, at + Math.floor(random() * 9)));
    const dice = random();
    this.doc.transact(() => {
      if (dice < 0.5) y.insert(at, oneOf(random, WORDS), attributesOf(random() < 0.8 ? undefined : 'em'));
      else if (dice < 0.7 && to > at) y.delete(at, to - at);
      else if (dice < 0.8 && to > at) y.format(at, to - at, random() < 0.5 ? { strong: random() < 0.5 ? true : null } : { ref: random() < 0.5 ? 'a' : null });
      else for (let i = 0, end = at; i < 4; i++) {
        const word = oneOf(random, WORDS);
        y.insert(end, word, attributesOf(undefined));
        if (random() < 0.4) y.delete(end, word.length);
        else end += word.length;
      }
    }, 'me');
  }
}

function snapped(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
