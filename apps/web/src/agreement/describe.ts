import type { ItemProposal, NamedHunk, OpenProposal, Proposal } from '@parley/negotiation';
import { type Provision, SLOTS, type Slot, slotKeys, slotOf, type Text, textOf } from '@parley/text';
import { KIND_NAME, slotName } from '../ui/naming.ts';
import { excerpt } from '../ui/words.ts';

/** A stretch of a description: the page's own words, or words somebody wants in or out of the text. */
export interface Phrase { readonly as: 'said' | 'inserted' | 'removed'; readonly text: string }

const said = (text: string): Phrase => ({ as: 'said', text });
const inserted = (slot: Slot | string): Phrase => ({ as: 'inserted', text: quoted(slot) });
const removed = (slot: Slot | string): Phrase => ({ as: 'removed', text: quoted(slot) });

const quoted = (slot: Slot | string): string => `“${typeof slot === 'string' ? slot : textOf(slot)}”`;

/** "1.2", or the beginning of its words for a provision without a label. */
export function nameOf(provision: Provision | undefined): string {
  if (!provision) return 'a provision';
  return provision.label || excerpt(titleOf(provision), 40) || `a ${KIND_NAME[provision.kind]}`;
}

/** What an outline shows of a provision: its first slot, without quotation marks around a term. */
export function titleOf(provision: Provision): string {
  const first = slotKeys(provision.kind)[0]!;
  return textOf(slotOf(provision, first)).trim();
}

/** All words of a provision in one line, field by field. */
export const allWords = (provision: Provision): string => slotKeys(provision.kind).map((key) => textOf(slotOf(provision, key)).trim()).filter(Boolean).join(' · ');

/** The slot a proposal is in, where the kind has more than one. */
export function whichSlot(proposal: Proposal, provision: Provision | undefined): string | null {
  if (proposal.on !== 'words' || !provision || SLOTS[provision.kind].length < 2) return null;
  return slotName(proposal.key);
}

function describeHunk(hunk: NamedHunk): Phrase[] {
  const comes = textOf(hunk.inserted), goes = textOf(hunk.removed);
  if (goes === '' && comes.trim() === '') return [said('insert a space')];
  if (comes === '' && goes.trim() === '') return [said('delete a space')];
  if (goes === '') return [said('insert '), inserted(hunk.inserted)];
  if (comes === '') return [said('delete '), removed(hunk.removed)];
  if (goes === comes) return [said('change the emphasis or references of '), inserted(hunk.inserted)];
  return [said('replace '), removed(hunk.removed), said(' by '), inserted(hunk.inserted)];
}

const place = (after: string | null, text: Text | undefined): string => (after === null ? 'to the beginning' : `after ${nameOf(text?.by.get(after))}`);

function describeItem(item: ItemProposal['item'], provision: Provision | undefined, text: Text | undefined): Phrase[] {
  switch (item.type) {
    case 'add': {
      const words = allWords(item.provision);
      const label = item.provision.label ? ` ${item.provision.label}` : '';
      return [said(`add ${KIND_NAME[item.provision.kind]}${label} ${place(item.after, text)}${words ? ': ' : ', still empty'}`), ...(words ? [inserted(words)] : [])];
    }
    case 'remove': return [said('remove '), removed(provision ? `${provision.label} ${excerpt(titleOf(provision), 160)}`.trim() : '')];
    case 'move': return [said(`move ${nameOf(provision)} ${place(item.after, text)}`)];
    case 'field':
      if (item.field === 'label') return [said('relabel '), removed(String(item.from) || 'no label'), said(' as '), inserted(String(item.to) || 'no label')];
      if (item.field === 'kind') return [said(`turn this ${KIND_NAME[item.from as Provision['kind']]} into ${article(KIND_NAME[item.to as Provision['kind']])}`)];
      return [said(`change the level from ${Number(item.from) + 1} to ${Number(item.to) + 1}`)];
  }
}

/** "a metric", "an evidence standard". */
export const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** What a proposal wants, as a sentence in pieces. `common` names the provisions; `own` those that only the proposer has. */
export function describe(proposal: Proposal, common: Text | undefined, own?: Text): Phrase[] {
  if (proposal.on === 'words') return proposal.hunks.flatMap((hunk, i) => [...(i > 0 ? [said('; ')] : []), ...describeHunk(hunk)]);
  const after = 'after' in proposal.item ? proposal.item.after : null;
  const knows = after !== null && !common?.by.has(after) ? own : common;
  return describeItem(proposal.item, common?.by.get(proposal.provision), knows);
}

/** The same as plain text: for accessible names and confirmations. */
export const phrasesText = (phrases: readonly Phrase[]): string => phrases.map((p) => p.text).join('');

/** "the other delegation inserts …" needs to know whether a proposal is one's own, shared, or somebody else's. */
export type Ownership = 'own' | 'shared' | 'other';

export function ownershipOf(open: OpenProposal, party: string | null): Ownership {
  if (party === null || !open.parties.includes(party)) return 'other';
  return open.parties.length > 1 ? 'shared' : 'own';
}
