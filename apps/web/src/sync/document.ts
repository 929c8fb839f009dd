import type { ActContext, SharedState } from '@parley/negotiation';
import type { Presence, Commit } from '@parley/protocol';
import { DocumentClient, type LastEdits, type Status } from '@parley/sync';
import type { Text } from '@parley/text';
import { startTransition, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { whenIdle } from '../ui/idle-callback.ts';
import { connectionFor } from './connection.ts';
import { PendingUpdatesStore } from './pending-updates-store.ts';
import { type Clock, Pace } from './pace.ts';

/** Everything a screen reads of an open document, as it is at one moment. */
export interface Snapshot extends ActContext { readonly entry: number; readonly lastEdits: LastEdits }

/** The document at this very moment, for what is about to be signed. */
export const sharedStateOf = (client: DocumentClient): SharedState => ({ document: client.document, group: client.group, rooms: client.texts() });

/** The same, with who acts and when. */
export function actContextOf(client: DocumentClient): ActContext {
  const { actor, lastEdits } = client;
  return { ...sharedStateOf(client), actor, at: Date.now(), typedAt: (room, provision) => lastEdits[room]?.[provision]?.at };
}

const after: Clock['after'] = (milliseconds, then) => { const timer = setTimeout(then, milliseconds); return () => clearTimeout(timer); };
const PAGE_CLOCK: Clock = { now: () => performance.now(), after };

/** What is made together with a client, before it starts: it receives every event of the client. */
export interface Companion { stop(): void }

interface Opened<C extends Companion> { readonly client: DocumentClient; readonly companion: C }

/** Clients whose page has gone on before everything was delivered, by user, group and document. */
const lingering = new Map<string, Opened<Companion>>();
/** Every client of this page. */
const running = new Set<DocumentClient>();

/** Whether something typed here is on its way, or would be lost with this page. */
const isUnsent = ({ status }: DocumentClient): boolean => status.pending > 0 && (!status.kept || (status.state !== 'closed' && status.state !== 'refused'));

/** Asks before a page with unsent words is left. */
window.addEventListener('beforeunload', (event) => { if ([...running].some(isUnsent)) event.preventDefault(); });

function open<C extends Companion>(user: string, group: string, doc: string, beside: (client: DocumentClient) => C): Opened<C> {
  const client = new DocumentClient({
    doc, user, wire: connectionFor(user, group).wire, store: new PendingUpdatesStore(user, group), random: Math.random,
    timers: { after },
  });
  const companion = beside(client);
  running.add(client);
  client.start().catch(() => undefined);
  return { client, companion };
}

/** Ends a client whose page is gone; not before everything is delivered, as long as that can be hoped for. */
function leave(key: string, opened: Opened<Companion>): void {
  const { client, companion } = opened;
  const end = (): void => {
    lingering.delete(key);
    running.delete(client);
    void client.stop();
    companion.stop();
  };
  const { state, pending } = client.status;
  if (pending === 0 || state === 'closed' || state === 'refused') return end();
  lingering.set(key, opened);
  const off = client.on('status', (now) => {
    if (lingering.get(key) !== opened) return off();
    if (now.pending > 0 && now.state !== 'closed' && now.state !== 'refused') return;
    off();
    end();
  });
}

/** Opens a document for as long as the component lives. `beside` must be the same function at every call. */
export function useDocumentClient<C extends Companion>(user: string, group: string, doc: string, beside: (client: DocumentClient) => C): Opened<C> | null {
  const [opened, setOpened] = useState<Opened<C> | null>(null);
  useEffect(() => {
    const key = `${user} ${group} ${doc}`, found = lingering.get(key) as Opened<C> | undefined;
    lingering.delete(key);
    const now = found ?? open(user, group, doc, beside);
    setOpened(now);
    return () => { setOpened(null); leave(key, now); };
  }, [user, group, doc, beside]);
  return opened;
}

const isUrgent = ({ notices }: Commit): boolean => notices.some(({ kind }) => kind === 'act');

/**
 * The document as it is now; null until it was joined for the first time. What an act has changed is drawn in the next frame, words that somebody types at a pace (E45). It is
 * drawn anew only when the page is done with what it drew before, and in pieces between which keys are answered: neither a colleague's typing nor one's own may be stopped by the
 * panels beside a long text. That something is being saved, or has been, draws nothing.
 */
export function useSnapshot(client: DocumentClient): Snapshot | null {
  const [drawn, setDrawn] = useState(() => ({ client, now: snapshotOf(client) }));
  if (drawn.client !== client) setDrawn({ client, now: snapshotOf(client) });
  useEffect(() => {
    let typed: Text | null = null;
    const own = (): Text | null => (client.ownRoom ? client.text(client.ownRoom) : null);
    const drawing = onceAFrame(() => { typed = own(); const next = { client, now: snapshotOf(client) }; startTransition(() => setDrawn(next)); });
    const pace = new Pace(PAGE_CLOCK, () => { typed = own(); drawing.changed(); }), urgent = (): void => pace.changed(true);
    const offs = [
      client.on('joined', urgent), client.on('stage', urgent), client.on('commit', (commit) => pace.changed(isUrgent(commit))),
      // What is typed here is told by what is to be saved, and its commit follows.
      client.on('status', ({ pending }) => { if (pending > 0 && own() !== typed) pace.changing(); }),
    ];
    urgent();
    return () => { pace.stop(); drawing.stop(); for (const off of offs) off(); };
  }, [client]);
  return drawn.client === client ? drawn.now : null;
}

function snapshotOf(client: DocumentClient): Snapshot | null {
  const { document, entry, lastEdits } = client;
  return document.stage === 'absent' ? null : { ...actContextOf(client), entry, lastEdits };
}

/** What `said` reads of the state of saving, as it is at every moment: a value that is the same while it says the same, and changes seldom (a change begins anew what is being drawn of the page). */
export function useStatus<T extends string | boolean | undefined>(client: DocumentClient, said: (status: Status) => T): T {
  const subscribe = useCallback((changed: () => void) => client.on('status', changed), [client]);
  return useSyncExternalStore(subscribe, () => said(client.status));
}

/**
 * The users that `among` names of those who are in the document. Every key of everybody, the reader's own too, is told as a caret that has moved; drawn is only what shows others then
 * than before.
 */
export function usePresentUsers(client: DocumentClient, among: (present: readonly Presence[]) => readonly string[]): readonly string[] {
  const subscribe = useCallback((changed: () => void) => client.on('presence', changed), [client]);
  const users = useSyncExternalStore(subscribe, () => [...new Set(among(client.presence))].join('\n'));
  return users === '' ? [] : users.split('\n');
}

/** At the latest after so long something changed is drawn, however busy the page is. */
const LATEST_MS = 400;

/** Draws what has changed at most once a frame, and anew only when the page is done with what it drew before. */
function onceAFrame(draw: () => void): { readonly changed: () => void; readonly stop: () => void } {
  let frame = 0, busy: (() => void) | null = null, missed = false;
  const rested = (): void => { busy = null; if (missed) changed(); };
  const drawNow = (): void => { frame = 0; missed = false; busy = whenIdle(rested, LATEST_MS); draw(); };
  const changed = (): void => { if (busy) missed = true; else frame ||= requestAnimationFrame(drawNow); };
  return { changed, stop: () => { cancelAnimationFrame(frame); busy?.(); } };
}
