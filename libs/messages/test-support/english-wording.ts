import { IntlMessageFormat } from 'intl-messageformat';
import { english, type Wording } from '../src/index.ts';

const lists = new Intl.ListFormat('en-GB');

/** The English words of messages, for tests: as the web has them. */
export const ENGLISH: Wording = {
  message: (id, values) => new IntlMessageFormat(english[id], 'en-GB').format(values) as string,
  listed: (names) => lists.format(names),
};
