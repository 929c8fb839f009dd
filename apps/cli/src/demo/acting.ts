import { type DocumentAct, type OpenProposal, partyOf, previewAccept, proposalsOf, type Actor, type Scenery } from '@parley/negotiation';
import { digestOf, textOf } from '@parley/text';
import type { Move, Named } from './story.ts';

type Unnamed<A> = A extends unknown ? Omit<A, 'v' | 'id' | 'doc'> : never;
/** An act before it is told on which document it is and gets an id. */
export type Deed = Unnamed<DocumentAct>;

/** The act that `move` means, as things stand. Throws when what it names is not there, or there twice. */
export function acting(scenery: Scenery, actor: Actor, move: Move): Deed {
  switch (move.does) {
    case 'agree':
    case 'approve': return { t: move.does, provision: move.on, digest: digestIn(scenery, move.on) };
    case 'askReopening': return { t: 'askReopening', provision: move.on, digest: digestIn(scenery, move.on), reason: move.reason };
    case 'decline': return { t: 'decline', parts: [named(scenery, move).proposal], reason: move.reason };
    case 'accept': {
      const preview = previewAccept(scenery, { parts: [named(scenery, move).proposal], party: partyOf(actor)!, own: 'withdrawn' });
      if (!preview.ok) throw new RangeError(`${JSON.stringify(move)}: ${preview.reason}`);
      return preview.value.act;
    }
  }
}

function digestIn({ rooms }: Scenery, id: string): string {
  const provision = rooms.common?.by.get(id);
  if (!provision) throw new RangeError(`the common text has no provision "${id}"`);
  return digestOf(provision);
}

function named(scenery: Scenery, name: Named): OpenProposal {
  const found = proposalsOf(scenery, name.on).filter((open) => open.parties.includes(name.of) && matches(open, name));
  if (found.length !== 1) throw new RangeError(`${found.length} proposals of ${name.of} on "${name.on}" fit ${JSON.stringify(name.words ?? name.item)}`);
  return found[0]!;
}

function matches({ proposal }: OpenProposal, { words, item }: Named): boolean {
  if (proposal.on === 'item') return item !== undefined && proposal.item.type === item;
  return words !== undefined && proposal.hunks.some((hunk) => textOf(hunk.inserted).includes(words) || textOf(hunk.removed).includes(words));
}
