import type { judge } from '../src/door.ts';
import { judgeBy } from '../src/door-judgement.ts';
import { type DoorRule, Guard } from '../src/door-structs.ts';

/** For specs and the campaign only: the door without one of its rules. */
export const doorWithout = (rule: DoorRule): typeof judge => (doc, update, who) => judgeBy(new Guard(rule), doc, update, who);
