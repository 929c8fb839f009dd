import { CHAIR, partyName } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import { partyOrder, positionRoom } from '@parley/negotiation';
import { useDesk } from '../documents/desk.ts';
import type { Snapshot } from '../sync/document.ts';

/** The ways of reading a text under negotiation: all brackets, one party's version, or the common text alone. */
export type ViewName = 'bracketed' | 'agreed' | `party:${PartyId}`;

export const partyOfView = (view: ViewName): PartyId | null => (view.startsWith('party:') ? view.slice('party:'.length) : null);

interface Choice { readonly view: ViewName; readonly label: string }

/** "As they propose" while there is one other party with words of its own; otherwise each party by its name. */
export function viewChoices(now: Snapshot, party: PartyId | null): Choice[] {
  const parties = partyOrder(now.group).filter((p) => now.rooms[positionRoom(p)] !== undefined);
  const others = parties.filter((p) => p !== party && (p !== CHAIR || differs(now, p)));
  const named = (p: PartyId): string => {
    if (p === party) return 'As we propose';
    return others.length === 1 && party !== null ? 'As they propose' : p === CHAIR ? 'As the chair proposes' : `As ${partyName(now.group, p)} proposes`;
  };
  const own = party !== null && parties.includes(party) ? [party] : [];
  return [
    { view: 'bracketed', label: 'Bracketed' },
    ...[...own, ...others].map((p): Choice => ({ view: `party:${p}`, label: named(p) })),
    { view: 'agreed', label: 'Agreed only' },
  ];
}

/** The chair has a text of its own only where it differs from the common text. */
function differs(now: Snapshot, party: PartyId): boolean {
  const common = now.rooms.common, text = now.rooms[positionRoom(party)];
  if (!common || !text) return false;
  return common.list.length !== text.list.length || common.list.some((id, i) => text.list[i] !== id || JSON.stringify(common.by.get(id)) !== JSON.stringify(text.by.get(id)));
}

interface SwitchProps { readonly view: ViewName; readonly onChange: (view: ViewName) => void }

export function ViewSwitch({ view, onChange }: SwitchProps) {
  const { now, party } = useDesk();
  return (
    <div className="segments" role="group" aria-label="How to read the text">
      {viewChoices(now, party).map((choice) => (
        <button key={choice.view} type="button" aria-pressed={choice.view === view} onClick={() => onChange(choice.view)}>{choice.label}</button>
      ))}
    </div>
  );
}
