import { Button } from '@mantine/core';
import { type GroupState, may, own, partyName, type ProposedSeat } from '@parley/negotiation';
import { useState } from 'react';
import { type DatedWords, Moment } from '../ui/moment.tsx';
import { listed } from '../ui/words.ts';
import { useGroupNames } from './group.ts';
import { ROLE_NAME, ROLE_PURPOSE } from './roles.ts';
import { SeatStep, type SeatStepShown, useOpener } from './seat-step.tsx';
import { useMe } from './session.ts';

type Answer = 'acceptSeat' | 'declineSeat';

/** Neutral seats that wait for the heads. */
export function ProposedSeats({ group }: { readonly group: GroupState }) {
  const proposed = Object.values(group.proposed);
  if (proposed.length === 0) return null;
  return (
    <section className="card roster tone-none" aria-label="Proposed seats">
      <h2 className="section-title">Proposed: a head of each delegation accepts</h2>
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
  const can = (answer: Answer): boolean => may(actor, answer, { group, user: seat.user, role: seat.role }).ok;
  const sides = (has: boolean): string[] => group.delegations.filter(({ id }) => Object.hasOwn(seat.accepted, id) === has).map(({ id }) => partyName(group, id));
  return (
    <li>
      <span>
        <b>{name(seat.user)}</b> as {ROLE_NAME[seat.role]}<br />
        <span className="quiet">proposed by {name(seat.by)}, <Moment at={seat.at} said="short" />. {sides(true).length > 0 ? `${listed(sides(true))} has accepted; ` : ''}{listed(sides(false))} has not answered yet.</span>
      </span>
      <span className="row">
        {can('acceptSeat') ? <Button size="xs" onClick={() => onAnswer('acceptSeat')}>Accept<span className="hidden-words"> {name(seat.user)}</span></Button> : null}
        {can('declineSeat') ? <Button size="xs" variant="default" onClick={() => onAnswer('declineSeat')}>{actor.role === 'administrator' ? 'Withdraw' : 'Decline'}<span className="hidden-words"> {name(seat.user)}</span></Button> : null}
      </span>
      {answering ? <SeatStep key={answering} make={(now) => stepOf(answering, seat, now, actor, name)} onLeave={close} onDone={close} /> : null}
    </li>
  );
}

/** The first step of an answer; null when this actor has nothing to answer any more. */
function stepOf(answer: Answer, { user, role, by, at }: ProposedSeat, group: GroupState, actor: Parameters<typeof may>[0], name: (user: string) => string): SeatStepShown | null {
  const seat = own(group.proposed, user), who = name(user);
  if (!seat || seat.at !== at || !may(actor, answer, { group, user, role }).ok) return null;
  const proposed: DatedWords = [`Proposed by ${name(by)} on `, { at, said: 'full' }, '.'];
  if (answer === 'declineSeat') return { title: `No seat for ${who}?`, words: [proposed, 'The proposal ends. The administrator can invite again.'], button: 'End the proposal', stops: true, wish: { t: answer, user, proposedAt: at } };
  const others = Object.keys(seat.accepted).map((id) => partyName(group, id)), begins = others.length > 0 ? `${listed(others)} has accepted: the seat begins when you do` : 'The seat begins when the other head has accepted too';
  return {
    title: `Accept ${who} as ${ROLE_NAME[role]}?`, button: `Accept ${who}`, stops: false, wish: { t: answer, user, role, proposedAt: at },
    words: [[`${ROLE_NAME[role]}: ${ROLE_PURPOSE[role]}. `, ...proposed], `Whoever opened the link calls himself or herself ${who}: make sure by another way that it is the right person. ${begins}, and ends then only by its holder, by both heads together, or by the administrator.`],
  };
}
