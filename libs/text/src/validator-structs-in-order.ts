import * as Y from 'yjs';
import { CLOCK_LIMIT, SECTION_LIMIT, STRUCTS_LIMIT, UPDATE_LIMIT } from './validator-limits.ts';
import { Lists, type Owner } from './validator-lists.ts';
import { checkCapacity } from './validator-capacity.ts';
import { checkContent, ResultingShape } from './validator-shape.ts';
import {
  decode, type Decoded, type Deletes, type ValidUpdate, type InvalidUpdate, encode, NewStruct, UpdateRules, type List, type Range, RuleViolation, type Section, type Sender, type SharedType,
} from './validator-structs.ts';
import { ROOT } from './room-shape.ts';

/** The whole validator; `rules` is another than the full one only in the spec that shows of each rule what it alone keeps out. */
export function validateBy(rules: UpdateRules, doc: Y.Doc, bytes: Uint8Array, who: Sender): ValidUpdate | InvalidUpdate {
  try {
    if (bytes.length > UPDATE_LIMIT) rules.refuse('D2', 'too-large', `${bytes.length} bytes`);
    return new UpdateValidation(rules, doc, new Lists(doc, rules), who).of(decode(bytes, rules));
  } catch (thrown) {
    if (thrown instanceof RuleViolation) return { ok: false, rule: thrown.rule, reason: thrown.reason, resync: thrown.resync, detail: thrown.detail };
    return { ok: false, rule: 'D3', reason: 'malformed', resync: false, detail: thrown instanceof Error ? thrown.name : 'unreadable' };
  }
}

/** What is left of a section to place. */
interface Queue { readonly section: Section; next: number }

/** One update held against the rules. */
class UpdateValidation {
  private readonly touched = new Set<string>();
  private readonly deletedHere = new Set<Y.Item | NewStruct>();
  private late = false;

  constructor(private readonly rules: UpdateRules, private readonly doc: Y.Doc, private readonly lists: Lists, private readonly who: Sender) {}

  of(update: Decoded & { canonical: Uint8Array }): ValidUpdate {
    const sections = this.unknown(update.sections);
    if (sections.length > SECTION_LIMIT) this.rules.refuse('D8', 'limit', `structs of ${sections.length} clients`);
    for (const { client } of sections) if (!this.who.mayWriteAs(client)) this.rules.refuse('D7', 'foreign-client', `${client}`);
    const structs = sections.reduce((sum, section) => sum + section.structs.length, 0);
    if (structs > STRUCTS_LIMIT) this.rules.refuse('D8', 'limit', `${structs} structs`);
    this.checkCapacityFor('structs', structs);
    this.placeAll(sections.map((section) => ({ section, next: 0 })));
    const deletes = update.deletes.map((of) => this.validateDeletes(of)).filter((of) => of.ranges.length > 0);
    const outcome = new ResultingShape(this.rules, this.lists, this.deletedHere);
    const gained = outcome.check();
    this.checkCapacityFor('provisions', gained.provisions);
    this.checkCapacityFor('words', gained.words);
    const whole = (same(sections, update.sections) && same(deletes, update.deletes)) || !this.rules.has('D5');
    const empty = sections.length === 0 && deletes.length === 0;
    return {
      ok: true,
      update: whole ? update.canonical : empty ? Uint8Array.of(0, 0) : encode({ sections, deletes }),
      empty,
      work: this.lists.budget.spent,
      touched: this.touched,
      clients: sections.map((section) => section.client),
      orphaned: this.rules.has('D21') ? outcome.orphaned() : [],
      late: this.late ? encode({ sections, deletes: update.deletes }) : null,
    };
  }

  /** The sections without what the server has. A section it has no part of is the very one that came. */
  private unknown(sections: readonly Section[]): Section[] {
    const out: Section[] = [];
    let units = 0;
    for (const section of sections) {
      const state = this.lists.state(section.client);
      const last = section.structs.at(-1)!;
      const end = last.id.clock + last.length;
      if (end <= state) continue;
      if (section.from > state) this.rules.refuse('D6', 'gap', `${section.client} has ${state}, not ${section.from}`, true);
      units += end - state;
      const first = section.from >= state ? 0 : section.structs.findIndex((struct) => struct.id.clock + struct.length > state);
      const fresh = section.from >= state ? section : { client: section.client, from: state, structs: section.structs.slice(first) };
      if (fresh.structs.some((struct) => struct instanceof Y.Skip)) this.rules.refuse('D6', 'gap', `${section.client} leaves something out`, true);
      out.push(fresh);
    }
    if (units > CLOCK_LIMIT) this.rules.refuse('D8', 'limit', `${units} units`);
    return out;
  }

  /** Deletions alone always pass: they make a room smaller. */
  private checkCapacityFor(what: Parameters<typeof checkCapacity>[3], more: number): void {
    checkCapacity(this.rules, this.doc, this.who, what, more);
  }

  /** Places structs as their dependencies allow. Sections may build on each other; two that wait for each other are never placed. */
  private placeAll(queues: readonly Queue[]): void {
    for (let progress = true; progress;) {
      progress = false;
      for (const queue of queues) {
        while (queue.next < queue.section.structs.length && this.place(queue.section, queue.section.structs[queue.next] as Y.Item | Y.GC)) {
          queue.next++;
          progress = true;
        }
        if (queue.next < queue.section.structs.length) this.lists.budget.spend();
      }
    }
    for (const { section, next } of queues) {
      const stuck = section.structs[next];
      if (stuck) this.rules.refuse('D9', 'unknown-origin', `${section.client}:${stuck.id.clock}`, true);
    }
  }

