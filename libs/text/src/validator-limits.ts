/** The largest update, in bytes. */
export const UPDATE_LIMIT = 256 * 1024;
/** The most units (characters, marks, keys) an update may bring; a struct of nine bytes can claim a milliard. */
export const CLOCK_LIMIT = 1_000_000;
/** The most provisions a room may have, gone ones counted: what a browser opens in three seconds when both sides have changed all of it. */
export const PROVISION_LIMIT = 1_000;
/**
 * The most units of words in a room, gone provisions counted: the Convention on the Law of the Sea with its annexes has about so many characters. It is half a MiB of Latin letters
 * or one and a half of Chinese ones; a position that changes everything is as much again.
 */
export const WORDS_LIMIT = 500_000;
/**
 * The most structs a room may have: what was typed or deleted side by side is one. A room of 1,000 provisions with seven fields each needs 20,000; what is deleted is compacted (D24),
 * so honest work does not come here. Encoded they are about 1 MiB.
 */
export const ROOM_LIMIT = 100_000;
/**
 * Work one update may cause, in structs of which it is asked whether its author knew of them: honest ones cause none, but where others have written into the very gap that
 * they go into; then each struct of a full room is asked about once. A hostile one must not hold up the commit.
 */
export const WORK_LIMIT = 200_000;
/** To pass an item in a gap costs as much as so many such questions. */
export const GAP_STEP = 4;
/** The most structs an update may bring: to validate them takes some ten milliseconds, in which nobody else is served. Clients send fewer at once. */
export const STRUCTS_LIMIT = 2_500;
/** The most clients of whose structs an update may bring some: each is a page that somebody wrote in and could not send from. */
export const SECTION_LIMIT = 1_000;
export const LABEL_LIMIT = 40;
export const LEVEL_LIMIT = 8;
