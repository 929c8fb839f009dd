import { clockTime, fullTime, shortTime, todayOrDated, utcTime, whenSaid } from './time.ts';

const SAID = { ago: whenSaid, today: todayOrDated, short: shortTime, full: fullTime, clock: clockTime } as const;

/** How a time is said: by its distance; by the clock where it is today; in short; to the second; the time of day to the second. */
export type SaidAs = keyof typeof SAID;

/** A time as it is said here, with its zone; UTC in its title. Every time on the screen is one of these, or a `timeElement`. */
export function Moment({ at, said = 'ago' }: { readonly at: number; readonly said?: SaidAs }) {
  return <time dateTime={isoOf(at)} title={utcTime(at)}>{momentText(at, said)}</time>;
}

/** A time as plain text: for names and values that only a screen reader says, where no element can stand. */
export const momentText = (at: number, said: SaidAs, now = Date.now()): string => SAID[said](at, now);

/** The same for what is drawn in the text without React; `text` as `momentText` gives it. */
export function timeElement(at: number, text: string): HTMLTimeElement {
  const element = document.createElement('time');
  element.dateTime = isoOf(at);
  element.title = utcTime(at);
  element.textContent = text;
  return element;
}

const isoOf = (at: number): string => new Date(at).toISOString();
