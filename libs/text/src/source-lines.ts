import { type Label, labelsAt } from './labels.ts';
import { lengthOf, normal, plainSlot, type Slot, slice, textOf } from './slot.ts';
import { cleanText } from './strings.ts';

/** What a source says of a line by more than its words: a number that it counts by itself, how deep it stands, whether it is a heading. */
export interface LineHint { readonly label?: string; readonly level?: number; readonly heading?: boolean }

/** A line as it came: parted from the one before by a paragraph's end or an empty line (`block`), or by a mere line end. */
export interface SourceLine { readonly words: Slot; readonly parted: 'block' | 'line'; readonly hint?: LineHint }

/** A piece of a line as it comes in: tabs and no-break spaces are spaces, and where a word may be parted nobody has asked. */
export const plainLine = (raw: string): string => cleanText(raw.replace(/[\t\u00A0]/g, ' ').replaceAll('\u00AD', ''));

/** The lines of a plain text that have words, each clean. */
export function linesOf(text: string): SourceLine[] {
  const out: SourceLine[] = [];
  let block = true;
  for (const raw of text.replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n').replace(/\u00AD\n\s*/g, '').split('\n')) {
    const line = plainLine(raw).trim();
    if (line) out.push({ words: plainSlot(line), parted: block ? 'block' : 'line' });
    block = line === '';
  }
  return out;
}

const ENDED = /[.;:!?。；：！？…][”"’»)\]）】]*$/u;
const SMALL = /^\p{Ll}/u;
const HYPHEN = /\p{L}[-‐]$/u;
const WRAPPED = { least: 40, most: 120 };

/** Prefixes that keep their hyphen where a line ends behind it. */
const HYPHENATED = /(?:^|[^\p{L}])(?:non|self|cross|co|ex|anti|counter|well|long|short|high|low|multi|inter|state|third|two|three|four|half|cyber|so|end|follow)$/iu;

/** Two lines of one sentence in one: one space between them, none in Chinese, and a word that was parted is one word again. */
function joined(before: Slot, line: Slot, whole: string): Slot {
  const a = textOf(before), b = textOf(line), size = lengthOf(before);
  if (HYPHEN.test(a) && SMALL.test(b)) {
    const left = /\p{L}+$/u.exec(a.slice(0, -1))![0], right = /^\p{L}+/u.exec(b)![0], found = (word: string) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'iu').test(whole);
    const keeps = found(`${left}-${right}`) || (!found(left + right) && HYPHENATED.test(a.slice(0, -1)));
    return normal([...(keeps ? before : slice(before, 0, size - 1)), ...line]);
  }
  const tight = HYPHEN.test(a) || (/[\p{Script=Han}，。；：、]$/u.test(a) && /^[\p{Script=Han}（《“]/u.test(b));
  return normal([...before, ...(tight ? [] : plainSlot(' ')), ...line]);
}

/** The lines that begin with a label: beyond doubt, or beside another of its series. */
function labelled(lines: readonly SourceLine[]): ReadonlySet<SourceLine> {
  const all = lines.map((line) => (line.hint?.label === undefined ? labelsAt(textOf(line.words)) : [])), doubtful = new Set(all.flat().filter((l) => l.doubtful).map(inSeries(0)));
  const goesOn = (l: Label): boolean => doubtful.has(inSeries(1)(l)) || doubtful.has(inSeries(-1)(l));
  return new Set(lines.filter((line, i) => line.hint?.label !== undefined || all[i]!.some((l) => !l.doubtful || goesOn(l))));
}

/** The place of a label in its series, or one `step` from it. */
const inSeries = (step: number) => ({ form, ordinal }: Label): string => [form, ...ordinal.slice(0, -1), ordinal.at(-1)! + step].join(' ');

/** Whether the first word of the next line would have had room: then the line was ended on purpose. */
function hadRoom(before: string, line: string, width: number): boolean {
  const next = /^\p{Script=Han}/u.test(line) ? 1 : (/^\S+/u.exec(line)?.[0].length ?? 0) + 1;
  return before.length + next <= width;
}

interface Manner { readonly blocks: boolean; readonly labelled: ReadonlySet<SourceLine>; readonly width: number; readonly whole: string; readonly headed: (line: SourceLine) => boolean }

function goesOn(before: SourceLine, line: SourceLine, manner: Manner): boolean {
  if (line.parted === 'block' || line.hint?.heading || before.hint?.heading || manner.labelled.has(line)) return false;
  const a = textOf(before.words), b = textOf(line.words);
  if (manner.blocks) return !(manner.headed(before) && /^[\p{Lu}“"]/u.test(b));
  if (HYPHEN.test(a) && SMALL.test(b)) return true;
  return !ENDED.test(a) ? SMALL.test(b) || (manner.width > 0 && !hadRoom(a, b, manner.width)) : manner.width > 0 && SMALL.test(b) && !hadRoom(a, b, manner.width);
}

/** The length at which lines were wrapped by hand; 0 where nothing shows that they were: some sentence must go on with a small letter, or go on in Chinese, at a line nearly as long. */
function widthOf(lines: readonly SourceLine[], labels: ReadonlySet<SourceLine>): number {
  const texts = lines.map((l) => textOf(l.words)), width = Math.max(0, ...texts.map((t) => t.length));
  const han = /\p{Script=Han}/u.test(texts.join(''));
  if (width < (han ? 20 : WRAPPED.least) || width > WRAPPED.most) return 0;
  return lines.some((line, i) => i > 0 && line.parted === 'line' && !ENDED.test(texts[i - 1]!) && !labels.has(line) && /^[\p{Ll}\p{Script=Han}]/u.test(texts[i]!) && !hadRoom(texts[i - 1]!, texts[i]!, width)) ? width : 0;
}

/**
 * Lines that are one paragraph in one. Where a source has empty lines or paragraphs (`parted`: it says so, be it one alone), they part and line ends do not; else a line end parts, unless the sentence goes on
 * or the line was full. A line that begins with a label, or comes from a list, is always its own.
 */
export function paragraphsOf(lines: readonly SourceLine[], headed: (line: SourceLine) => boolean, parted = false): SourceLine[] {
  const labels = labelled(lines), manner: Manner = { blocks: parted || lines.some((l, i) => i > 0 && l.parted === 'block'), labelled: labels, width: widthOf(lines, labels), whole: lines.map((l) => textOf(l.words)).join('\n'), headed };
  const out: SourceLine[] = [];
  let last: SourceLine | undefined;
  for (const line of lines) {
    if (last && goesOn(last, line, manner)) out[out.length - 1] = { ...out.at(-1)!, words: joined(out.at(-1)!.words, line.words, manner.whole) };
    else out.push(line);
    last = line;
  }
  return out;
}
