import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { may, type Template, TEMPLATES } from '@parley/negotiation';
import { type Provision, structureOf } from '@parley/text';
import { type ClipboardEvent, type DragEvent, type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import { useGroup } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { performAct } from '../sync/perform.ts';
import { asPlain, brought, clipOf } from '../editor/index.ts';
import { readHtml } from '../editor/pasted-html.ts';
import { newId } from '../ui/chance.ts';
import { sentenceOfError } from '../sync/request.ts';
import { HomeHeader } from '../access/header.tsx';
import { templateName } from '../ui/naming.ts';
import { NoticePage } from '../ui/notice-page.tsx';
import { sayWithUndo } from '../ui/undo-notice.tsx';
import { provisionOf, type Row, rowsOf } from './provision-rows.ts';
import { ProvisionsPreview } from './provisions-preview.tsx';
import './group.css';
import { message, refusalSentence } from '../ui/messages.ts';

/** A moderator puts a new working paper before the group: empty, or from a pasted text. */
export function OpenDocumentPage() {
  const { actor } = useMe();
  const { group } = useGroup();
  const verdict = may(actor, 'openDocument', { group });
  if (!verdict.ok) return <NoticePage title={message('group.open.onlyModerator')}><p>{refusalSentence(verdict.reason)}</p></NoticePage>;
  return <div className="app"><HomeHeader here={message('group.open.title')} /><main className="app-body"><div className="open-page"><h1>{message('group.open.title')}</h1><OpenForm /></div></main></div>;
}

function OpenForm() {
  const { groupId } = useMe();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [template, setTemplate] = useState<Template>('understanding');
  const [text, setText] = useState('');
  /** The provisions as somebody has put them right; null while they are as they were read. */
  const [corrected, setCorrected] = useState<readonly Row[] | null>(null);
  const shown = useDeferredValue(text), known = useDeferredValue(title);
  const read = useMemo(() => rowsOf(structureOf(shown, { title: known }), template, newId), [shown, known, template]);
  const rows = corrected ?? read;
  const open = useMutation({
    mutationFn: async (wish: { title: string; template: Template; provisions: readonly Provision[] }) => {
      const doc = newId();
      await performAct(groupId, doc, { t: 'openDocument', ...wish });
      return doc;
    },
    onSuccess: (doc) => navigate({ to: '/g/$group/documents/$doc', params: { group: groupId, doc } }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const now = corrected ?? rowsOf(structureOf(text, { title }), template, newId);
    open.mutate({ title: title.trim(), template, provisions: now.map(provisionOf) });
  };
  /** What is pasted or dropped, as the reader of pages has it; the browser itself would put in struck words too. */
  const paste = (event: ClipboardEvent<HTMLTextAreaElement> | DragEvent<HTMLTextAreaElement>): void => {
    const { provisions, say } = brought(clipOf('clipboardData' in event ? event.clipboardData : event.dataTransfer), true, readHtml);
    if (corrected || (say === null && !provisions.some((p) => p.counted))) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget, after = text.slice(0, selectionStart) + asPlain(provisions) + text.slice(selectionEnd);
    setText(after);
    if (say) sayWithUndo(say, () => { setText((now) => (now === after ? text : now)); return true; });
  };
  return (
    <form className="open-grid" onSubmit={submit}>
      <div className="card stack">
        <TextInput label={message('group.open.documentTitle')} value={title} onChange={(e) => setTitle(e.currentTarget.value)} maxLength={300} required withAsterisk={false} />
        <NativeSelect
          label={message('group.open.template')} value={template} onChange={(e) => setTemplate(e.currentTarget.value as Template)} description={message(`group.open.purpose.${template}`)} disabled={corrected !== null}
          data={TEMPLATES.map((t) => ({ value: t, label: templateName(t) }))}
        />
        <Textarea
          label={message('group.open.text')} description={message('group.open.text.description')}
          value={text} onChange={(e) => setText(e.currentTarget.value)} onPaste={paste} onDrop={paste} readOnly={corrected !== null} autosize minRows={12} maxRows={24} styles={{ input: { fontFamily: 'var(--text)', fontSize: '0.95rem', lineHeight: 1.55 } }}
        />
        {corrected ? <p className="quiet">{message('group.open.corrected', { again: (inside) => <Button variant="subtle" size="compact-sm" onClick={() => setCorrected(null)}>{inside}</Button> })}</p> : null}
        {open.error ? <p role="alert" style={{ color: 'var(--stop)', margin: 0 }}>{sentenceOfError(open.error)}</p> : null}
        <div><Button type="submit" loading={open.isPending} disabled={title.trim() === ''}>{message('group.open.button')}</Button></div>
      </div>
      <ProvisionsPreview title={title} rows={rows} template={template} onCorrect={setCorrected} />
    </form>
  );
}
