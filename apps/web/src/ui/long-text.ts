/** A text with more provisions than this is drawn as it comes in sight, and what is proposed in it is found in pieces (E40). */
export const LONG_TEXT = 80;
