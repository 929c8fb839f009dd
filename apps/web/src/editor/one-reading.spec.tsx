import { CHAIR, type DocumentState, absent, namesOf, NO_GROUP, type Proposal } from '@parley/negotiation';
import { applyEdits, COMPARE_VERSION, compareTexts, digestOf, type Edit, type Kind, type Marks, normal, type PartyId, type Provision, readPieces, restylingWords, type Slot, slotDigest, slotKeys, slotOf, type Text, textFrom, textOf } from '@parley/text';
import { afterEach, describe, expect, it } from 'vitest';
import { cases } from '../../../../libs/text/test-support/cases.ts';
import { seeded } from '../../../../libs/text/test-support/seeded.ts';
import { wording } from '../ui/messages.ts';
import { aloud } from './bracket-dom.ts';
import { bracketedReading, type Stacking } from './reading.ts';
import { StaticView } from './static-view.ts';

const GROUP = { ...NO_GROUP, name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }], seats: {} };
/** Every provision in one text with brackets. */
const AS_BRACKETS: Stacking = { crowded: false, chosen: new Map() };

type Positions = Readonly<Partial<Record<PartyId, Text>>>;

/** What one hears and sees at one point: a character with its marks, or what is generated there. */
interface Atom { readonly said: string; readonly marks: string }

const MARK: Readonly<Record<string, (e: HTMLElement) => string>> = { EM: () => 'em', STRONG: () => 'strong', A: (e) => `ref:${e.dataset.ref ?? ''}` };

/** What the style sheet puts before and behind an element. */
function generated(e: HTMLElement): { before: string; behind: string } {
  const has = (name: string) => e.classList.contains(name);
  const before = [has('said-aloud') ? e.dataset.aloud : '', has('br') && has('first') ? '[' : '', has('said-by') ? e.dataset.code : '', e.dataset.blank, has('unseen') ? e.dataset.sign : '', has('slot') && !has('stacked') && e.closest('.kind-metric, .kind-step, .kind-evidence') ? e.dataset.name : ''];
  return { before: before.join(''), behind: [has('br') && has('last') ? ']' : '', has('said-aloud') ? e.dataset.end : '', e.dataset.declined].join('') };
}

function read(node: Node, marks: readonly string[], out: Atom[]): Atom[] {
  if (node.nodeType === Node.TEXT_NODE) { for (const said of node.textContent ?? '') out.push({ said, marks: node.parentElement!.closest('.restyled') ? '' : [...new Set(marks)].sort().join(' ') }); return out; }
  const e = node as HTMLElement;
  if (e.matches('br, img, .caret, .seals')) return out;
  const { before, behind } = generated(e), inside = MARK[e.tagName] ? [...marks, MARK[e.tagName]!(e)] : marks;
  if (before) out.push({ said: before, marks: '' });
  for (const child of e.childNodes) read(child, inside, out);
  if (behind) out.push({ said: behind, marks: '' });
  // The name of the row that is the text itself stands in the line of its words.
  if (e.tagName === 'DIV' && !e.matches('.alternative.stands') && !(e.matches('.alternatives') && e.lastElementChild!.matches('.stands'))) out.push({ said: '\n', marks: '' });
  return out;
}

/** What is read in an element: words with other marks than the ones before are set apart. */
function readIn(elements: readonly Element[]): string {
  let out = '', at = '';
  for (const { said, marks } of elements.flatMap((e) => read(e, [], []))) {
    if (marks !== at && /\S/.test(said)) { out += `<${marks}>`; at = marks; }
    out += said;
  }
  return out.replace(/\n+/g, '\n').trim();
}

interface Screen { readonly lines: string[]; readonly units: Record<string, string> }

let mount: HTMLElement;
afterEach(() => { document.body.replaceChildren(); });

/** The screen of one seat (null: of nobody's side): line by line what stands where, and apart the words of each provision with what is said of them. */
function screenOf(common: Text, positions: Positions, party: PartyId | null, document_: DocumentState | null, stacking = AS_BRACKETS): Screen {
  mount = document.body.appendChild(document.createElement('div'));
  const rooms = { common, ...Object.fromEntries(Object.entries(positions).map(([p, text]) => [`position:${p}`, text])) };
  const view = new StaticView(mount, bracketedReading(rooms, GROUP as never, document_, party, stacking), 'Text'), out: Screen = { lines: [], units: {} };
  for (const line of mount.querySelectorAll<HTMLElement>('[data-provision], .block')) {
    const label = line.dataset.commonLabel ?? line.dataset.label ?? '', moved = [...line.querySelectorAll('.note-moved')], added = line.querySelector('.heads .note-added');
    out.lines.push([label, readIn(moved)].join(' '));
    for (const note of moved) note.remove();
    if (line.classList.contains('moved')) continue;
    const id = line.dataset.provision ?? line.dataset.block!;
    out.units[added ? `${id}: ${added.textContent}` : id] = readIn([line]);
  }
  view.destroy();
  mount.remove();
  return out;
}