  /** False while something the struct builds on is not known. */
  private place(section: Section, struct: Y.Item | Y.GC): boolean {
    const clock = Math.max(struct.id.clock, section.from);
    const skip = clock - struct.id.clock;
    const end = struct.id.clock + struct.length;
    if (!(struct instanceof Y.Item)) {
      this.lists.place(new NewStruct(struct, section.client, clock, end, null, null, this.lists.gone));
      return true;
    }
    const origin = skip > 0 ? Y.createID(section.client, clock - 1) : struct.origin;
    const list = this.listFor(struct, origin);
    if (!list) return false;
    checkContent(this.rules, list, struct.content, skip);
    this.lists.place(new NewStruct(struct, section.client, clock, end, origin, struct.rightOrigin, list));
    if (list.level === 'gone') this.late = true;
    else this.touched.add(list.id);
    if (struct.content instanceof Y.ContentString) list.inserted += end - clock;
    return true;
  }

  /** The one list an item says it belongs to; undefined while what it names is not known. */
  private listFor(item: Y.Item, origin: Y.ID | null): List | undefined {
    const { rightOrigin } = item;
    if (!origin && !rightOrigin) return this.listUnder(item.parent as unknown, item.parentSub);
    const left = origin && this.lists.at(origin);
    const right = rightOrigin && this.lists.at(rightOrigin);
    if (left === undefined || right === undefined) return undefined;
    if (left) checkCut(this.rules, left, origin!.clock + 1);
    if (right) checkCut(this.rules, right, rightOrigin!.clock);
    const [here, there] = [left && this.lists.listOf(left), right && this.lists.listOf(right)];
    if (here && there && here !== there) this.rules.refuse('D10', 'foreign-list', `${item.id.client}:${item.id.clock}`);
    return here ?? there!;
  }

  private listUnder(parent: unknown, sub: string | null): List | undefined {
    if (typeof parent === 'string') {
      if (parent === ROOT && sub !== null) return this.lists.entry(sub);
      this.rules.refuse('D12', 'bad-shape', 'not the root of a room');
      return this.lists.gone;
    }
    const owner = this.lists.at(parent as Y.ID);
    if (!owner) return undefined;
    const content = owner instanceof Y.GC ? null : owner.content;
    if (content instanceof Y.ContentType) return this.lists.under(content.type as SharedType, sub);
    if (content !== null && !(content instanceof Y.ContentDeleted)) this.rules.refuse('D12', 'bad-shape', 'what it lies in is no shared type');
    return this.lists.gone;
  }

  /** The ranges of one client without what the server has deleted already. */
  private validateDeletes({ client, ranges }: Deletes): Deletes {
    const kept: Range[] = [];
    const state = this.lists.state(client);
    for (const range of ranges) {
      if (range.clock + range.len > state) this.rules.refuse('D17', 'gap', `${client} has ${state}, and ${range.clock + range.len} is deleted`, true);
      this.validateRange(client, range, kept);
    }
    return same(kept, ranges) ? { client, ranges } : { client, ranges: kept };
  }

  private validateRange(client: number, { clock, len }: Range, kept: Range[]): void {
    const end = clock + len;
    const structs = this.lists.structsOf(client);
    const known = structs.length > 0 ? structs.at(-1)!.id.clock + structs.at(-1)!.length : 0;
    for (let i = clock < known ? Y.findIndexSS(structs as (Y.Item | Y.GC)[], clock) : structs.length; i < structs.length; i++) {
      const struct = structs[i]!;
      if (struct.id.clock >= end) return;
      if (struct instanceof Y.GC) this.late = true;
      else if (!struct.deleted) this.markDeleted(struct, Math.max(clock, struct.id.clock), Math.min(end, struct.id.clock + struct.length), kept);
    }
    for (const fresh of this.lists.freshIn(client, clock, end)) this.markDeleted(fresh, Math.max(clock, fresh.clock), Math.min(end, fresh.end), kept);
  }

  private markDeleted(owner: Y.Item | NewStruct, from: number, to: number, kept: Range[]): void {
    checkCut(this.rules, owner, from);
    checkCut(this.rules, owner, to);
    const list = this.lists.listOf(owner);
    list.touched = true;
    this.deletedHere.add(owner);
    if (owner.content instanceof Y.ContentString) list.removed += to - from;
    if (list.level !== 'gone') this.touched.add(list.id);
    const last = kept.at(-1);
    if (last && last.clock + last.len === from) kept[kept.length - 1] = { clock: last.clock, len: to - last.clock };
    else kept.push({ clock: from, len: to - from });
  }
}

/** Equal members; for sections, the very same ones. */
function same<T extends Section | Deletes | Range>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i] || ('len' in x && x.len === (b[i] as Range).len && x.clock === (b[i] as Range).clock));
}

/** Yjs turns both halves of a surrogate pair that is cut into U+FFFD: for everybody, and for ever. */
function checkCut(rules: UpdateRules, owner: Owner, clock: number): void {
  const content = owner instanceof Y.GC ? null : owner.content;
  if (!(content instanceof Y.ContentString)) return;
  const at = clock - (owner instanceof NewStruct ? owner.struct.id.clock : (owner as Y.Item).id.clock);
  const [high, low] = [content.str.charCodeAt(at - 1), content.str.charCodeAt(at)];
  if (high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) rules.refuse('D16', 'bad-text', 'half a character');
}
