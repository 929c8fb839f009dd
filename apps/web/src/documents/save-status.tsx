import { sentenceOf } from '@parley/protocol';
import type { Status } from '@parley/sync';
import { useEffect, useState } from 'react';
import { count, numbered } from '../ui/words.ts';

const SETTLE = 900;

interface Said { readonly text: string; readonly look: string }

/** What the status line says; it is the truth at every moment. `writes`: whether the reader may write in this document now. */
function statusSaid(status: Status, writes: boolean): Said {
  const lost = status.kept ? '' : '; this device cannot keep them: leave the page open';
  const kept = status.pending > 0 ? `, ${count(status.pending, 'change')} kept ${status.kept ? 'on this device' : 'in this page only'}` : '';
  switch (status.state) {
    case 'saved':
      if (!writes) return { text: `Read-only · entry ${numbered(status.entry)}`, look: '' };
      return { text: `Saved · entry ${numbered(status.entry)}${status.kept ? '' : '; this device keeps nothing typed offline'}`, look: status.kept ? '' : 'warns' };
    case 'saving': return { text: `Saving…${lost}`, look: status.kept ? '' : 'warns' };
    case 'joining': return { text: `Connecting…${kept}`, look: status.pending > 0 ? 'warns' : '' };
    case 'offline': return { text: `Offline${kept}`, look: 'warns' };
    case 'refused':
    case 'closed': return { text: status.reason ? sentenceOf(status.reason) : 'Closed', look: 'stops' };
  }
}

/** The pill in the header. Screen readers hear it once it has settled, not at every key. */
export function SaveStatus({ status, writes }: { readonly status: Status; readonly writes: boolean }) {
  const { text, look } = statusSaid(status, writes);
  const [heard, setHeard] = useState('');
  const state = status.state === 'saved' && status.kept ? (writes ? 'Saved' : 'Read-only') : text;
  useEffect(() => {
    const timer = setTimeout(() => setHeard(state), SETTLE);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <>
      <span className={`pill save-status ${look}`} data-state={status.state}>{status.state === 'saved' && writes ? <span aria-hidden="true">✓</span> : null}{text}</span>
      <span className="hidden-words" role="status" aria-live="polite">{heard}</span>
    </>
  );
}
