import { digestOf, equalSlots, type Hunk, hunkName, type Item, plainSlot, type Provision, slotDigest, type SlotKey, slotOf } from '@parley/text';
import type { ItemProposal, NamedHunk, Proposal } from './proposal.ts';
import type { SharedState } from './act-context.ts';

/** A short hash of words that a name must not hold. */
export const short = (words: string): string => slotDigest(plainSlot(words)).slice(0, 24);

export const named = (h: Hunk): NamedHunk => ({ from: h.from, to: h.to, removed: h.removed, inserted: h.inserted });

export const sameHunk = (a: NamedHunk, b: NamedHunk): boolean =>
  a.from === b.from && a.to === b.to && equalSlots(a.removed, b.removed) && equalSlots(a.inserted, b.inserted);

const wordNames = new WeakMap<Hunk, string>();

/** The screen's name of one hunk, hashed. */
export function nameOfHunk(provision: string, key: SlotKey, common: Provision | undefined, hunk: Hunk): string {
  let hash = wordNames.get(hunk);
  if (hash === undefined) wordNames.set(hunk, (hash = short(hunkName(slotOf(common, key), hunk))));
  return `${provision}/${key}/${hash}`;
}

/** What tells two items on one provision apart: everything but who makes them. */
export function itemBody(item: Item): ItemProposal['item'] {
  switch (item.type) {
    case 'add': return { type: 'add', after: item.after, provision: item.provision };
    case 'remove': return { type: 'remove', digest: digestOf(item.provision) };
    case 'move': return { type: 'move', after: item.after };
    case 'field': return { type: 'field', field: item.field, from: item.from, to: item.to };
  }
}

export function nameOfItem(item: ItemProposal['item'], provision: string): string {
  switch (item.type) {
    case 'add': return nameOfAddition(item.after, item.provision, provision);
    case 'remove': return `${provision}/remove/${short(item.digest)}`;
    case 'move': return `${provision}/move/${short(item.after ?? '')}`;
    case 'field': return `${provision}/${item.field}/${short(`${item.from} ${item.to}`)}`;
  }
}

const additions = new WeakMap<Provision, { readonly after: string | null; readonly id: string; readonly name: string }>();

/** Remembered with the provision: in a long list of added ones all the others keep theirs at every key press. */
function nameOfAddition(after: string | null, added: Provision, id: string): string {
  const known = additions.get(added);
  if (known && known.after === after && known.id === id) return known.name;
  const name = `${id}/add/${short(`${after ?? ''} ${digestOf(added)} ${added.label} ${added.level}`)}`;
  additions.set(added, { after, id, name });
  return name;
}

/** One name for each hunk of a words proposal, one for an item. Declines and consents hang on names. */
export function namesOf(shared: Pick<SharedState, 'rooms'>, proposal: Proposal): string[] {
  if (proposal.on === 'item') return [nameOfItem(proposal.item, proposal.provision)];
  const common = shared.rooms.common?.by.get(proposal.provision);
  return proposal.hunks.map((h) => `${proposal.provision}/${proposal.key}/${short(hunkName(slotOf(common, proposal.key), { ...h, posFrom: 0, posTo: 0 }))}`);
}

/** The provision that a name is about. */
export const provisionOfName = (name: string): string => name.slice(0, name.indexOf('/'));
