/** Both servers under test. */
export type Server = 'parley' | 'bare';

/** Somebody who types. In Parley it is the provisions `first`, `first + every`, …, so that nobody types in another's. */
export interface TypingClient { readonly seat: number; readonly writer: number; readonly first: number; readonly every: number }

/** What one seat looks at. */
export interface WatchingClient { readonly seat: number; readonly typing: readonly TypingClient[] }

/** What the bench tells a process, over Node's own channel; each order is answered by one message. Seats are numbered in the order of their sitting down, for each cast anew. */
export type Order =
  /** In Parley a browser for each seat, named by its user, through libs/sync; the same user may have several. */
  | { readonly do: 'sit'; readonly cast: string; readonly on: 'parley'; readonly url: string; readonly doc: string; readonly seats: readonly string[] }
  | { readonly do: 'sit'; readonly cast: string; readonly on: 'bare'; readonly url: string; readonly doc: string; readonly seats: readonly string[] }
  /** From now on the seats note when they see what those clients type; with `brackets` only once these are known. */
  | { readonly do: 'watch'; readonly cast: string; readonly watches: readonly WatchingClient[]; readonly brackets: boolean }
  /** The clients type, each so often a second, and all is acknowledged before the answer `Typed`. */
  | { readonly do: 'type'; readonly cast: string; readonly typing: readonly TypingClient[]; readonly perSecond: number; readonly milliseconds: number }
  /** Ends the watch once so many keystrokes of each writer were seen, or in vain. Answered with `Times`. */
  | { readonly do: 'seen'; readonly cast: string; readonly counts: Readonly<Record<number, number>> }
  | { readonly do: 'rise'; readonly cast: string };

/** By writer, microseconds of the machine's clock, which all its processes share. */
export type Times = Readonly<Record<number, readonly number[]>>;

/** `last`: the last entry that was acknowledged, -1 without one. `behind`: how late keystrokes were made, in milliseconds; of a hundred ninety-nine no later. */
export interface Typed { readonly made: Times; readonly last: number; readonly behind: number }

/** What a process is told that only reads. It reads nothing but frames: of hundreds of readers the bench must not be the slowest part. */
export type ReaderOrder =
  | { readonly do: 'sit'; readonly on: Server; readonly cast: string; readonly url: string; readonly doc: string; readonly count: number; readonly user: string }
  /** Answered with `Received`. */
  | { readonly do: 'received'; readonly cast: string }
  | { readonly do: 'rise'; readonly cast: string };

/** Frames that arrived in all; `last`: the last entry that *every* reader was told of, -1 if one was told nothing. */
export interface Received { readonly frames: number; readonly last: number }

export const now = (): number => Number(process.hrtime.bigint() / 1_000n);
