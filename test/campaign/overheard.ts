import type { Commit } from '@parley/protocol';
import type { Wire } from '@parley/sync';
import type { Witness } from './copies.ts';

/** What the harness's own wire does wrong, for sabotage. */
export interface WireLie {
  /** True: acknowledged, and never sent. */
  readonly swallows?: (size: number) => boolean;
  /** True: this commit is kept from the client, who is told that the next one follows. */
  readonly keepsBack?: (commit: Commit) => boolean;
}

/** A wire that is overheard: what it shows and what it acknowledges is remembered, to be asked of the record afterwards. */
export function overheard(wire: Wire, witness: Witness, { swallows = () => false, keepsBack = () => false }: WireLie = {}): Wire {
  wire.onCommit((commit) => witness.show(commit));
  const update: Wire['update'] = async (request) => {
    const answer = wire.connected && swallows(request.update.length) ? { ok: true as const, entry: 0, returned: [] } : await wire.update(request);
    witness.acknowledge(request, answer);
    return answer;
  };
  let skipped: number | null = null;
  const onCommit: Wire['onCommit'] = (listener) => wire.onCommit((commit) => {
    if (keepsBack(commit)) return void (skipped ??= commit.after);
    const said = skipped === null ? commit : { ...commit, after: skipped };
    skipped = null;
    listener(said);
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
