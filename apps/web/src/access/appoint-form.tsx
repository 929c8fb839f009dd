import { Button, NativeSelect } from '@mantine/core';
import { type Actor, type GroupState, may, type Role, ROLES } from '@parley/negotiation';
import type { AccountView } from '@parley/protocol';
import { type FormEvent, useState } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { sayDone, sayRefusal } from '../ui/refusal-notice.ts';
import { useGroupAct } from './group.ts';
import { ROLE_NAME, ROLE_PURPOSE } from './roles.ts';
import { useMe } from './session.ts';

interface Chair { readonly role: Role; readonly delegation?: string; readonly label: string }

/** The seats this actor may give now, as the policy says. */
function seatsToGive(actor: Actor, group: GroupState): Chair[] {
  const every = ROLES.flatMap((role): Chair[] => role === 'head' || role === 'negotiator'
    ? group.delegations.map((d) => ({ role, delegation: d.id, label: `${ROLE_NAME[role]}, ${d.name}` }))
    : [{ role, label: ROLE_NAME[role] }]);
  return every.filter(({ role, delegation }) => may(actor, 'appoint', { group, role, ...(delegation === undefined ? {} : { delegation }) }).ok);
}

interface AppointProps { readonly group: GroupState; readonly candidates: readonly AccountView[] }

export function AppointForm({ group, candidates }: AppointProps) {
  const { actor } = useMe();
  const seats = seatsToGive(actor, group);
  const [user, setUser] = useState('');
  const [label, setLabel] = useState('');
  const appoint = useGroupAct();
  // By name, and nothing in its place when it is gone: both lists change under the hand while others are seated.
  const seat = seats.find((s) => s.label === label);
  const chosen = candidates.find((c) => c.user === user);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!seat || !chosen) return;
    appoint.mutate({ t: 'appoint', user: chosen.user, role: seat.role, ...(seat.delegation === undefined ? {} : { delegation: seat.delegation }) }, {
      onSuccess: () => { setUser(''); sayDone(`${chosen.name} is seated: ${seat.label}.`); }, onError: (e) => sayRefusal(sentenceOfError(e)),
    });
  };
  return (
    <form className="card stack" onSubmit={submit} aria-labelledby="appoint-title">
      <h2 id="appoint-title" className="section-title" style={{ margin: 0 }}>Seat a person</h2>
      {candidates.length === 0 ? <p className="quiet" style={{ margin: 0 }}>Everybody with an account has a seat. {actor.role === 'head' ? 'The administrator makes accounts.' : 'Make an account first.'}</p> : (
        <>
          <NativeSelect label="Person" value={chosen?.user ?? ''} onChange={(e) => setUser(e.currentTarget.value)} data={[{ value: '', label: 'Choose a person' }, ...candidates.map((c) => ({ value: c.user, label: `${c.name} (${c.userName})` }))]} />
          <NativeSelect
            label="Seat" value={seat?.label ?? ''} onChange={(e) => setLabel(e.currentTarget.value)}
            description={seat ? ROLE_PURPOSE[seat.role] : undefined} data={[{ value: '', label: 'Choose a seat' }, ...seats.map((s) => ({ value: s.label, label: s.label }))]}
          />
          <div><Button type="submit" loading={appoint.isPending} disabled={!seat || !chosen}>Seat</Button></div>
        </>
      )}
      {actor.role === 'administrator' ? <p className="quiet" style={{ margin: 0 }}>You seat the first head of each delegation. After that only a head appoints that delegation’s members.</p> : null}
    </form>
  );
}
