import { Button, Modal } from '@mantine/core';
import { type GroupState, may, partyName, type ProposedSeat } from '@parley/negotiation';
import { useState } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { shortTime } from '../ui/time.ts';
import { listed } from '../ui/words.ts';
import { useGroupAct, useGroupNames } from './group.ts';
import { ROLE_NAME, ROLE_PURPOSE } from './roles.ts';
import { useMe } from './session.ts';

type Answer = 'acceptSeat' | 'declineSeat';

/** Neutral seats that wait for the heads. */
export function ProposedSeats({ group }: { readonly group: GroupState }) {
  const [answering, setAnswering] = useState<{ readonly seat: ProposedSeat; readonly with: Answer } | null>(null);
  const proposed = Object.values(group.proposed);
  if (proposed.length === 0) return null;
  return (
    <section className="card roster tone-none" aria-label="Proposed seats">
      <h2 className="section-title">Proposed: a head of each delegation accepts</h2>
      <ul className="seat-list">{proposed.map((seat) => <Proposed key={seat.user} group={group} seat={seat} onAnswer={(with_) => setAnswering({ seat, with: with_ })} />)}</ul>
      {answering ? <AnswerDialog {...answering} onClose={() => setAnswering(null)} /> : null}
    </section>
  );
}

function Proposed({ group, seat, onAnswer }: { readonly group: GroupState; readonly seat: ProposedSeat; readonly onAnswer: (answer: Answer) => void }) {
  const { actor } = useMe();
  const { name } = useGroupNames();
  const can = (answer: Answer): boolean => may(actor, answer, { group, user: seat.user, role: seat.role }).ok;
  const sides = (has: boolean): string[] => group.delegations.filter(({ id }) => Object.hasOwn(seat.accepted, id) === has).map(({ id }) => partyName(group, id));
  return (
    <li>
      <span>
        <b>{name(seat.user)}</b> as {ROLE_NAME[seat.role]}<br />
        <span className="quiet">proposed by {name(seat.by)}, {shortTime(seat.at)}. {sides(true).length > 0 ? `${listed(sides(true))} has accepted; ` : ''}{listed(sides(false))} has not answered yet.</span>
      </span>
      <span className="row">
        {can('acceptSeat') ? <Button size="xs" onClick={() => onAnswer('acceptSeat')}>Accept<span className="hidden-words"> {name(seat.user)}</span></Button> : null}
        {can('declineSeat') ? <Button size="xs" variant="default" onClick={() => onAnswer('declineSeat')}>{actor.role === 'administrator' ? 'Withdraw' : 'Decline'}<span className="hidden-words"> {name(seat.user)}</span></Button> : null}
      </span>
    </li>
  );
}

function AnswerDialog({ seat, with: answer, onClose }: { readonly seat: ProposedSeat; readonly with: Answer; readonly onClose: () => void }) {
  const { name } = useGroupNames();
  const act = useGroupAct();
  const accepts = answer === 'acceptSeat', who = name(seat.user);
  const perform = (): void => act.mutate(accepts ? { t: 'acceptSeat', user: seat.user, role: seat.role } : { t: 'declineSeat', user: seat.user }, {
    onSuccess: onClose, onError: (e) => { onClose(); sayRefusal(sentenceOfError(e)); },
  });
  return (
    <Modal opened onClose={onClose} title={accepts ? `Accept ${who} as ${ROLE_NAME[seat.role]}?` : `No seat for ${who}?`}>
      {accepts ? <p>{ROLE_NAME[seat.role]}: {ROLE_PURPOSE[seat.role]}. Whoever opened the link calls himself or herself {who}: make sure by another way that it is the right person. The seat begins when the other head has accepted too, and ends then only by its holder, by both heads together, or by the administrator.</p>
        : <p>The proposal ends. The administrator can invite again.</p>}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onClose}>Not now</Button>
        <Button color={accepts ? undefined : 'stop'} loading={act.isPending} onClick={perform}>{accepts ? `Accept ${who}` : 'End the proposal'}</Button>
      </div>
    </Modal>
  );
}
