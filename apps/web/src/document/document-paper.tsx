import { Button } from '@mantine/core';
import { CHAIR, isLocked, KIND_OF } from '@parley/negotiation';
import { article, KIND_NAME } from '@parley/text';
import { CloseDocument } from '../proposals/closing-bar.tsx';
import { DocumentEditor, partyOfView, type ViewName } from '../editor/index.ts';
import { sayDone, sayRefusal } from '../ui/refusal-notice.ts';
import { sayWithUndo } from '../ui/undo-notice.tsx';
import { count } from '../ui/words.ts';
import { barred, useDocumentContext } from '../provisions/document-context.ts';

interface DocumentPaperProps { readonly view: ViewName; readonly onAcceptKey: () => void }

/** The paper in the middle: title, the standing rule, the text. */
export function DocumentPaper({ view, onAcceptKey }: DocumentPaperProps) {
  const { client, now, names, focus, setFocus, editor, party, tray } = useDocumentContext();
  const drafting = now.document.stage === 'drafting';
  const shown = now.rooms.common ?? now.rooms.working;
  return (
    <>
      {view === 'bracketed' || partyOfView(view) === party ? <SeenLive /> : null}
      <article className="paper" aria-label={now.document.title}>
        <h1><bdi>{now.document.title}</bdi></h1>
        <p className="meta">{drafting ? 'Working paper' : 'Rolling text'} · {count(shown?.list.length ?? 0, 'provision')} · nothing is agreed until everything is agreed</p>
        {view === 'agreed' ? <AgreedCount /> : null}
        <FirstProvision />
        <DocumentEditor
          client={client} view={view} focus={focus} onFocus={setFocus} ref={editor} nameOf={names.name}
          onAcceptKey={onAcceptKey} onLate={(provision, key, words) => tray.late(client.ownRoom ?? 'working', provision, key, words)} onPasted={sayWithUndo}
        />
      </article>
      <PaperActions />
    </>
  );
}

/** What a view of the agreed text leaves out. */
function AgreedCount() {
  const { now } = useDocumentContext();
  const ids = now.rooms.common?.list ?? [], agreed = ids.filter((id) => isLocked(now.document, id)).length;
  return <p className="quiet" role="note">{agreed === 0 ? 'No provision is agreed yet.' : `${agreed} of ${count(ids.length, 'provision')} agreed; the others are left out here.`}</p>;
}

/** Writers are told who reads along: there is no private draft in these rooms. */
function SeenLive() {
  const context = useDocumentContext();
  const { client, party } = context;
  if (party === null || client.ownRoom === null || barred(context, 'write', { room: client.ownRoom }) !== null) return null;
  const words = party === CHAIR ? 'Both delegations see this as you type.' : 'The other side sees this as you type.';
  return <p className="seen-live"><span aria-hidden="true">◉</span>{words}</p>;
}

/** A blank paper has no place for a caret yet. */
function FirstProvision() {
  const context = useDocumentContext();
  const { client, now, editor } = context;
  const room = client.ownRoom;
  if (room === null || (now.rooms[room]?.list.length ?? 0) > 0) return null;
  if (barred(context, 'write', { room }) !== null) return <p className="quiet">The paper is blank.</p>;
  const kind = KIND_OF[now.document.template];
  return (
    <div className="row" style={{ fontFamily: 'var(--ui)' }}>
      <span className="quiet">The paper is blank.</span>
      <Button variant="default" onClick={() => editor.current?.addProvision(null, 'heading')}>Add a heading</Button>
      <Button variant="default" onClick={() => editor.current?.addProvision(null, kind)}>Add {article(KIND_NAME[kind])}</Button>
    </div>
  );
}

function PaperActions() {
  const { editor, now } = useDocumentContext();
  const copy = async (): Promise<void> => {
    const text = await editor.current?.copyBracketed().catch(() => null);
    if (text === null || text === undefined) sayRefusal('The browser did not let the page write to the clipboard.', 'Not copied');
    else sayDone('Copied with brackets and attribution.');
  };
  return (
    <div className="paper-actions">
      <Button variant="subtle" onClick={() => void copy()}>{now.document.stage === 'negotiation' ? 'Copy as bracketed text' : 'Copy the text'}</Button>
      <Button variant="subtle" onClick={() => window.print()}>Print</Button>
      <CloseDocument />
    </div>
  );
}
