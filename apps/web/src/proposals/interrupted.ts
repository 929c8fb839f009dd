import { useEffect, useRef } from 'react';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { message, refusalSentence } from '../ui/messages.ts';

/** A question about a proposal goes away with it: whoever was deciding is told that its words have changed. */
export function useInterrupted(asking: boolean): void {
  const now = useRef(asking);
  useEffect(() => { now.current = asking; });
  useEffect(() => () => { if (now.current) sayRefusal(refusalSentence('text-moved'), message('proposals.readAgain')); }, []);
}
