import { groupsOf, proposalsOf } from '@parley/negotiation';
import type { ReactNode } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { useAcceptDialog } from './accept-steps.tsx';
import { acceptRefusal } from './answerable.ts';
import { ownershipOf } from './describe.ts';

/** Accepting by keyboard, the first step: the proposal at the place the caret has reached, or the only one of the provision. */
export function useFocusedAccept(): { readonly accept: () => void; readonly dialog: ReactNode } {
  const context = useDocumentContext();
  const accepting = useAcceptDialog();
  const accept = (): void => {
    const { party, focus, now } = context;
    if (party === null || focus === null || now.document.stage !== 'negotiation') return;
    const answerable = groupsOf(now, proposalsOf(now)).filter((p) => p.provisions.includes(focus) && (ownershipOf(p, party) === 'other' || p.either));
    const at = context.editor.current?.focusedPlace()?.names ?? [];
    const named = answerable.filter((p) => p.members.some(({ name }) => at.includes(name)));
    const candidates = named.length > 0 ? named : answerable;
    const [only] = candidates;
    if (!only || candidates.length > 1) { sayRefusal(message(only ? 'proposals.acceptAtCaret.several' : 'proposals.acceptAtCaret.none'), message('proposals.acceptAtCaret.refused')); return; }
    const refusal = acceptRefusal(context, only);
    if (refusal === null) accepting.begin(only); else sayRefusal(refusal);
  };
  return { accept, dialog: accepting.dialog };
}