const seatsOf = (positions: Positions): (PartyId | null)[] => [...Object.keys(positions), null];
const screens = (common: Text, positions: Positions, state: DocumentState | null = null, stacking = AS_BRACKETS): [PartyId | null, Screen][] => seatsOf(positions).map((seat) => [seat, screenOf(common, positions, seat, state, stacking)]);

/** The rows of a screen that are drawn, not the text itself: whose each is, and its words without the signs in them. */
function rowsOf(common: Text, positions: Positions, party: PartyId | null, document_: DocumentState | null, stacking: Stacking): { id: string; key: string; whose: string; words: string }[] {
  mount = document.body.appendChild(document.createElement('div'));
  const rooms = { common, ...Object.fromEntries(Object.entries(positions).map(([p, text]) => [`position:${p}`, text])) };
  const view = new StaticView(mount, bracketedReading(rooms, GROUP as never, document_, party, stacking), 'Text');
  const rows = [...mount.querySelectorAll<HTMLElement>('.alternative:not(.stands)')].map((row) => {
    const said = row.querySelector('.said')!.cloneNode(true) as HTMLElement, box = row.closest('.alternatives')!;
    for (const sign of said.querySelectorAll('.aloud, .left-out, .declined-by')) sign.remove();
    const slot = (box.classList.contains('before') ? box.nextElementSibling : box.previousElementSibling) as HTMLElement;
    return { id: row.closest<HTMLElement>('[data-provision]')!.dataset.provision!, key: slot.dataset.key!, whose: row.querySelector('.whose')!.textContent!, words: said.textContent! };
  });
  view.destroy();
  mount.remove();
  return rows;
}

/** What whoever listens is told of the words of one provision: every stretch that somebody strikes, brings or restyles, and whose it is. */
function announced(common: Provision, having: readonly { party: PartyId; p: Provision }[]): string[] {
  return slotKeys(common.kind).flatMap((key) => readPieces(slotOf(common, key), having.map(({ party, p }) => ({ party, slot: slotOf(p, key) }))))
    .flatMap((piece) => (piece.kind === 'plain' ? [] : [aloud(GROUP as never, piece.kind, piece.parties, piece.style && restylingWords(piece.style, wording))]));
}

const KINDS: readonly Kind[] = ['heading', 'paragraph', 'paragraph', 'paragraph', 'definition', 'metric', 'evidence', 'step'];
const WORDS = ['the ', 'side ', 'shall ', 'reply ', ', ', '24 ', 'hours', ' in time', '. ', 'should', ' ', '应当', '三分之二', '被请求方', '。', '\u05e9\u05dc\u05d5\u05dd ', '\u0633\u0644\u0627\u0645', '\u200F', '\u00A0', '(a) ', '[', ']', '“', '”'];
const SENTENCES = ['The requested side shall preserve the data.', ' The data are to be preserved by the side that was asked.', ' Each side replies within 24 hours, and in writing.', '被请求方应当确认每项请求。', '每项请求应当由被请求方确认。', ' Costs lie where they fall, unless the sides agree otherwise.'];
const MARKS: readonly Marks[] = ['em', 'strong', 'em strong', 'ref:p1'];

/** A random document: common text, the positions of two or three parties, and who has declined what. */
class Case {
  private readonly next: () => number;
  readonly common: Text;
  readonly positions: Positions;
  readonly state: DocumentState;

  constructor(seed: number) {
    this.next = seeded(seed);
    const ids = Array.from({ length: 2 + this.upTo(5) }, (_, i) => `p${i}`), base = textFrom(ids.map((id, i) => this.provision(id, i)));
    const alike = this.next() < 0.3 ? this.position(base, 'both') : base;
    const positions: Record<PartyId, Text> = { az: this.position(alike, 'az'), oc: this.position(alike, 'oc'), ...(this.next() < 0.4 ? { [CHAIR]: this.position(base, 'ch') } : {}) };
    // A removal that was accepted while others kept the provision: they add it, each with his words.
    this.common = this.next() < 0.2 ? applyEdits(base, [{ do: 'remove', id: this.pick(ids) }]) : base;
    this.positions = positions;
    this.state = { ...absent('d'), stage: 'negotiation', declines: this.declines() };
  }

  private pick<T>(list: readonly T[]): T { return list[Math.floor(this.next() * list.length)]!; }
  private upTo(n: number): number { return Math.floor(this.next() * n); }

  private words(most: number): Slot {
    if (this.next() < 0.3) return normal([{ t: Array.from({ length: this.upTo(3) }, () => this.pick(SENTENCES)).join('') }]);
    return normal(Array.from({ length: this.upTo(most + 1) }, () => { const t = this.pick(WORDS); return this.next() < 0.15 ? { t, m: this.pick(MARKS) } : { t }; }));
  }

  private provision(id: string, i: number): Provision {
    const kind = this.pick(KINDS);
    return { id, kind, label: this.pick(['', `${i + 1}`, `(${'abcdefgh'[i] ?? 'x'})`, `第${i + 1}条`]), level: this.upTo(4), slots: Object.fromEntries(slotKeys(kind).map((key) => [key, this.words(12)])) };
  }

  private position(base: Text, party: string): Text {
    let text = base;
    for (let n = this.upTo(8); n > 0; n--) text = applyEdits(text, this.edit(text, `${party}${n}`));
    return text;
  }

