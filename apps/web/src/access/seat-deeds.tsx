import { Button, Modal } from '@mantine/core';
import { type GroupState, may, own } from '@parley/negotiation';
import { type Person, sentenceOf } from '@parley/protocol';
import { useState } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { ActButton } from '../ui/act-button.tsx';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { useGroupAct } from './group.ts';
import { LinkDialog } from './link-dialog.tsx';
import { newLink } from './link.ts';
import { useMe } from './session.ts';

/** What can be done to somebody's seat. */
export interface SeatDeed { readonly does: 'remove' | 'keepSeat' | 'resetAccount' | 'confirmSeat'; readonly person: Person }

interface ButtonsProps { readonly group: GroupState; readonly person: Person; readonly onDeed: (deed: SeatDeed) => void }

/** Reasons that say what has to happen first; every other one means that it is not this person's to do. */
const SAID = ['last-head', 'last-administrator', 'not-renewed'];

/** A button for everything that may be done to a seat; `SAID` ones that may not be done now say why. */
export function SeatButtons({ group, person, onDeed }: ButtonsProps) {
  const { actor } = useMe();
  const seat = own(group.seats, person.user), sleep = own(group.asleep, person.user);
  if (!seat) return null;
  const on = { group, user: person.user };
  const neutral = seat.delegation === undefined;
  const verdicts = {
    confirmSeat: sleep?.renewed === null && may(actor, 'confirmSeat', on).ok ? ({ ok: false, reason: 'not-renewed' } as const) : may(actor, 'confirmSeat', on),
    keepSeat: may(actor, 'keepSeat', on), resetAccount: may(actor, 'resetAccount', on), remove: may(actor, 'remove', on),
  };
  const button = (does: SeatDeed['does'], label: string) => {
    const verdict = verdicts[does];
    if (!verdict.ok && !SAID.includes(verdict.reason)) return null;
    return <ActButton variant="default" onClick={() => onDeed({ does, person })} about={person.name} refusal={verdict.ok ? null : sentenceOf(verdict.reason)}>{label}</ActButton>;
  };
  return (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      {sleep ? button('confirmSeat', 'Confirm') : null}
      {button('keepSeat', 'Let it stand')}
      {button('resetAccount', 'Reset account')}
      {button('remove', person.user === actor.user ? 'Give up' : neutral && actor.role === 'head' ? 'Ask to end' : 'Remove')}
    </span>
  );
}

interface Told { readonly title: string; readonly words: string; readonly button: string; readonly stops: boolean }

function told({ does, person: { name } }: SeatDeed, neutral: boolean, byHead: boolean): Told {
  switch (does) {
    case 'confirmSeat': return { title: `Confirm ${name}?`, words: `The account of ${name} was reset, and somebody has opened the link and chosen a password. Ask ${name} by another way whether it was they, and when. If you confirm, the seat works again at once.`, button: `It is ${name}`, stops: false };
    case 'keepSeat': return { title: `Let the seat of ${name} stand?`, words: 'Your delegation no longer asks that this seat ends.', button: 'Let it stand', stops: false };
    case 'resetAccount': return { title: `Reset the account of ${name}?`, words: `For somebody who has lost both password and recovery code. ${name} is signed out everywhere, and the seat does nothing until ${neutral ? 'a head of each delegation' : 'another member of the delegation'} has confirmed it. Both delegations are told. You get a link to hand over, by which ${name} chooses a new password.`, button: 'Reset the account', stops: true };
    case 'remove': return neutral && byHead
      ? { title: `Ask that the seat of ${name} ends?`, words: 'It ends when a head of the other delegation asks it too. Both delegations are told.', button: 'Ask to end it', stops: true }
      : { title: `Remove ${name}?`, words: 'The seat is vacated at once: open pages of this person close. The account stays and can be invited again. What was written stays on the record.', button: 'Remove', stops: true };
  }
}

/** Says what will happen, and does it when told so. */
export function SeatDialog({ deed, group, onClose }: { readonly deed: SeatDeed; readonly group: GroupState; readonly onClose: () => void }) {
  const { actor } = useMe();
  const act = useGroupAct();
  const [address, setAddress] = useState<string | null>(null);
  const { person, does } = deed;
  const { title, words, button, stops } = told(deed, own(group.seats, person.user)?.delegation === undefined, actor.role === 'head' && person.user !== actor.user);
  const perform = (): void => {
    const fresh = newLink();
    act.mutate(does === 'resetAccount' ? { t: does, user: person.user, link: fresh.link } : { t: does, user: person.user }, {
      onSuccess: () => (does === 'resetAccount' ? setAddress(fresh.address) : onClose()), onError: (e) => { onClose(); sayRefusal(sentenceOfError(e)); },
    });
  };
  if (address !== null) return <LinkDialog address={address} title={`A link for ${person.name}`} advice={`Give it to ${person.name} in person, or by a way that nobody else reads.`} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={title}>
      <p>{words}</p>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onClose}>{does === 'remove' ? 'Keep the seat' : 'Not now'}</Button>
        <Button color={stops ? 'stop' : undefined} loading={act.isPending} onClick={perform}>{button}</Button>
      </div>
    </Modal>
  );
}
