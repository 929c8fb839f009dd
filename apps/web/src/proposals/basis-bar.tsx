import { may, partyName } from '@parley/negotiation';
import { type Text, textDigest } from '@parley/text';
import { useState } from 'react';
import { refusedNow, useDocumentContext } from '../provisions/document-context.ts';
import { sharedStateOf } from '../sync/document.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Moment } from '../ui/moment.tsx';
import { count } from '../ui/words.ts';
import { ActSteps } from './act-steps.tsx';
import { changesBetween } from './paper-changes.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { TextReads } from './text-reads.tsx';
import { useAct } from './use-act.ts';

/** From working paper to negotiation: one head accepts the paper as basis, which freezes it; the other head answers. */
export function BasisBar() {
  const { now, names, party } = useDocumentContext();
  const { basis } = now.document;
  const head = may(now.actor, 'acceptAsBasis', { group: now.group, document: { ...now.document, basis: null } }).ok;
  if (basis === null) {
    return (
      <section className="basis" aria-label="Basis for negotiation">
        <p><b>Working paper.</b> Both delegations and the moderators write one text. Negotiation begins when both heads accept it as basis.</p>
        {head ? <AcceptAsBasis answering={false} /> : null}
      </section>
    );
  }
  const own = basis.party === party;
  return (
    <section className="basis frozen" aria-label="Basis for negotiation">
      <p>
        <b>{partyName(now.group, basis.party)} accepted this paper as basis</b> · {names.name(basis.user)}, <Moment at={basis.at} />.
        {' '}It is frozen until {own ? 'the other head answers or you take it back' : head ? 'you answer' : 'the other head answers or it is taken back'}.
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
      label="Accept as basis" title="You accept the paper below as basis for negotiation"
      make={(client): Paper | null => { const paper = sharedStateOf(client).rooms.working; return paper ? { digest: textDigest(paper), provisions: paper.list.length } : null; }}
      onOpen={(client) => setRead(sharedStateOf(client).rooms.working ?? null)}
      ways={({ digest }) => [{ label: 'Accept as basis', wish: { t: 'acceptAsBasis', digest } }]}
      changed={() => (read && now.rooms.working ? <TextReads reads={changesBetween(read, now.rooms.working)} /> : null)}
    >
      {({ provisions }) => (
        <>
          <p>You accept the working paper as it stands now ({count(provisions, 'provision')}) as the text to negotiate from. It says nothing about agreement: nothing is agreed until everything is agreed.</p>
          {answering
            ? <p>Both heads have then accepted it. It becomes the <b>common text</b>; each delegation and the chair get a position of their own, and every difference from the common text shows as a bracket.</p>
            : <p>The paper is <b>frozen</b> at once: nobody writes in it until the other head accepts or declines, or you take your acceptance back.</p>}
        </>
      )}
    </ActSteps>
  );
}

function TakeBack({ digest }: { readonly digest: string }) {
  return (
    <ActSteps label="Take back" plain title="You take your acceptance back" make={() => ({ digest })} ways={(given) => [{ label: 'Take back', wish: { t: 'takeBackBasis', digest: given.digest } }]}>
      {() => <p>The paper opens for writing again.</p>}
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
      <ActButton variant="default" refusal={refusedNow(context, { t: 'declineBasis', digest, reason: '' })} loading={act.busy} onClick={() => setOpen(digest)}>Decline</ActButton>
      <ReasonDialog
        opened={open !== null} onClose={() => setOpen(null)} onSay={(reason) => void decline(reason)} busy={act.busy} refused={act.refused} title="Decline the paper as basis" action="Decline" optional
        explanation="The paper opens for writing again. The reason is read by everybody in the group."
      />
    </>
  );
}
