import { useEffect, useState } from 'react';
import { UndeliveredList } from '../documents/undelivered-list.tsx';
import type { KeptWords } from '../sync/device.ts';
import { allKeptWords } from '../sync/kept-words.ts';
import '../documents/desk.css';

/** What somebody typed here who lost the seat before it was delivered: their own words, from this device alone. */
export function KeptHere({ user }: { readonly user: string }) {
  const [items, setItems] = useState<readonly KeptWords[]>([]);
  useEffect(() => { allKeptWords(user).then(setItems, () => undefined); }, [user]);
  if (items.length === 0) return null;
  return <><p>These words of yours did not reach a text. They are kept on this device.</p><UndeliveredList items={items} /></>;
}
