import { type GroupState, may, own } from '@parley/negotiation';
import { type Person } from '@parley/protocol';
import { ActButton } from '../ui/act-button.tsx';
import { confirming } from './awaited-seats.ts';
import { type Names, useGroupNames } from './group.ts';
import { type Sentence, SeatStep, type SeatStepShown } from './seat-step.tsx';
import { useMe } from './session.ts';
import { listed, message, refusalSentence } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';

/** What can be done to somebody's seat. */
export interface SeatAction { readonly does: 'remove' | 'keepSeat' | 'confirmSeat'; readonly person: Person }

interface ButtonsProps { readonly group: GroupState; readonly person: Person; readonly onAction: (action: SeatAction) => void }

/** Reasons that say what has to happen first; every other one means that it is not this person's to do. */
const SAID = ['last-head', 'last-administrator', 'not-renewed'];

/** A button for everything that may be done to a seat; `SAID` ones that may not be done now say why. */
export function SeatButtons({ group, person, onAction }: ButtonsProps) {
  const { actor } = useMe();
  const seat = own(group.seats, person.user), sleep = own(group.asleep, person.user);
  if (!seat) return null;
  const on = { group, user: person.user };
  const neutral = seat.delegation === undefined;
  const verdicts = {
    confirmSeat: confirming(actor, person.user, group),
    keepSeat: may(actor, 'keepSeat', on), remove: may(actor, 'remove', on),
  };
  const button = (does: SeatAction['does'], label: string) => {
    const verdict = verdicts[does];
    if (!verdict.ok && !SAID.includes(verdict.reason)) return null;
    return <ActButton variant="default" onClick={() => onAction({ does, person })} about={person.name} refusal={verdict.ok ? null : refusalSentence(verdict.reason)}>{label}</ActButton>;
  };
  return (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      {sleep ? button('confirmSeat', message('access.seatAct.confirm')) : null}
      {button('keepSeat', message('access.seatAct.keep'))}
      {button('remove', message('access.seatAct.remove', { what: person.user === actor.user ? 'own' : neutral && actor.role === 'head' ? 'ask' : 'remove' }))}
    </span>
  );
}

type Words = Omit<SeatStepShown, 'wish'>;

function wordsFor(does: SeatAction['does'], name: string, neutral: boolean, byHead: boolean, told: readonly Sentence[]): Words {
  switch (does) {
    case 'confirmSeat': return { title: message('access.seatAct.confirm.title', { name }), words: [...told, { id: 'access.seatAct.confirm.explanation', values: { name, neutral: neutral ? 'yes' : 'no' } }], button: message('access.seatAct.confirm.button', { name }), stops: false };
    case 'keepSeat': return { title: message('access.seatAct.keep.title', { name }), words: [{ id: 'access.seatAct.keep.explanation' }], button: message('access.seatAct.keep.button'), stops: false };
    case 'remove': return neutral && byHead
      ? { title: message('access.seatAct.ask.title', { name }), words: [{ id: 'access.seatAct.ask.explanation' }, ...told], button: message('access.seatAct.ask.button'), stops: true }
      : { title: message('access.seatAct.remove.title', { name }), words: [{ id: 'access.seatAct.remove.explanation' }, ...told], button: message('access.seatAct.remove.button'), stops: true };
  }
}

/** What has been done about the seat so far, as far as the action rests on it. */
function toldOf({ does, person: { user, name } }: SeatAction, group: GroupState, names: Names): Sentence[] {
  const sleep = own(group.asleep, user), asking = Object.keys(own(group.endings, user) ?? {}).map((id) => partyName(group, id));
  if (does === 'remove') return asking.length > 0 ? [{ id: 'access.seatAct.asked', values: { delegations: listed(asking) } }] : [];
  if (!sleep) return [];
  const opened: Sentence['values'] = sleep.renewed === null ? { opened: 'no' } : { opened: 'yes', openedAt: { at: sleep.renewed, said: 'full' } };
  return [{ id: 'access.seatAct.reset', values: { name, by: names.name(sleep.by), at: { at: sleep.since, said: 'full' }, ...opened } }];
}

/** The first step as the rules let this actor be shown it now. */
function stepOf(action: SeatAction, group: GroupState, actor: Parameters<typeof may>[0], names: Names): SeatStepShown | null {
  const { does, person: { user, name } } = action, seat = own(group.seats, user), sleep = own(group.asleep, user);
  if (!seat || !may(actor, does, { group, user }).ok) return null;
  const shown = wordsFor(does, name, seat.delegation === undefined, actor.role === 'head' && user !== actor.user, toldOf(action, group, names));
  if (does === 'confirmSeat') return sleep ? { ...shown, wish: { t: does, user, link: sleep.link } } : null;
  return { ...shown, wish: { t: does, user } };
}

/** Says what will happen to a seat, and does it when told so: two steps. */
export function SeatActionStep({ action, onClose }: { readonly action: SeatAction; readonly onClose: () => void }) {
  const { actor } = useMe();
  const names = useGroupNames();
  return <SeatStep make={(group) => stepOf(action, group, actor, names)} onLeave={onClose} onDone={onClose} />;
}
