import { Button, NativeSelect } from '@mantine/core';
import { type Actor, type GroupState, type Invitation, LINK_MS, may, type Role, ROLES } from '@parley/negotiation';
import { type FormEvent, useState } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { sayDone, sayRefusal } from '../ui/refusal-notice.ts';
import { message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { useGroupAct, useGroupNames } from './group.ts';
import { LinkDialog } from './link-dialog.tsx';
import { type NewLink, newLink } from './link-address.ts';
import { roleName, rolePurpose, seatName } from './roles.ts';
import { useMe } from './session.ts';

interface Offer { readonly role: Role; readonly delegation?: string; readonly label: string }

/** The seats this actor may invite to now, as the policy says. */
function offersOf(actor: Actor, group: GroupState): Offer[] {
  const every = ROLES.flatMap((role): Offer[] => role === 'head' || role === 'negotiator'
    ? group.delegations.map((d) => ({ role, delegation: d.id, label: seatName({ role, delegation: d.id }, group) }))
    : [{ role, label: roleName(role) }]);
  return every.filter(({ role, delegation }) => may(actor, 'invite', { group, role, delegation }).ok);
}

/** Makes one-time links to seats. No account is named: whoever opens the link begins one or uses the own. */
export function InviteForm({ group }: { readonly group: GroupState }) {
  const { actor, groupId } = useMe();
  const offers = offersOf(actor, group);
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<(NewLink & { readonly offer: Offer }) | null>(null);
  const invite = useGroupAct();
  const offer = offers.find((o) => o.label === label);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!offer) return;
    const link = newLink(groupId);
    invite.mutate({ t: 'invite', link: link.link, role: offer.role, ...(offer.delegation === undefined ? {} : { delegation: offer.delegation }) }, {
      onSuccess: () => { setMade({ ...link, offer }); setLabel(''); }, onError: (e) => sayRefusal(sentenceOfError(e)),
    });
  };
  return (
    <form className="card stack" onSubmit={submit} aria-labelledby="invite-title">
      <h2 id="invite-title" className="section-title" style={{ margin: 0 }}>{message('access.invite.title')}</h2>
      <NativeSelect
        label={message('access.invite.seat')} value={offer?.label ?? ''} onChange={(e) => setLabel(e.currentTarget.value)}
        description={offer ? rolePurpose(offer.role) : undefined} data={[{ value: '', label: message('access.invite.chooseSeat') }, ...offers.map((o) => ({ value: o.label, label: o.label }))]}
      />
      <div><Button type="submit" loading={invite.isPending} disabled={!offer}>{message('access.invite.button')}</Button></div>
      <p className="quiet" style={{ margin: 0 }}>{message(actor.role === 'administrator' ? 'access.invite.byAdministrator' : 'access.invite.byHead')}</p>
      {made ? <LinkDialog address={made.address} title={message('access.invite.link.title', { seat: made.offer.label })} advice={message('access.invite.link.advice')} onClose={() => setMade(null)} /> : null}
    </form>
  );
}

/** Links that nobody has opened yet. */
export function OpenInvitations({ group }: { readonly group: GroupState }) {
  const open = Object.values(group.invitations).filter(({ at }) => Date.now() - at < LINK_MS);
  if (open.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="invitations-title">
      <h2 id="invitations-title" className="section-title" style={{ margin: 0 }}>{message('access.invitations.title')}</h2>
      <ul className="seat-list">{open.map((invitation) => <OpenInvitation key={invitation.link} group={group} invitation={invitation} />)}</ul>
    </section>
  );
}

function OpenInvitation({ group, invitation }: { readonly group: GroupState; readonly invitation: Invitation }) {
  const { actor } = useMe();
  const { name } = useGroupNames();
  const revoke = useGroupAct();
  const { link, by, at } = invitation;
  const label = seatName(invitation, group);
  return (
    <li>
      <span>{label}<br /><span className="quiet">{message('access.invitations.made', { by: name(by), until: <Moment at={at + LINK_MS} said="short" /> })}</span></span>
      {may(actor, 'revokeInvitation', { group, link }).ok ? (
        <Button variant="default" size="xs" loading={revoke.isPending} aria-label={message('access.invitations.revoke.name', { seat: label })} onClick={() => revoke.mutate({ t: 'revokeInvitation', link }, { onSuccess: () => sayDone(message('access.invitations.revoked')), onError: (e) => sayRefusal(sentenceOfError(e)) })}>{message('access.invitations.revoke')}</Button>
      ) : null}
    </li>
  );
}
