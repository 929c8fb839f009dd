import { digestOf, equalSlots, type Hunk, hunkName, type Item, lengthOf, plainSlot, type Provision, readsAlike, type Slot, slotDigest, type SlotKey, slotOf } from '@parley/text';
import type { ItemProposal, NamedHunk, Proposal } from './proposal.ts';
import type { SharedState } from './act-context.ts';
import type { Decline, DocumentState } from './document.ts';

/** A short hash of words that a name must not hold. */
export const short = (words: string): string => slotDigest(plainSlot(words)).slice(0, 24);

export const named = (h: Hunk): NamedHunk => ({ from: h.from, to: h.to, removed: h.removed, inserted: h.inserted });

export const sameHunk = (a: NamedHunk, b: NamedHunk): boolean =>
  a.from === b.from && a.to === b.to && equalSlots(a.removed, b.removed) && equalSlots(a.inserted, b.inserted);

const PLACE = '#';

/**
 * The name of one hunk: hashed, and where the slot reads alike in several places, with where it is in a slot of what length. No two hunks of one party have one name, and
 * where the slot has become longer or shorter none has the name that another had.
 */
function nameInSlot(slot: Slot, hunk: NamedHunk): string {
  return short(hunkName(slot, hunk)) + (readsAlike(slot, hunk) ? `${PLACE}${hunk.from}/${lengthOf(slot)}` : '');
}

const wordNames = new WeakMap<Hunk, string>();

/** The name of a hunk as compare has just given it for this common text. */
export function nameOfHunk(provision: string, key: SlotKey, common: Provision | undefined, hunk: Hunk): string {
  let name = wordNames.get(hunk);
  if (name === undefined) wordNames.set(hunk, (name = nameInSlot(slotOf(common, key), hunk)));
  return `${provision}/${key}/${name}`;
}

/** The name that all hunks that read alike in one slot had together up to version 3 of the rules; the name itself where none does. */
export const formerName = (name: string): string => name.split(PLACE)[0]!;

/** The declines of a proposal. What was declined under the name of all that read alike was all of them; it stands until the same side declines one of them by itself. */
export function declinesOf({ declines }: Pick<DocumentState, 'declines'>, name: string): readonly Decline[] {
  const own = declines[name] ?? [], former = formerName(name), alike = former === name ? [] : declines[former] ?? [];
  return alike.length === 0 ? own : [...alike.filter(({ party }) => !own.some((one) => one.party === party)), ...own];
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
  return proposal.hunks.map((hunk) => `${proposal.provision}/${proposal.key}/${nameInSlot(slotOf(common, proposal.key), hunk)}`);
}

/** The provision that a name is about. */
export const provisionOfName = (name: string): string => name.slice(0, name.indexOf('/'));
