import { Button, Checkbox, Modal } from '@mantine/core';
import { may, standingOf } from '@parley/negotiation';
import { digestOf, type Provision, provisionsOf } from '@parley/text';
import { useDeferredValue, useMemo, useState } from 'react';
import { type Desk, refusedNow, useDesk } from '../documents/desk.ts';
import { sayDone } from '../ui/refusal-notice.ts';
import { count, excerpt } from '../ui/words.ts';
import { titleOf } from './describe.ts';
import { openBesides } from './open-besides.ts';
import { useAct } from './use-act.ts';

type Move = 'agree' | 'approve';

const SAID: Readonly<Record<Move, { button: string; title: string; explanation: string; action: string }>> = {
  agree: { button: 'Agree all clean…', title: 'Agree clean provisions ad referendum', explanation: 'Each ticked provision is agreed by an act of its own, on exactly the text that stands here now.', action: 'Agree' },
  approve: { button: 'Approve all agreed…', title: 'Approve agreed provisions', explanation: 'Each ticked provision is approved by an act of its own.', action: 'Approve' },
};

/** The provisions for which the move is open to the reader now. */
function openFor(desk: Desk, move: Move): Provision[] {
  const { common } = desk.now.rooms;
  if (!common) return [];
  const standing = move === 'agree' ? 'clean' : 'agreed';
  return provisionsOf(common).filter((p) => standingOf(desk.now, p.id) === standing && refusedNow(desk, { t: move, provision: p.id, digest: digestOf(p) }) === null);
}

/** Several provisions at once, one entry each: for a head clean text, for a moderator agreed text. */
export function SeveralAtOnce() {
  const desk = useDeferredValue(useDesk());
  const { now } = desk;
  const [open, setOpen] = useState(false);
  const on = { group: now.group, document: now.document };
  const move: Move | null = may(now.actor, 'agree', on).ok ? 'agree' : may(now.actor, 'approve', on).ok ? 'approve' : null;
  const ready = useMemo(() => (move ? openFor(desk, move) : []), [desk, move]);
  if (move === null || (ready.length < 2 && !open)) return null;
  return (
    <div style={{ margin: '-6px 0 16px' }}>
      <Button variant="default" fullWidth onClick={() => setOpen(true)}>{SAID[move].button} ({ready.length})</Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={SAID[move].title}>{open ? <Choice move={move} ready={ready} onDone={() => setOpen(false)} /> : null}</Modal>
    </div>
  );
}

function Choice({ move, ready, onDone }: { readonly move: Move; readonly ready: readonly Provision[]; readonly onDone: () => void }) {
  const { editor, setFocus, now } = useDesk();
  const act = useAct();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [sending, setSending] = useState(false);
  const chosen = ready.filter((p) => !left.has(p.id));
  const toggle = (id: string): void => setLeft((before) => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next; });
  const send = async (): Promise<void> => {
    setSending(true);
    let done = 0;
    for (const p of chosen) { if (!await act.perform({ t: move, provision: p.id, digest: digestOf(p) })) break; done++; }
    setSending(false);
    if (done > 0) sayDone(`${count(done, 'provision')} ${move === 'agree' ? 'agreed' : 'approved'}.`);
    if (done === chosen.length) onDone();
  };
  return (
    <>
      <p style={{ margin: 0 }}>{SAID[move].explanation}</p>
      <ul className="choice-list">
        {ready.map((p) => (
          <li key={p.id} className="row" style={{ justifyContent: 'space-between', flexWrap: 'nowrap' }}>
            <Checkbox checked={!left.has(p.id)} onChange={() => toggle(p.id)} label={<><b>{p.label}</b> <span className="serif">{excerpt(titleOf(p), 110)}</span>{openBesides(now, p.id).map((say) => <span key={say} className="note" style={{ display: 'block' }}>Still open: {say}.</span>)}</>} />
            <Button variant="subtle" onClick={() => { onDone(); setFocus(p.id); editor.current?.scrollTo(p.id); }}>Read<span className="hidden-words"> {p.label}</span></Button>
          </li>
        ))}
      </ul>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onDone}>Cancel</Button>
        <Button color="agreed" loading={sending} disabled={chosen.length === 0} onClick={() => void send()}>{SAID[move].action} {count(chosen.length, 'provision')}</Button>
      </div>
    </>
  );
}
