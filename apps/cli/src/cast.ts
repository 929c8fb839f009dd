import type { Delegation, Role } from '@parley/negotiation';
import type { Person } from './person.ts';

/** Countries and people are invented; what they propose is nobody's position. */
export const DELEGATIONS = [
  { id: 'azure', code: 'AZ', name: 'Azure' },
  { id: 'ochre', code: 'OC', name: 'Ochre' },
] as const satisfies readonly Delegation[];
export type Side = (typeof DELEGATIONS)[number]['id'];

/** Where somebody sits. */
export interface CastMember {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly delegation?: Side;
}

/** The people of a working group, by their keys, in the order in which they are seated: the administrator who founds it, and each head before whom it invites or accepts. */
export type Cast<Key extends string> = Readonly<Record<Key, CastMember>>;

export const member = (displayName: string, role: Role, delegation?: Side, userName = userNameOf(displayName)): CastMember =>
  ({ userName, displayName, role, ...(delegation && { delegation }) });

export const userNameOf = (displayName: string): string => displayName.toLowerCase().replaceAll(' ', '.');

interface Seating {
  /** Their delegations’ ids, where the group has others than those of the cast. */
  readonly ids?: Readonly<Record<Side, string>>;
  /** One after the other, so that the record is the same again; else at the same time as far as links allow it. */
  readonly inOrder: boolean;
}

/** Seats everybody but the founder, by one-time links: heads and neutral people have theirs of the founder, negotiators of their heads. `comes`: takes or opens the link. */
export async function seatCast<Key extends string>(cast: Cast<Key>, people: Readonly<Record<Key, Person>>, { ids, inOrder }: Seating, comes: (person: Person, member: CastMember, secret: string) => Promise<unknown>): Promise<void> {
  const keys = Object.keys(cast) as Key[], founder = people[keys.find((key) => cast[key].role === 'administrator')!];
  const headOf = (side: Side): Person => people[keys.find((key) => cast[key].role === 'head' && cast[key].delegation === side)!];
  const heads = DELEGATIONS.map(({ id }) => headOf(id));
  const seat = async (key: Key): Promise<void> => {
    const sits = cast[key], { role, delegation } = sits;
    await beSeated(people[key], { by: role === 'negotiator' ? headOf(delegation!) : founder, heads, role, ...(delegation && { delegation: ids?.[delegation] ?? delegation }) }, (secret) => comes(people[key], sits, secret));
  };
  const invited = keys.filter((key) => people[key] !== founder);
  if (inOrder) for (const key of invited) await seat(key);
  else for (const isHead of [true, false]) await Promise.all(invited.filter((key) => (cast[key].role === 'head') === isHead).map(seat));
}

/** One person's seat: by a one-time link; a neutral seat begins when both heads have accepted it. */
export async function beSeated(person: Person, { by, heads, role, delegation }: { readonly by: Person; readonly heads: readonly Person[]; readonly role: Role; readonly delegation?: string }, comes: (secret: string) => Promise<unknown> = (secret) => person.takesSeat(secret)): Promise<void> {
  await comes(await by.invites(role, delegation));
  if (delegation === undefined) for (const head of heads) await head.mustOnGroup({ t: 'acceptSeat', user: person.user, role });
}
