import type { validateUpdate } from '../src/update-validator.ts';
import { validateBy } from '../src/validator-structs-in-order.ts';
import { type UpdateRule, UpdateRules } from '../src/validator-structs.ts';

/** For specs and the campaign only: the validator without one of its rules. */
export const validatorWithout = (rule: UpdateRule): typeof validateUpdate => (doc, update, who) => validateBy(new UpdateRules(rule), doc, update, who);
