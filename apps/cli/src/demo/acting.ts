import { type OpenProposal, partyOf, previewAccept, proposalsOf, type Actor, type SharedState } from '@parley/negotiation';
import { digestOf, textOf } from '@parley/text';
import type { LooseAct } from '../person.ts';
import type { Move, Named } from './demo-script.ts';

/** The act that `move` means, as things stand. Throws when what it names is not there, or there twice. */
export function acting(shared: SharedState, actor: Actor, move: Move): LooseAct {
  switch (move.does) {
    case 'agree':
    case 'approve': return { t: move.does, provision: move.on, digest: digestIn(shared, move.on) };
    case 'askReopening': return { t: 'askReopening', provision: move.on, digest: digestIn(shared, move.on), reason: move.reason };
    case 'decline': return { t: 'decline', parts: [named(shared, move).proposal], reason: move.reason };
    case 'accept': {
      const preview = previewAccept(shared, { parts: [named(shared, move).proposal], party: partyOf(actor)!, own: 'withdrawn' });
      if (!preview.ok) throw new RangeError(`${JSON.stringify(move)}: ${preview.reason}`);
      return preview.value.act;
    }
  }
}

function digestIn({ rooms }: SharedState, id: string): string {
  const provision = rooms.common?.by.get(id);
  if (!provision) throw new RangeError(`the common text has no provision "${id}"`);
  return digestOf(provision);
}

function named(shared: SharedState, name: Named): OpenProposal {
  const found = proposalsOf(shared, name.on).filter((open) => open.parties.includes(name.of) && matches(open, name));
  if (found.length !== 1) throw new RangeError(`${found.length} proposals of ${name.of} on "${name.on}" fit ${JSON.stringify(name.words ?? name.item)}`);
  return found[0]!;
}

function matches({ proposal }: OpenProposal, { words, item }: Named): boolean {
  if (proposal.on === 'item') return item !== undefined && proposal.item.type === item;
  return words !== undefined && proposal.hunks.some((hunk) => textOf(hunk.inserted).includes(words) || textOf(hunk.removed).includes(words));
}
