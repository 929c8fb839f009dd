import { ROOM_KINDS, RoomCatalogue, type RoomKind } from '../src/index.ts';

/** A kind of room that the product does not have: one for each party, read and written by nobody else, in the party's own log. */
const SECRET: RoomKind = {
  name: 'secret', of: 'party', readers: 'party', writers: 'party', log: 'private', written: ['drafting', 'negotiation'], closes: 'never', compared: ['drafting', 'negotiation', 'closed'], begins: 'empty',
};

/** The product's kinds of rooms and `secret:<party>`, with which tests prove what private rooms rest on; it is what people write in their private logs here. */
export const SECRET_ROOMS = new RoomCatalogue([SECRET, ...ROOM_KINDS]);
