import { phrasesText } from '@parley/text';
import { type OpenProposal, proposalsOf, type ActContext } from '@parley/negotiation';
import { listed, message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { describe } from './describe.ts';

const isBesides = ({ proposal }: OpenProposal): boolean => proposal.on === 'item' && (proposal.item.type === 'move' || proposal.item.type === 'field');

/** What is proposed about a provision beside its words: another place, label, kind or level. None of it keeps the words from being agreed. */
export function openBesides(now: ActContext, provision: string): string[] {
  return proposalsOf(now, provision).filter(isBesides).map((open) =>
    message('proposals.besides', { n: open.parties.length, parties: listed(open.parties.map((party) => partyName(now.group, party))), what: phrasesText(describe(open.proposal, now.rooms.common)) }));
}
