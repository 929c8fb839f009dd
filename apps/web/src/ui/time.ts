const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dateOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const WHOLE = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;
const full = new Intl.DateTimeFormat('en-GB', WHOLE), utc = new Intl.DateTimeFormat('en-GB', { ...WHOLE, timeZone: 'UTC' });

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "just now", "12 min ago", "14:02 CET", "yesterday, 14:02 CET", "3 Feb, 14:02 CET": readers sit in two capitals, so a time of day carries its zone. */
export function whenSaid(at: number, now: number): string {
  if (now - at < MINUTE) return 'just now';
  if (now - at < HOUR) return `${Math.floor((now - at) / MINUTE)} min ago`;
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days <= 0) return clock.format(at);
  if (days === 1) return `yesterday, ${clock.format(at)}`;
  return `${(days < 300 ? date : dateOfYear).format(at)}, ${clock.format(at)}`;
}

/** "3 Feb, 14:02 CET". */
export const shortTime = (at: number): string => `${date.format(at)}, ${clock.format(at)}`;

/** "14:02 CET" of today, "3 Feb, 14:02 CET" of another day. */
export const todayOrDated = (at: number, now: number): string => (startOfDay(at) === startOfDay(now) ? clock.format(at) : shortTime(at));

/** "14:02:11 CET". */
export const clockTime = (at: number): string => seconds.format(at);

/** Everything down to the second, for the record. */
export const fullTime = (at: number): string => full.format(at);

/** The same in the one zone that all readers share: for titles. */
export const utcTime = (at: number): string => utc.format(at);
