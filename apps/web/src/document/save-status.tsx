import type { DocumentClient, Status } from '@parley/sync';
import { useLayoutEffect, useRef } from 'react';
import { numbered } from '../ui/words.ts';
import { message, refusalSentence } from '../ui/messages.ts';

const SETTLE = 900;

interface StatusLine { readonly text: string; readonly look: string }

/** What the status line says; it is the truth at every moment. `writes`: whether the reader may write in this document now. */
function statusSaid(status: Status, writes: boolean): StatusLine {
  const kept = status.kept ? 'yes' : 'no', { pending } = status;
  switch (status.state) {
    case 'saved':
      if (!writes) return { text: message('document.status.readOnly', { entry: numbered(status.entry) }), look: '' };
      return { text: message('document.status.saved', { entry: numbered(status.entry), kept }), look: status.kept ? '' : 'warns' };
    case 'saving': return { text: message('document.status.saving', { kept }), look: status.kept ? '' : 'warns' };
    case 'joining': return { text: message('document.status.joining', { pending, kept }), look: pending > 0 ? 'warns' : '' };
    case 'offline': return { text: message('document.status.offline', { pending, kept }), look: 'warns' };
    case 'refused':
    case 'closed': return { text: status.reason ? refusalSentence(status.reason) : message('document.status.closed'), look: 'stops' };
  }
}

/** What screen readers hear of it, in few words. */
const spokenOf = ({ state, kept }: Status, text: string, writes: boolean): string => (state === 'saved' && kept ? message(writes ? 'document.status.spokenSaved' : 'document.status.spokenReadOnly') : text);

function putLine(line: HTMLElement, { state }: Status, { text, look }: StatusLine, writes: boolean): void {
  const done = document.createElement('span');
  done.setAttribute('aria-hidden', 'true');
  done.textContent = '✓';
  line.className = `pill save-status ${look}`;
  if (line.dataset.state !== state) line.dataset.state = state;
  line.replaceChildren(...(state === 'saved' && writes ? [done] : []), text);
}

/** Says a state to screen readers when it has settled, each once; what is true no more is gone at once. */
class SpokenStatus {
  private now = '';
  private told = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly region: HTMLElement) {}

  become(state: string): void {
    if (state === this.now) return;
    this.stop();
    this.now = state;
    this.region.textContent = '';
    this.timer = setTimeout(() => { if (state !== this.told) this.region.textContent = this.told = state; }, SETTLE);
  }

  stop(): void { clearTimeout(this.timer); }
}

interface StatusProps { readonly client: DocumentClient; readonly writes: boolean }

/**
 * The pill in the header, written in the same moment in which the client's status changes. It changes twice at every key: React would begin anew, as often, what it is drawing of the
 * page. Screen readers hear it once it has settled, not at every key.
 */
export function SaveStatus({ client, writes }: StatusProps) {
  const pill = useRef<HTMLSpanElement>(null), region = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const spoken = new SpokenStatus(region.current!);
    let put = '';
    const show = (): void => {
      const { status } = client, said = statusSaid(status, writes), line = [status.state, said.look, said.text].join(' ');
      // What is written anew is laid out and painted anew, also where it says the same.
      if (line !== put) putLine(pill.current!, status, said, writes);
      put = line;
      spoken.become(spokenOf(status, said.text, writes));
    };
    show();
    const off = client.on('status', show);
    return () => { off(); spoken.stop(); };
  }, [client, writes]);
  return (
    <>
      <span className="pill save-status" ref={pill} />
      <span className="hidden-words" role="status" aria-live="polite" ref={region} />
    </>
  );
}
