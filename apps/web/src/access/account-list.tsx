import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InstallationView } from '@parley/protocol';
import { useState } from 'react';
import { request, sentenceOfError } from '../sync/request.ts';
import { listed, message } from '../ui/messages.ts';
import { StepPanel } from '../ui/step-panel.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { newLink } from './link-address.ts';
import { roleName } from './roles.ts';
import { useOpener } from './seat-step.tsx';
import { useSession } from './session.ts';

type Account = InstallationView['accounts'][number];

/** Everybody who has an account, and what an administrator may do about it. */
export function AccountList({ accounts }: { readonly accounts: readonly Account[] }) {
  return (
    <section className="card roster" aria-label={message('access.accounts.title')}>
      <h2 className="section-title">{message('access.accounts.title')}</h2>
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
  const sits = places.map((place) => message('access.accounts.seat', { role: roleName(place.role), group: place.name, state: place.state }));
  return (
    <>
      <tr>
        <td>{message('access.accounts.name', { name, administrator: administrator ? 'yes' : 'no', b: (inside) => <b>{inside}</b>, quiet: (inside) => <span className="quiet">{inside}</span> })}<br /><span className="quiet">{closed ? message('access.accounts.closed') : sits.length > 0 ? listed(sits) : message('access.accounts.noSeat')}</span></td>
        <td>{closed || seated.length === 0 || account.user === person?.user ? null : <Button variant="default" onClick={() => { opened(); setAsked(true); }}>{message('access.accounts.reset', { name, hidden: (inside) => <span className="hidden-words">{inside}</span> })}</Button>}</td>
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
  if (reset.isSuccess) return <LinkDialog address={fresh.address} title={message('access.reset.link.title', { name })} advice={message('access.reset.link.advice', { name })} onClose={onClose} />;
  return (
    <StepPanel
      title={message('access.reset.title', { name })} busy={reset.isPending} moved={false} refused={reset.error ? sentenceOfError(reset.error) : null} onLeave={onClose} onAgain={onClose}
      ways={[{ label: message('access.reset.button'), perform: () => reset.mutate(), color: 'stop' }]}
    >
      <p>{message('access.reset.explanation', { name })}</p>
    </StepPanel>
  );
}
