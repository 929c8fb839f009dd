import { isBullet, type Label, labelsAt } from './labels.ts';
import { LABEL_LIMIT, LEVEL_LIMIT } from './validator-limits.ts';
import { lengthOf, normal, plainSlot, type Slot, slice, textOf } from './slot.ts';
import { type LineHint, linesOf, paragraphsOf, type SourceLine } from './source-lines.ts';

/** A provision as a source shows it, before it has an id and a kind. */
export interface ReadProvision {
  readonly label: string;
  readonly level: number;
  readonly heading: boolean;
  readonly words: Slot;
  /** The words with the label, where it was written in them. */
  readonly whole: Slot;
  /** The number was the source's own count, not written in its words. */
  readonly counted: boolean;
}

export interface StructureOptions {
  /** The first line is left out where it says this. */
  readonly title?: string;
  /** Whether a short line without a label may be a heading. */
  readonly bareHeadings?: boolean;
  /** Whether the source marks its paragraphs, be it one alone: then no line end parts any. */
  readonly parted?: boolean;
}

const MOST = { letters: 90, words: 10, han: 30 };
const SENTENCE = /\b(?:shall|must|will|may|should|means|is|are|agrees?|undertakes?)\b|应当|应该|不得|可以|必须|是指/iu;

/** Short, begins like a title, has no verb of obligation, no end of a sentence, no bracket that is still open to choice. */
function isTitle(text: string): boolean {
  if (text.length > MOST.letters || text.split(/\s+/).length > MOST.words || (/\p{Script=Han}/u.test(text) && text.length > MOST.han)) return false;
  return !/[.;:,!?。；：，、！？]$/u.test(text) && !/[[\]［］【】]/u.test(text) && /^(?:[\p{Lu}\p{Lo}“"]|\(\p{Lu})/u.test(text) && !SENTENCE.test(text);
}

interface Series { readonly form: string; readonly level: number; readonly base: number; readonly ordinal: readonly number[] }

const isNext = (before: readonly number[], now: readonly number[]): boolean =>
  (before.length === now.length && now.at(-1) === before.at(-1)! + 1) || (now.length === before.length + 1 && now.at(-1) === 1) || (now.length < before.length && now.at(-1) === before[now.length - 1]! + 1);

/** Which series are open, and how deep each stands: a form of label that is new begins one below, one that was there goes on where it was. */
class Outline {
  private open: Series[] = [];

  /** Whether a label goes on what stands before it. */
  continues({ form, ordinal }: Label): boolean {
    const series = this.open.find((s) => s.form === form);
    return series !== undefined && isNext(series.ordinal, ordinal);
  }

  enter({ form, ordinal }: Label): number {
    const at = this.open.findIndex((s) => s.form === form);
    if (at >= 0) this.open.length = at + 1;
    const had = at >= 0 ? this.open.pop() : undefined, above = this.open.at(-1), deep = form === 'number' ? ordinal.length - 1 : 0;
    const base = had?.base ?? (above ? above.level + 1 - deep : 0), level = Math.max(0, Math.min(LEVEL_LIMIT, base + deep));
    this.open.push({ form, level, base, ordinal });
    return level;
  }
}

/** Of two readings, the one that goes on a series; else a Roman first, else a letter. */
function reading(labels: readonly Label[], outline: Outline, later: readonly Label[]): Label | null {
  const sure = labels.filter((l) => !l.doubtful || outline.continues(l) || (l.ordinal.at(-1) === 1 && later.some((o) => o.form === l.form && isNext(l.ordinal, o.ordinal))));
  const isFirstRoman = (l: Label) => l.form.includes('roman') && l.ordinal[0] === 1;
  return sure.find((l) => outline.continues(l)) ?? sure.find(isFirstRoman) ?? sure[0] ?? null;
}

/** Forms below which a short line is a heading. */
const HEADS = /^(?:number|han|upper .*|\P{ASCII}|\p{L}{4,}.*)$/u;
const NEVER_HEADS = /^(?:letter|roman|bullet|circled|.* in parentheses)/;

function headed(words: string, label: Label | null, hint: LineHint | undefined, bare: boolean): boolean {
  if (hint?.heading !== undefined) return hint.heading;
  if (!label) return bare && hint?.label === undefined && isTitle(words);
  return HEADS.test(label.form) && !NEVER_HEADS.test(label.form) && !(label.form === 'number' && label.ordinal.length > 1) && isTitle(words);
}

/** The readings of a label that the source counted by itself. */
function counted({ label, level }: LineHint): Label[] {
  if (!label) return [];
  const found = labelsAt(`${label} X`).filter((l) => l.form !== 'bullet');
  // A list within a list that counts in the same way is a series of its own.
  const deep = (l: Label): string => (level && l.ordinal.length === 1 ? `${l.form} ${level}` : l.form);
  return found.length > 0 ? found.map((l) => ({ ...l, form: deep(l), length: 0, doubtful: false })) : [{ label, form: `bullet ${level ?? 0}`, ordinal: [], length: 0, doubtful: false }];
}

const alike = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** A label with no words of its own names what follows it, unless that has a label too: then it is a heading that says no more than its name. */
function withNames(read: readonly ReadProvision[]): ReadProvision[] {
  const out: ReadProvision[] = [];
  read.forEach((p, i) => {
    const before = read[i - 1], next = read[i + 1], bare = (q: ReadProvision | undefined) => q !== undefined && lengthOf(q.words) === 0;
    if (bare(p)) { if (!next || next.label !== '') out.push({ ...p, heading: true, label: '', words: plainSlot(p.label) }); }
    else out.push(bare(before) && p.label === '' ? { ...p, label: before!.label, level: before!.level } : p);
  });
  return out;
}

/**
 * The one reader of structure, for opening, pasting and typing: which lines are a provision, what each is called, how deep it stands, which are headings. Words are never
 * changed but that lines of one paragraph are joined and a label leaves them; nothing is left out but a first line that repeats the title.
 */
export function readStructure(lines: readonly SourceLine[], { title, bareHeadings = true, parted = false }: StructureOptions = {}): ReadProvision[] {
  const isHead = (line: SourceLine) => labelsAt(textOf(line.words)).some((l) => !l.doubtful && headed(textOf(line.words).slice(l.length), l, line.hint, false));
  const paragraphs = paragraphsOf(lines, isHead, parted), outline = new Outline();
  const found = paragraphs.map(({ words, hint }) => (hint?.label ? counted(hint) : labelsAt(textOf(words))));
  const read = paragraphs.map(({ words, hint }, i): ReadProvision => {
    const label = reading(found[i]!, outline, found.slice(i + 1).flat()), own = trimmed(slice(words, label?.length ?? 0, lengthOf(words)));
    const level = label ? outline.enter(label) : (hint?.level ?? 0);
    return { label: label?.label.slice(0, LABEL_LIMIT) ?? '', level, heading: headed(textOf(own), label, hint, bareHeadings), words: own, whole: trimmed(words), counted: hint?.label !== undefined };
  }).filter((p) => lengthOf(p.words) > 0 || (p.label !== '' && !isBullet(p.label)));
  const first = read[0];
  if (title && first && first.label === '' && alike(title) !== '' && alike(textOf(first.words)) === alike(title)) read.shift();
  return withNames(read);
}

function trimmed(words: Slot): Slot {
  const text = textOf(words), from = text.length - text.trimStart().length;
  return normal(slice(words, from, Math.max(from, text.trimEnd().length)));
}

/** What a plain text is made of. */
export const structureOf = (text: string, options?: StructureOptions): ReadProvision[] => readStructure(linesOf(text), options);
