import { Button } from '@mantine/core';
import { CHAIR, isLocked, KIND_OF } from '@parley/negotiation';
import { KIND_NAME } from '@parley/text';
import { article } from '../agreement/describe.ts';
import { CloseDocument } from '../agreement/closing-bar.tsx';
import { DocumentEditor, partyOfView, type ViewName } from '../editor/index.ts';
import { sayDone, sayRefusal } from '../ui/refusal-notice.ts';
import { sayWithUndo } from '../ui/undo-notice.tsx';
import { count } from '../ui/words.ts';
import { barred, useDesk } from './desk.ts';
import type { Tray } from './undelivered.ts';

interface SheetProps { readonly view: ViewName; readonly tray: Tray; readonly onAcceptKey: () => void }

/** The paper in the middle: title, the standing rule, the text. */
export function Sheet({ view, tray, onAcceptKey }: SheetProps) {
  const { client, now, names, focus, setFocus, editor, party } = useDesk();
  const drafting = now.document.stage === 'drafting';
  const shown = now.rooms.common ?? now.rooms.working;
  return (
    <>
      {view === 'bracketed' || partyOfView(view) === party ? <SeenLive /> : null}
      <article className="sheet" aria-label={now.document.title}>
        <h1><bdi>{now.document.title}</bdi></h1>
        <p className="meta">{drafting ? 'Working paper' : 'Rolling text'} · {count(shown?.list.length ?? 0, 'provision')} · nothing is agreed until everything is agreed</p>
        {view === 'agreed' ? <AgreedCount /> : null}
        <FirstProvision />
        <DocumentEditor
          client={client} view={view} focus={focus} onFocus={setFocus} ref={editor} nameOf={names.name}
          onAcceptKey={onAcceptKey} onLate={(provision, key, words) => tray.late(client.ownRoom ?? 'working', provision, key, words)} onPasted={sayWithUndo}
        />
      </article>
      <SheetActions />
    </>
  );
}

/** What a view of the agreed text leaves out. */
function AgreedCount() {
  const { now } = useDesk();
  const ids = now.rooms.common?.list ?? [], agreed = ids.filter((id) => isLocked(now.document, id)).length;
  return <p className="quiet" role="note">{agreed === 0 ? 'No provision is agreed yet.' : `${agreed} of ${count(ids.length, 'provision')} agreed; the others are left out here.`}</p>;
}

/** Writers are told who reads along: there is no private draft in these rooms. */
function SeenLive() {
  const desk = useDesk();
  const { client, party } = desk;
  if (party === null || client.ownRoom === null || barred(desk, 'write', { room: client.ownRoom }) !== null) return null;
  const words = party === CHAIR ? 'Both delegations see this as you type.' : 'The other side sees this as you type.';
  return <p className="seen-live"><span aria-hidden="true">◉</span>{words}</p>;
}

/** A blank paper has no place for a caret yet. */
function FirstProvision() {
  const desk = useDesk();
  const { client, now, editor } = desk;
  const room = client.ownRoom;
  if (room === null || (now.rooms[room]?.list.length ?? 0) > 0) return null;
  if (barred(desk, 'write', { room }) !== null) return <p className="quiet">The paper is blank.</p>;
  const kind = KIND_OF[now.document.template];
  return (
    <div className="row" style={{ fontFamily: 'var(--ui)' }}>
      <span className="quiet">The paper is blank.</span>
      <Button variant="default" onClick={() => editor.current?.addProvision(null, 'heading')}>Add a heading</Button>
      <Button variant="default" onClick={() => editor.current?.addProvision(null, kind)}>Add {article(KIND_NAME[kind])}</Button>
    </div>
  );
}

function SheetActions() {
  const { editor, now } = useDesk();
  const copy = async (): Promise<void> => {
    const text = await editor.current?.copyBracketed().catch(() => null);
    if (text === null || text === undefined) sayRefusal('The browser did not let the page write to the clipboard.', 'Not copied');
    else sayDone('Copied with brackets and attribution.');
  };
  return (
    <div className="sheet-actions">
      <Button variant="subtle" onClick={() => void copy()}>{now.document.stage === 'negotiation' ? 'Copy as bracketed text' : 'Copy the text'}</Button>
      <Button variant="subtle" onClick={() => window.print()}>Print</Button>
      <CloseDocument />
    </div>
  );
}
