/** A record without one of its names. */
export function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  const { [name]: _gone, ...rest } = record;
  return rest;
}

/** What of a record is to be kept. */
export const only = <T>(record: Readonly<Record<string, T>>, keeps: (value: T, name: string) => boolean): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name, value]) => keeps(value, name)));
