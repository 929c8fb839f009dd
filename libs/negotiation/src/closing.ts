import type { Closing } from './document.ts';
import { stageOf, STAGES, step } from './lifecycle.ts';
import { type Outcome, outcome } from './outcome.ts';
import { grant, granted, refuse, type Verdict } from './refusal.ts';
import type { ActContext } from './act-context.ts';

/** Whether a document can be closed from where it stands. */
export function canClose({ document }: ActContext): Verdict {
  const passage = step(STAGES, stageOf(document), 'close');
  return passage.ok ? granted : passage;
}

/** The closing that an act answers: the one proposed by the act with this id. */
export function proposedClosing(context: ActContext, id: string): Verdict<Closing> {
  const open = canClose(context), { closing } = context.document;
  if (!open.ok) return open;
  if (!closing) return refuse('nothing-pending');
  return closing.id === id ? grant(closing) : refuse('text-moved');
}

/** The document stays open: the closing was declined or taken back. */
export function endingClosing(context: ActContext, id: string): Verdict<Outcome<{ readonly e: 'closingEnded' }>> {
  const closing = proposedClosing(context, id);
  return closing.ok ? outcome([{ e: 'closingEnded' }]) : closing;
}
