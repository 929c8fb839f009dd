import { newId } from '../ui/chance.ts';
import { type NewProvision, nextLabel } from './commands.ts';
import type { WritingPlace } from './live-editor-context.ts';

/** Id and label of a provision made behind `after`; `n` counts those made in one go, which the text does not have yet. */
export function newProvision(editor: Pick<WritingPlace, 'binding' | 'client'>, after: string | null, n = 0): NewProvision {
  const text = editor.binding.text, negotiation = editor.client.document.stage === 'negotiation';
  const taken = new Map(text.by);
  let label = '';
  for (let i = 0; i <= n; i++) {
    label = nextLabel({ list: text.list, by: taken }, after, negotiation);
    taken.set(`made ${i}`, { id: `made ${i}`, kind: 'paragraph', label, level: 0, slots: {} });
  }
  return { id: newId(), label };
}
