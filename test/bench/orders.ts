/** What the bench tells a process that types, over Node's own channel. Each order is answered by one message: null, or the times asked for. */
export type Order =
  /** A browser for each seat, named by its user; the same user may have several. */
  | { readonly do: 'join'; readonly url: string; readonly doc: string; readonly seats: readonly string[] }
  | { readonly do: 'connect'; readonly url: string; readonly seats: number }
  /** From now on the first seat looks at what `writer` types in `room`. */
  | { readonly do: 'watch'; readonly on: Server; readonly writer: number; readonly room: string }
  /** The seats from the first on type, each as the writer that is named at its place. Answered with the times of the first one's keystrokes, when all is acknowledged. */
  | { readonly do: 'type'; readonly on: Server; readonly writers: readonly number[]; readonly perSecond: number; readonly milliseconds: number }
  /** Ends the watch once so many keystrokes were seen, or in vain. Answered with the times. */
  | { readonly do: 'seen'; readonly count: number }
  | { readonly do: 'leave' };

export type Server = 'parley' | 'bare';

/** Microseconds of the machine's clock, which all its processes share. */
export type Times = readonly number[];

export const now = (): number => Number(process.hrtime.bigint() / 1_000n);

/** The provision in which a writer types, so that nobody types in another's. */
export const provisionOf = (writer: number): string => `p${writer}`;
