const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** A new id for an act or a provision: 22 letters, 132 bits. `random` gives numbers from 0 up to 1. */
export const actId = (random: () => number): string => Array.from({ length: 22 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
