import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InstallationView } from '@parley/protocol';
import { useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { StepPanel } from '../ui/step-panel.tsx';
import { listed } from '../ui/words.ts';
import { LinkDialog } from './link-dialog.tsx';
import { newLink } from './link.ts';
import { ROLE_NAME } from './roles.ts';
import { useOpener } from './seat-step.tsx';
import { useSession } from './session.ts';

type Account = InstallationView['accounts'][number];

/** Everybody who has an account, and what an administrator may do about it. */
export function AccountList({ accounts }: { readonly accounts: readonly Account[] }) {
  return (
    <section className="card roster" aria-label="Accounts">
      <h2 className="section-title">Accounts</h2>
      <table><tbody>{accounts.map((account) => <AccountRow key={account.user} account={account} />)}</tbody></table>
    </section>
  );
}

function AccountRow({ account }: { readonly account: Account }) {
  const { person } = useSession();
  const [asked, setAsked] = useState(false);
  const { opened, left } = useOpener();
  const { name, places, closed, administrator } = account;
  const seated = places.filter(({ state }) => state !== 'proposed');
  const sits = places.map((place) => `${ROLE_NAME[place.role]} in ${place.name}${place.state === 'asleep' ? ' (asleep)' : place.state === 'proposed' ? ' (proposed)' : ''}`);
  return (
    <>
      <tr>
        <td><b>{name}</b>{administrator ? <span className="quiet"> · administrator</span> : null}<br /><span className="quiet">{closed ? 'closed' : sits.length > 0 ? listed(sits) : 'no seat'}</span></td>
        <td>{closed || seated.length === 0 || account.user === person?.user ? null : <Button variant="default" onClick={() => { opened(); setAsked(true); }}>Reset account<span className="hidden-words"> of {name}</span></Button>}</td>
      </tr>
      {asked ? <tr className="seat-step"><td colSpan={2}><ResetStep account={account} group={seated[0]!.group} onClose={() => { setAsked(false); left(); }} /></td></tr> : null}
    </>
  );
}

/** Says what a reset comes to, and does it when told so. The link is of one of the groups in which the account sits; it is good for all of them. */
function ResetStep({ account: { user, name }, group, onClose }: { readonly account: Account; readonly group: string; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [fresh] = useState(() => newLink(group));
  const reset = useMutation({
    mutationFn: () => request<void>('POST', `/api/accounts/${user}/reset`, { link: fresh.link }), onSettled: () => queries.invalidateQueries({ queryKey: ['installation'] }),
  });
  if (reset.isSuccess) return <LinkDialog address={fresh.address} title={`A link for ${name}`} advice={`Give it to ${name} in person, or by a way that nobody else reads.`} onClose={onClose} />;
  return (
    <StepPanel
      title={`Reset the account of ${name}?`} busy={reset.isPending} moved={false} refused={reset.error ? sentenceOfError(reset.error) : null} onLeave={onClose} onAgain={onClose}
      ways={[{ label: 'Reset the account', perform: () => reset.mutate(), color: 'stop' }]}
    >
      <p>For somebody who has lost both password and recovery code. {name} is signed out everywhere, and the seat does nothing in any working group until another member of the delegation there, or for a neutral seat a head of each delegation, has confirmed it. Both delegations of every group are told. You get a link to hand over, by which {name} chooses a new password.</p>
    </StepPanel>
  );
}
