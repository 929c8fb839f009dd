import { useEffect, useState } from 'react';
import { UndeliveredList } from './undelivered-list.tsx';
import type { KeptWords } from '../sync/local-database.ts';
import { isKeptOf } from '../sync/kept-of.ts';
import { allKeptWords } from '../sync/undelivered-store.ts';
import { message } from '../ui/messages.ts';

/** What somebody typed here who lost the seat before it was delivered: their own words, from this device alone. `group`: of which; null for all. */
export function KeptHere({ user, group }: { readonly user: string; readonly group: string | null }) {
  const [items, setItems] = useState<readonly KeptWords[]>([]);
  useEffect(() => { allKeptWords(user).then((all) => setItems(group === null ? all : all.filter((one) => isKeptOf(group, one.doc))), () => undefined); }, [user, group]);
  if (items.length === 0) return null;
  return <><p>{message('undelivered.keptHere')}</p><UndeliveredList items={items} /></>;
}
