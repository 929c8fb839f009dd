import { KIND_NAME, type Provision, slotKeys, slotOf, textOf } from '@parley/text';
import { count } from '../ui/words.ts';

interface PreviewProps { readonly title: string; readonly provisions: readonly Provision[] }

/** What the pasted text will be, before it is opened. */
export function ProvisionsPreview({ title, provisions }: PreviewProps) {
  return (
    <section className="preview" aria-labelledby="preview-title">
      <h2 id="preview-title" className="section-title">As it will be opened · <span role="status">{count(provisions.length, 'provision')}</span></h2>
      <p className="serif" style={{ font: '600 1.2rem/1.3 var(--text)', margin: '0 0 10px' }}>{title.trim() || 'Untitled'}</p>
      {provisions.length === 0 ? <p className="quiet">A blank paper. Everybody in the group can write in it.</p> : (
        <ol tabIndex={0} aria-label="Provisions">
          {provisions.map((p) => (
            <li key={p.id} style={{ paddingLeft: p.level * 16 }}>
              <span className="label">{p.label}</span>
              <span className={p.kind === 'heading' ? 'is-heading' : ''}>{slotKeys(p.kind).map((key) => textOf(slotOf(p, key))).filter(Boolean).join(' — ')}</span>
              <span className="kind">{KIND_NAME[p.kind]}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
