import { type Cast, member } from '../cast.ts';

/** The working group of the demo. */
export const GROUP_NAME = 'High-Level Joint Dialogue on Cybercrime';

export const CAST = {
  administrator: member('Ruth Abelin', 'administrator'),
  azureHead: member('Maren Thalberg', 'head', 'azure'),
  azureFirst: member('Ilya Corvane', 'negotiator', 'azure'),
  azureSecond: member('Sunniva Adair', 'negotiator', 'azure'),
  ochreHead: member('Kamil Oduri', 'head', 'ochre'),
  ochreFirst: member('Leandra Suvaki', 'negotiator', 'ochre'),
  ochreSecond: member('Bastien Roumel', 'negotiator', 'ochre'),
  moderator: member('Ximena Farrow', 'moderator'),
  auditor: member('Ove Lindqvarn', 'auditor'),
  observer: member('Noor Castellane', 'observer'),
} satisfies Cast<string>;

export type CastKey = keyof typeof CAST;
export const CAST_KEYS = Object.keys(CAST) as CastKey[];
