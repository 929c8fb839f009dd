import type { Span } from './span.ts';
import { PUNCTUATION, type Tokens, wordAt } from './tokens.ts';

/** Farther apart than this, or nested deeper, two marks are no pair: an unclosed one must not take in a whole slot, and the steps stay bounded. */
const REACH = 80, DEPTH = 32;

const CLOSERS: Readonly<Record<string, string>> = {
  '(': ')', '[': ']', '{': '}', '（': '）', '［': '］', '｛': '｝', '【': '】', '〔': '〕', '〖': '〗', '《': '》', '〈': '〉', '「': '」', '『': '』', '“': '”', '‘': '’', '«': '»', '‹': '›', '„': '“”', '‚': '‘’', '<': '>',
};
const CLOSING = new Set(Object.values(CLOSERS).join(''));
const QUOTATION = /[“‘«‹„‚「『"＂']/;
const STRAIGHT = /^["＂']$/;
const BEFORE_OPENING = /[\s([{（［｛【〔《〈“‘«‹„「『—–:：，、-]$/u;
const LETTER_AFTER = /^[\p{L}\p{N}]/u;

interface Open { readonly mark: string; readonly at: number }

const NONE: ReadonlyMap<number, number> = new Map();

/** Brackets and quotation marks that belong together, each with the other, by the number of their tokens. Empty where a slot has none. */
export const partnersOf = (tokens: Tokens): ReadonlyMap<number, number> => (tokens.pairs ??= tokens.classes.includes(PUNCTUATION) ? matched(tokens) : NONE);

function matched(tokens: Tokens): ReadonlyMap<number, number> {
  const partners = new Map<number, number>(), open: Open[] = [];
  for (let i = 0; i < tokens.keys.length; i++) {
    if (tokens.classes[i] !== PUNCTUATION || tokens.at[i + 1]! - tokens.at[i]! !== 1) continue;
    const mark = wordAt(tokens, i), from = closes(tokens, i, mark, open);
    if (from >= 0) {
      partners.set(open[from]!.at, i).set(i, open[from]!.at);
      open.length = from;
    } else if (opens(tokens, i, mark)) {
      const same = QUOTATION.test(mark) ? open.findIndex((o) => o.mark === mark) : -1;
      if (same >= 0) open.splice(same, 1);
      open.push({ mark, at: i });
      if (open.length > DEPTH) open.shift();
    }
  }
  return partners;
}

const before = (tokens: Tokens, i: number): string => (i === 0 ? ' ' : wordAt(tokens, i - 1));

function opens(tokens: Tokens, i: number, mark: string): boolean {
  if (!STRAIGHT.test(mark)) return CLOSERS[mark] !== undefined;
  return BEFORE_OPENING.test(before(tokens, i)) && (mark !== "'" || LETTER_AFTER.test(i + 1 < tokens.keys.length ? wordAt(tokens, i + 1) : ''));
}

/** Which of the open marks `mark` closes, in `open`; -1: none. */
function closes(tokens: Tokens, i: number, mark: string, open: readonly Open[]): number {
  const straight = STRAIGHT.test(mark) && !/\s$/.test(before(tokens, i));
  if (!straight && !CLOSING.has(mark)) return -1;
  for (let k = open.length - 1; k >= 0; k--) {
    if (i - open[k]!.at > REACH) return -1;
    if ((straight && open[k]!.mark === mark) || CLOSERS[open[k]!.mark]?.includes(mark)) return k;
  }
  return -1;
}

/** True when `from..to` holds one of a pair without the other. */
export function parts(tokens: Tokens, from: number, to: number): boolean {
  const partners = partnersOf(tokens);
  if (partners.size === 0) return false;
  for (let i = from; i < to; i++) {
    const other = partners.get(i);
    if (other !== undefined && (other < from || other >= to)) return true;
  }
  return false;
}

/** A span, and the range that holds the partners of all marks in it, on both sides. */
interface Wide { readonly span: Span; readonly holds: Span }

const hull = (s: Span, t: Span): Span => ({ a0: Math.min(s.a0, t.a0), a1: Math.max(s.a1, t.a1), b0: Math.min(s.b0, t.b0), b1: Math.max(s.b1, t.b1) });

/** Where the partners of the marks in `from..to` stand: first and one behind the last, `from` and `to` included. */
function reach(tokens: Tokens, from: number, to: number): [number, number] {
  const partners = partnersOf(tokens);
  let low = from, high = to;
  if (partners.size > 0) {
    for (let i = from; i < to; i++) {
      const other = partners.get(i);
      if (other !== undefined) { low = Math.min(low, other); high = Math.max(high, other + 1); }
    }
  }
  return [low, high];
}

function wide(a: Tokens, b: Tokens, span: Span): Wide {
  const [a0, a1] = reach(a, span.a0, span.a1), [b0, b1] = reach(b, span.b0, span.b1);
  return { span, holds: { a0, a1, b0, b1 } };
}

const together = (s: Wide, t: Wide): Wide => ({ span: hull(s.span, t.span), holds: hull(s.holds, t.holds) });

/** Two neighbours and the kept words between them as one. */
const over = (a: Tokens, b: Tokens, s: Wide, t: Wide): Wide =>
  together(together(s, t), wide(a, b, { a0: s.span.a1, a1: t.span.a0, b0: s.span.b1, b1: t.span.b0 }));

/** Every span grown over the kept words beside it until no pair of marks is parted; spans that then touch are one. Each token is looked at once. */
export function wholePairs(a: Tokens, b: Tokens, spans: readonly Span[]): Span[] {
  if (partnersOf(a).size === 0 && partnersOf(b).size === 0) return [...spans];
  const done: Wide[] = [], coming = spans.map((span) => wide(a, b, span)).reverse();
  for (let now = coming.pop(); now; now = coming.pop()) {
    const { span, holds } = now, last = done.at(-1), next = coming.at(-1);
    const left = Math.max(span.a0 - holds.a0, span.b0 - holds.b0), right = Math.max(holds.a1 - span.a1, holds.b1 - span.b1);
    if (last && left >= span.a0 - last.span.a1) coming.push(over(a, b, done.pop()!, now));
    else if (next && right >= next.span.a0 - span.a1) { coming.pop(); coming.push(over(a, b, now, next)); }
    else if (left > 0 || right > 0) {
      const before = wide(a, b, { a0: span.a0 - left, a1: span.a0, b0: span.b0 - left, b1: span.b0 }), after = wide(a, b, { a0: span.a1, a1: span.a1 + right, b0: span.b1, b1: span.b1 + right });
      coming.push(together(together(now, before), after));
    } else done.push(now);
  }
  return done.map(({ span }) => span);
}
