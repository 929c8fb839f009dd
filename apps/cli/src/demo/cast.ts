import type { Delegation, Role } from '@parley/negotiation';

/** The working group of the demo. Countries and people are invented; what they propose is nobody's position. */
export const GROUP_NAME = 'High-Level Joint Dialogue on Cybercrime';

export const DELEGATIONS: readonly [Delegation, Delegation] = [
  { id: 'azure', code: 'AZ', name: 'Azure' },
  { id: 'ochre', code: 'OC', name: 'Ochre' },
];

export const CAST_KEYS = [
  'administrator', 'azureHead', 'azureFirst', 'azureSecond', 'ochreHead', 'ochreFirst', 'ochreSecond', 'moderator', 'auditor', 'observer',
] as const;
export type CastKey = (typeof CAST_KEYS)[number];

export interface CastMember {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly delegation?: 'azure' | 'ochre';
  /** Whose link it is; nobody invites the founder of the group. */
  readonly invitedBy: CastKey | null;
}

const member = (displayName: string, role: Role, invitedBy: CastKey | null, delegation?: 'azure' | 'ochre'): CastMember =>
  ({ userName: displayName.toLowerCase().replaceAll(' ', '.'), displayName, role, invitedBy, ...(delegation && { delegation }) });

/** In the order in which they are seated. */
export const CAST: Readonly<Record<CastKey, CastMember>> = {
  administrator: member('Ruth Abelin', 'administrator', null),
  azureHead: member('Maren Thalberg', 'head', 'administrator', 'azure'),
  azureFirst: member('Ilya Corvane', 'negotiator', 'azureHead', 'azure'),
  azureSecond: member('Sunniva Adair', 'negotiator', 'azureHead', 'azure'),
  ochreHead: member('Kamil Oduri', 'head', 'administrator', 'ochre'),
  ochreFirst: member('Leandra Suvaki', 'negotiator', 'ochreHead', 'ochre'),
  ochreSecond: member('Bastien Roumel', 'negotiator', 'ochreHead', 'ochre'),
  moderator: member('Ximena Farrow', 'moderator', 'administrator'),
  auditor: member('Ove Lindqvarn', 'auditor', 'administrator'),
  observer: member('Noor Castellane', 'observer', 'administrator'),
};
