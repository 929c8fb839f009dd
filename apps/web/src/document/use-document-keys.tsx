import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useFocusedAccept } from '../proposals/use-focused-accept.tsx';
import { KeyHelp } from '../ui/key-help.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** F1 and Ctrl+/ everywhere, also in the text; `?` where it is no letter to be typed. */
const asksHelp = (event: KeyboardEvent): boolean =>
  event.key === 'F1' || ((event.ctrlKey || event.metaKey) && event.key === '/') || (event.key === '?' && !typing(event.target));

const asksNextPlace = (event: KeyboardEvent): boolean => event.altKey && event.key === 'ArrowDown';
const asksPreviousPlace = (event: KeyboardEvent): boolean => event.altKey && event.key === 'ArrowUp';
const asksAccept = (event: KeyboardEvent): boolean => (event.ctrlKey || event.metaKey) && event.key === 'Enter';

/** A key of the page that does something while no dialog is open. */
export function usePageKey(matches: (event: KeyboardEvent) => boolean, act: () => void): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented || !matches(event) || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      latest();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [matches]);
}

/** The keys of the document page, and the dialogs they open. Keys inside the text are the editor's. */
export function useDocumentKeys(): { readonly accept: () => void; readonly dialogs: ReactNode } {
  const { editor, setFocus } = useDocumentContext();
  const [help, setHelp] = useState(false);
  const accept = useFocusedAccept();
  const go = (direction: 'nextPlace' | 'previousPlace'): void => {
    const place = editor.current?.[direction]();
    if (place) setFocus(place.provision);
  };
  usePageKey(asksNextPlace, () => go('nextPlace'));
  usePageKey(asksPreviousPlace, () => go('previousPlace'));
  usePageKey(asksAccept, accept.accept);
  usePageKey(asksHelp, () => setHelp(true));
  return { accept: accept.accept, dialogs: <><KeyHelp opened={help} onClose={() => setHelp(false)} />{accept.dialog}</> };
}
