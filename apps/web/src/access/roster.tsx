import { Button, Modal } from '@mantine/core';
import { CHAIR, type GroupState, may, type Role } from '@parley/negotiation';
import { type Person, sentenceOf } from '@parley/protocol';
import { useState } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { ActButton } from '../ui/act-button.tsx';
import { PersonMark, toneOf } from '../ui/party.tsx';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { useGroupAct } from './group.ts';
import { ROLE_NAME } from './roles.ts';
import { useMe } from './session.ts';

interface RosterProps { readonly group: GroupState; readonly people: readonly Person[] }

const RANK: readonly Role[] = ['head', 'negotiator', 'moderator', 'auditor', 'observer', 'administrator'];
const byRank = (a: Person, b: Person): number => RANK.indexOf(a.role!) - RANK.indexOf(b.role!) || a.name.localeCompare(b.name);

/** Everybody with a seat, by delegation. */
export function Roster({ group, people }: RosterProps) {
  const [leaving, setLeaving] = useState<Person | null>(null);
  const seated = people.filter((p) => p.role !== undefined);
  const parts = [
    ...group.delegations.map((d) => ({ name: `${d.name} (${d.code})`, tone: toneOf(group, d.id), people: seated.filter((p) => p.delegation === d.id) })),
    { name: 'Chair', tone: toneOf(group, CHAIR), people: seated.filter((p) => p.role === 'moderator') },
    { name: 'Neither side', tone: 'tone-none', people: seated.filter((p) => p.delegation === undefined && p.role !== 'moderator') },
  ];
  return (
    <div className="stack">
      {parts.map((part) => (
        <section key={part.name} className={`card roster ${part.tone}`} aria-label={part.name}>
          <h2 className="section-title" style={{ color: 'var(--tone)' }}>{part.name}</h2>
          {part.people.length === 0 ? <p className="quiet">Nobody is seated here yet.</p> : (
            <table><tbody>{[...part.people].sort(byRank).map((p) => <RosterRow key={p.user} group={group} person={p} onRemove={() => setLeaving(p)} />)}</tbody></table>
          )}
        </section>
      ))}
      <RemovalDialog leaving={leaving} onClose={() => setLeaving(null)} />
    </div>
  );
}

function RosterRow({ group, person, onRemove }: { readonly group: GroupState; readonly person: Person; readonly onRemove: () => void }) {
  const { actor, person: me } = useMe();
  const verdict = may(actor, 'remove', { group, user: person.user });
  const concernsMe = verdict.ok || ['last-head', 'last-administrator'].includes(verdict.reason);
  return (
    <tr>
      <td style={{ width: 34 }}><PersonMark person={person} group={group} named /></td>
      <td><b>{person.name}</b>{person.user === me.user ? <span className="quiet"> · you</span> : null}<br /><span className="quiet">{person.role ? ROLE_NAME[person.role] : ''}</span></td>
      <td>{concernsMe ? <ActButton variant="default" onClick={onRemove} about={person.name} refusal={verdict.ok ? null : sentenceOf(verdict.reason)}>Remove</ActButton> : null}</td>
    </tr>
  );
}

function RemovalDialog({ leaving, onClose }: { readonly leaving: Person | null; readonly onClose: () => void }) {
  const remove = useGroupAct();
  const confirm = (): void => {
    if (leaving) remove.mutate({ t: 'remove', user: leaving.user }, { onSuccess: onClose, onError: (e) => sayRefusal(sentenceOfError(e)) });
  };
  return (
    <Modal opened={leaving !== null} onClose={onClose} title={`Remove ${leaving?.name ?? ''}?`}>
      <p>The seat is vacated at once: open pages of this person close. The account stays and can be seated again. What was written stays on the record.</p>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onClose}>Keep the seat</Button>
        <Button color="stop" loading={remove.isPending} onClick={confirm}>Remove</Button>
      </div>
    </Modal>
  );
}
