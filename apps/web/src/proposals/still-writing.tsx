import { type OpenProposal, positionRoom, type ProposalGroup, type SharedState } from '@parley/negotiation';
import type { Presence } from '@parley/protocol';
import { compareSlots, equalSlots, slotOf } from '@parley/text';
import { useDocumentContext } from '../provisions/document-context.ts';
import { sharedStateOf, usePresentUsers } from '../sync/document.ts';
import { listed, message } from '../ui/messages.ts';

/** Who has the caret in the words of a proposal now: in the position of a party that makes it, at or in the words it puts in or takes out. */
export function writersIn(now: SharedState, { proposal, parties }: Pick<OpenProposal, 'proposal' | 'parties'>, present: readonly Presence[]): string[] {
  if (proposal.on !== 'words') return [];
  const { provision, key, hunks } = proposal;
  const before = slotOf(now.rooms.common?.by.get(provision), key);
  const users = parties.flatMap((party) => {
    const room = positionRoom(party), here = present.filter(({ caret }) => caret?.room === room && caret.provision === provision && caret.key === key);
    const theirs = here.length > 0 ? now.rooms[room]?.by.get(provision) : undefined;
    if (!theirs) return [];
    const written = compareSlots(before, slotOf(theirs, key)).filter((h) => hunks.some((one) => one.from === h.from && equalSlots(one.inserted, h.inserted)));
    return here.filter(({ caret }) => written.some((h) => h.posFrom <= caret!.head && caret!.head <= h.posTo)).map(({ user }) => user);
  });
  return [...new Set(users)];
}

/** Says who is still in the words; the proposal may be another one in a moment. */
export function StillWriting({ open }: { readonly open: ProposalGroup }) {
  const { client, names } = useDocumentContext();
  const writers = usePresentUsers(client, (present) => {
    const here = present.filter(({ caret }) => caret && open.provisions.includes(caret.provision));
    if (here.length === 0) return [];
    const now = sharedStateOf(client);
    return open.members.flatMap((member) => writersIn(now, member, here));
  });
  if (writers.length === 0) return null;
  return <p className="note contested">{message('proposals.stillWriting', { n: writers.length, names: listed(writers.map((user) => names.name(user))) })}</p>;
}
