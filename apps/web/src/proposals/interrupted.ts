import { sentenceOf } from '@parley/protocol';
import { useEffect, useRef } from 'react';
import { sayRefusal } from '../ui/refusal-notice.ts';

/** A question about a proposal goes away with it: whoever was deciding is told that its words have changed. */
export function useInterrupted(asking: boolean): void {
  const now = useRef(asking);
  useEffect(() => { now.current = asking; });
  useEffect(() => () => { if (now.current) sayRefusal(sentenceOf('text-moved'), 'Read it again'); }, []);
}
