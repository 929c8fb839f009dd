import { type GroupState, may, own, partyName } from '@parley/negotiation';
import { type Person } from '@parley/protocol';
import { ActButton } from '../ui/act-button.tsx';
import type { DatedWords } from '../ui/moment.tsx';
import { type Names, useGroupNames } from './group.ts';
import { SeatStep, type SeatStepShown } from './seat-step.tsx';
import { useMe } from './session.ts';
import { refusalSentence } from '../ui/messages.ts';

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
    confirmSeat: sleep?.renewed === null && may(actor, 'confirmSeat', on).ok ? ({ ok: false, reason: 'not-renewed' } as const) : may(actor, 'confirmSeat', on),
    keepSeat: may(actor, 'keepSeat', on), remove: may(actor, 'remove', on),
  };
  const button = (does: SeatAction['does'], label: string) => {
    const verdict = verdicts[does];
    if (!verdict.ok && !SAID.includes(verdict.reason)) return null;
    return <ActButton variant="default" onClick={() => onAction({ does, person })} about={person.name} refusal={verdict.ok ? null : refusalSentence(verdict.reason)}>{label}</ActButton>;
  };
  return (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      {sleep ? button('confirmSeat', 'Confirm') : null}
      {button('keepSeat', 'Let it stand')}
      {button('remove', person.user === actor.user ? 'Give up' : neutral && actor.role === 'head' ? 'Ask to end' : 'Remove')}
    </span>
  );
}

type Words = Omit<SeatStepShown, 'wish'>;

function wordsFor(does: SeatAction['does'], name: string, neutral: boolean, byHead: boolean, told: DatedWords): Words {
  switch (does) {
    case 'confirmSeat': return { title: `Confirm ${name}?`, words: [told, `Ask ${name} by another way whether it was they who opened the link, and when. If you confirm, the seat ${neutral ? 'works again as soon as a head of each delegation has' : 'works again at once'}. Both delegations are told.`], button: `It is ${name}`, stops: false };
    case 'keepSeat': return { title: `Let the seat of ${name} stand?`, words: ['Your delegation no longer asks that this seat ends.'], button: 'Let it stand', stops: false };
    case 'remove': return neutral && byHead
      ? { title: `Ask that the seat of ${name} ends?`, words: ['It ends when a head of the other delegation asks it too. Both delegations are told.', told], button: 'Ask to end it', stops: true }
      : { title: `Remove ${name}?`, words: ['The seat is vacated at once: open pages of this person close. The account stays and can be invited again. What was written stays on the record.', told], button: 'Remove', stops: true };
  }
}

/** What has been done about the seat so far, as far as the action rests on it. */
function toldOf({ does, person: { user, name } }: SeatAction, group: GroupState, names: Names): DatedWords {
  const sleep = own(group.asleep, user), asking = Object.keys(own(group.endings, user) ?? {}).map((id) => partyName(group, id));
  if (does === 'remove') return asking.length > 0 ? [`A head of ${asking.join(' and ')} has asked that the seat ends.`] : [];
  if (!sleep) return [];
  const opened: DatedWords = sleep.renewed === null ? [] : [' Somebody opened the link and chose a password on ', { at: sleep.renewed, said: 'full' }, '.'];
  return [`The account of ${name} was reset by ${names.name(sleep.by)} on `, { at: sleep.since, said: 'full' }, '.', ...opened];
}

/** The first step as the rules let this actor be shown it now. */
function stepOf(action: SeatAction, group: GroupState, actor: Parameters<typeof may>[0], names: Names): SeatStepShown | null {
  const { does, person: { user, name } } = action, seat = own(group.seats, user), sleep = own(group.asleep, user);
  if (!seat || !may(actor, does, { group, user }).ok) return null;
  const { words, ...step } = wordsFor(does, name, seat.delegation === undefined, actor.role === 'head' && user !== actor.user, toldOf(action, group, names));
  const shown = { ...step, words: words.filter((sentence) => sentence.length > 0) };
  if (does === 'confirmSeat') return sleep ? { ...shown, wish: { t: does, user, link: sleep.link } } : null;
  return { ...shown, wish: { t: does, user } };
}

/** Says what will happen to a seat, and does it when told so: two steps. */
export function SeatActionStep({ action, onClose }: { readonly action: SeatAction; readonly onClose: () => void }) {
  const { actor } = useMe();
  const names = useGroupNames();
  return <SeatStep make={(group) => stepOf(action, group, actor, names)} onLeave={onClose} onDone={onClose} />;
}
