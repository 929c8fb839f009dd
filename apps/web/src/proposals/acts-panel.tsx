import type { ProposalGroup } from '@parley/negotiation';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type DocumentContext, useDocumentContext } from '../provisions/document-context.ts';
import { Counting } from '../ui/counting.tsx';
import { message } from '../ui/messages.ts';
import { AcceptField } from './accept-field.tsx';
import { ownershipOf } from './describe.ts';
import { FoldButtons } from './fold-buttons.tsx';
import { foldedIn, toggleFold, unfolded } from './party-folds.ts';
import { NothingOpen } from './nothing-open.tsx';
import { ReopeningCards } from './reopening-cards.tsx';
import { ProposalList } from './proposal-list.tsx';
import { ProvisionCard } from './provision-card.tsx';
import { SeveralAtOnce } from './several-at-once.tsx';
import { StepsOpenProvider } from './steps-open.ts';
import { useGroups } from './use-groups.ts';

/** What awaits an answer: first of the provision in focus, then of the whole document. */
export function ActsPanel() {
  const { now, counted, focus } = useDocumentContext();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => { if (!top.current?.querySelector('.step')) top.current?.closest('.side')?.scrollTo({ top: 0 }); }, [focus]);
  return (
    <div ref={top}>
      <ProvisionCard />
      {now.document.stage !== 'negotiation' ? null : counted ? <><SeveralAtOnce /><ReopeningCards /><Proposals /></> : <><ReopeningCards /><section aria-label={message('proposals.panel.title')}><h2 className="section-title">{message('proposals.panel.title')}</h2><Counting /></section></>}
    </div>
  );
}

/** What is linked over several provisions is here in each of them, and elsewhere stands at the first. */
const isHere = (focus: string | null) => ({ provisions }: ProposalGroup): boolean => focus !== null && provisions.includes(focus);

function Proposals() {
  const context = useDeferredValue(useDocumentContext());
  const { now: shown, party } = context;
  const { focus, told } = useHeldFocus(context.focus);
  const all = useGroups(shown);
  const standing = useMemo(() => new Set(all.map(({ name }) => name)), [all]);
  const here = all.filter(isHere(focus));
  const [folded, setFolded] = useState(() => foldedIn(shown.document.id));
  const elsewhere = unfolded(all, folded).filter((p) => !isHere(focus)(p));
  const answers = elsewhere.filter((p) => ownershipOf(p, party) !== 'own');
  const own = elsewhere.filter((p) => ownershipOf(p, party) === 'own');
  const total = message('proposals.panel.total', { n: all.length });
  return (
    <StepsOpenProvider value={told}>
      {focus === null ? null : <List title={message('proposals.panel.here', { n: here.length })} proposals={here} context={context} standing={standing} here key={`here ${focus}`} />}
      <FoldButtons all={all} group={shown.group} folded={folded} onToggle={(of) => setFolded(toggleFold(shown.document.id, of))} />
      <List title={message(here.length > 0 ? 'proposals.panel.elsewhere' : 'proposals.panel.answers', { n: answers.length })} proposals={answers} context={context} standing={standing} key="elsewhere" />
      <List title={message('proposals.panel.own', { n: own.length })} proposals={own} context={context} standing={standing} key="own" />
      {all.length === 0 ? <NothingOpen /> : null}
      <p className="hidden-words" role="status">{total}</p>
    </StepsOpenProvider>
  );
}

/** The provision by which the lists are parted. While a first step is open it stays: a caret that is moved must not take away what somebody is reading. */
function useHeldFocus(focus: string | null): { readonly focus: string | null; readonly told: (change: 1 | -1) => void } {
  const [open, setOpen] = useState(0);
  const [held, setHeld] = useState(focus);
  if (open === 0 && held !== focus) setHeld(focus);
  const told = useCallback((change: 1 | -1): void => setOpen((n) => n + change), []);
  return { focus: held, told };
}

interface ListProps { readonly title: string; readonly proposals: readonly ProposalGroup[]; readonly context: DocumentContext; readonly standing: ReadonlySet<string>; readonly here?: boolean }

function List({ title, proposals, context, standing, here = false }: ListProps) {
  const empty = proposals.length === 0;
  return (
    <section {...(empty ? {} : { 'aria-label': title })}>
      {empty ? null : <h2 className="section-title">{title}</h2>}
      {here ? <AcceptField proposals={proposals} /> : null}
      <ProposalList proposals={proposals} standing={standing} context={context} here={here} />
    </section>
  );
}
