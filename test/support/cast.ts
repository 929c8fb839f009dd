import { type Cast, member } from '../../apps/cli/src/cast.ts';

/** What a test group is called, and who its people are: a surname says where somebody sits. */
export const GROUP_NAME = 'Test Dialogue';

export const CAST = {
  admin: member('Adil Admin', 'administrator', undefined, 'admin'),
  azHead: member('Ada Azure', 'head', 'azure', 'azHead'),
  az: member('Aki Azure', 'negotiator', 'azure', 'az'),
  ocHead: member('Olu Ochre', 'head', 'ochre', 'ocHead'),
  oc: member('Ona Ochre', 'negotiator', 'ochre', 'oc'),
  chair: member('Cleo Chair', 'moderator', undefined, 'chair'),
  auditor: member('Aud Auditor', 'auditor', undefined, 'auditor'),
  observer: member('Obi Observer', 'observer', undefined, 'observer'),
} satisfies Cast<string>;

export type Seat = keyof typeof CAST;
export const SEATS = Object.keys(CAST) as Seat[];
export type CastName = Exclude<Seat, 'admin'>;
/** Everybody but the administrator. */
export const NAMES = SEATS.filter((name): name is CastName => name !== 'admin');

/** Of everybody, unless a test says otherwise. */
export const PASSWORD = 'correct horse battery staple';
/** What somebody chooses after it. */
export const OTHER_PASSWORD = 'nine quiet rivers bend slowly';
