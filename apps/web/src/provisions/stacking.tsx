import { Button } from '@mantine/core';
import { changesOf, isStacked } from '../editor/index.ts';
import { message } from '../ui/messages.ts';
import { useDocumentContext } from './document-context.ts';

interface SwitchProps { readonly crowded: boolean; readonly onChange: (crowded: boolean) => void }

/** Whether provisions with many proposals show their wordings in whole, one below the other. */
export function StackSwitch({ crowded, onChange }: SwitchProps) {
  return <div className="segments"><button type="button" aria-pressed={crowded} aria-label={message('provisions.stacking.crowded')} title={message('provisions.stacking.crowded')} onClick={() => onChange(!crowded)}>{message('provisions.stacking.short')}</button></div>;
}

/** The same for one provision, whatever else is chosen. */
export function StackProvision({ provision }: { readonly provision: string }) {
  const { now, view, stacking, setStacking } = useDocumentContext();
  const changes = changesOf(now.rooms, now.group, provision), stacked = isStacked({ stacking }, provision, changes);
  if (changes === 0 || view !== 'bracketed') return null;
  return <Button variant="default" onClick={() => setStacking({ ...stacking, chosen: new Map([...stacking.chosen, [provision, !stacked]]) })}>{message(stacked ? 'provisions.stacking.inline' : 'provisions.stacking.stacked')}</Button>;
}
