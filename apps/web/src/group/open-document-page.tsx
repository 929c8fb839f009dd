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
import { readPage } from '../editor/pasted-html.ts';
import { newId } from '../ui/chance.ts';
import { sentenceOfError } from '../sync/request.ts';
import { HomeHeader } from '../access/header.tsx';
import { TEMPLATE_NAME } from '../ui/naming.ts';
import { NoticePage } from '../ui/notice-page.tsx';
import { sayWithUndo } from '../ui/undo-notice.tsx';
import { provisionOf, type Row, rowsOf } from './pasted-text.ts';
import { ProvisionsPreview } from './provisions-preview.tsx';
import './group.css';
import { refusalSentence } from '../ui/messages.ts';

const TEMPLATE_PURPOSE: Readonly<Record<Template, string>> = {
  understanding: 'Numbered paragraphs; “… means …” becomes a definition',
  definitions: 'A term and its meaning',
  evidence: 'What a claim must contain, and to which standard of proof',
  metrics: 'Measure, unit, baseline, target, period, source, verifier',
  protocol: 'Who acts, towards whom, time limit, channel, content, grounds of refusal, escalation',
};

/** A moderator puts a new working paper before the group: empty, or from a pasted text. */
export function OpenDocumentPage() {
  const { actor } = useMe();
  const { group } = useGroup();
  const verdict = may(actor, 'openDocument', { group });
  if (!verdict.ok) return <NoticePage title="Only a moderator opens documents"><p>{refusalSentence(verdict.reason)}</p></NoticePage>;
  return <div className="app"><HomeHeader here="Open a document" /><main className="app-body"><div className="open-page"><h1>Open a document</h1><OpenForm /></div></main></div>;
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
    const { provisions, say } = brought(clipOf('clipboardData' in event ? event.clipboardData : event.dataTransfer), true, readPage);
    if (corrected || (say === null && !provisions.some((p) => p.counted))) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget, after = text.slice(0, selectionStart) + asPlain(provisions) + text.slice(selectionEnd);
    setText(after);
    if (say) sayWithUndo(say, () => { setText((now) => (now === after ? text : now)); return true; });
  };
  return (
    <form className="open-grid" onSubmit={submit}>
      <div className="card stack">
        <TextInput label="Title" value={title} onChange={(e) => setTitle(e.currentTarget.value)} maxLength={300} required withAsterisk={false} />
        <NativeSelect
          label="Template" value={template} onChange={(e) => setTemplate(e.currentTarget.value as Template)} description={TEMPLATE_PURPOSE[template]} disabled={corrected !== null}
          data={TEMPLATES.map((t) => ({ value: t, label: TEMPLATE_NAME[t] }))}
        />
        <Textarea
          label="Text" description="One provision for each paragraph. Labels such as 1., 1.2, (a), 2 bis, Article 3 or 第一条 are recognised; what was read can be put right in the preview. Leave it empty to begin with a blank paper."
          value={text} onChange={(e) => setText(e.currentTarget.value)} onPaste={paste} onDrop={paste} readOnly={corrected !== null} autosize minRows={12} maxRows={24} styles={{ input: { fontFamily: 'var(--text)', fontSize: '0.95rem', lineHeight: 1.55 } }}
        />
        {corrected ? <p className="quiet">The preview has been put right: what is opened is what stands there. <Button variant="subtle" size="compact-sm" onClick={() => setCorrected(null)}>Read the text anew, without the corrections</Button></p> : null}
        {open.error ? <p role="alert" style={{ color: 'var(--stop)', margin: 0 }}>{sentenceOfError(open.error)}</p> : null}
        <div><Button type="submit" loading={open.isPending} disabled={title.trim() === ''}>Open as working paper</Button></div>
      </div>
      <ProvisionsPreview title={title} rows={rows} template={template} onCorrect={setCorrected} />
    </form>
  );
}
