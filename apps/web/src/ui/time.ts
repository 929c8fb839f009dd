import { language, message } from './messages.ts';

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const WHOLE = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;

const formatsFor = (tag: string) => ({
  clock: new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
  seconds: new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }),
  date: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }),
  dateOfYear: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' }),
  full: new Intl.DateTimeFormat(tag, WHOLE),
  utc: new Intl.DateTimeFormat(tag, { ...WHOLE, timeZone: 'UTC' }),
});

let made: { readonly tag: string; readonly formats: ReturnType<typeof formatsFor> } | null = null;

/** The formats of the page's language: it takes long to make one. */
function formats(): ReturnType<typeof formatsFor> {
  const tag = language();
  if (made?.tag !== tag) made = { tag, formats: formatsFor(tag) };
  return made.formats;
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "just now", "12 min ago", "14:02 CET", "yesterday, 14:02 CET", "3 Feb, 14:02 CET": readers sit in two capitals, so a time of day carries its zone. */
export function whenSaid(at: number, now: number): string {
  if (now - at < MINUTE) return message('ui.time.justNow');
  if (now - at < HOUR) return message('ui.time.minutesAgo', { n: Math.floor((now - at) / MINUTE) });
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY), { clock, date, dateOfYear } = formats(), time = clock.format(at);
  if (days <= 0) return time;
  if (days === 1) return message('ui.time.yesterday', { time });
  return message('ui.time.dated', { date: (days < 300 ? date : dateOfYear).format(at), time });
}

/** "3 Feb, 14:02 CET". */
export const shortTime = (at: number): string => message('ui.time.dated', { date: formats().date.format(at), time: formats().clock.format(at) });

/** "14:02 CET" of today, "3 Feb, 14:02 CET" of another day. */
export const todayOrDated = (at: number, now: number): string => (startOfDay(at) === startOfDay(now) ? formats().clock.format(at) : shortTime(at));

/** "14:02:11 CET". */
export const clockTime = (at: number): string => formats().seconds.format(at);

/** Everything down to the second, for the record. */
export const fullTime = (at: number): string => formats().full.format(at);

/** The same in the one zone that all readers share: for titles. */
export const utcTime = (at: number): string => formats().utc.format(at);
