import { Button, CloseButton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { CHAIR } from '@parley/negotiation';
import { useEffect, useRef } from 'react';
import { useGroup } from '../access/group.ts';
import { awaitingHash, ledBy } from '../proposals/awaiting-address.ts';
import { useAwaiting } from '../proposals/use-awaiting.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { nextDocument } from './next-document.ts';
import { usePageKey } from './use-document-keys.tsx';

/** Alt+N, by the key and not by what it would type. With AltGr it is a letter. */
const asksNext = (event: KeyboardEvent): boolean => event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === 'KeyN' && !event.getModifierState('AltGraph');

/** The way through what waits for the reader's party: from one thing to the next, and from the last of a document into the next document (N18). Shown to whoever has been led somewhere. */
export function AwaitingBar() {
  const { now, party, groupId } = useDocumentContext(), awaiting = useAwaiting(), navigate = useNavigate();
  const further = nextDocument(useGroup().documents, now.document.id);
  const onward = (): void => {
    if (!awaiting) return;
    if (awaiting.more || !further) awaiting.toNext();
    else void navigate({ to: '/g/$group/documents/$doc', params: { group: groupId, doc: further.id }, hash: awaitingHash() });
  };
  usePageKey(asksNext, onward);
  useLed(awaiting);
  if (party === null || !awaiting?.led) return null;
  const { here, lines, more } = awaiting;
  return (
    <section className="awaiting-bar" aria-label={party === CHAIR ? message('proposals.awaiting.ofChair') : message('proposals.awaiting.title', { party: partyName(now.group, party) })}>
      <p role="status">{here ? message('proposals.awaiting.lineAt', { line: here.line.words, quiet: (inside) => <span className="quiet">{inside}</span>, here: here.place }) : message(lines.length > 0 ? 'document.awaiting.answered' : 'document.awaiting.done')}</p>
      {more || (!further && lines.length > 0) ? <Button className="onward" size="compact-sm" onClick={onward}>{message('document.awaiting.next')}</Button> : null}
      {!more && further ? <><Button className="onward" size="compact-sm" aria-describedby="next-document" onClick={onward}>{message('document.awaiting.nextDocument')}</Button><span id="next-document" className="quiet onward"><bdi>{further.title}</bdi></span></> : null}
      <Link to="/g/$group/awaiting" params={{ group: groupId }} className="plain-link onward">{message('document.awaiting.all')}</Link>
      <CloseButton className="close" size="sm" aria-label={message('document.awaiting.close')} onClick={awaiting.leave} />
    </section>
  );
}

/** Who comes by a line of a list of what waits is led on to the first such thing. */
function useLed(awaiting: ReturnType<typeof useAwaiting>): void {
  const led = useRef(ledBy(window.location.hash));
  useEffect(() => {
    if (!awaiting) return undefined;
    // The text is drawn first: there is nothing to be scrolled to before.
    const frame = requestAnimationFrame(() => {
      const to = led.current;
      led.current = null;
      if (to === 'all') awaiting.toNext();
      else if (to !== null) awaiting.toKind(to);
    });
    return () => cancelAnimationFrame(frame);
  }, [awaiting]);
}
