import type { Scene, Scenery } from '@parley/negotiation';
import type { Presence } from '@parley/protocol';
import { type ClientEvents, DocumentClient, type LastEdits, type Status } from '@parley/sync';
import { useEffect, useMemo, useState } from 'react';
import { connectionFor } from './connection.ts';
import { KeptChanges } from './kept-changes.ts';

/** Everything a screen reads of an open document, as it is at one moment. */
export interface Snapshot extends Scene { readonly entry: number; readonly lastEdits: LastEdits }

/** The document at this very moment, for what is about to be signed. */
export const sceneryOf = (client: DocumentClient): Scenery => ({ document: client.document, group: client.group, rooms: client.texts() });

/** Opens a document for as long as the component lives. */
export function useDocumentClient(user: string, doc: string): DocumentClient | null {
  const [client, setClient] = useState<DocumentClient | null>(null);
  useEffect(() => {
    const opened = new DocumentClient({
      doc, user, wire: connectionFor(user).wire, store: new KeptChanges(user), random: Math.random,
      timers: { after: (milliseconds, then) => { const timer = setTimeout(then, milliseconds); return () => clearTimeout(timer); } },
    });
    opened.start().catch(() => undefined);
    setClient(opened);
    return () => { setClient(null); void opened.stop(); };
  }, [user, doc]);
  return client;
}

const SEEN = ['joined', 'turn', 'status', 'stage'] as const;
const HELD = ['status'] as const;
const PRESENT = ['presence', 'joined'] as const;

/** The document as it is now; null until it was joined for the first time. Drawn at most once a frame: a colleague's typing must not stop one's own. */
export function useSnapshot(client: DocumentClient): Snapshot | null {
  const version = useVersion(client, SEEN);
  return useMemo(() => {
    void version;
    if (client.document.stage === 'absent') return null;
    const { document, group, actor, entry, lastEdits } = client;
    return { document, group, actor, entry, lastEdits, rooms: client.texts() };
  }, [client, version]);
}

export function useStatus(client: DocumentClient): Status {
  const version = useVersion(client, HELD);
  return useMemo(() => { void version; return client.status; }, [client, version]);
}

export function usePresence(client: DocumentClient): readonly Presence[] {
  const version = useVersion(client, PRESENT);
  return useMemo(() => { void version; return client.presence; }, [client, version]);
}

function useVersion(client: DocumentClient, events: readonly (keyof ClientEvents)[]): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let frame = 0;
    const changed = (): void => { frame ||= requestAnimationFrame(() => { frame = 0; setVersion((v) => v + 1); }); };
    const offs = events.map((name) => client.on(name, changed));
    changed();
    return () => { cancelAnimationFrame(frame); for (const off of offs) off(); };
  }, [client, events]);
  return version;
}
