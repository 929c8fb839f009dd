import type * as Y from 'yjs';
import { validateBy } from './validator-structs-in-order.ts';
import { type ValidUpdate, type InvalidUpdate, UpdateRules, type Sender } from './validator-structs.ts';

export { CLOCK_LIMIT, LABEL_LIMIT, LEVEL_LIMIT, PROVISION_LIMIT, ROOM_LIMIT, UPDATE_LIMIT, WORDS_LIMIT } from './validator-limits.ts';
export { hasRoomForEdits } from './validator-capacity.ts';
export type { ValidUpdate, UpdateRefusal, UpdateRule, InvalidUpdate, Sender, OrphanedWords } from './validator-structs.ts';

const EVERY_RULE = new UpdateRules();

/**
 * The validator of a room’s updates (rules D1.. in SPEC-ROOM.md): a pure check of one client's update. Yjs believes whatever
 * bytes it is given, and some of them throw only after having changed the document, so nothing is applied that was not validated.
 *
 * May this update enter? Nothing in `doc` changes and nothing is applied, whatever the bytes. The verdict is about `doc` as it is now:
 * apply the answer's update before anything else changes it, and send out every update event of that.
 */
export const validateUpdate = (doc: Y.Doc, bytes: Uint8Array, who: Sender): ValidUpdate | InvalidUpdate => validateBy(EVERY_RULE, doc, bytes, who);
