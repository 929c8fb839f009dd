import { listed, message } from '../ui/messages.ts';
import type { AcceptShown } from './preview.ts';
import { TextReads } from './text-reads.tsx';

/** What a head reads before it accepts: the whole text of every touched place, what it gives up, what stays open. */
export function AcceptRead({ shown }: { readonly shown: AcceptShown }) {
  return (
    <>
      <TextReads reads={shown.reads} />
      {shown.warnings.map((say) => <p key={say} className="note warns"><bdi>{say}</bdi></p>)}
      {shown.drops.length > 0 ? <p>{message('proposals.acceptRead.givesUp', { b: (inside) => <b>{inside}</b>, things: listed(shown.drops) })}</p> : null}
      {shown.alone.map((say) => <p key={say} className="note contested">{say}</p>)}
      {shown.waitsFor.length > 0 ? <p>{message('proposals.acceptRead.waitsFor', { n: shown.waitsFor.length, parties: listed(shown.waitsFor) })}</p> : null}
      {shown.staysOpen.length > 0 ? <div><b>{message('proposals.acceptRead.staysOpen')}</b><ul className="stays-open">{shown.staysOpen.map((line) => <li key={line}>{line}</li>)}</ul></div> : null}
      {shown.beside ? <p className="quiet">{message('proposals.acceptRead.beside')}</p> : null}
    </>
  );
}
