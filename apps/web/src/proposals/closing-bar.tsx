import { Button } from '@mantine/core';
import { may, partyName } from '@parley/negotiation';
import { useState } from 'react';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Moment } from '../ui/moment.tsx';
import { listed } from '../ui/words.ts';
import { ActSteps } from './act-steps.tsx';
import type { ActWish } from '../sync/perform.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

const CLOSED_FOR_GOOD = 'A closed document stays readable, and nobody writes in it or acts on it any more.';

/** What is proposed or done about the end of a document: to be assented to by both heads while it is proposed, told when it is closed. */
export function ClosingBar() {
  const { now, names, party } = useDocumentContext();
  const { closing, closed } = now.document;
  if (closed) {
    return (
      <section className="basis frozen" aria-label="Closed document">
        <p><b>This document is closed</b> · {names.name(closed.user)}, <Moment at={closed.at} />{closed.reason ? <>: <bdi>“{closed.reason}”</bdi></> : null}. It can be read, and nothing in it changes any more.</p>
      </section>
    );
  }
  if (!closing) return null;
  const assented = Object.keys(closing.assents), on = { group: now.group, document: now.document };
  const head = party !== null && may(now.actor, 'assentToClosing', on).ok, moderator = may(now.actor, 'takeBackClosing', on).ok;
  return (
    <section className="basis frozen" aria-label="Proposal to close">
      <p>
        <b>{names.name(closing.user)} proposes to close this document</b> · <Moment at={closing.at} />{closing.reason ? <>: <bdi>“{closing.reason}”</bdi></> : null}.
        {' '}It is closed when both heads have assented{assented.length > 0 ? `; ${listed(assented.map((by) => partyName(now.group, by)))} has` : ''}.
      </p>
      {head && !assented.includes(party) ? <><Simple label="Assent" title="You assent to closing this document" note={CLOSED_FOR_GOOD} wish={{ t: 'assentToClosing', closing: closing.id }} /><DeclineClosing closing={closing.id} /></> : null}
      {head && assented.includes(party) ? <Simple label="Take back our assent" title="You take back your assent" note="The document goes on." wish={{ t: 'takeBackConsent', consent: { on: 'closing', closing: closing.id } }} /> : null}
      {moderator ? <Simple label="Take back" title="You take back the proposal to close" note="The document goes on." wish={{ t: 'takeBackClosing', closing: closing.id }} /> : null}
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
      <Button variant="default" onClick={() => setOpen(true)}>Decline</Button>
      <ReasonDialog opened={open} onClose={() => setOpen(false)} onSay={(reason) => void decline(reason)} busy={act.busy} refused={act.refused} title="Decline to close the document" explanation="The document goes on. The reason is read by everybody in the group." action="Decline" optional />
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
      <ActButton variant="subtle" refusal={barred(context, offered)} onClick={() => setAsked(offered)}>{offered === 'closePaper' ? 'Close this paper…' : 'Propose to close…'}</ActButton>
      <ReasonDialog
        opened={asked !== null} onClose={() => setAsked(null)} onSay={(reason) => void say(reason)} busy={act.busy} refused={act.refused} title={paper ? 'Close this working paper' : 'Propose to close this document'} action={paper ? 'Close it' : 'Propose to close'}
        explanation={paper ? CLOSED_FOR_GOOD : `It is closed when both heads have assented. ${CLOSED_FOR_GOOD}`}
      />
    </>
  );
}
