/** One difference, in tokens: `a0..a1` of the common slot stands as `b0..b1` in the position. */
export interface Span { readonly a0: number; readonly a1: number; readonly b0: number; readonly b1: number }
