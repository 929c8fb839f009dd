import { clockTime, fullTime, shortTime, utcTime, whenSaid } from './time.ts';

const SAID = { ago: (at: number) => whenSaid(at, Date.now()), short: shortTime, full: fullTime, clock: clockTime } as const;

/** A time as it is said here, with its zone; UTC in its title. */
export function Moment({ at, said = 'ago' }: { readonly at: number; readonly said?: keyof typeof SAID }) {
  return <time dateTime={new Date(at).toISOString()} title={utcTime(at)}>{SAID[said](at)}</time>;
}
