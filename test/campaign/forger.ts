import { ROOT } from '@parley/text';
import * as Y from 'yjs';

type Struct = Y.Item | Y.GC | Y.Skip;
interface Range { readonly clock: number; readonly len: number }

/** Version 1 of the update format, as Yjs would write it. */
function written(structs: readonly Struct[], deletes: ReadonlyMap<number, readonly Range[]>): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const clients = [...new Set(structs.map((struct) => struct.id.client))].sort((a, b) => b - a);
  encoder.writeLen(clients.length);
  for (const client of clients) {
    const own = structs.filter((struct) => struct.id.client === client);
    for (const n of [own.length, client, own[0]!.id.clock]) encoder.writeLen(n);
    for (const struct of own) (struct as Y.Item).write(encoder, 0);
  }
  encoder.writeLen(deletes.size);
  for (const [client, ranges] of [...deletes].sort((a, b) => b[0] - a[0])) {
    for (const n of [client, ranges.length, ...ranges.flatMap((range) => [range.clock, range.len])]) encoder.writeLen(n);
  }
  return encoder.toUint8Array();
}

const CONTENTS: readonly (() => Y.Item['content'])[] = [
  () => new Y.ContentString('forged'), () => new Y.ContentString('\u202e'), () => new Y.ContentFormat('em', true), () => new Y.ContentFormat('blink', { on: 1 }), () => new Y.ContentDeleted(3),
  () => new Y.ContentAny([true]), () => new Y.ContentAny(['paragraph']), () => new Y.ContentAny(['V5']), () => new Y.ContentType(new Y.Text()), () => new Y.ContentType(new Y.Map()),
  () => new Y.ContentType(new Y.XmlText()), () => new Y.ContentEmbed({ a: 1 }), () => new Y.ContentBinary(new Uint8Array(3)), () => new Y.ContentDoc(new Y.Doc()), () => new Y.ContentJSON(['x']),
];
const KEYS = [null, 'rank', 'gone', 'kind', 'level', 'label', 'en:text', 'a', 'colour', '__proto__'];

/** Changes honest updates as an attacker would, in an encoding that Yjs itself could have written, or byte by byte. */
export class Forger {
  constructor(private readonly random: () => number, private readonly doc: Y.Doc) {}

  forge(update: Uint8Array): Uint8Array {
    return this.random() < 0.7 ? this.rewritten(update) : this.scratched(update);
  }

  private rewritten(update: Uint8Array): Uint8Array {
    const { structs, ds } = Y.decodeUpdate(update), out: Struct[] = [];
    let shift = 0, client = -1;
    for (const struct of structs) {
      if (struct.id.client !== client) shift = 0;
      client = struct.id.client;
      let made: Struct = struct instanceof Y.Item && this.random() < 0.6 ? this.twisted(struct) : struct;
      if (this.random() < 0.02) made = this.random() < 0.5 ? new Y.GC(struct.id, 1 + this.below(4)) : new Y.Skip(struct.id, 1 + this.below(4));
      const moved = this.random() < 0.02 ? this.below(50) : 0;
      made.id = Y.createID(this.random() < 0.02 ? this.anyId().client : client, struct.id.clock + shift + moved);
      shift += made.length - struct.length;
      out.push(made);
    }
    const ranges = new Map<number, readonly Range[]>([...ds.clients].map(([id, own]) => [id, own.map(({ clock, len }) => ({ clock, len }))]));
    while (this.random() < 0.35) this.deleteSomething(ranges);
    return written(out, ranges);
  }

  private deleteSomething(ranges: Map<number, readonly Range[]>): void {
    const { client, clock } = this.anyId(), len = 1 + this.below(6);
    const kept = (ranges.get(client) ?? []).filter((range) => range.clock + range.len < clock || range.clock > clock + len);
    ranges.set(client, [...kept, { clock, len }].sort((a, b) => a.clock - b.clock));
  }

  private twisted(item: Y.Item): Y.Item {
    let { origin, rightOrigin, content, parentSub: sub } = item, parent = item.parent as Y.ID | string | null;
    const dice = this.random();
    if (dice < 0.2) rightOrigin = this.beside(rightOrigin ?? origin);
    else if (dice < 0.4) origin = this.beside(origin ?? rightOrigin);
    else if (dice < 0.55) [origin, rightOrigin] = [this.beside(origin ?? rightOrigin), this.beside(rightOrigin ?? origin)];
    else if (dice < 0.63) origin = this.anyId();
    else if (dice < 0.7) [origin, rightOrigin] = [rightOrigin, origin];
    else if (dice < 0.85) content = this.some(CONTENTS)();
    else [origin, rightOrigin, parent, sub] = [null, null, this.random() < 0.3 ? this.some([ROOT, 'x']) : this.anyId(), this.some(KEYS)];
    if (!origin && !rightOrigin && !parent) parent = this.anyId();
    return new Y.Item(item.id, null, origin, null, rightOrigin, parent as Y.ID, sub, content);
  }

  private scratched(update: Uint8Array): Uint8Array {
    const bytes = [...update];
    for (let i = 0; i <= this.random() * 3; i++) {
      const at = this.below(bytes.length), dice = this.random();
      if (dice < 0.6) bytes[at] = this.random() < 0.5 ? (bytes[at]! + (this.random() < 0.5 ? 1 : 255)) & 255 : this.below(256);
      else if (dice < 0.8) bytes.splice(at, 1);
      else bytes.splice(at, 0, this.below(256));
    }
    return Uint8Array.from(bytes);
  }

  private anyId(): Y.ID {
    const client = this.some([...this.doc.store.clients.keys()]);
    return Y.createID(client, this.below(Y.getState(this.doc.store, client) + 1));
  }

  /** An id in the same list: what only the order of the two can betray. */
  private beside(id: Y.ID | null): Y.ID | null {
    if (!id || id.clock >= Y.getState(this.doc.store, id.client)) return this.random() < 0.5 ? null : this.anyId();
    let item: Y.Item | null = Y.getItem(this.doc.store, id);
    for (let steps = this.below(12), back = this.random() < 0.5; steps > 0 && item instanceof Y.Item; steps--) {
      const next: Y.Item | null = back ? item.left : item.right;
      if (!next) break;
      item = next;
    }
    return item instanceof Y.Item ? Y.createID(item.id.client, item.id.clock + this.below(item.length)) : null;
  }

  private some<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  private below(n: number): number {
    return Math.floor(this.random() * n);
  }
}
