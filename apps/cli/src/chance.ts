import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Timers } from '@parley/sync';

const STEPS = 2 ** 47;

/** From 0 up to 1. */
export const random = (): number => randomInt(STEPS) / STEPS;

/** An id for an act. */
export const newId = (): string => randomUUID();

/** A salt for the words of an act. */
export const newSalt = (): string => randomBytes(16).toString('hex');

/** The secret of a one-time link: 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const timers: Timers = {
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};
