/** Two parts that belong together, by their numbers. */
export type Tie = readonly [number, number];
