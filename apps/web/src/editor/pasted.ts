import type { SourceLine } from '@parley/text';

/** What of a source does not come in: what it says is struck, what it says beside the text, what its reader did not see. */
export type LeftOut = 'struck' | 'comments' | 'notes' | 'marks' | 'hidden' | 'numbers' | 'pictures' | 'readings';

/** What was pasted, as lines for the reader of structure. */
export interface Pasted {
  readonly lines: readonly SourceLine[];
  readonly left: ReadonlySet<LeftOut>;
  /** Something stood raised or lowered, and is written so. */
  readonly raised: boolean;
  /** One piece of a line, with no paragraph around it: spaces at its ends are meant. */
  readonly inline: boolean;
  /** The source marks its paragraphs, be it one alone. */
  readonly parted: boolean;
  /** Copied from this editor: every line is a slot as it stands. */
  readonly ours: boolean;
}

/** On what this editor copies: its white space is meant. */
export const OURS = 'data-parley';

/** Reads HTML from a clipboard. */
export type ReadPage = (html: string) => Pasted;

const NAMES: Readonly<Record<LeftOut, string>> = {
  struck: 'struck words', comments: 'comments', notes: 'notes', marks: 'the marks of notes', hidden: 'hidden words', numbers: 'numbers of a list', pictures: 'pictures', readings: 'readings beside characters',
};

/** One sentence on what a paste brought otherwise than its source has it; null when there is nothing to say. */
export function sayLeftOut(left: ReadonlySet<LeftOut>, isRaised: boolean): string | null {
  const names = (Object.keys(NAMES) as LeftOut[]).filter((one) => left.has(one)).map((one) => NAMES[one]);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}` : names[0];
  const says = [...(list ? [`Pasted as it reads with every change accepted. Left out: ${list}.`] : []), ...(isRaised ? ['Raised and lowered signs are written as ¹ and ₁.'] : [])];
  return says.length > 0 ? says.join(' ') : null;
}
