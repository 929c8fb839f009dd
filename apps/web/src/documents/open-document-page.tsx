import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { may, type Template, TEMPLATES } from '@parley/negotiation';
import { type Provision } from '@parley/text';
import { sentenceOf } from '@parley/protocol';
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import { useGroup } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { performAct } from '../agreement/perform.ts';
import { newId } from '../ui/chance.ts';
import { sentenceOfError } from '../sync/request.ts';
import { HomeHeader } from '../ui/header.tsx';
import { TEMPLATE_NAME } from '../ui/naming.ts';
import { NoticePage } from '../ui/notice-page.tsx';
import { provisionsFrom } from './pasted-text.ts';
import { ProvisionsPreview } from './provisions-preview.tsx';
import './documents.css';

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
  if (!verdict.ok) return <NoticePage title="Only a moderator opens documents"><p>{sentenceOf(verdict.reason)}</p></NoticePage>;
  return <div className="app"><HomeHeader here="Open a document" /><main className="app-body"><div className="open-page"><h1>Open a document</h1><OpenForm /></div></main></div>;
}

function OpenForm() {
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [template, setTemplate] = useState<Template>('understanding');
  const [text, setText] = useState('');
  const shown = useDeferredValue(text);
  const provisions = useMemo(() => provisionsFrom(shown, template, newId), [shown, template]);
  const open = useMutation({
    mutationFn: async (wish: { title: string; template: Template; provisions: readonly Provision[] }) => {
      const doc = newId();
      await performAct(doc, { t: 'openDocument', ...wish });
      return doc;
    },
    onSuccess: (doc) => navigate({ to: '/documents/$doc', params: { doc } }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    open.mutate({ title: title.trim(), template, provisions: provisionsFrom(text, template, newId) });
  };
  return (
    <form className="open-grid" onSubmit={submit}>
      <div className="card stack">
        <TextInput label="Title" value={title} onChange={(e) => setTitle(e.currentTarget.value)} maxLength={300} required withAsterisk={false} />
        <NativeSelect
          label="Template" value={template} onChange={(e) => setTemplate(e.currentTarget.value as Template)} description={TEMPLATE_PURPOSE[template]}
          data={TEMPLATES.map((t) => ({ value: t, label: TEMPLATE_NAME[t] }))}
        />
        <Textarea
          label="Text" description="One provision for each paragraph. Labels such as 1., 1.2, (a) or 2 bis are recognised. Leave it empty to begin with a blank paper."
          value={text} onChange={(e) => setText(e.currentTarget.value)} autosize minRows={12} maxRows={24} styles={{ input: { fontFamily: 'var(--text)', fontSize: '0.95rem', lineHeight: 1.55 } }}
        />
        {open.error ? <p role="alert" style={{ color: 'var(--stop)', margin: 0 }}>{sentenceOfError(open.error)}</p> : null}
        <div><Button type="submit" loading={open.isPending} disabled={title.trim() === ''}>Open as working paper</Button></div>
      </div>
      <ProvisionsPreview title={title} provisions={provisions} />
    </form>
  );
}
