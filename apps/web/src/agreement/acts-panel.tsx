import { type OpenProposal, proposalsOf } from '@parley/negotiation';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type Desk, useDesk } from '../documents/desk.ts';
import { Growing } from '../ui/growing.tsx';
import { count } from '../ui/words.ts';
import { ownershipOf } from './describe.ts';
import { FoldButtons } from './fold-buttons.tsx';
import { foldedIn, toggleFold, unfolded } from './party-folds.ts';
import { NothingOpen } from './nothing-open.tsx';
import { ReopeningCards } from './reopening-cards.tsx';
import { SteadyCard, whatItShows } from './steady-card.tsx';
import { ProvisionCard } from './provision-card.tsx';
import { AcceptField } from './accept-field.tsx';
import { SeveralAtOnce } from './several-at-once.tsx';

/** What awaits an answer: first of the provision in focus, then of the whole document. */
export function ActsPanel() {
  const { now, focus } = useDesk();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => { top.current?.closest('.side')?.scrollTo({ top: 0 }); }, [focus]);
  return (
    <div ref={top}>
      <ProvisionCard />
      {now.document.stage === 'negotiation' ? <><SeveralAtOnce /><ReopeningCards /><Proposals /></> : null}
    </div>
  );
}

function Proposals() {
  const desk = useDeferredValue(useDesk());
  const { now: shown, focus, party } = desk;
  const all = useMemo(() => proposalsOf(shown), [shown]);
  const here = all.filter((p) => p.provision === focus);
  const [folded, setFolded] = useState(() => foldedIn(shown.document.id));
  const elsewhere = unfolded(all, folded).filter((p) => p.provision !== focus);
  const answers = elsewhere.filter((p) => ownershipOf(p, party) !== 'own');
  const own = elsewhere.filter((p) => ownershipOf(p, party) === 'own');
  const total = count(all.length, 'open proposal');
  return (
    <>
      {focus !== null && here.length > 0 ? <List title={`Proposals here · ${here.length}`} proposals={here} desk={desk} here /> : null}
      <FoldButtons all={all} group={shown.group} folded={folded} onToggle={(of) => setFolded(toggleFold(shown.document.id, of))} />
      {answers.length > 0 ? <List title={`${here.length > 0 ? 'Elsewhere' : 'Proposals'} · ${answers.length}`} proposals={answers} desk={desk} /> : null}
      {own.length > 0 ? <List title={`Ours, waiting · ${own.length}`} proposals={own} desk={desk} /> : null}
      {all.length === 0 ? <NothingOpen /> : null}
      <p className="hidden-words" role="status">{total}</p>
    </>
  );
}

interface ListProps { readonly title: string; readonly proposals: readonly OpenProposal[]; readonly desk: Desk; readonly here?: boolean }

function List({ title, proposals, desk, here = false }: ListProps) {
  return (
    <section aria-label={title}>
      <h2 className="section-title">{title}</h2>
      {here ? <AcceptField proposals={proposals} /> : null}
      <div className="proposals">
        <Growing items={proposals}>{(p) => (
          <SteadyCard key={`${p.name} ${p.parties.join()} ${p.proposal.on === 'words' ? p.proposal.hunks[0]?.from : ''}`} open={p} here={here} desk={desk} shows={whatItShows(desk, p)} />
        )}</Growing>
      </div>
    </section>
  );
}
