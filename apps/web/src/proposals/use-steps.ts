import type { DocumentClient } from '@parley/sync';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { compared, show, type Shown } from '../ui/two-steps.ts';
import { message, refusalSentence } from '../ui/messages.ts';

const EVENTS = ['commit', 'joined', 'stage', 'status'] as const;

export interface Steps<T> {
  readonly shown: Shown<T> | null;
  /** Once what was shown has moved: what would be shown now; null where there is nothing to ask any more. */
  readonly now: T | null;
  readonly open: () => void;
  readonly leave: () => void;
  /** Told while the act is on its way: what it was about may go then. */
  readonly performing: (now: boolean) => void;
}

/**
 * The first step of an act on the open document. `make` gives the act and everything that is shown of it from what the client holds at that moment, null where there
 * is nothing to ask; it is asked again at every change, and any difference disarms what is shown (N3). Where its component goes because
 * of such a difference, that is said. `opened`: the first step is open from the beginning.
 */
export function useSteps<T>(make: (client: DocumentClient) => T | null, opened = false): Steps<T> {
  const { client } = useDocumentContext();
  const first = (): Shown<T> | null => { const value = make(client); return value === null ? null : show(value); };
  const [shown, setShown] = useState<Shown<T> | null>(() => (opened ? first() : null));
  const [now, setNow] = useState<T | null>(null);
  const isOpen = shown !== null;
  const check = useEffectEvent(() => {
    const fresh = make(client);
    setShown((before) => before && compared(before, fresh));
    setNow(fresh);
  });
  useEffect(() => {
    if (!isOpen) return;
    const offs = EVENTS.map((event) => client.on(event, () => check()));
    return () => offs.forEach((off) => off());
  }, [client, isOpen]);
  const onItsWay = useRef(false);
  const interrupted = useEffectEvent(() => {
    if (!onItsWay.current && shown && compared(shown, make(client)).moved) sayRefusal(refusalSentence('text-moved'), message('proposals.readAgain'));
  });
  useEffect(() => () => interrupted(), []);
  return { shown, now: shown?.moved ? now : null, open: () => setShown(first()), leave: () => setShown(null), performing: (now) => { onItsWay.current = now; } };
}
