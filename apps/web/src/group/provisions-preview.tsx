import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { KIND_OF, type Template } from '@parley/negotiation';
import { type Kind, LABEL_LIMIT, LEVEL_LIMIT, plainSlot, slotKeys, slotOf, textOf } from '@parley/text';
import { type KeyboardEvent, useRef, useState } from 'react';
import { newId } from '../ui/chance.ts';
import { message } from '../ui/messages.ts';
import { changed, joinedBefore, provisionOf, type Row, splitAt } from './provision-rows.ts';

interface PreviewProps { readonly title: string; readonly rows: readonly Row[]; readonly template: Template; readonly onCorrect: (rows: readonly Row[]) => void }

/** A provision's fields, one after the other. */
const shownWords = (row: Row): string => { const p = provisionOf(row); return slotKeys(p.kind).map((key) => textOf(slotOf(p, key))).filter(Boolean).join(' — '); };

/** What the pasted text will be, before it is opened: any provision can be put right. */
export function ProvisionsPreview({ title, rows, template, onCorrect }: PreviewProps) {
  const [chosen, choose] = useState<string | null>(null);
  return (
    <section className="preview" aria-labelledby="preview-title">
      <h2 id="preview-title" className="section-title">{message('group.preview.title', { n: rows.length, count: (inside) => <span role="status">{inside}</span> })}</h2>
      <p className="serif" style={{ font: '600 1.2rem/1.3 var(--text)', margin: '0 0 10px' }}>{title.trim() || message('group.preview.untitled')}</p>
      {rows.length === 0 ? <p className="quiet">{message('group.preview.blank')}</p> : (
        <ol tabIndex={0} aria-label={message('group.preview.provisions')}>
          {rows.map((row, i) => (row.id === chosen
            ? <Correction key={row.id} row={row} first={i === 0} rows={rows} template={template} onCorrect={onCorrect} onDone={() => choose(null)} />
            : (
              <li key={row.id} style={{ paddingLeft: row.level * 16 }}>
                <span className="label">{row.label}</span>
                <span className={row.kind === 'heading' ? 'is-heading' : ''} dir="auto">{shownWords(row)}</span>
                <span className="kind">{message('text.kind.name', { kind: row.kind })}</span>
                <Button variant="subtle" size="compact-xs" onClick={() => choose(row.id)} aria-label={message('group.preview.correct.name', { name: row.label || textOf(row.words).slice(0, 40) })}>{message('group.preview.correct')}</Button>
              </li>
            )))}
        </ol>
      )}
    </section>
  );
}

interface CorrectionProps extends Omit<PreviewProps, 'title'> { readonly row: Row; readonly first: boolean; readonly onDone: () => void }

/** One provision to be put right: its label, kind, level and words; parted at the caret, or joined with the one before. */
function Correction({ row, first, rows, template, onCorrect, onDone }: CorrectionProps) {
  const words = useRef<HTMLTextAreaElement>(null);
  const change = (what: Partial<Omit<Row, 'id'>>): void => onCorrect(changed(rows, row.id, what));
  const split = (): void => onCorrect(splitAt(rows, row.id, words.current?.selectionStart ?? 0, template, newId));
  const join = (): void => { onCorrect(joinedBefore(rows, row.id)); onDone(); };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    event.preventDefault();
    split();
  };
  const kinds = [...new Set<Kind>(['heading', 'paragraph', KIND_OF[template], row.kind])];
  return (
    <li className="correcting">
      <div className="correction stack">
        <div className="row">
          <TextInput size="xs" label={message('group.correction.label')} value={row.label} maxLength={LABEL_LIMIT} onChange={(e) => change({ label: e.currentTarget.value })} w={110} />
          <NativeSelect size="xs" label={message('group.correction.kind')} value={row.kind} onChange={(e) => change({ kind: e.currentTarget.value as Kind })} data={kinds.map((kind) => ({ value: kind, label: message('text.kind.name', { kind }) }))} />
          <NativeSelect size="xs" label={message('group.correction.level')} value={String(row.level)} onChange={(e) => change({ level: Number(e.currentTarget.value) })} data={Array.from({ length: LEVEL_LIMIT + 1 }, (_, n) => ({ value: String(n), label: String(n + 1) }))} />
        </div>
        <Textarea
          ref={words} size="xs" label={message('group.correction.words')} description={message('group.correction.words.description')} value={textOf(row.words)} autosize minRows={2} autoFocus onKeyDown={pressed}
          onChange={(e) => change({ words: plainSlot(e.currentTarget.value.replace(/[\r\n]+/g, ' ')) })}
        />
        <div className="row">
          <Button size="compact-sm" variant="default" onMouseDown={(e) => e.preventDefault()} onClick={split}>{message('group.correction.part')}</Button>
          <Button size="compact-sm" variant="default" onClick={join} disabled={first}>{message('group.correction.join')}</Button>
          <Button size="compact-sm" onClick={onDone}>{message('group.correction.done')}</Button>
        </div>
      </div>
    </li>
  );
}
