import { awaits, type NamedHunk, type OpenProposal, type Proposal, type WordsProposal } from '@parley/negotiation';
import { lengthOf, type PartyId, slice, type Slot, slotOf, splice, type Text, textOf } from '@parley/text';

/** The open proposals of words that one other party alone makes in one field and that wait for the answer of `party`, which has declined none of them; only fields with several. */
export function fieldsToAnswer(proposals: readonly OpenProposal[], party: PartyId | null): OpenProposal[][] {
  const fields = new Map<string, OpenProposal[]>();
  for (const open of proposals) {
    if (open.proposal.on !== 'words' || open.parties.length !== 1 || party === null || !awaits(open, party)) continue;
    const field = `${open.parties[0]!} ${open.provision} ${open.proposal.key}`;
    fields.set(field, [...(fields.get(field) ?? []), open]);
  }
  return [...fields.values()].filter((field) => field.length > 1);
}

/** Several proposals of one party in one field as one; null where there is none. */
export function asOne(together: readonly OpenProposal[]): WordsProposal | null {
  const words = together.map(({ proposal }) => proposal).filter((p) => p.on === 'words');
  const [first] = words;
  return first ? { ...first, hunks: words.flatMap((p) => p.hunks).sort((a, b) => a.from - b.from || a.to - b.to) } : null;
}

/** A stretch of what a slot reads after some hunks. `removed`: words that stand there no more. */
export interface Stretch { readonly words: string; readonly inserted: boolean; readonly removed?: boolean }

/** What a slot reads after these hunks, stretch by stretch; `struck`: with the words that went, where they stood. */
export function readsThen(before: Slot, hunks: readonly NamedHunk[], struck = false): Stretch[] {
  const out: Stretch[] = [];
  let at = 0;
  for (const h of [...hunks].sort((a, b) => a.from - b.from || a.to - b.to)) {
    out.push({ words: textOf(slice(before, at, h.from)), inserted: false });
    if (struck) out.push({ words: textOf(h.removed), inserted: false, removed: true });
    out.push({ words: textOf(h.inserted), inserted: true });
    at = h.to;
  }
  return [...out, { words: textOf(slice(before, at, lengthOf(before))), inserted: false }].filter(({ words }) => words !== '');
}

const TWICE = /(?<![\p{L}\p{N}])([\p{L}\p{N}]+)[\s,;]+\1(?![\p{L}\p{N}])/giu;
const doubled = (text: string): number => text.match(TWICE)?.length ?? 0;

const wordsIn = (slots: readonly Slot[]): Set<string> => new Set(slots.flatMap((slot) => textOf(slot).toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []));
const minus = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] => [...some].filter((word) => !others.has(word));

/**
 * True when a proposal, taken without the `rest` of what its party proposes in the field, leaves a word twice: it brings one that another part takes away, or one
 * that then stands twice in a row. It was one part of a rewritten sentence.
 */
export function doubles(common: Text | undefined, proposal: Proposal, rest: readonly Proposal[]): boolean {
  if (proposal.on !== 'words') return false;
  const before = slotOf(common?.by.get(proposal.provision), proposal.key);
  const after = [...proposal.hunks].sort((a, b) => b.from - a.from).reduce((slot, h) => splice(slot, h.from, h.to, h.inserted), before);
  if (doubled(textOf(after)) > doubled(textOf(before))) return true;
  const others = rest.flatMap((p) => (p.on === 'words' && p.key === proposal.key ? p.hunks : []));
  const brought = minus(wordsIn(proposal.hunks.map((h) => h.inserted)), wordsIn(proposal.hunks.map((h) => h.removed)));
  const taken = new Set(minus(wordsIn(others.map((h) => h.removed)), wordsIn(others.map((h) => h.inserted))));
  return brought.some((word) => taken.has(word));
}
