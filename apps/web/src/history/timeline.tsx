import { Button } from '@mantine/core';
import { CHAIR, partyOfRoom } from '@parley/negotiation';
import type { HistoryEntry } from '@parley/protocol';
import { useMemo } from 'react';
import { useNames } from '../access/group.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment, momentText } from '../ui/moment.tsx';
import { partyOfPerson, toneOf } from '../ui/party.tsx';
import { numbered } from '../ui/words.ts';
import { type Bar, timelineBars } from './history-rows.ts';
import { ICON } from '../ui/icon.ts';

const BARS = 48;

export interface GoTo { readonly at?: number; readonly since?: number }

interface TimelineProps {
  readonly entries: readonly HistoryEntry[];
  readonly at: number;
  readonly since: number | undefined;
  readonly onGo: (to: GoTo) => void;
}

/** When how much was written and decided, by party; and the ways to step to any entry. */
export function Timeline({ entries, at, since, onGo }: TimelineProps) {
  const acts = entries.filter((e) => e.kind === 'act').length;
  const place = entries.findIndex((e) => e.index === at);
  const sincePlace = since === undefined ? -1 : entries.findIndex((e) => e.index === since);
  const time = <Moment at={entries[place]!.at} said="short" />;
  return (
    <section className="timeline" aria-label={message('history.timeline.title')}>
      <div className="timeline-head">
        <b>{since === undefined ? message('history.timeline.after', { entry: numbered(at), at: time }) : message('history.timeline.between', { since: numbered(since), entry: numbered(at), at: time })}</b>
        <span className="quiet">{message('history.timeline.counts', { entries: entries.length, acts })}</span>
      </div>
      <Bars entries={entries} at={at} since={since} onGo={onGo} />
      {since === undefined ? null : <Stepper step="from" entries={entries} place={sincePlace} max={place} onPlace={(i) => onGo({ since: entries[i]!.index })} />}
      <Stepper step={since === undefined ? 'entry' : 'to'} entries={entries} place={place} min={Math.max(0, sincePlace)} onPlace={(i) => onGo({ at: entries[i]!.index })} />
    </section>
  );
}

interface StepperProps { readonly step: 'from' | 'entry' | 'to'; readonly entries: readonly HistoryEntry[]; readonly place: number; readonly min?: number; readonly max?: number; readonly onPlace: (place: number) => void }

function Stepper({ step, entries, place, min = 0, max = entries.length - 1, onPlace }: StepperProps) {
  const entry = entries[place]!;
  return (
    <div className="stepper">
      <span className="stepper-label">{message('history.stepper.label', { step })}</span>
      <Button variant="default" disabled={place <= min} onClick={() => onPlace(place - 1)} aria-label={message('history.stepper.previous', { step })}>{ICON.previous}</Button>
      <input
        type="range" min={0} max={entries.length - 1} value={place} aria-label={message('history.stepper.choose', { step })} aria-valuetext={message('history.stepper.value', { entry: entry.index, at: momentText(entry.at, 'full') })}
        onChange={(e) => onPlace(Math.min(max, Math.max(min, Number(e.currentTarget.value))))}
      />
      <Button variant="default" disabled={place >= max} onClick={() => onPlace(place + 1)} aria-label={message('history.stepper.next', { step })}>{ICON.next}</Button>
      <span className="quiet stepper-at">{message('history.stepper.at', { entry: numbered(entry.index), at: <Moment at={entry.at} said="short" /> })}</span>
    </div>
  );
}

function Bars({ entries, at, since, onGo }: TimelineProps) {
  const { group, person } = useNames();
  const bars = useMemo(() => timelineBars(entries, BARS, (entry) => toneOf(group, entry.kind === 'update' ? (partyOfRoom(entry.room) ?? partyOfPerson(person(entry.by))) : partyOfPerson(person(entry.by)))), [entries, group, person]);
  const highest = Math.max(1, ...bars.map((b) => Object.values(b.counts).reduce((n, m) => n + m, 0)));
  const when = (index: number): number => entries.find((e) => e.index === index)!.at;
  const first = bars[0]!, end = bars.at(-1)!;
  const share = (time: number): string => `${Math.min(100, (100 * (time - first.from)) / Math.max(1, end.to - first.from))}%`;
  return (
    <>
      <div className="bars" aria-hidden="true">
        {bars.map((bar) => <BarColumn key={bar.from} bar={bar} highest={highest} onGo={onGo} />)}
        {since === undefined ? null : <span className="pin since" style={{ left: share(when(since)) }} />}
        <span className="pin" style={{ left: share(when(at)) }} />
      </div>
      <div className="bar-ends quiet"><Moment at={first.from} said="short" /><Legend /><Moment at={end.to} said="short" /></div>
    </>
  );
}

function BarColumn({ bar, highest, onGo }: { readonly bar: Bar; readonly highest: number; readonly onGo: (to: GoTo) => void }) {
  const { last } = bar;
  return (
    <span className="bar" title={message('history.timeline.bar', { at: momentText(bar.from, 'short'), n: Object.values(bar.counts).reduce((n, m) => n + m, 0) })} onClick={last === null ? undefined : () => onGo({ at: last })}>
      {Object.entries(bar.counts).sort().map(([tone, n]) => <i key={tone} className={tone} style={{ height: `${Math.max(6, (100 * n) / highest)}%` }} />)}
    </span>
  );
}

function Legend() {
  const { group } = useNames();
  return <span className="legend">{group.delegations.map((d) => <span key={d.id} className={toneOf(group, d.id)}><i aria-hidden="true" />{d.name}</span>)}<span className="tone-chair"><i aria-hidden="true" />{partyName(group, CHAIR)}</span></span>;
}
