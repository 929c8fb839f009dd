import { listed } from '../ui/words.ts';
import type { AcceptShown } from './preview.ts';
import { TextReads } from './text-reads.tsx';

/** What a head reads before it accepts: the whole text of every touched place, what it gives up, what stays open. */
export function AcceptRead({ shown }: { readonly shown: AcceptShown }) {
  return (
    <>
      <TextReads reads={shown.reads} />
      {shown.warnings.map((say) => <p key={say} className="note warns"><bdi>{say}</bdi></p>)}
      {shown.drops.length > 0 ? <p><b>You give up</b> {listed(shown.drops)}.</p> : null}
      {shown.alone.map((say) => <p key={say} className="note contested">{say}</p>)}
      {shown.waitsFor.length > 0 ? <p>It enters the text when {listed(shown.waitsFor)} {shown.waitsFor.length === 1 ? 'has' : 'have'} accepted it too.</p> : null}
      {shown.staysOpen.length > 0 ? <div><b>Stays open here</b><ul className="stays-open">{shown.staysOpen.map((line) => <li key={line}>{line}</li>)}</ul></div> : null}
      {shown.beside ? <p className="quiet">Both sides insert words at the same point, so ours may also stay beside theirs, as our proposal.</p> : null}
    </>
  );
}
