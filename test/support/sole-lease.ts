import type { LeaseFor } from '../../apps/server/src/commit/lease-port.ts';

/** The lease of a group whose process is alone. */
export const soleLease: LeaseFor = (tenant) => {
  let entered: Promise<boolean> | null = null, here = false;
  const enter = (): Promise<boolean> => (entered ??= tenant.enter().then(() => (here = true)));
  return {
    get serves() { return here; }, get lasts() { return here; }, get mine() { return here; },
    begin: enter, claim: enter, hold: enter, forgone: () => undefined,
    close: () => tenant.leave(true),
  };
};
