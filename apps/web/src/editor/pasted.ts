import type { MessageId } from '@parley/messages';
import type { SourceLine } from '@parley/text';
import { listed, message } from '../ui/messages.ts';

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
export type ReadHtml = (html: string) => Pasted;

const NAMES = {
  struck: 'editor.pasted.struck', comments: 'editor.pasted.comments', notes: 'editor.pasted.notes', marks: 'editor.pasted.marks', hidden: 'editor.pasted.hidden', numbers: 'editor.pasted.numbers',
  pictures: 'editor.pasted.pictures', readings: 'editor.pasted.readings',
} as const satisfies Readonly<Record<LeftOut, MessageId>>;

/** One sentence on what a paste brought otherwise than its source has it; null when there is nothing to say. */
export function sayLeftOut(left: ReadonlySet<LeftOut>, isRaised: boolean): string | null {
  const things = listed((Object.keys(NAMES) as LeftOut[]).filter((one) => left.has(one)).map((one) => message(NAMES[one])));
  if (things === '') return isRaised ? message('editor.pasted.raised') : null;
  return message(isRaised ? 'editor.pasted.leftOutAndRaised' : 'editor.pasted.leftOut', { things });
}
