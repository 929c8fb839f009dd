/** The largest update, in bytes. */
export const UPDATE_LIMIT = 256 * 1024;
/** The most units (characters, marks, keys) an update may bring; a struct of nine bytes can claim a milliard. */
export const CLOCK_LIMIT = 1_000_000;
/** The most provisions a room may have, gone ones counted. */
export const PROVISION_LIMIT = 2_000;
/** The most structs a room may have: what is deleted side by side is one. A long text written by four people has some ten thousand. */
export const ROOM_LIMIT = 200_000;
export const LABEL_LIMIT = 40;
export const LEVEL_LIMIT = 8;
