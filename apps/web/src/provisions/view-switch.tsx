import { NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { CHAIR, positionsOf } from '@parley/negotiation';
import { compareTexts, type PartyId, type Text } from '@parley/text';
import { useMemo } from 'react';
import { useDocumentContext } from './document-context.ts';
import type { ViewName } from '../editor/index.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import type { Snapshot } from '../sync/document.ts';

interface Choice { readonly view: ViewName; readonly label: string }

/** "As they propose" while there is one other party with words of its own; otherwise each party by its name. */
function viewChoices(now: Snapshot, party: PartyId | null): Choice[] {
  const positions = positionsOf(now), parties = positions.map((p) => p.party);
  const others = positions.filter((p) => p.party !== party && (p.party !== CHAIR || differs(now.rooms.common, p.text))).map((p) => p.party);
  const named = (p: PartyId): string => {
    if (p === party) return message('provisions.view.asWePropose');
    if (others.length === 1 && party !== null) return message('provisions.view.asTheyPropose');
    return p === CHAIR ? message('provisions.view.asChairProposes') : message('provisions.view.asPartyProposes', { name: partyName(now.group, p) });
  };
  const own = party !== null && parties.includes(party) ? [party] : [];
  return [
    { view: 'bracketed', label: message('provisions.view.bracketed') },
    ...[...own, ...others].map((p): Choice => ({ view: `party:${p}`, label: named(p) })),
    { view: 'common', label: message('provisions.view.common') },
    { view: 'agreed', label: message('provisions.view.agreed') },
  ];
}

/** The chair has a text of its own only where it differs from the common text. */
function differs(common: Text | undefined, text: Text): boolean {
  if (!common) return false;
  const { items, slots } = compareTexts(common, text);
  return items.length > 0 || slots.size > 0;
}

/** What a view is called. */
export const viewName = (view: ViewName, now: Snapshot, party: PartyId | null): string => viewChoices(now, party).find((choice) => choice.view === view)?.label ?? '';

interface SwitchProps { readonly view: ViewName; readonly onChange: (view: ViewName) => void }

/** The ways of reading beside each other; in a narrow or low window a list to choose from, which takes one line. */
export function ViewSwitch({ view, onChange }: SwitchProps) {
  const { now, party } = useDocumentContext();
  const choices = useMemo(() => viewChoices(now, party), [now, party]);
  const wide = useMediaQuery('(min-width: 641px) and (min-height: 640px)', true, { getInitialValueInEffect: false });
  if (!wide) return <NativeSelect aria-label={message('provisions.view.how')} size="xs" value={view} onChange={(event) => onChange(event.currentTarget.value as ViewName)} data={choices.map((choice) => ({ value: choice.view, label: choice.label }))} />;
  return (
    <div className="segments" role="group" aria-label={message('provisions.view.how')}>
      {choices.map((choice) => (
        <button key={choice.view} type="button" aria-pressed={choice.view === view} onClick={() => onChange(choice.view)}>{choice.label}</button>
      ))}
    </div>
  );
}
