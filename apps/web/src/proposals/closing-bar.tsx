import { Button } from '@mantine/core';
import { may } from '@parley/negotiation';
import { useState } from 'react';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { ActButton } from '../ui/act-button.tsx';
import { listed, message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { ActSteps } from './act-steps.tsx';
import type { ActWish } from '../sync/perform.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';
import { PLACES } from './use-awaiting.tsx';

/** What is proposed or done about the end of a document: to be assented to by both heads while it is proposed, told when it is closed. */
export function ClosingBar() {
  const { now, names, party } = useDocumentContext();
  const { closing, closed } = now.document;
  if (closed) {
    return (
      <section className="basis frozen" aria-label={message('proposals.closed.region')}>
        <p>
          {message('proposals.closed.says', {
            b: (inside) => <b>{inside}</b>, name: names.name(closed.user), at: <Moment at={closed.at} />, because: closed.reason ? 'yes' : 'no', bdi: (inside) => <bdi>{inside}</bdi>, reason: closed.reason,
          })}
        </p>
      </section>
    );
  }
  if (!closing) return null;
  const assented = Object.keys(closing.assents), on = { group: now.group, document: now.document };
  const head = party !== null && may(now.actor, 'assentToClosing', on).ok, moderator = may(now.actor, 'takeBackClosing', on).ok;
  return (
    <section id={PLACES.closing} tabIndex={-1} className="basis frozen" aria-label={message('proposals.closing.region')}>
      <p>
        {message('proposals.closing.says', {
          b: (inside) => <b>{inside}</b>, name: names.name(closing.user), at: <Moment at={closing.at} />, because: closing.reason ? 'yes' : 'no', bdi: (inside) => <bdi>{inside}</bdi>, reason: closing.reason,
          n: assented.length, parties: listed(assented.map((by) => partyName(now.group, by))),
        })}
      </p>
      {head && !assented.includes(party) ? <><Simple label={message('proposals.closing.assent.button')} title={message('proposals.closing.assent.title')} note={message('proposals.closed.forGood')} wish={{ t: 'assentToClosing', closing: closing.id }} /><DeclineClosing closing={closing.id} /></> : null}
      {head && assented.includes(party) ? <Simple label={message('proposals.closing.takeBackAssent.button')} title={message('proposals.closing.takeBackAssent.title')} note={message('proposals.closing.goesOn')} wish={{ t: 'takeBackConsent', consent: { on: 'closing', closing: closing.id } }} /> : null}
      {moderator ? <Simple label={message('proposals.closing.takeBack.button')} title={message('proposals.closing.takeBack.title')} note={message('proposals.closing.goesOn')} wish={{ t: 'takeBackClosing', closing: closing.id }} /> : null}
    </section>
  );
}

function Simple({ label, title, note, wish }: { readonly label: string; readonly title: string; readonly note: string; readonly wish: ActWish }) {
  return <ActSteps label={label} plain title={title} make={() => ({ wish })} ways={(shown) => [{ label, wish: shown.wish }]}>{() => <p>{note}</p>}</ActSteps>;
}

function DeclineClosing({ closing }: { readonly closing: string }) {
  const act = useAct();
  const [open, setOpen] = useState(false);
  const decline = async (reason: string): Promise<void> => { if (await act.perform({ t: 'declineClosing', closing, reason })) setOpen(false); };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{message('proposals.closing.decline.button')}</Button>
      <ReasonDialog opened={open} onClose={() => setOpen(false)} onSay={(reason) => void decline(reason)} busy={act.busy} refused={act.refused} title={message('proposals.closing.decline.title')} explanation={message('proposals.closing.decline.explanation')} action={message('proposals.closing.decline.button')} optional />
    </>
  );
}

type Closing = 'closePaper' | 'proposeClosing';

/** For a moderator: closing a document that came to nothing. A working paper alone, a document in negotiation with the assent of both heads. The dialog performs what it was opened for. */
export function CloseDocument() {
  const context = useDocumentContext();
  const act = useAct();
  const [asked, setAsked] = useState<Closing | null>(null);
  const { group, document } = context.now, offered: Closing = document.stage === 'drafting' ? 'closePaper' : 'proposeClosing', paper = (asked ?? offered) === 'closePaper';
  if (document.closing || !may(context.now.actor, offered, { group, document }).ok) return null;
  const say = async (reason: string): Promise<void> => { if (asked !== null && await act.perform({ t: asked, reason })) setAsked(null); };
  return (
    <>
      <ActButton variant="subtle" refusal={barred(context, offered)} onClick={() => setAsked(offered)}>{message(offered === 'closePaper' ? 'proposals.close.paper.button' : 'proposals.close.document.button')}</ActButton>
      <ReasonDialog
        opened={asked !== null} onClose={() => setAsked(null)} onSay={(reason) => void say(reason)} busy={act.busy} refused={act.refused} title={message(paper ? 'proposals.close.paper.title' : 'proposals.close.document.title')} action={message(paper ? 'proposals.close.paper.action' : 'proposals.close.document.action')}
        explanation={message(paper ? 'proposals.closed.forGood' : 'proposals.close.document.explanation')}
      />
    </>
  );
}
