import type { RoomName } from '@parley/negotiation';
import type { InstantView } from '@parley/protocol';
import { textFrom } from '@parley/text';
import { useMemo } from 'react';
import { useNames } from '../access/group.ts';
import { TextView } from '../editor/index.ts';
import { message } from '../ui/messages.ts';
import { Moment, momentText } from '../ui/moment.tsx';
import { usePrintLine } from '../ui/print-line.ts';
import { numbered } from '../ui/words.ts';

/** The text as it stood right after an entry, in the brackets of that instant. */
export function InstantPaper({ instant }: { readonly instant: InstantView }) {
  const { group } = useNames();
  const texts = useMemo(() => Object.fromEntries(Object.entries(instant.rooms).map(([room, provisions]) => [room as RoomName, textFrom(provisions ?? [])])), [instant]);
  const then = useMemo(() => ({ ...group, delegations: instant.delegations }), [group, instant]);
  const { document } = instant;
  usePrintLine((printed) => message('history.instant.printLine', { title: document.title, entry: numbered(instant.index), at: momentText(instant.at, 'full'), printed }));
  const provisions = (instant.rooms.common ?? instant.rooms.working ?? []).length;
  return (
    <article className="paper" aria-label={message('history.instant.name', { title: document.title, entry: instant.index })}>
      <h1><bdi>{document.title}</bdi></h1>
      <p className="meta">{message('history.instant.meta', { entry: numbered(instant.index), at: <Moment at={instant.at} said="full" />, stage: document.stage, n: provisions })}</p>
      <TextView texts={texts} group={then} document={document} view="bracketed" title={message('history.instant.textName', { title: document.title, entry: instant.index })} />
    </article>
  );
}
