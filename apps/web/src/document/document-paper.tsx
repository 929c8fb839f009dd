import { Button } from '@mantine/core';
import { CHAIR, isLocked, KIND_OF } from '@parley/negotiation';
import { CloseDocument } from '../proposals/closing-bar.tsx';
import { DocumentEditor, partyOfView, type ViewName } from '../editor/index.ts';
import { message } from '../ui/messages.ts';
import { sayDone, sayRefusal } from '../ui/refusal-notice.ts';
import { sayWithUndo } from '../ui/undo-notice.tsx';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { ICON } from '../ui/icon.ts';

interface DocumentPaperProps { readonly view: ViewName; readonly onAcceptKey: () => void }

/** The paper in the middle: title, the standing rule, the text. */
export function DocumentPaper({ view, onAcceptKey }: DocumentPaperProps) {
  const { client, now, names, focus, setFocus, stacking, editor, party, tray } = useDocumentContext();
  const drafting = now.document.stage === 'drafting';
  const shown = now.rooms.common ?? now.rooms.working;
  return (
    <>
      {view === 'bracketed' || partyOfView(view) === party ? <SeenLive /> : null}
      <article className="paper" aria-label={now.document.title}>
        <h1><bdi>{now.document.title}</bdi></h1>
        <p className="meta">{message('document.paper.meta', { drafting: drafting ? 'yes' : 'no', n: shown?.list.length ?? 0 })}</p>
        {view === 'agreed' ? <AgreedCount /> : null}
        <FirstProvision />
        <DocumentEditor
          client={client} view={view} stacking={stacking} focus={focus} onFocus={setFocus} ref={editor} nameOf={names.name}
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
  return <p className="quiet" role="note">{agreed === 0 ? message('document.paper.noneAgreed') : message('document.paper.agreed', { agreed, n: ids.length })}</p>;
}

/** Writers are told who reads along: there is no private draft in these rooms. */
function SeenLive() {
  const context = useDocumentContext();
  const { client, party } = context;
  if (party === null || client.ownRoom === null || barred(context, 'write', { room: client.ownRoom }) !== null) return null;
  return <p className="seen-live"><span aria-hidden="true">{ICON.seenLive}</span>{message('document.paper.seenLive', { reader: party === CHAIR ? 'chair' : 'delegation' })}</p>;
}

/** A blank paper has no place for a caret yet. */
function FirstProvision() {
  const context = useDocumentContext();
  const { client, now, editor } = context;
  const room = client.ownRoom;
  if (room === null || (now.rooms[room]?.list.length ?? 0) > 0) return null;
  if (barred(context, 'write', { room }) !== null) return <p className="quiet">{message('document.paper.blank')}</p>;
  const kind = KIND_OF[now.document.template];
  return (
    <div className="row" style={{ fontFamily: 'var(--ui)' }}>
      <span className="quiet">{message('document.paper.blank')}</span>
      <Button variant="default" onClick={() => editor.current?.addProvision(null, 'heading')}>{message('document.paper.addHeading')}</Button>
      <Button variant="default" onClick={() => editor.current?.addProvision(null, kind)}>{message('document.paper.addFirst', { kind })}</Button>
    </div>
  );
}

function PaperActions() {
  const { editor, now } = useDocumentContext();
  const copy = async (): Promise<void> => {
    const text = await editor.current?.copyBracketed().catch(() => null);
    if (text === null || text === undefined) sayRefusal(message('document.paper.notCopied'), message('document.paper.notCopied.title'));
    else sayDone(message('document.paper.copied'));
  };
  return (
    <div className="paper-actions">
      <Button variant="subtle" onClick={() => void copy()}>{message(now.document.stage === 'negotiation' ? 'document.paper.copyBracketed' : 'document.paper.copyText')}</Button>
      <Button variant="subtle" onClick={() => window.print()}>{message('document.paper.print')}</Button>
      <CloseDocument />
    </div>
  );
}
