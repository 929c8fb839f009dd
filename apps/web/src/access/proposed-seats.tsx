import { Button } from '@mantine/core';
import { type GroupState, may, own, type ProposedSeat } from '@parley/negotiation';
import { type ReactNode, useState } from 'react';
import { listed, message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { mayAnswerSeat, seatPlace } from './awaited-seats.ts';
import { useGroupNames } from './group.ts';
import { roleName, rolePurpose } from './roles.ts';
import { SeatStep, type SeatStepShown, useOpener } from './seat-step.tsx';
import { useMe } from './session.ts';

const hidden = (inside: ReactNode) => <span className="hidden-words">{inside}</span>;

type Answer = 'acceptSeat' | 'declineSeat';

/** Neutral seats that wait for the heads. */
export function ProposedSeats({ group }: { readonly group: GroupState }) {
  const proposed = Object.values(group.proposed);
  if (proposed.length === 0) return null;
  return (
    <section className="card roster tone-none" aria-label={message('access.proposed.name')}>
      <h2 className="section-title">{message('access.proposed.title')}</h2>
      <ul className="seat-list">{proposed.map((seat) => <Proposed key={seat.user} group={group} seat={seat} />)}</ul>
    </section>
  );
}

function Proposed({ group, seat }: { readonly group: GroupState; readonly seat: ProposedSeat }) {
  const [answering, setAnswering] = useState<Answer | null>(null);
  const { opened, left } = useOpener();
  const onAnswer = (answer: Answer): void => { opened(); setAnswering(answer); };
  const close = (): void => { setAnswering(null); left(); };
  const { actor } = useMe();
  const { name } = useGroupNames();
  const can = (answer: Answer): boolean => mayAnswerSeat(actor, answer, seat, group);
  const sides = (has: boolean): string[] => group.delegations.filter(({ id }) => Object.hasOwn(seat.accepted, id) === has).map(({ id }) => partyName(group, id));
  return (
    <li id={seatPlace(seat.user)} tabIndex={-1}>
      <span>
        {message('access.proposed.seat', { name: name(seat.user), role: roleName(seat.role), b: (inside) => <b>{inside}</b> })}<br />
        <span className="quiet">{message('access.proposed.state', {
          by: name(seat.by), at: <Moment at={seat.at} said="short" />, accepted: sides(true).length > 0 ? 'yes' : 'no', accepting: listed(sides(true)), missing: listed(sides(false)),
        })}</span>
      </span>
      <span className="row">
        {can('acceptSeat') ? <Button size="xs" onClick={() => onAnswer('acceptSeat')}>{message('access.proposed.accept', { name: name(seat.user), hidden })}</Button> : null}
        {can('declineSeat') ? <Button size="xs" variant="default" onClick={() => onAnswer('declineSeat')}>{message('access.proposed.decline', { by: actor.role === 'administrator' ? 'administrator' : 'head', name: name(seat.user), hidden })}</Button> : null}
      </span>
      {answering ? <SeatStep key={answering} make={(now) => stepOf(answering, seat, now, actor, name)} onLeave={close} onDone={close} /> : null}
    </li>
  );
}

/** The first step of an answer; null when this actor has nothing to answer any more. */
function stepOf(answer: Answer, { user, role, by, at }: ProposedSeat, group: GroupState, actor: Parameters<typeof may>[0], name: (user: string) => string): SeatStepShown | null {
  const seat = own(group.proposed, user), who = name(user);
  if (!seat || seat.at !== at || !mayAnswerSeat(actor, answer, seat, group)) return null;
  const proposed = { by: name(by), at: { at, said: 'full' } } as const;
  if (answer === 'declineSeat') return { title: message('access.proposed.decline.title', { name: who }), words: [{ id: 'access.proposed.decline.proposed', values: proposed }, { id: 'access.proposed.decline.explanation' }], button: message('access.proposed.decline.button'), stops: true, wish: { t: answer, user, proposedAt: at } };
  const others = Object.keys(seat.accepted).map((id) => partyName(group, id));
  return {
    title: message('access.proposed.accept.title', { name: who, role: roleName(role) }), button: message('access.proposed.accept.button', { name: who }), stops: false, wish: { t: answer, user, role, proposedAt: at },
    words: [
      { id: 'access.proposed.accept.role', values: { role: roleName(role), purpose: rolePurpose(role), ...proposed } },
      { id: 'access.proposed.accept.explanation', values: { name: who, accepted: others.length > 0 ? 'yes' : 'no', accepting: listed(others) } },
    ],
  };
}
