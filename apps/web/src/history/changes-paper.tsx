import type { InstantView } from '@parley/protocol';
import { belongsTo, changesAsRead, type Hunk, itemNames, itemWords, legible, lengthOf, nameIn, restyled, restylingWords, slice, type Slot, spaceName, textOf, titleOf } from '@parley/text';
import { useMemo } from 'react';
import { useNames } from '../access/group.ts';
import { Wanted } from '../proposals/wanted.tsx';
import { message, wording } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { partyName, slotName } from '../ui/naming.ts';
import { toneOf } from '../ui/party.tsx';
import { Struck } from '../ui/struck.tsx';
import { usePrintLine } from '../ui/print-line.ts';
import { excerpt, numbered } from '../ui/words.ts';
import { changesBetween, type ProvisionChange, type RoomChange } from './differences.ts';

type Change = Pick<Hunk, 'from' | 'to' | 'removed' | 'inserted'>;

interface ChangesProps { readonly earlier: InstantView; readonly later: InstantView }

/** What changed from one instant to another: insertions and deletions by room, each in its party's colour and with its name. */
export function ChangesPaper({ earlier, later }: ChangesProps) {
  const changes = useMemo(() => changesBetween(earlier, later), [earlier, later]);
  usePrintLine((printed) => message('history.changes.printLine', { title: later.document.title, earlier: numbered(earlier.index), later: numbered(later.index), printed }));
  return (
    <div className="paper changes">
      <h1><bdi>{later.document.title}</bdi></h1>
      <p className="meta">{message('history.changes.meta', { earlier: numbered(earlier.index), earlierAt: <Moment at={earlier.at} said="short" />, later: numbered(later.index), laterAt: <Moment at={later.at} said="short" />, n: changes.length })}</p>
      {changes.length === 0 ? <p>{message('history.changes.none')}</p> : changes.map((change) => <ChangedProvision key={change.id} change={change} />)}
    </div>
  );
}

function ChangedProvision({ change }: { readonly change: ProvisionChange }) {
  const { provision, id } = change, [first] = change.rooms, text = first?.to.by.has(id) ? first.to : first?.from;
  const name = provision.label ? nameIn(text, id, wording) : belongsTo(text, id, wording);
  return (
    <article className="change" aria-label={message('history.changes.provision', { name: nameIn(text, id, wording) })}>
      <h2><small><bdi>{name}</bdi></small> {excerpt(titleOf(provision), 60) || message('text.kind.empty', { kind: provision.kind })}</h2>
      {change.rooms.map((room) => <RoomLines key={room.room} change={room} />)}
    </article>
  );
}

function RoomLines({ change }: { readonly change: RoomChange }) {
  const { group } = useNames();
  const tone = change.party === null ? 'tone-none' : toneOf(group, change.party);
  const whose = change.party === null ? message(change.room === 'working' ? 'history.changes.workingPaper' : 'history.changes.commonText') : partyName(group, change.party);
  return (
    <div className={`room-change ${tone}`}>
      <span className="tag">{whose}</span>
      {change.items.map((item, i) => <p key={i}><Wanted phrases={itemWords(item, itemNames(item.id, change.to, wording, change.from), wording)} /></p>)}
      {change.words.map((w) => <p key={w.key}>{w.key.endsWith(':text') ? null : <small className="slot-label">{slotName(w.key)}</small>}<Hunks before={w.before} hunks={changesAsRead(w.before, w.hunks)} /></p>)}
    </div>
  );
}

const AROUND = 90;

/** A slot with its changes; long stretches that did not change are left out. */
function Hunks({ before, hunks }: { readonly before: Slot; readonly hunks: readonly Change[] }) {
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
          <HunkWords hunk={h} />
        </span>
      ))}
      {kept(hunks.at(-1)!.to, lengthOf(before), 'end')}
    </>
  );
}

/** Words that went and came, with names for what nobody sees; a change of marks alone is said as that. */
function HunkWords({ hunk }: { readonly hunk: Change }) {
  const gone = textOf(hunk.removed), come = textOf(hunk.inserted), style = restyled(hunk);
  if (style !== null) return <><ins><bdi>{come}</bdi></ins>{' '}<small className="slot-label">{message('history.changes.style', { style: restylingWords(style, wording) })}</small></>;
  const shown = (words: string, beside: string): string => { const space = spaceName(words, wording); return space === null ? legible(words, wording, beside) : `⟨${space}⟩`; };
  return <>{gone ? <Struck words={shown(gone, come)} /> : null}{come ? <ins><bdi>{shown(come, gone)}</bdi></ins> : null}</>;
}
