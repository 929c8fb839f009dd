/** The largest update, in bytes. */
export const UPDATE_LIMIT = 256 * 1024;
/** The most units (characters, marks, keys) an update may bring; a struct of nine bytes can claim a milliard. */
export const CLOCK_LIMIT = 1_000_000;
/** The most provisions a room may have, gone ones counted. */
export const PROVISION_LIMIT = 2_000;
/** The most structs a room may have: what is deleted side by side is one. A long text written by four people has some ten thousand. */
export const ROOM_LIMIT = 200_000;
/**
 * Work one update may cause, in items passed. Honest ones need a few per item; the most that one of them can need is to pass a gap into which others have written for
 * long, and to ask of every struct of a full room whether its author knew of it. A hostile one must not hold up the turn.
 */
export const WORK_LIMIT = 400_000;
/** The most clients of whose structs an update may bring some: each is a page that somebody wrote in and could not send from. */
export const SECTION_LIMIT = 1_000;
export const LABEL_LIMIT = 40;
export const LEVEL_LIMIT = 8;
