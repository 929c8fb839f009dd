import type { RoomName } from '@parley/negotiation';
import type { InstantView } from '@parley/protocol';
import { textFrom } from '@parley/text';
import { useMemo } from 'react';
import { useNames } from '../access/group.ts';
import { TextView } from '../editor/index.ts';
import { Moment } from '../ui/moment.tsx';
import { count, numbered } from '../ui/words.ts';

/** The text as it stood right after an entry, in the brackets of that instant. */
export function InstantPaper({ instant }: { readonly instant: InstantView }) {
  const { group } = useNames();
  const texts = useMemo(() => Object.fromEntries(Object.entries(instant.rooms).map(([room, provisions]) => [room as RoomName, textFrom(provisions ?? [])])), [instant]);
  const then = useMemo(() => ({ ...group, delegations: instant.delegations }), [group, instant]);
  const { document } = instant;
  const provisions = (instant.rooms.common ?? instant.rooms.working ?? []).length;
  return (
    <article className="paper" aria-label={`${document.title}, as it was after entry ${instant.index}`}>
      <h1><bdi>{document.title}</bdi></h1>
      <p className="meta">As it stood after entry {numbered(instant.index)}, <Moment at={instant.at} said="full" /> · {document.stage === 'negotiation' ? 'in negotiation' : 'working paper'} · {count(provisions, 'provision')}</p>
      <TextView texts={texts} group={then} document={document} view="bracketed" title={`${document.title}, after entry ${instant.index}`} />
    </article>
  );
}
