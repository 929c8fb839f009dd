/** A working group of which a test keeps, or makes up, something itself. */
export const GROUP = 'wg1';