  private edit(text: Text, made: string): Edit[] {
    if (text.list.length === 0) return [];
    const id = this.pick(text.list), p = text.by.get(id)!, after = this.next() < 0.2 ? null : this.pick(text.list.filter((other) => other !== id).concat(text.list.length > 1 ? [] : [id]));
    switch (this.upTo(9)) {
      case 0: return [{ do: 'move', id, after: after === id ? null : after }];
      case 1: return [{ do: 'remove', id }];
      case 2: return [{ do: 'add', after, provision: this.provision(made, this.upTo(8)) }];
      case 3: return [{ do: 'set', id, ...this.pick([{ label: this.pick(['', '9', `${p.label} bis`]) }, { level: this.upTo(4) }, { kind: this.turned(p.kind) }]) }];
      default: return this.splice(p);
    }
  }

  /** Another kind with the same slots. */
  private turned(kind: Kind): Kind { return kind === 'heading' ? 'paragraph' : kind === 'paragraph' ? 'heading' : kind; }

  private splice(p: Provision): Edit[] {
    const key = this.pick(slotKeys(p.kind)), words = slotOf(p, key), length = textOf(words).length, from = this.upTo(length + 1), to = Math.min(length, from + this.upTo(this.pick([1, 6, 12, 60])));
    const own = textOf(words).slice(from, to);
    return [{ do: 'splice', id: p.id, key, from, to, insert: own && this.next() < 0.2 ? [{ t: own, m: this.pick(MARKS) }] : this.words(this.pick([0, 2, 6])) }];
  }

  private declines(): DocumentState['declines'] {
    const out: Record<string, { party: PartyId; user: string; at: number; reason: string }[]> = {}, shared = { rooms: { common: this.common } };
    for (const [party, text] of Object.entries(this.positions)) {
      const { items, slots } = compareTexts(this.common, text!), proposals: Proposal[] = [];
      for (const item of items) proposals.push({ on: 'item', party, provision: item.id, version: COMPARE_VERSION, item: item.type === 'remove' ? { type: 'remove', digest: digestOf(item.provision) } : item } as Proposal);
      for (const [provision, by] of slots) for (const [key, hunks] of by) proposals.push({ on: 'words', party, provision, key, digest: slotDigest(slotOf(this.common.by.get(provision), key)), version: COMPARE_VERSION, hunks });
      for (const proposal of proposals) if (this.next() < 0.25) for (const name of namesOf(shared, proposal)) (out[name] ??= []).push({ party: this.pick(['az', 'oc'].filter((p) => p !== party)), user: 'u', at: 0, reason: '' });
    }
    return out as never;
  }
}

/** As many random documents as are drawn: from every seat it takes a tenth of a second each. */
const RUNS = cases(24);

const heardIn = (words: string): string[] => [...words.matchAll(/(?:The chair|Azure|Ochre)(?:(?:, | and )(?:The chair|Ochre))* (?:propose|delete)s?[^:\n[]*: (?=\[)/g)].map(([said]) => said);

describe('one reading for every seat, off the screen', () => {
  it('[E10] [E16] [E20] random documents of every kind, level, script and mark, with moves, additions, removals and declines: the same words, signs and announcements', () => {
    let brackets = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const { common, positions, state } = new Case(seed), [first, ...others] = screens(common, positions, state);
      for (const [seat, screen] of others) expect(screen, `seed ${seed}, ${seat} beside ${first![0]}`).toEqual(first![1]);
      for (const id of common.list) {
        const having = ['az', 'oc', CHAIR].flatMap((party) => { const p = positions[party]?.by.get(id); return p ? [{ party, p }] : []; }), told = announced(common.by.get(id)!, having);
        expect(heardIn(first![1].units[id]!), `seed ${seed}, ${id}`).toEqual(told);
        brackets += told.length;
      }
    }
    expect(brackets).toBeGreaterThan(2 * RUNS);
  });

  it('[E48] the same documents as alternatives: the same rows from every seat, each the whole wording of those whose it is', () => {
    const runs = Math.ceil(RUNS / 3);
    let rows = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const { common, positions, state } = new Case(seed), stacked: Stacking = { crowded: true, chosen: new Map(common.list.map((id) => [id, true])) };
      const [first, ...others] = screens(common, positions, state, stacked);
      for (const [seat, screen] of others) expect(screen, `seed ${seed}, ${seat} beside ${first![0]}`).toEqual(first![1]);
      for (const party of Object.keys(positions)) {
        const shown = rowsOf(common, positions, party, state, stacked);
        for (const { id, key, whose, words } of shown) {
          const wanted = whose === 'Common text' ? common : positions[['az', 'oc', CHAIR].find((p) => whose.split(', ').includes({ az: 'AZ', oc: 'OC' }[p] ?? 'CH'))!]!;
          expect([seed, party, id, whose, words]).toEqual([seed, party, id, whose, textOf(slotOf(wanted.by.get(id), key))]);
          rows++;
        }
      }
    }
    expect(rows).toBeGreaterThan(4 * runs);
  });
});
