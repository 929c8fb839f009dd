import type { PartyId } from '@parley/text';
import { SERVER } from '@parley/negotiation';
import type { ReactNode } from 'react';
import { type Names, useNames } from '../access/group.ts';
import { Wanted } from '../proposals/wanted.tsx';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { partyOfPerson, toneOf } from '../ui/party.tsx';
import { actWords, type FindText } from './act-words.ts';
import type { ActEntry } from './history-rows.ts';

/** Who did something, and for which party. */
export const authorOf = ({ group, name }: Names, by: string, party: PartyId | null): ReactNode => message('history.entry.author', {
  name: name(by), inParty: party ? 'yes' : 'no', party: party ? partyName(group, party) : '',
  by: (inside) => <b>{inside}</b>, of: (inside) => <span className={`party-name ${toneOf(group, party)}`}>{inside}</span>,
});

/** Who did what, as the history and the list of what is unread say it. */
export function ActSentence({ entry, find }: { readonly entry: ActEntry; readonly find: FindText }) {
  const names = useNames(), deed = <Wanted phrases={actWords(entry, names.group, find)} />;
  return entry.by === SERVER.user ? deed : <>{message('history.entry.act', { author: authorOf(names, entry.by, partyOfPerson(names.person(entry.by))), deed })}</>;
}
