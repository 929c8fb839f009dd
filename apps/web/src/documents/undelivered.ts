import type { RoomName } from '@parley/negotiation';
import { type Refusal, sentenceOf } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { textOf } from '@parley/text';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { newId } from '../sync/salt.ts';

/** Words that did not reach the text: what they were, where they were meant to go, and why they are here. */
export interface UndeliveredWords { readonly id: string; readonly provision: string; readonly slot: string; readonly room: RoomName; readonly words: string; readonly why: string }

export interface Undelivered { readonly items: readonly UndeliveredWords[]; readonly dismiss: (id: string) => void }

const LOCKED = 'The provision was agreed or removed while you were writing.';

/** Gathers what comes back to its author, for as long as the page lives. */
export function useUndelivered(client: DocumentClient): Undelivered {
  const [items, setItems] = useState<readonly UndeliveredWords[]>([]);
  useEffect(() => {
    const add = (room: RoomName, why: string, words: readonly { provision: string; key: string; words: string }[]): void => {
      const more = words.filter((w) => w.words.trim() !== '').map((w) => ({ id: newId(), room, why, provision: w.provision, slot: w.key, words: w.words }));
      if (more.length > 0) setItems((before) => [...before, ...more]);
    };
    const sentence = (reason: Refusal): string => sentenceOf(reason);
    const offs = [
      client.on('returned', ({ room, returned }) => add(room, LOCKED, returned.map((r) => ({ provision: r.provision, key: r.key, words: textOf(r.words) })))),
      client.on('refused', ({ room, reason, words }) => add(room, sentence(reason), words)),
      client.on('closed', (reason) => { if (reason) for (const left of client.undelivered()) add(left.room, sentence(reason), left.words); }),
    ];
    return () => { for (const off of offs) off(); };
  }, [client]);
  const dismiss = useCallback((id: string) => setItems((before) => before.filter((item) => item.id !== id)), []);
  return useMemo(() => ({ items, dismiss }), [items, dismiss]);
}
