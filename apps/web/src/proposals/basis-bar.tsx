import { may } from '@parley/negotiation';
import { type Text, textDigest } from '@parley/text';
import { useState } from 'react';
import { refusedNow, useDocumentContext } from '../provisions/document-context.ts';
import { sharedStateOf } from '../sync/document.ts';
import { ActButton } from '../ui/act-button.tsx';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { ActSteps } from './act-steps.tsx';
import { changesBetween } from './paper-changes.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { TextReads } from './text-reads.tsx';
import { useAct } from './use-act.ts';
import { PLACES } from './use-awaiting.tsx';

/** From working paper to negotiation: one head accepts the paper as basis, which freezes it; the other head answers. */
export function BasisBar() {
  const { now, names, party } = useDocumentContext();
  const { basis } = now.document;
  const head = may(now.actor, 'acceptAsBasis', { group: now.group, document: { ...now.document, basis: null } }).ok;
  if (basis === null) {
    return (
      <section className="basis" aria-label={message('proposals.basis.region')}>
        <p>{message('proposals.basis.paper', { b: (inside) => <b>{inside}</b> })}</p>
        {head ? <AcceptAsBasis answering={false} /> : null}
      </section>
    );
  }
  const own = basis.party === party;
  return (
    <section id={PLACES.basis} tabIndex={-1} className="basis frozen" aria-label={message('proposals.basis.region')}>
      <p>
        {message('proposals.basis.accepted', {
          b: (inside) => <b>{inside}</b>, party: partyName(now.group, basis.party), name: names.name(basis.user), at: <Moment at={basis.at} />, reader: own ? 'accepted' : head ? 'answers' : 'other',
        })}
      </p>
      {head && own ? <TakeBack digest={basis.digest} /> : null}
      {head && !own ? <><AcceptAsBasis answering /><DeclineBasis digest={basis.digest} /></> : null}
    </section>
  );
}

interface Paper { readonly digest: string; readonly provisions: number }

/** The paper itself stands below, whole; while the first step is open, whatever changes in it disarms the second, and is shown (N6). */
function AcceptAsBasis({ answering }: { readonly answering: boolean }) {
  const [read, setRead] = useState<Text | null>(null);
  const { now } = useDocumentContext();
  return (
    <ActSteps
      label={message('proposals.basis.accept.button')} title={message('proposals.basis.accept.title')}
      make={(client): Paper | null => { const paper = sharedStateOf(client).rooms.working; return paper ? { digest: textDigest(paper), provisions: paper.list.length } : null; }}
      onOpen={(client) => setRead(sharedStateOf(client).rooms.working ?? null)}
      ways={({ digest }) => [{ label: message('proposals.basis.accept.button'), wish: { t: 'acceptAsBasis', digest } }]}
      changed={() => (read && now.rooms.working ? <TextReads reads={changesBetween(read, now.rooms.working)} /> : null)}
    >
      {({ provisions }) => (
        <>
          <p>{message('proposals.basis.accept.what', { n: provisions })}</p>
          {answering
            ? <p>{message('proposals.basis.accept.second', { b: (inside) => <b>{inside}</b> })}</p>
            : <p>{message('proposals.basis.accept.first', { b: (inside) => <b>{inside}</b> })}</p>}
        </>
      )}
    </ActSteps>
  );
}

function TakeBack({ digest }: { readonly digest: string }) {
  return (
    <ActSteps label={message('proposals.basis.takeBack.button')} plain title={message('proposals.basis.takeBack.title')} make={() => ({ digest })} ways={(given) => [{ label: message('proposals.basis.takeBack.button'), wish: { t: 'takeBackBasis', digest: given.digest } }]}>
      {() => <p>{message('proposals.basis.takeBack.what')}</p>}
    </ActSteps>
  );
}

function DeclineBasis({ digest }: { readonly digest: string }) {
  const context = useDocumentContext();
  const act = useAct();
  const [open, setOpen] = useState<string | null>(null);
  const decline = async (reason: string): Promise<void> => { if (open !== null && await act.perform({ t: 'declineBasis', digest: open, reason })) setOpen(null); };
  return (
    <>
      <ActButton variant="default" refusal={refusedNow(context, { t: 'declineBasis', digest, reason: '' })} loading={act.busy} onClick={() => setOpen(digest)}>{message('proposals.basis.decline.button')}</ActButton>
      <ReasonDialog
        opened={open !== null} onClose={() => setOpen(null)} onSay={(reason) => void decline(reason)} busy={act.busy} refused={act.refused} title={message('proposals.basis.decline.title')} action={message('proposals.basis.decline.button')} optional
        explanation={message('proposals.basis.decline.explanation')}
      />
    </>
  );
}
