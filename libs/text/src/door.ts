import type * as Y from 'yjs';
import { judgeBy } from './door-judgement.ts';
import { type DoorPass, type DoorStop, Guard, type Sender } from './door-structs.ts';

export { CLOCK_LIMIT, LABEL_LIMIT, LEVEL_LIMIT, PROVISION_LIMIT, ROOM_LIMIT, UPDATE_LIMIT, WORDS_LIMIT } from './door-limits.ts';
export { takesEdits } from './door-room.ts';
export type { DoorPass, DoorRefusal, DoorRule, DoorStop, Sender, Swallowed } from './door-structs.ts';

const EVERY_RULE = new Guard();

/**
 * The door of a room (DESIGN 3, YJS 0.3 and 4; rules D1.. in SPEC-ROOM.md): a pure check of one client's update. Yjs believes whatever
 * bytes it is given, and some of them throw only after having changed the document, so nothing is applied that was not judged.
 *
 * May this update enter? Nothing in `doc` changes and nothing is applied, whatever the bytes. The judgement is about `doc` as it is now:
 * apply the answer's update before anything else changes it, and send out every update event of that.
 */
export const judge = (doc: Y.Doc, bytes: Uint8Array, who: Sender): DoorPass | DoorStop => judgeBy(EVERY_RULE, doc, bytes, who);
