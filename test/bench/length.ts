/** How long each part of the bench takes, in milliseconds, and how much it does. */
export interface Length {
  readonly keystrokesCompared: number;
  readonly latency: number;
  /** At 1,000 keystrokes a second. */
  readonly steady: number;
  /** One step of a ramp, and how often the gap between the last rate that was kept and the first that was not is halved. */
  readonly step: number;
  readonly halvings: number;
  readonly fanOut: number;
  /** Key presses behind the document that is opened, and how often the server is killed for it. */
  readonly history: number;
  readonly kills: number;
  /** How often a document at its limits is asked for; keys ten times as many. */
  readonly limits: number;
  /** How often the process of a group ends in each way. */
  readonly rounds: number;
}

export const BRIEF: Length = { keystrokesCompared: 1_000, latency: 1_200, steady: 1_500, step: 500, halvings: 0, fanOut: 1_000, history: 5_000, kills: 1, limits: 6, rounds: 1 };
export const FULL: Length = { keystrokesCompared: 5_000, latency: 20_000, steady: 15_000, step: 5_000, halvings: 3, fanOut: 15_000, history: 260_000, kills: 10, limits: 30, rounds: 5 };
