import { partyName } from '@parley/negotiation';
import type { InstantView } from '@parley/protocol';
import { type Hunk, type Item, KIND_NAME, lengthOf, slice, type Slot, textOf } from '@parley/text';
import { useMemo } from 'react';
import { useNames } from '../access/group.ts';
import { allWords, titleOf } from '../agreement/describe.ts';
import { slotName } from '../ui/naming.ts';
import { toneOf } from '../ui/party.tsx';
import { shortTime } from '../ui/time.ts';
import { count, excerpt, numbered } from '../ui/words.ts';
import { changesBetween, type ProvisionChange, type RoomChange } from './differences.ts';

interface ChangesProps { readonly earlier: InstantView; readonly later: InstantView }

/** What changed from one instant to another: insertions and deletions by room, each in its party's colour and with its name. */
export function ChangesSheet({ earlier, later }: ChangesProps) {
  const changes = useMemo(() => changesBetween(earlier, later), [earlier, later]);
  return (
    <div className="sheet changes">
      <h1>{later.document.title}</h1>
      <p className="meta">Changes from entry {numbered(earlier.index)} ({shortTime(earlier.at)}) to entry {numbered(later.index)} ({shortTime(later.at)}) · {count(changes.length, 'provision')} changed</p>
      {changes.length === 0 ? <p>The texts of both instants are the same.</p> : changes.map((change) => <Change key={change.id} change={change} />)}
    </div>
  );
}

function Change({ change }: { readonly change: ProvisionChange }) {
  const { provision } = change;
  return (
    <article className="change" aria-label={`Provision ${provision.label || titleOf(provision)}`}>
      <h2><small>{provision.label}</small> {excerpt(titleOf(provision), 60) || `empty ${KIND_NAME[provision.kind]}`}</h2>
      {change.rooms.map((room) => <RoomLines key={room.room} change={room} />)}
    </article>
  );
}

function RoomLines({ change }: { readonly change: RoomChange }) {
  const { group } = useNames();
  const tone = change.party === null ? 'tone-none' : toneOf(group, change.party);
  const whose = change.party === null ? (change.room === 'working' ? 'Working paper' : 'Common text') : partyName(group, change.party);
  return (
    <div className={`room-change ${tone}`}>
      <span className="tag">{whose}</span>
      {change.items.map((item, i) => <p key={i}><ItemWords item={item} /></p>)}
      {change.words.map((w) => <p key={w.key}>{w.key.endsWith(':text') ? null : <small className="slot-label">{slotName(w.key)}</small>}<Hunks before={w.before} hunks={w.hunks} /></p>)}
    </div>
  );
}

function ItemWords({ item }: { readonly item: Item }) {
  switch (item.type) {
    case 'add': return <>added: <ins>{allWords(item.provision) || 'empty'}</ins></>;
    case 'remove': return <>removed: <del>{allWords(item.provision) || 'empty'}</del></>;
    case 'move': return <>moved to another place</>;
    case 'field': return <>{item.field}: <del>{String(item.from) || 'none'}</del> <ins>{String(item.to) || 'none'}</ins></>;
  }
}

const AROUND = 90;

/** A slot with its changes; long stretches that did not change are left out. */
function Hunks({ before, hunks }: { readonly before: Slot; readonly hunks: readonly Hunk[] }) {
  const kept = (from: number, to: number, edge: 'start' | 'end' | null): string => {
    const text = textOf(slice(before, from, to));
    if (text.length <= 2 * AROUND) return text;
    if (edge === 'start') return `…${text.slice(-AROUND)}`;
    if (edge === 'end') return `${text.slice(0, AROUND)}…`;
    return `${text.slice(0, AROUND)} … ${text.slice(-AROUND)}`;
  };
  return (
    <>
      {hunks.map((h, i) => (
        <span key={h.from}>
          {kept(hunks[i - 1]?.to ?? 0, h.from, i === 0 ? 'start' : null)}
          {h.removed.length > 0 ? <del>{textOf(h.removed)}</del> : null}{h.inserted.length > 0 ? <ins>{textOf(h.inserted)}</ins> : null}
        </span>
      ))}
      {kept(hunks.at(-1)!.to, lengthOf(before), 'end')}
    </>
  );
}
