import { Button, Checkbox, Modal } from '@mantine/core';
import type { MessageId } from '@parley/messages';
import { awaitedBesides, may } from '@parley/negotiation';
import { digestOf, type Provision } from '@parley/text';
import { useDeferredValue, useMemo, useState } from 'react';
import { barred, type DocumentContext, useDocumentContext } from '../provisions/document-context.ts';
import { actContextOf } from '../sync/document.ts';
import { ActButton } from '../ui/act-button.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { message } from '../ui/messages.ts';
import { sayDone } from '../ui/refusal-notice.ts';
import { standingIn } from '../ui/standings.ts';
import { placeName } from './describe.ts';
import { openBesides } from './open-besides.ts';
import { wholeOf } from './preview.ts';
import { TextReads } from './text-reads.tsx';
import { useAct } from './use-act.ts';

type Move = 'agree' | 'approve';

const SAID = {
  agree: { button: 'proposals.several.agree.button', title: 'proposals.several.agree.title', explanation: 'proposals.several.agree.explanation', action: 'proposals.several.agree.action', done: 'proposals.several.agree.done', lost: 'proposals.several.agree.lost' },
  approve: { button: 'proposals.several.approve.button', title: 'proposals.several.approve.title', explanation: 'proposals.several.approve.explanation', action: 'proposals.several.approve.action', done: 'proposals.several.approve.done', lost: 'proposals.several.approve.lost' },
} as const satisfies Readonly<Record<Move, Readonly<Record<string, MessageId>>>>;

/** The provisions for which the move is open to the reader now: what *Awaiting* counts. */
function openFor(context: DocumentContext, move: Move): Provision[] {
  const { now, party } = context, awaited = party === null ? null : awaitedBesides(now, party, standingIn(now));
  return (awaited?.[move === 'agree' ? 'toAgree' : 'toApprove'] ?? []).flatMap((id) => now.rooms.common?.by.get(id) ?? []);
}

/** Several provisions at once, one entry each: for a head clean text, for a moderator agreed text. */
export function SeveralAtOnce() {
  const context = useDeferredValue(useDocumentContext());
  const { now } = context;
  const [open, setOpen] = useState(false);
  const on = { group: now.group, document: now.document };
  const move: Move | null = may(now.actor, 'agree', on).ok ? 'agree' : may(now.actor, 'approve', on).ok ? 'approve' : null;
  const ready = useMemo(() => (move ? openFor(context, move) : []), [context, move]);
  if (move === null || (ready.length < 2 && !open)) return null;
  return (
    <div style={{ margin: '-6px 0 16px' }}>
      <ActButton variant="default" fullWidth refusal={barred(context, move)} onClick={() => setOpen(true)}>{message(SAID[move].button, { n: ready.length })}</ActButton>
      <Modal opened={open} onClose={() => setOpen(false)} title={message(SAID[move].title)}>{open ? <Choice move={move} ready={ready} onDone={() => setOpen(false)} /> : null}</Modal>
    </div>
  );
}

interface ChoiceProps { readonly move: Move; readonly ready: readonly Provision[]; readonly onDone: () => void }

/** Which of them: none is chosen before somebody has. What was ticked is the text that stood there then; another one has to be ticked anew. What is shown may be drawn a little later than it changed: pressing performs nothing then. */
function Choice({ move, ready, onDone }: ChoiceProps) {
  const context = useDocumentContext(), act = useAct();
  const [ticked, setTicked] = useState<ReadonlyMap<string, string>>(new Map());
  const [sending, setSending] = useState(false);
  const isChosen = (p: Provision): boolean => ticked.get(p.id) === digestOf(p);
  const chosen = ready.filter(isChosen), lost = sending ? 0 : [...ticked.keys()].filter((id) => !chosen.some((p) => p.id === id)).length;
  const tick = (p: Provision): void => setTicked((before) => {
    const next = new Map([...before].filter(([id, digest]) => ready.some((r) => r.id === id && digestOf(r) === digest)));
    if (!next.delete(p.id)) next.set(p.id, digestOf(p));
    return next;
  });
  const send = async (): Promise<void> => {
    const standing = new Set(openFor({ ...context, now: { ...context.now, ...actContextOf(context.client) } }, move).map(digestOf));
    if (!chosen.every((p) => standing.has(digestOf(p)))) return;
    setSending(true);
    let done = 0;
    for (const p of chosen) { if (!await act.perform({ t: move, provision: p.id, digest: digestOf(p) })) break; done++; }
    setSending(false);
    if (done > 0) sayDone(message(SAID[move].done, { n: done }));
    if (done === chosen.length) onDone();
  };
  return (
    <>
      <p style={{ margin: 0 }}>{message(SAID[move].explanation)}</p>
      <ul className="choice-list">{ready.map((p) => <Line key={p.id} provision={p} ticked={isChosen(p)} onTick={() => tick(p)} onRead={onDone} />)}</ul>
      {lost > 0 ? <p role="alert" className="step-moved">{message(SAID[move].lost, { n: lost })}</p> : null}
      {act.refused === null ? null : <p role="alert" className="step-moved">{act.refused}</p>}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onDone}>{message('ui.cancel')}</Button>
        <ConfirmButton color="agreed" busy={sending} disabled={chosen.length === 0} onPerform={() => void send()}>{message(SAID[move].action, { n: chosen.length })}</ConfirmButton>
      </div>
    </>
  );
}

interface LineProps { readonly provision: Provision; readonly ticked: boolean; readonly onTick: () => void; readonly onRead: () => void }

/** One provision with its whole text, and what stays open beside it. */
function Line({ provision, ticked, onTick, onRead }: LineProps) {
  const { editor, setFocus, now } = useDocumentContext();
  const { common } = now.rooms, name = placeName(common, provision.id);
  const read = (): void => { onRead(); setFocus(provision.id); editor.current?.scrollTo(provision.id); };
  return (
    <li>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <Checkbox checked={ticked} onChange={onTick} label={<b><bdi>{name}</bdi></b>} />
        <Button variant="subtle" onClick={read}>{message('proposals.several.show', { hidden: (inside) => <span className="hidden-words">{inside}</span>, place: name })}</Button>
      </div>
      <TextReads reads={common ? wholeOf(common, provision.id) : []} unnamed />
      {openBesides(now, provision.id).map((say) => <p key={say} className="note">{message('proposals.several.besides', { what: say })}</p>)}
    </li>
  );
}
