import type { Commit } from '@parley/protocol';
import type { Wire } from '@parley/sync';
import type { Transcript } from './copies.ts';

/** What the harness's own wire does wrong, for sabotage. */
export interface WireFaults {
  /** True: acknowledged, and never sent. */
  readonly discards?: (size: number) => boolean;
  /** True: this commit is kept from the client, to whom the next one is given as following the last. */
  readonly withholds?: (commit: Commit) => boolean;
}

/** A wire whose commits and acknowledgements are written down, to be compared with the record afterwards. */
export function recordedWire(wire: Wire, transcript: Transcript, { discards = () => false, withholds = () => false }: WireFaults = {}): Wire {
  wire.onCommit((commit) => transcript.recordCommit(commit));
  const update: Wire['update'] = async (request) => {
    const answer = wire.connected && discards(request.update.length) ? { ok: true as const, entry: 0, returned: [] } : await wire.update(request);
    transcript.recordAnswer(request, answer);
    return answer;
  };
  let skipped: number | null = null;
  const onCommit: Wire['onCommit'] = (listener) => wire.onCommit((commit) => {
    if (withholds(commit)) return void (skipped ??= commit.after);
    const delivered = skipped === null ? commit : { ...commit, after: skipped };
    skipped = null;
    listener(delivered);
  });
  return new Proxy(wire, { get: (target, name) => (name === 'update' ? update : name === 'onCommit' ? onCommit : Reflect.get(target, name) as unknown) });
}

/** It brings something, and all of it is by others than this user: his client has none of it already, and what it misses does not show when the next is acknowledged. */
export const ofOthers = ({ notices }: Commit, user: string): boolean => notices.length > 0 && notices.every(({ by }) => by !== user);

/** True for the `nth` and never again. */
export function only(nth: number): () => boolean {
  let count = 0;
  return () => ++count === nth;
}

export function every(nth: number): () => boolean {
  let count = 0;
  return () => ++count % nth === 0;
}
